"""What is nearest, how far it is, and whether the location's radius carries that."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Transformer

from geo.crs import GEOD, REGION, WGS84, check_crs
from geo.once import once_a_layer
from geo.places import valid_on

PRECISIONS: Final = ("site", "town", "district", "province")
"""How precisely a record is located, finest first."""

RADIUS_KM: Final = {"site": 1.0, "town": 5.0, "district": 20.0}
"""Radius of a location in kilometres; a province's is its own extent."""

STEP_DEG: Final = 0.1
"""Longest piece of a line, in degrees: longer ones would bow when projected."""

KM_A_DEGREE: Final = 108.0
"""Less than a degree of latitude has anywhere: what is found by it errs on the near side."""

Floats = npt.NDArray[np.float64]


def nearest(
    points: gpd.GeoSeries, things: gpd.GeoDataFrame, key: str
) -> tuple[npt.NDArray[np.object_], Floats]:
    """Find the nearest line or point, and the distance to it.

    Lines are searched segment by segment in a metric CRS; the distance is the
    geodesic one to the nearest place on that segment. Of equally near things
    the one with the lowest key is taken.

    Parameters
    ----------
    points
        WGS84 points; missing ones have nothing near them.
    things
        WGS84 points or lines.
    key
        Column of ``things`` that names them.

    Returns
    -------
    keys : numpy.ndarray of object, shape (n points,)
        Empty text for a missing point.
    km : numpy.ndarray of float, shape (n points,)
        Geodesic kilometres, never negative; NaN for a missing point.

    Raises
    ------
    CRSError
        If ``things`` are not in WGS84.
    """
    check_crs(things, key)
    keys = np.full(len(points), "", dtype=object)
    km = np.full(len(points), np.nan)
    present = np.flatnonzero(~(points.isna() | points.is_empty).to_numpy())
    if not len(things) or not len(present):
        return keys, km
    # Many records share a place, which needs to be searched once.
    xy = points.iloc[present].x.to_numpy() + 1j * points.iloc[present].y.to_numpy()
    places, place_of = np.unique(xy, return_inverse=True)
    here = gpd.GeoSeries.from_xy(places.real, places.imag, crs=points.crs)
    place_keys, place_km = _nearest_to_places(here, _pieces(things, key))
    keys[present] = place_keys[place_of]
    km[present] = place_km[place_of]
    return keys, km


class _Pieces(NamedTuple):
    """Points, or single segments of lines, in the metric CRS, and the key of each."""

    keys: npt.NDArray[np.object_]
    shapes: npt.NDArray[np.object_]
    tree: shapely.STRtree


def _nearest_to_places(
    here: gpd.GeoSeries, pieces: _Pieces
) -> tuple[npt.NDArray[np.object_], Floats]:
    flat = here.to_crs(REGION).to_numpy()
    rows, hits = pieces.tree.query_nearest(flat)
    first = pd.Series(hits).groupby(rows).min().to_numpy()
    return pieces.keys[first], _geodesic_km(here, flat, pieces.shapes[first])


@once_a_layer
def _pieces(things: gpd.GeoDataFrame, key: str) -> _Pieces:
    """Cut lines into single segments; leave points as they are. In the order of their keys."""
    ordered = things.sort_values(key, kind="stable")
    shapes = ordered.geometry.segmentize(STEP_DEG).to_crs(REGION).to_numpy()
    keys = ordered[key].to_numpy(dtype=object)
    if (shapely.get_type_id(shapes) != shapely.GeometryType.POINT).any():
        coords, owners = shapely.get_coordinates(shapes, return_index=True)
        joined = owners[:-1] == owners[1:]
        shapes = shapely.linestrings(np.stack([coords[:-1][joined], coords[1:][joined]], axis=1))
        keys = keys[owners[:-1][joined]]
    return _Pieces(keys, shapes, shapely.STRtree(shapes))


@cache
def _to_degrees() -> Transformer:
    """Give the way back from the metric CRS; making it costs more than a small join."""
    return Transformer.from_crs(REGION, WGS84, always_xy=True)


def _geodesic_km(
    here: gpd.GeoSeries,
    flat: npt.NDArray[np.object_],
    pieces: npt.NDArray[np.object_],
) -> Floats:
    ends = pieces
    if (shapely.get_type_id(pieces) == shapely.GeometryType.LINESTRING).all():
        ends = shapely.line_interpolate_point(pieces, shapely.line_locate_point(pieces, flat))
    lon, lat = _to_degrees().transform(shapely.get_x(ends), shapely.get_y(ends))
    return geodesic_km(here.x.to_numpy(), here.y.to_numpy(), lon, lat)


def geodesic_km(
    lon: npt.ArrayLike, lat: npt.ArrayLike, to_lon: npt.ArrayLike, to_lat: npt.ArrayLike
) -> Floats:
    """Measure from places to places on the WGS84 ellipsoid.

    Parameters
    ----------
    lon, lat, to_lon, to_lat
        Degrees; arrays of one shape, or numbers.

    Returns
    -------
    numpy.ndarray of float
        Kilometres; NaN where a coordinate is.
    """
    lon, lat, to_lon, to_lat = (
        np.array(each, dtype=float) for each in np.broadcast_arrays(lon, lat, to_lon, to_lat)
    )
    _, _, metres = GEOD.inv(lon, lat, to_lon, to_lat)
    return np.asarray(metres, dtype=float) / 1000


def least_km(points: gpd.GeoSeries, bounds: Floats) -> Floats:
    """Tell how far points are at least from anything within some bounds.

    Parameters
    ----------
    points
        WGS84.
    bounds
        West, south, east and north in degrees.

    Returns
    -------
    numpy.ndarray of float, shape (n points,)
        Kilometres, never more than the true distance.
    """
    west, south, east, north = bounds
    lon, lat = points.x.to_numpy(), points.y.to_numpy()
    beyond_lat = np.maximum(np.maximum(south - lat, lat - north), 0)
    beyond_lon = np.maximum(np.maximum(west - lon, lon - east), 0)
    highest = np.maximum(np.abs(lat), max(abs(south), abs(north)))
    across = beyond_lon * np.cos(np.radians(np.minimum(highest, 90)))
    return np.asarray(np.maximum(beyond_lat, across) * KM_A_DEGREE, dtype=float)


def location_radius_km(records: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> pd.Series:
    """Give each record the radius within which it happened.

    Parameters
    ----------
    records
        Points with ``precision``, ``province`` and ``country``.
    provinces
        Units; those of today give a province-level record its radius: the
        distance from its point to the farthest corner of the province named.

    Returns
    -------
    pandas.Series of float
        Kilometres; NaN where neither precision nor province tells.
    """
    radius: pd.Series = records["precision"].map(RADIUS_KM).astype(float)
    corners = _corners(provinces)
    coarse = records[(records["precision"] == "province") & records.geometry.notna()]
    for place, group in coarse.groupby(["country", "province", "lon", "lat"]):
        country, province, lon, lat = place
        if (country, province) in corners:
            ring = corners[country, province]
            radius.loc[group.index] = geodesic_km(lon, lat, *ring.T).max()
    return radius


@once_a_layer
def _corners(provinces: gpd.GeoDataFrame) -> dict[tuple[str, str], Floats]:
    """Give the outermost corners of today's units, by country and name."""
    today = provinces[valid_on(provinces)]
    names = zip(today["country"], today["name"], strict=True)
    hulls = map(shapely.get_coordinates, today.geometry.convex_hull)
    return dict(zip(names, hulls, strict=True))


def is_supported(km: Floats, radius_km: pd.Series, precision: pd.Series) -> npt.NDArray[np.bool_]:
    """Tell whether a location is precise enough for a distance.

    A distance is supported if the location's radius is no longer than it, or
    is that of a town at most. A province-level location supports none.

    Parameters
    ----------
    km
        Distances in kilometres.
    radius_km
        Radius of each location in kilometres.
    precision
        One of ``PRECISIONS`` each.

    Returns
    -------
    numpy.ndarray of bool
    """
    radius = radius_km.to_numpy(dtype=float)
    fine = radius <= np.maximum(km, RADIUS_KM["town"])
    return fine & (precision != "province").to_numpy() & ~np.isnan(km)
