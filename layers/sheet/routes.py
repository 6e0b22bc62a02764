"""Routes: schematic strands side by side, told apart by colour and by a line within.

As layers/js/routes.js draws them; the line within is for prints in grey.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.sheet.ink import Ink, colour
from layers.style import BLUE, GREEN, GREY, GROUND, ORANGE, PURPLE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.sheet.ground import Placed
    from layers.sheet.projection import Numbers

STRAND: Final = 3.2
ARROW_EVERY: Final = 70.0
WITHIN: Final[dict[str, tuple[float, tuple[float, ...]]]] = {
    BLUE: (0.0, ()),
    GREEN: (0.9, ()),
    ORANGE: (1.3, (1.3, 3.4)),
    PURPLE: (1.1, (5.0, 3.0)),
    GREY: (1.9, ()),
}
"""By the commodity's colour: width and dash of the white line within, in CSS pixels."""


def draw_routes(axes: Axes, routes: list[Placed], px: float) -> None:
    """Draw the strands of routes, white beneath them all, and arrows on top."""
    under = Ink(axes=axes, zorder=7.0)
    strands = Ink(axes=axes, zorder=7.1)
    arrows = Ink(axes=axes, zorder=7.2)
    for route in routes:
        properties = route.properties
        for part in shapely.get_parts(route.geometry):
            points = shapely.get_coordinates(part)
            if len(points) < 2:
                continue
            beside = shifted(points, -float(properties["lane"]) * STRAND * px)
            under.line(beside, edge=colour("#FFFFFF", 0.75), width=(STRAND + 2.6) * px)
            draw_strand(
                strands, beside, properties["colour"], px, dashed=bool(properties["inferred"])
            )
            for chevron in chevrons(points, properties["arrows"], px):
                arrows.line(chevron, edge=colour(GROUND["ink"], 0.9), width=1.3 * px)
    for ink in (under, strands, arrows):
        ink.flush()


def draw_strand(ink: Ink, points: Numbers, own: str, px: float, *, dashed: bool) -> None:
    """Draw a strand with the line within it that tells its colour in grey."""
    dash = (9 * px, 6 * px) if dashed else ()
    ink.line(points, edge=colour(own), width=STRAND * px, dash=dash)
    width, within = WITHIN.get(own, (0.0, ()))
    if width:
        ink.line(
            points, edge=colour("#FFFFFF"), width=width * px, dash=[each * px for each in within]
        )


def shifted(points: Numbers, by: float) -> Numbers:
    """Shift a line sideways, mitred at its bends; to the left of its way."""
    step = np.diff(points, axis=0)
    length = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)
    normal = np.column_stack([-step[:, 1], step[:, 0]]) / length[:, None]
    total = np.vstack([normal[:1], normal]) + np.vstack([normal, normal[-1:]])
    size = np.maximum(np.hypot(total[:, 0], total[:, 1]), 1e-9)
    reach = np.minimum(2 / size, 2)
    return np.asarray(points + total * (by * reach / size)[:, None])


def chevrons(points: Numbers, way: str, px: float) -> list[Numbers]:
    """Give arrow heads along a line; both ways in turn on a two-way route."""
    if not way:
        return []
    made: list[Numbers] = []
    every = ARROW_EVERY * px
    left = every / 2
    for start, end in pairwise(points):
        step = end - start
        length = float(np.hypot(*step))
        angle = float(np.arctan2(step[1], step[0]))
        while left < length:
            back = way == "back" or (way == "both" and len(made) % 2 == 1)
            made.append(_chevron(start + step * left / length, angle + np.pi * back, px))
            left += every
        left -= length
    return made


def _chevron(at: Numbers, angle: float, px: float) -> Numbers:
    shape = np.array([(-4.5, -4.0), (0.0, 0.0), (-4.5, 4.0)]) * px
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray(shape @ turn + at)
