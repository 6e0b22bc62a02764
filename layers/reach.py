"""Outlines of what the records are filtered by: a drawn area, or a distance from places."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import shapely

from geo.areas import Area, parse_area
from geo.crs import REGION, WGS84
from geo.distances import STEP_DEG
from geo.filters import reaches

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.filters import Filters
    from geo.seeds import Seeds

WIDEST_KM: Final = 1000.0
"""A wider ring lies beyond the map, which shows about so much about its middle."""

LOOSE: Final = 0.03
LOOSE_KM: Final = 0.2
"""By this share of a distance, or so many kilometres, its outline may be off: it is
drawn at once and sent with each view. The filter itself is exact."""

DECIMALS: Final = 4
_FEW: Final = 2
_COLUMNS: Final = {"crossings": "name", "routes": "id", "borders": "iso3"}


def outlines(filters: Filters, seeds: Seeds) -> tuple[dict[str, Any], ...]:
    """Draw what resolved filters ask of a record's place.

    Parameters
    ----------
    filters
        Resolved filters (:func:`geo.vocabulary.resolve_filters`).
    seeds
        Crossings, borders and routes.

    Returns
    -------
    tuple of dict
        GeoJSON features in WGS84, each with a ``kind`` (``area``, ``crossing``,
        ``route`` or ``border``) and a ``label`` of plain words. A border without
        a distance has no outline, nor has a distance over ``WIDEST_KM``.

    Raises
    ------
    AreaError
        If the area is none.
    """
    asked = reaches(filters)
    found = []
    if filters.area:
        area = parse_area(filters.area)
        found.append(_feature("area", area_label(area), area.polygon))
    if filters.near:
        around = _around(seeds, "crossings", (filters.near,), asked["near"])
        found.append(_feature("crossing", f"{_km(asked['near'])} round {filters.near}", around))
    if filters.routes:
        names = [seeds.route_names[each] for each in filters.routes]
        around = _around(seeds, "routes", filters.routes, asked["routes"])
        label = f"{_km(asked['routes'])} from {_several(names, 'routes')}"
        found.append(_feature("route", label, around))
    if filters.borders and asked["borders"] is not None:
        names = [seeds.country_names.get(each, each) for each in filters.borders]
        around = _around(seeds, "borders", filters.borders, asked["borders"])
        label = f"{_km(asked['borders'])} from the border with {_several(names, 'countries')}"
        found.append(_feature("border", label, around))
    return tuple(each for each in found if each["geometry"])


def area_label(area: Area) -> str:
    """Name an area on the map, where its place is seen: ``circle of 10 km``."""
    if area.shape == "circle":
        return f"circle of {area.reach_km:g} km"
    return "drawn box" if area.shape == "box" else "drawn area"


def _km(distance: float | None) -> str:
    return f"{distance or 0:g} km"


def _several(names: list[str], what: str) -> str:
    return " or ".join(names) if len(names) <= _FEW else f"{len(names)} {what}"


def _feature(kind: str, label: str, shape: BaseGeometry | None) -> dict[str, Any]:
    geometry = None
    if shape is not None:
        geometry = shapely.geometry.mapping(shapely.set_precision(shape, 10.0**-DECIMALS))
    return {
        "type": "Feature",
        "properties": {"kind": kind, "label": label},
        "geometry": geometry,
    }


@lru_cache(maxsize=32)
def _around(
    seeds: Seeds, layer: str, keys: tuple[str, ...], distance_km: float | None
) -> BaseGeometry | None:
    """Draw the outline of all places within a distance of some things."""
    if not distance_km or distance_km > WIDEST_KM:
        return None
    if layer == "crossings":
        return _rings(seeds, keys, distance_km)
    loose_m = max(LOOSE * distance_km, LOOSE_KM) * 1000
    flat = shapely.simplify(list(_flat_lines(seeds, layer, keys)), loose_m)
    whole = shapely.union_all(shapely.buffer(flat, distance_km * 1000, quad_segs=4))
    drawn = gpd.GeoSeries([shapely.simplify(whole, loose_m)], crs=REGION).segmentize(20_000)
    shape: BaseGeometry = drawn.to_crs(WGS84).iloc[0]
    return shape


@lru_cache(maxsize=32)
def _flat_lines(seeds: Seeds, layer: str, keys: tuple[str, ...]) -> tuple[BaseGeometry, ...]:
    """Give lines in metres; the longest borders have some ten thousand corners."""
    frame = getattr(seeds, layer)
    lines = frame.loc[frame[_COLUMNS[layer]].isin(keys), "geometry"].segmentize(STEP_DEG)
    return tuple(lines.to_crs(REGION).simplify(LOOSE_KM * 1000))


def _rings(seeds: Seeds, names: tuple[str, ...], distance_km: float) -> BaseGeometry:
    places = seeds.crossings.loc[seeds.crossings["name"].isin(names), "geometry"]
    circles = [
        parse_area(f"circle:{place.x},{place.y},{distance_km:.12g}").polygon for place in places
    ]
    shape: BaseGeometry = shapely.union_all(circles)
    return shape
