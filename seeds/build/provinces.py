"""Provinces from Natural Earth, conformed to the OpenStreetMap outline of their country.

The outline is OpenStreetMap's; only the inner lines are Natural Earth's, clipped to
it and, where they stop short, led to it by the shortest way. Each face so made goes
to the province that covers most of it, or else to the one with which it shares its
longest edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import shapely
from pyproj import Geod
from shapely.geometry import MultiLineString, shape
from shapely.geometry.base import BaseGeometry

from seeds.build import mesh
from seeds.build.countries import label_point
from seeds.build.fetch import PROVINCES_NE, read_features
from seeds.build.names import Unit, merged_kp, unit_of

COUNTRIES = ("AFG", "PAK", "IRN", "TKM", "UZB", "TJK")
WGS84 = Geod(ellps="WGS84")


def read_provinces() -> dict[str, list[tuple[Unit, BaseGeometry]]]:
    """Return Natural Earth's provinces by country, as it draws them, in order of unit."""
    provinces: dict[str, list[tuple[Unit, BaseGeometry]]] = {code: [] for code in COUNTRIES}
    for feature in read_features(PROVINCES_NE):
        country = feature["properties"].get("adm0_a3")
        if country in provinces:
            unit = unit_of(feature["properties"])
            provinces[country].append((unit, mesh.polygons_of(shape(feature["geometry"]))))
    for found in provinces.values():
        found.sort(key=lambda pair: pair[0].unit)
    return provinces


def inner_lines(polygons: Sequence[BaseGeometry], outline: BaseGeometry) -> MultiLineString:
    """Return the lines between provinces, clipped and led to the country's outline."""
    return mesh.extend_to(mesh.shared_lines(polygons), outline)


def province_faces(
    faces: Sequence[BaseGeometry], provinces: Sequence[tuple[Unit, BaseGeometry]]
) -> list[int]:
    """Return for each face of a country the number of its province."""
    polygons = [polygon for _, polygon in provinces]
    numbers = mesh.fill_unassigned(faces, mesh.assign_faces(faces, polygons))
    tree = shapely.STRtree(polygons)
    return [  # an island of its own that Natural Earth lacks goes to the nearest province
        int(tree.nearest(face)) if number is None else number
        for face, number in zip(faces, numbers, strict=True)
    ]


def with_merger(units: Sequence[tuple[Unit, BaseGeometry]]) -> list[tuple[Unit, BaseGeometry]]:
    """Add Khyber Pakhtunkhwa of today: the union of the unit before and FATA."""
    by_code = {unit.unit: (unit, polygon) for unit, polygon in units}
    before, fata = by_code["PK-KP.2018"], by_code["PK-TA"]
    today = (merged_kp(before[0]), mesh.merge_faces([before[1], fata[1]]))
    return [*units, today]


def province_features(
    units: Sequence[tuple[Unit, BaseGeometry]],
    *,
    areas_km2: dict[str, float],
    labels: dict[str, tuple[float, float]],
) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Return the units' features in order of country and unit."""
    rank = {code: number for number, code in enumerate(COUNTRIES)}
    ordered = sorted(units, key=lambda pair: (rank[pair[0].country], pair[0].unit))
    return [
        (_properties(unit, areas_km2[unit.unit], labels[unit.unit]), polygon)
        for unit, polygon in ordered
    ]


def area_km2(polygon: BaseGeometry) -> float:
    """Return the geodesic area on the WGS84 ellipsoid in square kilometres."""
    area, _ = WGS84.geometry_area_perimeter(shapely.orient_polygons(polygon))
    return round(float(area) / 1e6, 1)


def labels_of(units: Sequence[tuple[Unit, BaseGeometry]]) -> dict[str, tuple[float, float]]:
    """Return lon and lat of each unit's label."""
    return {unit.unit: label_point(polygon) for unit, polygon in units}


def areas_of(units: Sequence[tuple[Unit, BaseGeometry]]) -> dict[str, float]:
    """Return each unit's geodesic area in square kilometres."""
    return {unit.unit: area_km2(polygon) for unit, polygon in units}


def _properties(unit: Unit, area: float, label: tuple[float, float]) -> dict[str, Any]:
    fields = asdict(unit)
    ordered = ("unit", "iso_3166_2", "country", "name", "name_fa", "name_ur")
    return {
        **{key: fields[key] for key in ordered},
        "area_km2": area,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "label_lon": label[0],
        "label_lat": label[1],
        "note": unit.note,
    }
