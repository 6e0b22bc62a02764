"""Where a label may stand: beside a point, or within an area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.sheet.labelstyle import STYLES, Label, Words, width_of
from layers.sheet.typeset import Type

if TYPE_CHECKING:
    from layers.sheet.frame import Paper
    from layers.sheet.ground import Placed
    from layers.sheet.projection import Numbers
    from layers.sheet.room import Rectangle, Room

HALO: Final = 0.9
"""Points kept free about a label."""

HIGH: Final = 1.12
"""Height of a line's box in sizes of type."""

LOCAL: Final = 0.98
"""Size of a Persian or Urdu name against the Latin one above it."""

FAR_TOWN: Final = 15.3
"""Towns of this rank or lower may have their names a little further off."""

SPOTS: Final = (
    (1, 0, 0.0),
    (-1, 0, 0.2),
    (1, 0.9, 0.3),
    (1, -0.9, 0.3),
    (-1, 0.9, 0.45),
    (-1, -0.9, 0.45),
    (0, 1, 0.4),
    (0, -1, 0.4),
)
"""About a point: to the right and up, in halves of the label, and the cost of each."""

ENDS: Final = ((-0.46, 0), (0.46, 0), (-0.4, -0.4), (0.4, -0.4), (-0.4, 0.4), (0.4, 0.4))
"""Points of a label that must lie within its area; its corners may touch the edge."""


def dot_box(at: tuple[float, float], paper: Paper) -> Rectangle:
    """Give the box of a town's dot."""
    half = 3 * paper.px
    return (at[0] - half, at[1] - half, at[0] + half, at[1] + half)


def _sized(middles: Numbers, width: float, height: float) -> Numbers:
    reach = np.array([width / 2 + HALO, height / 2 + HALO])
    return np.column_stack([middles - reach, middles + reach])


def _choose(boxes: Numbers, costs: Numbers, room: Room, *, must: bool) -> int:
    """Give the cheapest box that is free; -1 if there is none."""
    free = room.within(boxes)
    free[free] = ~room.hits_labels(boxes[free])
    kept = np.flatnonzero(free)
    cover = room.sign_cover(boxes[kept])
    if not must:
        kept, cover = kept[cover == 0], cover[cover == 0]
    if not len(kept):
        return -1
    cost = costs[kept] + 0.08 * room.line_points(boxes[kept]) + 2.0 * (cover > 0) + 8 * cover
    return int(kept[np.argmin(cost)])


def beside_point(
    feature: Placed, text: str, look: Type, room: Room, paper: Paper, *, must: bool
) -> Label | None:
    """Place a label beside its point.

    Parameters
    ----------
    feature
        A point with its label's style, and its sign if it has one.
    text, look
        What to write, and how.
    room
        What is taken.
    paper
        Gives the sizes of signs.
    must
        Whether it may lie over signs if there is no other way.
    """
    label = feature.properties["label"]
    style = STYLES[label["style"]]
    x, y = feature.geometry.x, feature.geometry.y
    sign = feature.properties.get("sign")
    gap = (sign["size"] / 2 if sign else 2.5) * paper.px + HALO
    if style.dot:
        dot = np.array([dot_box((x, y), paper)])
        if room.hits_labels(dot).any() or not room.within(dot).all():
            return None
    width, height = look.width(text), look.size * HIGH
    further: tuple[float, ...] = (0.0, 3.0)
    if must:
        further = (0.0, 5.0, 12.0, 22.0)
    elif style.dot and label["rank"] <= FAR_TOWN:
        further = (0.0, 3.0, 6.0, 9.0)
    tries = np.array(
        [
            (
                x + right * (gap + more + width / 2),
                y + up * (height / 2 + (gap + more) * (1.0 if right == 0 else 0.3)),
                cost + turn,
            )
            for turn, more in enumerate(further)
            for right, up, cost in SPOTS
        ]
    )
    boxes = _sized(tries[:, :2], width, height)
    chosen = _choose(boxes, tries[:, 2], room, must=must)
    if chosen < 0:
        return None
    words = Words(text=text, look=look, x=tries[chosen, 0], y=tries[chosen, 1])
    return Label(
        text=text,
        style=label["style"],
        lines=(words,),
        boxes=(tuple(boxes[chosen]),),
        dot=(x, y) if style.dot else None,
    )


def in_area(
    feature: Placed, texts: tuple[str, str], look: Type, room: Room, at: tuple[float, float]
) -> Label | None:
    """Place a label within its area, as near as can be to a point.

    Parameters
    ----------
    feature
        An area with its label's style.
    texts
        What to write, and under it; the second may be empty.
    look
        The type.
    room
        What is taken.
    at
        The best place for its middle.
    """
    label = feature.properties["label"]
    style = STYLES[label["style"]]
    text, second = texts
    under = Type(size=look.size * LOCAL, colour=look.colour)
    width = max(width_of(text, look, style.spaced), under.width(second) if second else 0)
    line, gap = look.size * HIGH, under.size * 1.25 if second else 0.0
    height = line + gap
    middles = _within_area(feature.geometry, at, (width, height), room)
    if not len(middles) and label["style"] == "area":
        middles = _about_area(feature.geometry, height)
    if not len(middles):
        return None
    boxes = _sized(middles, width, height)
    away = np.hypot(middles[:, 0] - at[0], middles[:, 1] - at[1]) / max(width, 1)
    chosen = _choose(boxes, away, room, must=label["rank"] < 1)
    if chosen < 0:
        return None
    x, y = middles[chosen]
    lines = [
        Words(text=text, look=look, x=x, y=y + gap / 2, spaced=style.spaced),
        Words(text=second, look=under, x=x, y=y - line / 2),
    ]
    return Label(
        text=text,
        style=label["style"],
        lines=tuple(lines[: 2 if second else 1]),
        boxes=(tuple(boxes[chosen]),),
    )


def _within_area(
    area: shapely.Geometry, at: tuple[float, float], size: tuple[float, float], room: Room
) -> Numbers:
    """Give middles at which a label lies within an area."""
    width, height = size
    west, south, east, north = shapely.bounds(area)
    box = room.box
    west, east = max(west, box.x0), min(east, box.x1)
    south, north = max(south, box.y0), min(north, box.y1)
    if east - west < width * 0.8 or north - south < height:
        return np.empty((0, 2))
    step_x, step_y = max(width / 5, (east - west) / 40), max(height / 2.5, (north - south) / 40)
    x, y = np.meshgrid(np.arange(west, east, step_x), np.arange(south, north, step_y))
    middles = np.vstack([[at], np.column_stack([x.ravel(), y.ravel()])])
    shapely.prepare(area)
    kept = np.ones(len(middles), dtype=bool)
    for right, up in ENDS:
        x, y = middles[:, 0] + right * width, middles[:, 1] + up * height
        kept[kept] = shapely.contains_xy(area, x[kept], y[kept])
    return np.asarray(middles[kept])


def _about_area(area: shapely.Geometry, height: float) -> Numbers:
    """Give middles above and below a narrow area."""
    west, _, east, _ = shapely.bounds(area)
    found = []
    for x in np.linspace(west, east, 9)[1:-1]:
        column = shapely.intersection(area, shapely.LineString([(x, -1e5), (x, 1e5)]))
        if not column.is_empty:
            _, low, _, high = shapely.bounds(column)
            found += [(x, high + height), (x, low - height)]
    return np.array(found).reshape(-1, 2)
