"""What is on the map of a sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from layers.registry import known_layers
from layers.sheet.ground import Ground, place_layers
from layers.sheet.heat import Heat, heat_section, measure_heat
from layers.sheet.hexagons import Hexagons, count_hexagons, hexagon_section
from layers.sheet.key import Section, ground_sections, record_sections
from layers.sheet.labels import Labeller, local_names
from layers.sheet.layout import Gate, Sign, layout_signs
from layers.sheet.points import RecordSet, place_records
from layers.sheet.projection import MapFrame, fit_map

if TYPE_CHECKING:
    from layers.data import LayerData
    from layers.registry import Layer
    from layers.sheet.frame import Box, Paper
    from layers.sheet.labelstyle import Label
    from layers.sheet.room import Rectangle
    from layers.snapshot import Snapshot

DETAILED_FROM: Final = 8.0
"""Zoom from which the full geometry is drawn rather than the light copies."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """All that is on the map of a sheet."""

    frame: MapFrame
    drawn: list[tuple[Layer, LayerData]]
    ground: Ground
    sets: list[RecordSet]
    signs: list[Sign]
    surface: Hexagons | Heat | None
    labels: list[Label]
    gates: list[Rectangle]
    px: float

    @property
    def key(self) -> list[Section]:
        """Sections of its legend."""
        return [*self._records(), *ground_sections(self.drawn, self.ground)]

    def _records(self) -> list[Section]:
        if not sum(len(each.x) for each in self.sets):
            return []
        if isinstance(self.surface, Hexagons):
            return [hexagon_section(self.surface, self.frame, self.px)]
        if isinstance(self.surface, Heat):
            return [heat_section(self.surface, self.frame, self.px)]
        return record_sections(self.sets, self.signs)


def make_scene(snapshot: Snapshot, box: Box, paper: Paper) -> Scene:
    """Bring what a snapshot shows onto a box of the paper."""
    frame = fit_map(snapshot.extent, box)
    seeds = snapshot.seeds
    if frame.zoom >= DETAILED_FROM:
        seeds = replace(seeds, countries_light=seeds.countries, provinces_light=seeds.provinces)
    on = [layer for layer in known_layers(seeds) if layer.id in snapshot.layer_ids]
    drawn = [(layer, layer.draw(seeds)) for layer in on if layer.draw]
    ground = place_layers([data for _, data in drawn], frame)
    sets = [place_records(snapshot, layer, frame) for layer in on if layer.of_records]
    gates = _gates(ground, paper)
    labeller = Labeller(ground, frame, paper, local_names(seeds))
    surface: Hexagons | Heat | None = None
    signs: list[Sign] = []
    boxes: list[Rectangle] = []
    if snapshot.options.show_as == "hexagons":
        surface = count_hexagons(sets, frame, paper.px)
        boxes = surface.boxes(paper.px)
    elif snapshot.options.show_as == "heat":
        surface = measure_heat(sets, frame, paper.px)
    else:
        signs = layout_signs(sets, box, paper.px, gates, labeller.place_first)
        boxes = [sign.box for sign in signs]
    return Scene(
        frame=frame,
        drawn=drawn,
        ground=ground,
        sets=sets,
        signs=signs,
        surface=surface,
        labels=labeller.place_all(boxes),
        gates=[gate.box for gate in gates],
        px=paper.px,
    )


def _gates(ground: Ground, paper: Paper) -> list[Gate]:
    return [
        Gate(
            x=float(each.geometry.x),
            y=float(each.geometry.y),
            half=each.properties["sign"]["size"] * paper.px / 2,
            main=bool(each.properties.get("main")),
        )
        for each in ground.of("sign")
    ]
