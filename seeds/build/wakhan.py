"""The Wakhan Corridor: cut from Badakhshan where the land narrows at Ishkashim."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from seeds.build import mesh

ISHKASHIM = Point(71.61, 36.71)  # lon, lat of the town
ENTRANCE_WITHIN_KM = 15.0  # the entrance leaves the Tajik border no farther from the town
AXIS_STEP_DEG = 0.1
OVERSHOOT_DEG = 1e-4  # the cut runs on a little, so that it parts the polygon surely
WGS84 = Geod(ellps="WGS84")

RULE = (
    "Badakhshan east of the shortest straight line from the Tajik border, within 15 km of "
    "Ishkashim (36.71 N, 71.61 E), to the Durand Line. Length: along the axis that joins the "
    "middles of the corridor's north-south sections, one every 0.1 degree of longitude, from the "
    "middle of the entrance to the easternmost point. Mean width: area by length."
)
PUBLISHED_SOURCE = "Wikipedia, Wakhan Corridor, https://en.wikipedia.org/wiki/Wakhan_Corridor"


def wakhan_features(
    badakhshan: BaseGeometry, borders: dict[str, LineString]
) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Return the corridor as one feature, measured beside its published size."""
    entrance = entrance_line(borders["TJK"], borders["PAK"])
    corridor = cut_corridor(badakhshan, entrance)
    area = float(WGS84.geometry_area_perimeter(shapely.orient_polygons(corridor))[0]) / 1e6
    length = float(WGS84.geometry_length(axis_line(corridor, entrance))) / 1000
    properties = {
        "name": "Wakhan Corridor",
        "length_km": round(length, 1),
        "mean_width_km": round(area / length, 1),
        "area_km2": round(area, 1),
        "entrance_width_km": round(float(WGS84.geometry_length(entrance)) / 1000, 1),
        "published_length_km": 350,
        "published_width_km": "13–65",
        "published_source": PUBLISHED_SOURCE,
        "rule": RULE,
    }
    return [(properties, corridor)]


def entrance_line(tajik: LineString, durand: LineString) -> LineString:
    """Return the shortest line near Ishkashim from the Tajik to the Pakistani border (WGS84)."""
    ends = [Point(xy) for xy in tajik.coords if _km(Point(xy), ISHKASHIM) <= ENTRANCE_WITHIN_KM]
    vertices = [Point(xy) for xy in durand.coords]
    tree = shapely.STRtree(vertices)
    lines = []
    for end in ends:
        # Planar degrees shorten east-west too little, so weigh all vertices nearby.
        near = tree.query(end, predicate="dwithin", distance=0.4)
        lines += [(_km(end, vertices[i]), int(i), end) for i in near]
    _, index, end = min(lines, key=lambda item: (item[0], item[1]))
    return LineString([end, vertices[index]])


def cut_corridor(badakhshan: BaseGeometry, entrance: LineString) -> BaseGeometry:
    """Return the part of Badakhshan east of the entrance line, as one polygon."""
    (x0, y0), (x1, y1) = entrance.coords
    dx, dy = (x1 - x0) / entrance.length, (y1 - y0) / entrance.length
    knife = LineString(
        [
            (x0 - dx * OVERSHOOT_DEG, y0 - dy * OVERSHOOT_DEG),
            (x0, y0),
            (x1, y1),
            (x1 + dx * OVERSHOOT_DEG, y1 + dy * OVERSHOOT_DEG),
        ]
    )
    faces = mesh.faces_of(mesh.node_lines([badakhshan.boundary, knife]))
    return max(faces, key=lambda face: face.bounds[2])


def axis_line(corridor: BaseGeometry, entrance: LineString) -> LineString:
    """Return the corridor's axis: middle of the entrance, of each section, easternmost point."""
    start = entrance.interpolate(0.5, normalized=True)
    points = shapely.get_coordinates(corridor)
    end = Point(points[np.lexsort((points[:, 1], -points[:, 0]))[0]])
    south, north = corridor.bounds[1] - 1, corridor.bounds[3] + 1
    middles = []
    first = max(entrance.bounds[2], start.x) + AXIS_STEP_DEG / 2
    for lon in np.arange(first, end.x - AXIS_STEP_DEG / 2, AXIS_STEP_DEG):
        section = shapely.intersection(LineString([(lon, south), (lon, north)]), corridor)
        longest = max(shapely.get_parts(section), key=lambda part: part.length)
        middles.append(longest.interpolate(0.5, normalized=True))
    return LineString([start, *middles, end])


def _km(start: Point, end: Point) -> float:
    return float(WGS84.inv(start.x, start.y, end.x, end.y)[2]) / 1000
