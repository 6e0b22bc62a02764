"""Countries of the frame from OpenStreetMap: Afghanistan exact, the rest to about 100 m."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiLineString, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

from seeds.build import mesh
from seeds.build.fetch import COUNTRIES_OSM, read_features

FRAME = shapely.box(44, 15, 90, 50)
LABEL_WINDOW = shapely.box(57, 26, 79, 41)  # a neighbour's label stands where it meets Afghanistan
NEIGHBOUR_TOLERANCE_DEG = 0.0008  # about 90 m
OTHER_TOLERANCE_DEG = 0.01  # about 1 km
SMALL_ISLAND_DEG2 = 0.005  # about 50 km²: not drawn for the other countries
LARGEST_GAP_DEG2 = 0.01  # gaps between countries up to about 100 km² are closed

NEIGHBOURS = {
    "IRN": "Iran",
    "TKM": "Turkmenistan",
    "UZB": "Uzbekistan",
    "TJK": "Tajikistan",
    "CHN": "China",
    "PAK": "Pakistan",
}
OTHERS = {
    "ARE": "United Arab Emirates",
    "ARM": "Armenia",
    "AZE": "Azerbaijan",
    "BGD": "Bangladesh",
    "BHR": "Bahrain",
    "BTN": "Bhutan",
    "GEO": "Georgia",
    "IND": "India",
    "IRQ": "Iraq",
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "KWT": "Kuwait",
    "MNG": "Mongolia",
    "NPL": "Nepal",
    "OMN": "Oman",
    "QAT": "Qatar",
    "RUS": "Russia",
    "SAU": "Saudi Arabia",
    "TUR": "Turkey",
    "YEM": "Yemen",
}
NAMES = {"AFG": "Afghanistan", **NEIGHBOURS, **OTHERS}  # also the order of precedence


def read_countries() -> dict[str, BaseGeometry]:
    """Return the countries of the frame by ISO 3166-1 alpha-3 code, clipped, not overlapping.

    Where polygons of the source overlap, the one first in `NAMES` keeps the land:
    Afghanistan before its neighbours, these before the others.
    """
    raw = {f["properties"]["A3"]: shape(f["geometry"]) for f in read_features(COUNTRIES_OSM)}
    inside = {code: shape_ for code, shape_ in raw.items() if shape_.intersects(FRAME)}
    unknown = sorted(set(inside) - set(NAMES))
    if unknown:
        raise RuntimeError(f"countries.py: no name for {', '.join(unknown)}; add to OTHERS")
    countries: dict[str, BaseGeometry] = {}
    taken = shapely.Polygon()
    for code in NAMES:
        clipped = shapely.intersection(mesh.polygons_of(inside[code]), FRAME)
        snapped = mesh.polygons_of(shapely.set_precision(clipped, mesh.GRID_DEG))
        free = shapely.difference(snapped, taken, grid_size=mesh.GRID_DEG)
        countries[code] = _without_small_islands(code, mesh.polygons_of(free))
        taken = shapely.union(taken, countries[code], grid_size=mesh.GRID_DEG)
    return countries


def country_lines(countries: dict[str, BaseGeometry]) -> MultiLineString:
    """Return the noded lines of the countries; only Afghanistan's ring at full detail."""
    noded = mesh.node_lines(country.boundary for country in countries.values())
    exact = set(mesh.segments_of(countries["AFG"]))
    near = {
        segment
        for code in NEIGHBOURS
        for segment in mesh.segments_of(countries[code])
        if segment not in exact
    }
    lines = [_lighter(line, exact, near) for line in noded.geoms]
    return MultiLineString([line for line in lines if line is not None])


def country_faces(
    faces: list[BaseGeometry], countries: dict[str, BaseGeometry]
) -> list[str | None]:
    """Return the country code of each face; gaps between countries are closed, sea is None."""
    codes = list(countries)
    sure = mesh.assign_faces(faces, [countries[code] for code in codes], least_share=0.5)
    filled = mesh.fill_unassigned(
        faces, sure, wanted=lambda face, owners: owners > 1 and face.area < LARGEST_GAP_DEG2
    )
    return [None if number is None else codes[number] for number in filled]


def country_features(merged: dict[str, BaseGeometry]) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Return the countries' features, Afghanistan first, then neighbours, then the others."""
    return [(_properties(code, merged[code]), merged[code]) for code in NAMES if code in merged]


def label_point(polygon: BaseGeometry) -> tuple[float, float]:
    """Return lon and lat of a label: the point of the largest part farthest from its edge."""
    largest = max(shapely.get_parts(polygon), key=lambda part: part.area)
    point = polylabel(shapely.simplify(largest, 0.02), tolerance=0.01)
    return round(point.x, 3), round(point.y, 3)


def _properties(code: str, polygon: BaseGeometry) -> dict[str, Any]:
    role = "afghanistan" if code == "AFG" else "neighbour" if code in NEIGHBOURS else "other"
    window = shapely.intersection(polygon, LABEL_WINDOW) if role == "neighbour" else polygon
    lon, lat = label_point(window)
    return {
        "iso3": code,
        "name": NAMES[code],
        "role": role,
        "label_lon": lon,
        "label_lat": lat,
    }


def _without_small_islands(code: str, polygon: BaseGeometry) -> BaseGeometry:
    if code not in OTHERS:
        return polygon
    parts = shapely.get_parts(polygon)
    return shapely.multipolygons([p for p in parts if p.area > SMALL_ISLAND_DEG2])


def _lighter(
    line: BaseGeometry, exact: set[mesh.Segment], near: set[mesh.Segment]
) -> BaseGeometry | None:
    first = next(iter(mesh.segments_of(line)))
    if first in exact:
        return line
    tolerance = NEIGHBOUR_TOLERANCE_DEG if first in near else OTHER_TOLERANCE_DEG
    lighter = shapely.simplify(line, tolerance, preserve_topology=False)
    if line.is_closed and len(np.unique(shapely.get_coordinates(lighter), axis=0)) < 3:
        return None  # an island smaller than the tolerance
    return lighter
