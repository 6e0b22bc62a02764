"""Areas drawn on a map: boxes, circles and polygons, written as short texts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np
import shapely
from shapely.geometry import Polygon, box

from geo.crs import GEOD
from geo.errors import AreaError

Shape = Literal["box", "circle", "polygon"]

DECIMALS: Final = 4
"""Of degrees in an area's text: about 10 m."""

MOST_CORNERS: Final = 100
FARTHEST_KM: Final = 2000.0
CIRCLE_CORNERS: Final = 90
_FORMS: Final = {
    "box": "box:WEST,SOUTH,EAST,NORTH",
    "circle": "circle:LON,LAT,KM",
    "polygon": "polygon:LON,LAT;LON,LAT;LON,LAT…",
}
_LONGEST_EDGE_DEG: Final = 0.25


@dataclass(frozen=True, kw_only=True)
class Area:
    """A part of the earth's surface.

    Attributes
    ----------
    shape
        ``box``, ``circle`` or ``polygon``.
    numbers
        West, south, east and north of a box; longitude, latitude and kilometres
        of a circle; longitudes and latitudes of a polygon's corners in turn.
    polygon
        The area in WGS84; straight on a map of longitudes and latitudes. Of a
        circle, a geodesic one of ``CIRCLE_CORNERS`` corners.
    reach_km
        Radius of a circle as large as the area: how coarsely a record may be
        located for its point to tell whether it lies within.
    """

    shape: Shape
    numbers: tuple[float, ...]
    polygon: Polygon
    reach_km: float

    @property
    def text(self) -> str:
        """Write the area as :func:`parse_area` reads it."""
        pairs = self.numbers
        if self.shape == "circle":
            lon, lat, km = self.numbers
            return f"circle:{_plain(lon)},{_plain(lat)},{km:.6g}"
        if self.shape == "box":
            return "box:" + ",".join(map(_plain, pairs))
        corners = zip(pairs[::2], pairs[1::2], strict=True)
        return "polygon:" + ";".join(f"{_plain(lon)},{_plain(lat)}" for lon, lat in corners)


@lru_cache(maxsize=64)
def parse_area(text: str) -> Area:
    """Read an area.

    Parameters
    ----------
    text
        ``box:W,S,E,N``, ``circle:LON,LAT,KM`` or ``polygon:LON,LAT;LON,LAT;…``
        with 3 to ``MOST_CORNERS`` corners; degrees of WGS84.

    Returns
    -------
    Area

    Raises
    ------
    AreaError
        If the text has another form, or a number is out of range.

    Examples
    --------
    >>> parse_area("circle:71.09,34.12,10").polygon.bounds[0] < 71
    True
    """
    shape, _, rest = text.strip().partition(":")
    if shape not in _FORMS:
        msg = f"{_cut(text)} is not an area; write {', '.join(_FORMS.values())}."
        raise AreaError(msg)
    numbers = _numbers(rest.replace(";", ",") if shape == "polygon" else rest, shape)
    if shape == "box":
        return _box(numbers)
    if shape == "circle":
        return _circle(numbers)
    return _polygon(numbers)


def _numbers(text: str, shape: str) -> tuple[float, ...]:
    try:
        numbers = tuple(float(part) for part in text.split(","))
    except ValueError:
        numbers = ()
    if not numbers or not all(math.isfinite(each) for each in numbers):
        msg = f"The area {_cut(f'{shape}:{text}')} holds no numbers; write {_FORMS[shape]}."
        raise AreaError(msg)
    return numbers


def _box(numbers: tuple[float, ...]) -> Area:
    _check(len(numbers) == 4, "box", "needs 4 numbers")
    west, south, east, north = (round(each, DECIMALS) for each in numbers)
    _check_place("box", (west, east), (south, north))
    _check(west < east and south < north, "box", "must run from west to east and south to north")
    return _area("box", (west, south, east, north), box(west, south, east, north))


def _circle(numbers: tuple[float, ...]) -> Area:
    _check(len(numbers) == 3, "circle", "needs 3 numbers")
    lon, lat, km = round(numbers[0], DECIMALS), round(numbers[1], DECIMALS), float(numbers[2])
    _check_place("circle", (lon,), (lat,))
    _check(0 < km <= FARTHEST_KM, "circle", f"needs a radius above 0 and up to {FARTHEST_KM:g} km")
    around = np.linspace(0, 360, CIRCLE_CORNERS, endpoint=False)
    full = np.full(CIRCLE_CORNERS, 1.0)
    lons, lats, _ = GEOD.fwd(full * lon, full * lat, around, full * km * 1000)
    ring = Polygon(zip(lons, lats, strict=True))
    return Area(shape="circle", numbers=(lon, lat, km), polygon=ring, reach_km=km)


def _polygon(numbers: tuple[float, ...]) -> Area:
    _check(len(numbers) % 2 == 0, "polygon", "needs a longitude and a latitude for each corner")
    pairs = tuple(round(each, DECIMALS) for each in numbers)
    corners = list(zip(pairs[::2], pairs[1::2], strict=True))
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    enough = 3 <= len(corners) <= MOST_CORNERS
    _check(enough, "polygon", f"needs 3 to {MOST_CORNERS} corners")
    _check_place("polygon", pairs[::2], pairs[1::2])
    shape = Polygon(corners)
    _check(shape.is_valid and shape.area > 0, "polygon", "must not cross itself")
    return _area("polygon", tuple(each for corner in corners for each in corner), shape)


def _area(shape: Shape, numbers: tuple[float, ...], polygon: Polygon) -> Area:
    square_metres, _ = GEOD.geometry_area_perimeter(shapely.segmentize(polygon, _LONGEST_EDGE_DEG))
    reach_km = math.sqrt(abs(square_metres) / math.pi) / 1000
    return Area(shape=shape, numbers=numbers, polygon=polygon, reach_km=reach_km)


def _check(holds: bool, shape: str, what: str) -> None:
    if not holds:
        msg = f"An area's {shape} {what}; write {_FORMS[shape]}."
        raise AreaError(msg)


def _check_place(shape: str, lons: tuple[float, ...], lats: tuple[float, ...]) -> None:
    on_earth = all(abs(lon) <= 180 for lon in lons) and all(abs(lat) <= 85 for lat in lats)
    _check(on_earth, shape, "must lie within 180° of longitude and 85° of latitude")


def _plain(degrees: float) -> str:
    return f"{degrees:.{DECIMALS}f}".rstrip("0").rstrip(".")


def _cut(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:60]}…")


def describe_area(area: Area) -> str:
    """Say what an area is.

    Parameters
    ----------
    area
        Any area.

    Returns
    -------
    str
        Such as ``a circle of 10 km round 34.12°N 71.09°E``.
    """
    if area.shape == "circle":
        lon, lat, km = area.numbers
        return f"a circle of {km:g} km round {_place(lon, lat)}"
    if area.shape == "box":
        west, south, east, north = area.numbers
        return f"a box from {_place(west, south)} to {_place(east, north)}"
    corners = len(area.numbers) // 2
    centre = area.polygon.centroid
    return f"a drawn area of {corners} corners about {_place(centre.x, centre.y)}"


def _place(lon: float, lat: float) -> str:
    sides = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    return f"{abs(lat):.2f}°{sides[0]} {abs(lon):.2f}°{sides[1]}"
