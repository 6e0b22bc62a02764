"""The ground: what the layers draw of land, areas, lines and routes, on the paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from layers.sheet.ink import colour
from layers.style import GROUND

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.data import LayerData
    from layers.sheet.projection import MapFrame

BEYOND: Final = 12.0
"""Points beyond the map's edge that are still drawn: an edge has a width."""

FINE: Final = 0.16
"""Points that a line may stray: less than a printer shows."""

LEVELS: Final = {"ground": 1.0, "area": 3.0, "line": 6.0}


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a role is drawn; widths and dashes in CSS pixels."""

    edge: str
    width: float
    face: str = ""
    alpha: float = 1.0
    dash: tuple[float, ...] = ()
    above: float = 0.0


LOOKS: Final = {
    "sea": Look(edge="ink-soft", width=0.6, face="sea"),
    "afghanistan": Look(edge="", width=0, face="land", above=0.1),
    "neighbour": Look(edge="coast", width=0.9, face="land-neighbour"),
    "other": Look(edge="coast", width=0.9, face="land-other"),
    "province": Look(edge="province", width=0.7, above=0.5),
    "highlight": Look(edge="highlight", width=1.6, face="highlight", alpha=0.2),
    "fata": Look(edge="fata", width=1.4, face="fata", alpha=0.16, dash=(6, 3), above=0.1),
    "wakhan": Look(edge="wakhan", width=1.2, face="wakhan", alpha=0.22, above=0.1),
    "border": Look(edge="border", width=1.9, above=0.1),
    "disputed": Look(edge="disputed", width=1.7, dash=(0.01, 4.2)),
}
"""By role, as layers/js/khyber.css has it for the web."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Placed:
    """A feature of a layer and its shape on the paper, cut to the map's box."""

    properties: dict[str, Any]
    geometry: shapely.Geometry


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """What is to be drawn of the layers that are on.

    Attributes
    ----------
    features
        By what draws them: ``ground``, ``area``, ``line``, ``route``, ``sign``, ``town``.
    """

    features: dict[str, list[Placed]] = field(default_factory=dict)

    def of(self, draw: str) -> list[Placed]:
        """Give the features drawn in one way."""
        return self.features.get(draw, [])


def place_layers(layers: list[LayerData], frame: MapFrame) -> Ground:
    """Bring the features of layers onto the paper.

    Parameters
    ----------
    layers
        As the registry draws them.
    frame
        Where the map lies.

    Returns
    -------
    Ground
        Without what lies beyond the map.
    """
    features = [feature for layer in layers for feature in layer.features]
    if not features:
        return Ground()
    shapes = np.array([_shape(each) for each in features], dtype=object)
    west, south, east, north = _degrees_about(frame)
    boxes = shapely.bounds(shapes)
    near = (
        (boxes[:, 0] <= east)
        & (boxes[:, 2] >= west)
        & (boxes[:, 1] <= north)
        & (boxes[:, 3] >= south)
    )
    chosen = np.flatnonzero(near)
    cut = shapely.clip_by_rect(frame.shapes(shapes[chosen]), *frame.box.inset(-BEYOND).as_tuple())
    fine = shapely.simplify(cut, FINE, preserve_topology=False)
    placed = Ground()
    for at, geometry in zip(chosen, fine, strict=True):
        if geometry.is_empty:
            continue
        properties = features[at]["properties"]
        one = Placed(properties=properties, geometry=geometry)
        placed.features.setdefault(properties["draw"], []).append(one)
    return placed


def _shape(feature: dict[str, Any]) -> shapely.Geometry:
    geometry = read_geometry(feature["geometry"])
    if feature["properties"].get("role") == "sea":
        # Its straight edges are curves on the paper.
        return shapely.segmentize(geometry, 0.5)
    return geometry


def read_geometry(geometry: dict[str, Any]) -> shapely.Geometry:
    """Read a GeoJSON geometry: ten times as fast as Shapely's own ``shape``."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return shapely.Point(coordinates)
    if kind == "LineString":
        return shapely.linestrings(np.array(coordinates))
    if kind == "MultiLineString":
        lines = [shapely.linestrings(np.array(each)) for each in coordinates]
        return shapely.multilinestrings(lines)
    areas = [coordinates] if kind == "Polygon" else coordinates
    polygons = [_polygon(rings) for rings in areas]
    return polygons[0] if kind == "Polygon" else shapely.multipolygons(polygons)


def _polygon(rings: Any) -> shapely.Geometry:
    shell, *holes = (shapely.linearrings(np.array(ring)) for ring in rings)
    return shapely.polygons(shell, holes or None)


def _degrees_about(frame: MapFrame) -> tuple[float, float, float, float]:
    box = frame.box.inset(-BEYOND)
    edge = shapely.segmentize(shapely.box(*box.as_tuple()), max(box.width, box.height) / 20)
    lon, lat = frame.degrees(*shapely.get_coordinates(edge).T)
    return (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))


def path_of(geometry: shapely.Geometry) -> Path:
    """Give the rings or lines of a shape as one path."""
    parts = shapely.get_parts(geometry)
    areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    lines = [*shapely.get_rings(parts[areas]), *parts[~areas]]
    vertices, codes = [], []
    for line in lines:
        points = shapely.get_coordinates(line)
        if len(points) < 2:
            continue
        code = np.full(len(points), Path.LINETO, dtype=np.uint8)
        code[0] = Path.MOVETO
        if shapely.get_type_id(line) == shapely.GeometryType.LINEARRING:
            code[-1] = Path.CLOSEPOLY
        vertices.append(points)
        codes.append(code)
    if not vertices:
        return Path(np.empty((0, 2)))
    return Path(np.concatenate(vertices), np.concatenate(codes))


def draw_ground(axes: Axes, ground: Ground, px: float) -> None:
    """Draw land, areas and lines.

    Parameters
    ----------
    axes
        Of the map; their units are points.
    ground
        What to draw.
    px
        Points of a CSS pixel.
    """
    for draw, level in LEVELS.items():
        for placed in ground.of(draw):
            look = LOOKS[placed.properties["role"]]
            # Areas of note lie under the lines of provinces.
            _draw_shape(axes, placed.geometry, look, px, level + look.above)


def _draw_shape(
    axes: Axes, geometry: shapely.Geometry, look: Look, px: float, level: float
) -> None:
    dotted = bool(look.dash) and look.dash[0] < 0.1
    axes.add_artist(
        PathPatch(
            path_of(geometry),
            facecolor=colour(GROUND[look.face], look.alpha) if look.face else "none",
            edgecolor=GROUND[look.edge] if look.edge else "none",
            linewidth=look.width * px,
            linestyle=(0, [each / look.width for each in look.dash]) if look.dash else "solid",
            capstyle="round" if dotted else "butt",
            joinstyle="round",
            zorder=level,
        )
    )
