"""Other disputed lines of the frame, as far as the sources let them be drawn.

All lines are edges of the mosaic: where control changes hands on the ground
according to OpenStreetMap. The claim lines beyond them (such as India's claim
to Aksai Chin) are not in the sources and are not drawn; the notes say so.
"""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry import LineString, MultiLineString, Point, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from seeds.build import mesh
from seeds.build.fetch import PROVINCES_NE, read_features

NJ9842 = Point(77.0088, 35.0084)  # where the delimited Line of Control ends
KARAKORAM_PASS = Point(77.823, 35.513)

LINE_OF_CONTROL = (
    "Parts the areas of Kashmir administered by Pakistan (Azad Kashmir, Gilgit-Baltistan) and by "
    "India; ceasefire line of 1949, renamed in 1972. Both states claim the whole. Not an "
    "international boundary."
)
WORKING_BOUNDARY = (
    "Between Pakistan's Punjab and Jammu, administered by India. India calls it the international "
    "border; Pakistan calls it the working boundary, as Jammu's status is in dispute."
)
ACTUAL_GROUND_POSITION = (
    "Siachen: the positions held on the ground since 1984, beyond the end of the delimited Line "
    "of Control at point NJ9842. Approximate."
)
SHAKSGAM = (
    "Between the Shaksgam valley, held by China and claimed by India, and the Siachen area, held "
    "by India and claimed by Pakistan."
)
ACTUAL_CONTROL = (
    "Line of Actual Control between Ladakh, administered by India, and Aksai Chin, administered "
    "by China and claimed by India. Not agreed or demarcated; the claim line is not drawn here."
)
CHINA_PAKISTAN = (
    "Boundary set by the agreement of China and Pakistan in 1963. India, which claims "
    "Gilgit-Baltistan and the Shaksgam valley, does not recognise it."
)


def disputed_features(
    countries: dict[str, BaseGeometry], units: dict[str, BaseGeometry]
) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Return the disputed lines as features of name and note (WGS84)."""
    india, china = countries["IND"], countries["CHN"]
    kashmir = mesh.merge_faces([units["PK-JK"], units["PK-GB"]])
    control = _longest_shared(kashmir, india)
    loc, siachen = _cut(control, NJ9842)
    north = _longest_shared(china, india)
    shaksgam, east = _cut(north, KARAKORAM_PASS)
    ladakh, _ = _cut(east, _corner("IN-JK", "IN-HP", east))
    punjab = _longest_shared(units["PK-PB"], india)
    _, working = _cut(punjab, _corner("IN-JK", "IN-PB", punjab))
    rows = [
        ("Line of Control", LINE_OF_CONTROL, loc),
        ("Working boundary", WORKING_BOUNDARY, working),
        ("Actual Ground Position Line", ACTUAL_GROUND_POSITION, siachen),
        ("Shaksgam and Siachen", SHAKSGAM, shaksgam),
        ("Line of Actual Control (Aksai Chin)", ACTUAL_CONTROL, ladakh),
        (
            "China–Pakistan boundary in Gilgit-Baltistan",
            CHINA_PAKISTAN,
            _longest_shared(units["PK-GB"], china),
        ),
    ]
    return [({"name": name, "note": note}, line) for name, note, line in rows]


def _longest_shared(one: BaseGeometry, other: BaseGeometry) -> LineString:
    """Return the longest line two polygons share, from its western end."""
    shared = sorted(set(mesh.segments_of(one)) & set(mesh.segments_of(other)))
    line = max(
        shapely.get_parts(shapely.line_merge(MultiLineString(shared))),
        key=lambda part: part.length,
    )
    return line if line.coords[0] < line.coords[-1] else line.reverse()


def _cut(line: LineString, point: Point) -> tuple[LineString, LineString]:
    """Cut a line at the vertex nearest to the point."""
    vertex = min(line.coords, key=lambda xy: (point.distance(Point(xy)), xy))
    at = line.project(Point(vertex))
    return substring(line, 0, at), substring(line, at, line.length)


def _corner(one: str, other: str, line: LineString) -> Point:
    """Return the point of the line nearest to the border of two provinces of Natural Earth."""
    provinces = {
        feature["properties"]["iso_3166_2"]: shape(feature["geometry"])
        for feature in read_features(PROVINCES_NE)
        if feature["properties"]["iso_3166_2"] in (one, other)
    }
    border = mesh.shared_lines([provinces[one], provinces[other]])
    return Point(shapely.shortest_line(line, border).coords[0])
