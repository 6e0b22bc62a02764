"""The inset: where on the continent the map lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely
from matplotlib.patches import PathPatch, Rectangle

from layers.sheet.ground import path_of
from layers.sheet.ink import Ink, colour
from layers.sheet.projection import BORDERLANDS, MapFrame, fit_map
from layers.style import GROUND

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from geo.seeds import Seeds
    from layers.sheet.frame import Box, Paper

CONTINENT: Final = (47.0, 20.5, 86.5, 46.5)
"""West, south, east and north in degrees of the inset."""

NEAR: Final = 0.16
"""Share of the continent's width below which the inset shows Afghanistan only."""

FINE: Final = 0.25
LEAST_PT: Final = 4.0
RED: Final = "#B3261E"


def draw_locator(axes: Axes, seeds: Seeds, frame: MapFrame, paper: Paper, box: Box) -> None:
    """Draw the inset into a box: land, Afghanistan darker, and the map's outline.

    Parameters
    ----------
    axes
        Of the inset alone: they cut it off at the box.
    seeds
        For the land.
    frame
        Of the map.
    paper
        For widths of lines.
    box
        Of the inset, in points.
    """
    wide = fit_map(CONTINENT, box)
    near = frame.box.width / frame.metre * wide.metre < NEAR * box.width
    own = fit_map(BORDERLANDS, box) if near else wide
    axes.add_artist(_patch(shapely.box(*box.as_tuple()), GROUND["sea"], "none", 0, 1))
    for role, geometry in _land(seeds, own):
        face = "#BDB6A8" if role == "afghanistan" else GROUND["land"]
        axes.add_artist(_patch(geometry, face, "#A39C8F", 0.35 * paper.text, 2))
    x0, y0, x1, y1 = _outline(frame, own)
    half = max(x1 - x0, y1 - y0) / 2
    if half < LEAST_PT:
        ink = Ink(axes=axes, zorder=4)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        ink.shape("circle", x, y, 4 * paper.text, edge=colour(RED), width=1.0 * paper.text)
        ink.flush()
        return
    axes.add_artist(
        Rectangle(
            (x0, y0),
            x1 - x0,
            y1 - y0,
            fill=False,
            edgecolor=RED,
            linewidth=0.9 * paper.text,
            joinstyle="miter",
            zorder=4,
        )
    )


def _outline(frame: MapFrame, own: MapFrame) -> tuple[float, float, float, float]:
    """Give the map's edges on the inset: both are in one projection."""
    x0 = own.box.x0 + (frame.x - own.x) * own.metre
    y0 = own.box.y0 + (frame.y - own.y) * own.metre
    share = own.metre / frame.metre
    return x0, y0, x0 + frame.box.width * share, y0 + frame.box.height * share


def _land(seeds: Seeds, own: MapFrame) -> list[tuple[str, Any]]:
    countries = seeds.countries_light
    shapes = own.shapes(countries.geometry.to_numpy())
    cut = shapely.clip_by_rect(shapes, *own.box.inset(-2).as_tuple())
    fine = shapely.simplify(cut, FINE, preserve_topology=False)
    found = [(str(role), each) for role, each in zip(countries["role"], fine, strict=True)]
    return [(role, each) for role, each in found if not each.is_empty]


def _patch(geometry: Any, face: str, edge: str, width: float, level: float) -> PathPatch:
    return PathPatch(
        path_of(geometry), facecolor=face, edgecolor=edge, linewidth=width, zorder=level
    )
