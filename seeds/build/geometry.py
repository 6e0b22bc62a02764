"""Build the geometry seeds from OpenStreetMap and Natural Earth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

from seeds.build import borders, countries, disputed, light, mesh, provinces, wakhan
from seeds.build.geojson import write_features
from seeds.build.names import Unit

Features = list[tuple[dict[str, Any], BaseGeometry]]


@dataclass(frozen=True, kw_only=True)
class Mosaic:
    """Countries and provinces that share their edges vertex by vertex (WGS84)."""

    countries: dict[str, BaseGeometry]
    units: list[tuple[Unit, BaseGeometry]]  # without Khyber Pakhtunkhwa of today


def build() -> None:
    """Write every geometry file of the seeds; the same bytes each time."""
    full = build_mosaic()
    small = lighten(full)
    lines = borders.cut_ring(full.countries["AFG"], _neighbours(full))
    lengths = {code: borders.length_km(line) for code, line in lines.items()}
    light_lines = borders.cut_ring(small.countries["AFG"], _neighbours(small))
    units = provinces.with_merger(full.units)
    areas, labels = provinces.areas_of(units), provinces.labels_of(units)
    light_units = provinces.with_merger(small.units)
    by_unit = {unit.unit: polygon for unit, polygon in units}
    files: dict[str, Features] = {
        "countries.geojson": countries.country_features(full.countries),
        "countries_light.geojson": countries.country_features(small.countries),
        "borders.geojson": borders.border_features(lines, lengths_km=lengths),
        "borders_light.geojson": borders.border_features(light_lines, lengths_km=lengths),
        "disputed.geojson": disputed.disputed_features(full.countries, by_unit),
        "provinces.geojson": provinces.province_features(units, areas_km2=areas, labels=labels),
        "provinces_light.geojson": provinces.province_features(
            light_units, areas_km2=areas, labels=labels
        ),
        "wakhan.geojson": wakhan.wakhan_features(by_unit["AF-BDS"], lines),
    }
    for name, features in files.items():
        write_features(name, features)


def build_mosaic() -> Mosaic:
    """Put the mosaic together from its sources."""
    land = countries.read_countries()
    outlines = countries.country_lines(land)
    first_faces = mesh.faces_of(mesh.node_lines([outlines]))
    drawn = _merge_by(first_faces, countries.country_faces(first_faces, land))
    sources = provinces.read_provinces()
    inner = [
        provinces.inner_lines([polygon for _, polygon in sources[code]], drawn[code])
        for code in provinces.COUNTRIES
    ]
    faces = mesh.faces_of(mesh.node_lines([*(c.boundary for c in drawn.values()), *inner]))
    codes = countries.country_faces(faces, drawn)
    units = []
    for country in provinces.COUNTRIES:
        own = [face for face, code in zip(faces, codes, strict=True) if code == country]
        numbers = provinces.province_faces(own, sources[country])
        for number, (unit, _) in enumerate(sources[country]):
            parts = [face for face, owner in zip(own, numbers, strict=True) if owner == number]
            units.append((unit, mesh.merge_faces(parts)))
    return Mosaic(countries=_merge_by(faces, codes), units=units)


def lighten(full: Mosaic) -> Mosaic:
    """Return a lighter mosaic, for drawing at small zooms."""
    whole = [code for code in full.countries if code not in provinces.COUNTRIES]
    lighter = light.lighten(
        [polygon for _, polygon in full.units] + [full.countries[code] for code in whole],
        ring=full.countries["AFG"],
        near=[i for i, (unit, _) in enumerate(full.units) if unit.country in ("AFG", "PAK")],
    )
    units = [(unit, lighter[i]) for i, (unit, _) in enumerate(full.units)]
    merged = {
        country: mesh.merge_faces([p for unit, p in units if unit.country == country])
        for country in provinces.COUNTRIES
    }
    merged.update(zip(whole, lighter[len(units) :], strict=True))
    return Mosaic(countries={code: merged[code] for code in full.countries}, units=units)


def _neighbours(mosaic: Mosaic) -> dict[str, BaseGeometry]:
    return {code: mosaic.countries[code] for code in countries.NEIGHBOURS}


def _merge_by(
    faces: Sequence[BaseGeometry], owners: Sequence[str | None]
) -> dict[str, BaseGeometry]:
    merged = {}
    for owner in countries.NAMES:
        parts = [face for face, code in zip(faces, owners, strict=True) if code == owner]
        if parts:
            merged[owner] = mesh.merge_faces(parts)
    return merged
