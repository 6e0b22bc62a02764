"""Drawing crossings and towns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.sheet.ink import Ink, colour
from layers.sheet.signs import INK, draw_diamond

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.sheet.ground import Ground
    from layers.sheet.labelstyle import Label


def draw_crossings(axes: Axes, ground: Ground, px: float) -> None:
    """Draw the crossings; the main one over all signs, the others under them."""
    for full, level in ((False, 9.0), (True, 11.0)):
        ink = Ink(axes=axes, zorder=level)
        for each in ground.of("sign"):
            sign = each.properties["sign"]
            if (sign["fill"] == "full") == full:
                # Only the main one has its full size: the others are many.
                half = sign["size"] * px / 2 * (1.0 if full else 0.8)
                x, y = each.geometry.x, each.geometry.y
                draw_diamond(ink, x, y, half, full=full, px=px)
        ink.flush()


def draw_towns(ink: Ink, labels: list[Label], px: float) -> None:
    """Draw the dots of the towns that are named."""
    for label in labels:
        if label.dot is not None:
            ink.shape("circle", *label.dot, 2.6 * px, face=colour("#FFFFFF", 0.8))
            ink.shape("circle", *label.dot, 1.8 * px, face=colour(INK))
    ink.flush()
