"""Finding room for a name along a line, slanted with it (layers/js/linelabels.js)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from layers.sheet.projection import Numbers
    from layers.sheet.room import Rectangle, Room

Found = tuple[float, float, float, list[tuple[float, float, float, float]]]

MOST_BULGE: Final = 9.0
"""A label further than this from its line would seem to name something else; points."""

STRAIGHT: Final = 0.8
TRIES: Final = 60


def place_on_line(
    line: shapely.Geometry,
    size: tuple[float, float],
    room: Room,
    *,
    must: bool,
    off: float,
    far: tuple[list[tuple[float, float]], float] = ((), 0.0),  # type: ignore[assignment]
) -> Found | None:
    """Find room along a line.

    Parameters
    ----------
    line
        On the paper; of several pieces the long ones are tried.
    size
        Width and height of the label in points.
    room
        What is taken.
    must
        Whether it may lie over signs if there is no other way.
    off
        Points between line and label.
    far
        Places to keep away from, and by how many points.

    Returns
    -------
    tuple or None
        Middle of the label, its angle in radians, and the boxes it takes.
    """
    box = room.box
    cut = shapely.clip_by_rect(line, *box.inset(1).as_tuple())
    merged = shapely.line_merge(cut) if cut.geom_type == "MultiLineString" else cut
    best: tuple[float, Found] | None = None
    for part in shapely.get_parts(merged):
        length = shapely.length(part)
        if length < size[0]:
            continue
        for share in np.linspace(0, 1, min(TRIES, int(length / 4) + 2)):
            centre = size[0] / 2 + share * (length - size[0])
            for found, crooked in _beside(part, centre, size, off):
                if any(np.hypot(found[0] - x, found[1] - y) < far[1] for x, y in far[0]):
                    continue
                cost = _cost(found, room, must=must)
                if cost is None:
                    continue
                cost += 4 * crooked + 0.5 * abs(share - 0.5)
                if best is None or cost < best[0]:
                    best = (cost, found)
    return best[1] if best else None


def _cost(found: Found, room: Room, *, must: bool) -> float | None:
    boxes = np.array(found[3])
    if not room.within(boxes).all() or room.hits_labels(boxes).any():
        return None
    cover = float(room.sign_cover(boxes).sum())
    if cover and not must:
        return None
    return 3 * cover


def _beside(
    line: shapely.Geometry, centre: float, size: tuple[float, float], off: float
) -> list[tuple[Found, float]]:
    width, height = size
    along = np.linspace(centre - width / 2, centre + width / 2, 9)
    points = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
    chord = points[-1] - points[0]
    span = float(np.hypot(*chord))
    if span < width * STRAIGHT:
        return []
    angle = float(np.arctan2(chord[1], chord[0]))
    if abs(angle) > np.pi / 2:
        angle -= np.sign(angle) * np.pi
    normal = np.array([-np.sin(angle), np.cos(angle)])
    heights = (points - points[0]) @ normal
    middle = (points[0] + points[-1]) / 2
    found = []
    for side in (1, -1):
        bulge = max(0.0, float((side * heights).max()))
        if bulge > MOST_BULGE:
            continue
        at = middle + normal * side * (height / 2 + off + bulge)
        boxes = _slanted(at, angle, width, height)
        place = (float(at[0]), float(at[1]), angle, boxes)
        found.append((place, 1 - span / width + bulge / 20))
    return found


def _slanted(at: Numbers, angle: float, width: float, height: float) -> list[Rectangle]:
    """Small boxes along a slanted label stand for its outline."""
    count = max(2, round(width / height * 1.5))
    steps = ((np.arange(count) + 0.5) / count - 0.5) * width
    half_high = (height * abs(np.cos(angle)) + width / count * abs(np.sin(angle))) / 2
    half_wide = (height * abs(np.sin(angle)) + width / count * abs(np.cos(angle))) / 2
    return [
        (
            float(at[0] + np.cos(angle) * step - half_wide),
            float(at[1] + np.sin(angle) * step - half_high),
            float(at[0] + np.cos(angle) * step + half_wide),
            float(at[1] + np.sin(angle) * step + half_high),
        )
        for step in steps
    ]
