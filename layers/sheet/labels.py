"""Names on the map, placed where there is room: the most important first.

No label touches another. One gives way to the signs of records, unless it is of
the few that a map of this region must have: it then covers as little of them as
can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from layers.ground import NATIONAL
from layers.sheet.fonts import drawable
from layers.sheet.labelstyle import NOTE, STYLES, Label, Words, scaled, width_of
from layers.sheet.lettering import put_words
from layers.sheet.linelabels import place_on_line
from layers.sheet.room import Room
from layers.sheet.spots import HIGH, beside_point, dot_box, in_area
from layers.style import GROUND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from geo.seeds import Seeds
    from layers.sheet.frame import Paper
    from layers.sheet.ground import Ground, Placed
    from layers.sheet.layout import Sign
    from layers.sheet.projection import MapFrame
    from layers.sheet.room import Rectangle
    from layers.sheet.typeset import Type

MUST: Final = 4.5
"""A label of this rank or lower is shown even where it must lie over signs."""

CLOSER: Final = 1.4
"""Print shows names from a zoom so much further out: paper is finer than a screen."""

AGAIN: Final = 260.0
"""Points along which a line is named but once."""

MOST_TIMES: Final = 2

FIRST_TOWN: Final = 15.3
"""Towns of this rank or lower have their names before coarse signs have their room."""


class Labeller:
    """Places the names of what is on a map, and keeps those placed.

    Parameters
    ----------
    ground, frame
        What is on the map, and where it lies.
    paper
        Gives the sizes of type.
    local
        Names in the country's own script by unit, put under those of provinces.
    """

    def __init__(
        self, ground: Ground, frame: MapFrame, paper: Paper, local: Mapping[str, str]
    ) -> None:
        self.frame, self.paper, self.local = frame, paper, local
        self.waiting = _candidates(ground, frame)
        self.room = _room(ground, frame, paper)
        self.placed: list[Label] = []

    def place_first(self, signs: list[Sign]) -> list[Rectangle]:
        """Place the few names that others must leave room for; return their boxes."""
        self.room.add_signs([sign.box for sign in signs])
        first = [each for each in self.waiting if _is_first(each.properties["label"])]
        for feature in first:
            self._put(self._place(feature))
        placed = {id(each) for each in first}
        self.waiting = [each for each in self.waiting if id(each) not in placed]
        return [box for label in self.placed for box in label.boxes]

    def place_all(self, boxes: list[Rectangle]) -> list[Label]:
        """Place the other names clear of more boxes too; return all that have a place."""
        self.room.add_signs(boxes)
        for feature in self.waiting:
            if feature.properties["label"]["style"] != "line":
                self._put(self._place(feature))
                continue
            far: list[tuple[float, float]] = []
            while len(far) < MOST_TIMES and self._put(
                _on_line(feature, self.room, self.paper, far)
            ):
                far.append((self.placed[-1].lines[0].x, self.placed[-1].lines[0].y))
        return self.placed

    def _put(self, label: Label | None) -> bool:
        if label is None:
            return False
        self.room.take(label.boxes)
        if label.dot is not None:
            self.room.take([dot_box(label.dot, self.paper)])
        self.placed.append(label)
        return True

    def _place(self, feature: Placed) -> Label | None:
        label = feature.properties["label"]
        style = STYLES[label["style"]]
        look = scaled(style.look, self.paper)
        text = drawable(label["text"].upper() if style.upper else label["text"])
        if not text:
            return None
        if not style.inside:
            must = label["rank"] <= MUST
            return beside_point(feature, text, look, self.room, self.paper, must=must)
        (x,), (y,) = self.frame.place([label["at"][1]], [label["at"][0]])
        second = ""
        if label["style"] == "province":
            second = drawable(self.local.get(feature.properties.get("unit", ""), ""))
        for more in dict.fromkeys((second, "")):
            found = in_area(feature, (text, more), look, self.room, (float(x), float(y)))
            if found:
                return found
        return None


def _is_first(label: dict[str, Any]) -> bool:
    return bool(
        label["style"] == "crossing-main"
        or (label["style"] == "town" and label["rank"] <= FIRST_TOWN)
    )


def _candidates(ground: Ground, frame: MapFrame) -> list[Placed]:
    zoom = frame.zoom + CLOSER
    labelled = [
        each
        for features in ground.features.values()
        for each in features
        if (label := each.properties.get("label"))
        and label["min_zoom"] <= zoom
        and (frame.zoom <= label["max_zoom"] or label["style"] == "country")
    ]
    return sorted(labelled, key=lambda each: float(each.properties["label"]["rank"]))


def _room(ground: Ground, frame: MapFrame, paper: Paper) -> Room:
    boxes = []
    for crossing in ground.of("sign"):
        half = crossing.properties["sign"]["size"] * paper.px / 2
        x, y = crossing.geometry.x, crossing.geometry.y
        boxes.append((x - half, y - half, x + half, y + half))
    lines = [
        shapely.get_coordinates(shapely.segmentize(each.geometry, 3.0))
        for draw in ("line", "route")
        for each in ground.of(draw)
    ]
    room = Room(box=frame.box, lines=np.concatenate([np.empty((0, 2)), *lines]))
    room.add_signs(boxes)
    return room


def _on_line(
    feature: Placed, room: Room, paper: Paper, far: list[tuple[float, float]]
) -> Label | None:
    label = feature.properties["label"]
    look: Type = scaled(STYLES["line"].look, paper)
    under = scaled(NOTE, paper)
    text, note = drawable(label["text"]), drawable(label.get("note", ""))
    if not text:
        return None
    width = max(width_of(text, look, 0.0), under.width(note) if note else 0)
    line, gap = look.size * HIGH, under.size * 1.2 if note else 0.0
    found = place_on_line(
        feature.geometry,
        (width, line + gap),
        room,
        must=bool(note) and not far,
        off=2.2 * paper.px,
        far=(far, AGAIN * paper.text),
    )
    if found is None:
        return None
    x, y, angle, boxes = found
    right, up = -np.sin(angle), np.cos(angle)
    lines = [
        Words(text=text, look=look, x=x + right * gap / 2, y=y + up * gap / 2, angle=angle),
        Words(text=note, look=under, x=x - right * line / 2, y=y - up * line / 2, angle=angle),
    ]
    return Label(
        text=text, style="line", lines=tuple(lines[: 2 if note else 1]), boxes=tuple(boxes)
    )


def local_names(seeds: Seeds) -> dict[str, str]:
    """Give the names of provinces in Persian (Afghanistan) and Urdu (Pakistan), by unit."""
    units = seeds.provinces_light
    names = units["name_fa"].where(units["country"] == "AFG", units["name_ur"])
    own = units["country"].isin(NATIONAL)
    return {str(unit): str(name) for unit, name in zip(units["unit"][own], names[own], strict=True)}


def draw_labels(axes: Axes, labels: list[Label], ground: Ground) -> None:
    """Draw labels with an edge in the colour of the land, which parts them from lines."""
    land = [
        (each.geometry, {"afghanistan": "land"}.get(role, f"land-{role}"))
        for each in ground.of("ground")
        if (role := each.properties["role"]) != "sea"
    ]
    for geometry, _ in land:
        shapely.prepare(geometry)
    for label in labels:
        words = label.lines[0]
        names = [name for area, name in land if shapely.contains_xy(area, words.x, words.y)]
        for words in label.lines:
            put_words(axes, words, GROUND[names[0] if names else "sea"])
