"""The registry of layers. A new layer is one function and one entry here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from layers.corridors import draw_crossings, draw_routes
from layers.data import DrawOptions, LayerData
from layers.ground import (
    draw_basemap,
    draw_borders,
    draw_disputed,
    draw_provinces,
    draw_unit,
    draw_wakhan,
)
from layers.records import draw_incidents, draw_seizures
from layers.style import COMMODITIES, Swatch

if TYPE_CHECKING:
    from geo.seeds import Seeds
    from geo.select import Selection

Draw = Callable[["Seeds", "Selection | None", DrawOptions], LayerData]

GROUND_GROUP: Final = "Ground"
BORDERS_GROUP: Final = "Borders and provinces"
WAYS_GROUP: Final = "Crossings and routes"
RECORDS_GROUP: Final = "Records"
LAYER_GROUPS: Final = (GROUND_GROUP, BORDERS_GROUP, WAYS_GROUP, RECORDS_GROUP)

OSM: Final = "OpenStreetMap contributors"
NATURAL_EARTH: Final = f"Natural Earth 10m; outline: {OSM}"
REPORTS: Final = "Published reports, named in each record"
PLACED_REPORTS: Final = f"Published reports, named in each; placed by {OSM} and GeoNames"
ODBL: Final = "ODbL 1.0"
FACTS: Final = "CC BY 4.0"


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A layer of the map.

    Attributes
    ----------
    id, name, group
        ``group`` is one of ``LAYER_GROUPS``.
    source, licence
        Where the data is from and under which terms; never empty.
    draw
        Makes the layer of the seeds, a selection of records and options.
    on_by_default
        Whether a first visit shows it.
    kind
        The kind of record that it shows; empty: none, and it may be drawn once.

    Raises
    ------
    ValueError
        If a text is empty or the group unknown.
    """

    id: str
    name: str
    group: str
    source: str
    licence: str
    draw: Draw
    on_by_default: bool = True
    kind: Literal["", "seizure", "incident"] = ""

    def __post_init__(self) -> None:
        """Refuse an incomplete entry, naming all that is missing."""
        texts = [each.name for each in fields(self) if each.type == "str"]
        missing = [name for name in texts if not getattr(self, name).strip()]
        if missing:
            msg = f"layer {self.id or '(no id)'} lacks {', '.join(missing)}"
            raise ValueError(msg)
        if self.group not in LAYER_GROUPS:
            msg = f"layer {self.id} is in group {self.group!r}; use one of {LAYER_GROUPS}"
            raise ValueError(msg)

    @property
    def of_records(self) -> bool:
        """Whether it depends on the selection of records."""
        return bool(self.kind)

    def count(self, seeds: Seeds) -> int:
        """Count what the built-in data holds for it: features, or records."""
        if self.kind:
            return int((seeds.records["kind"] == self.kind).sum())
        return len(self.draw(seeds, None, DrawOptions()).features)


def _unit(unit: str, role: str, text: str) -> Draw:
    def draw(seeds: Seeds, selection: Selection | None, options: DrawOptions) -> LayerData:
        return draw_unit(seeds, unit, role=role, text=text)

    return draw


def _routes(commodity: Swatch) -> Layer:
    return Layer(
        id=f"routes-{commodity.members[0]}",
        name=f"Routes: {commodity.name}",
        group=WAYS_GROUP,
        source=PLACED_REPORTS,
        licence=ODBL,
        draw=partial(draw_routes, commodity=commodity),
        on_by_default=False,
    )


_province = partial(
    Layer,
    group=BORDERS_GROUP,
    source=NATURAL_EARTH,
    licence=ODBL,
)

LAYERS: Final = (
    Layer(
        id="basemap",
        name="Land, countries and towns",
        group=GROUND_GROUP,
        source=f"{OSM}; towns: GeoNames",
        licence=f"{ODBL}; CC BY 4.0",
        draw=draw_basemap,
    ),
    Layer(
        id="borders",
        name="Borders of Afghanistan",
        group=BORDERS_GROUP,
        source=OSM,
        licence=ODBL,
        draw=draw_borders,
    ),
    Layer(
        id="disputed",
        name="Other lines in dispute",
        group=BORDERS_GROUP,
        source=f"{OSM}; Natural Earth 10m",
        licence=ODBL,
        draw=draw_disputed,
    ),
    _province(id="provinces", name="Provinces", draw=draw_provinces),
    _province(
        id="nangarhar",
        name="Nangarhar",
        draw=_unit("AF-NAN", "highlight", "Nangarhar"),
        on_by_default=False,
    ),
    _province(
        id="khyber-pakhtunkhwa",
        name="Khyber Pakhtunkhwa",
        draw=_unit("PK-KP", "highlight", "Khyber Pakhtunkhwa"),
        on_by_default=False,
    ),
    _province(
        id="fata",
        name="FATA, as it was until 31 May 2018",
        draw=_unit("PK-TA", "fata", "FATA, until 31 May 2018"),
        on_by_default=False,
    ),
    _province(
        id="wakhan",
        name="Wakhan Corridor",
        draw=draw_wakhan,
        on_by_default=False,
    ),
    Layer(
        id="crossings",
        name="Crossings",
        group=WAYS_GROUP,
        source=PLACED_REPORTS,
        licence=ODBL,
        draw=draw_crossings,
    ),
    *(_routes(commodity) for commodity in COMMODITIES),
    Layer(
        id="seizures",
        name="Seizures",
        group=RECORDS_GROUP,
        source=REPORTS,
        licence=FACTS,
        draw=draw_seizures,
        kind="seizure",
    ),
    Layer(
        id="incidents",
        name="Incidents",
        group=RECORDS_GROUP,
        source=REPORTS,
        licence=FACTS,
        draw=draw_incidents,
        kind="incident",
    ),
)
"""All layers, in the order of the controls and the legend."""


def get_layer(layer_id: str) -> Layer:
    """Find a layer by id.

    Raises
    ------
    KeyError
        If there is none, naming those there are.
    """
    for layer in LAYERS:
        if layer.id == layer_id:
            return layer
    msg = f"no layer {layer_id!r}; there are {', '.join(each.id for each in LAYERS)}"
    raise KeyError(msg)


def default_layers() -> tuple[str, ...]:
    """Ids of the layers a first visit shows."""
    return tuple(layer.id for layer in LAYERS if layer.on_by_default)
