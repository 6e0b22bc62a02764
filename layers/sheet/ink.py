"""Shapes in the order in which they are drawn, gathered into few artists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgba
from matplotlib.path import Path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from layers.sheet.projection import Numbers

Colour = tuple[float, float, float, float]

NONE: Final[Colour] = (0.0, 0.0, 0.0, 0.0)
_HIGH: Final = 1 / np.cos(np.pi / 6)

UNITS: Final = {
    "square": np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)], dtype=float),
    "diamond": np.array([(0, -1), (1, 0), (0, 1), (-1, 0), (0, -1)], dtype=float),
    "hexagon": np.array(
        [
            (0, _HIGH),
            (1, _HIGH / 2),
            (1, -_HIGH / 2),
            (0, -_HIGH),
            (-1, -_HIGH / 2),
            (-1, _HIGH / 2),
            (0, _HIGH),
        ]
    ),
}
"""Outlines about the middle, of half width 1."""

_CIRCLE: Final = Path.unit_circle()
_CODES: Final = {
    name: np.array([Path.MOVETO, *[Path.LINETO] * (len(points) - 2), Path.CLOSEPOLY], np.uint8)
    for name, points in UNITS.items()
}


def colour(name: str, alpha: float = 1.0) -> Colour:
    """Read a colour, seen through by a share."""
    red, green, blue, own = to_rgba(name)
    return (red, green, blue, own * alpha)


def outline(shape: str, x: float, y: float, half: float) -> Path:
    """Give the outline of a shape."""
    if shape == "circle":
        return Path(np.asarray(_CIRCLE.vertices) * half + (x, y), _CIRCLE.codes)
    return Path(UNITS[shape] * half + (x, y), _CODES[shape])


def edge_point(shape: str, half: float, share: float) -> tuple[float, float]:
    """Give the point of an edge at a share of its length from the top, clockwise."""
    if shape != "square":
        angle = 2 * np.pi * share
        return half * float(np.sin(angle)), half * float(np.cos(angle))
    sides = ((share + 0.125) % 1) * 4
    side = min(int(sides), 3)
    along = half * (2 * (sides - side) - 1)
    return ((along, half), (half, -along), (-along, -half), (-half, along))[side]


def arc(shape: str, x: float, y: float, half: float, share: tuple[float, float]) -> Path:
    """Give the part of an edge between two shares of its length, as an open line."""
    first, last = share
    if shape == "square":
        corners = [each for each in (0.125, 0.375, 0.625, 0.875) if first < each < last]
    else:
        corners = list(np.linspace(first, last, max(3, int(48 * (last - first)) + 2))[1:-1])
    points = [edge_point(shape, half, each) for each in (first, *corners, last)]
    return Path(np.array(points) + np.array([x, y]))


@dataclass(kw_only=True)
class Ink:
    """Shapes on a pair of axes whose units are points, drawn in the order they are added."""

    axes: Axes
    zorder: float
    paths: list[Path] = field(default_factory=list)
    faces: list[Colour] = field(default_factory=list)
    edges: list[Colour] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    dashes: list[Any] = field(default_factory=list)

    def add(
        self,
        path: Path,
        *,
        face: Colour = NONE,
        edge: Colour = NONE,
        width: float = 0.0,
        dash: Sequence[float] = (),
    ) -> None:
        """Add a path; width and dash in points."""
        self.paths.append(path)
        self.faces.append(face)
        self.edges.append(edge if width else NONE)
        self.widths.append(width)
        # Matplotlib measures dashes in widths of the line.
        self.dashes.append((0, tuple(each / width for each in dash)) if dash else "solid")

    def shape(self, name: str, x: float, y: float, half: float, **look: Any) -> None:
        """Add a shape by its middle and half its width."""
        if half > 0:
            self.add(outline(name, x, y, half), **look)

    def line(self, points: Numbers | Sequence[tuple[float, float]], **look: Any) -> None:
        """Add an open line."""
        self.add(Path(np.asarray(points, dtype=float)), **look)

    def flush(self) -> None:
        """Put what was added on the axes and begin anew, on top of it."""
        if not self.paths:
            return
        artist = PathCollection(
            list(self.paths),
            facecolors=list(self.faces),
            edgecolors=list(self.edges),
            linewidths=list(self.widths),
            linestyles=list(self.dashes),
            capstyle="butt",
            joinstyle="miter",
            zorder=self.zorder,
            transform=self.axes.transData,
        )
        self.axes.add_artist(artist)
        for each in (self.paths, self.faces, self.edges, self.widths, self.dashes):
            each.clear()
        self.zorder += 1e-3
