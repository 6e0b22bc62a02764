"""Provinces: the one a record names, the one at its date, the one today."""

from __future__ import annotations

from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import REGION, check_crs
from geo.once import once_a_layer

NOWHERE: Final = -1
"""Position that stands for: in no unit."""

Positions = npt.NDArray[np.int64]


def valid_on(units: gpd.GeoDataFrame, day: date | None = None) -> npt.NDArray[np.bool_]:
    """Tell which units were valid on a day.

    Parameters
    ----------
    units
        Provinces with ``valid_from`` and ``valid_to`` (ISO dates; empty: open).
    day
        The day; ``None`` means today's units, those with no end.

    Returns
    -------
    numpy.ndarray of bool, shape (n units,)
    """
    ends = units["valid_to"].fillna("")
    if day is None:
        return np.asarray(ends == "", dtype=bool)
    text = day.isoformat()
    begun = units["valid_from"].fillna("") <= text
    not_over = (ends == "") | (ends >= text)
    return np.asarray(begun & not_over, dtype=bool)


def locate(points: gpd.GeoSeries, units: gpd.GeoDataFrame) -> Positions:
    """Find the unit that holds each point.

    A point on a shared edge belongs to the unit with the lowest code, so that
    every point has one unit at most.

    Parameters
    ----------
    points
        WGS84 points; missing ones are in no unit.
    units
        Polygons with a unique ``unit`` code.

    Returns
    -------
    numpy.ndarray of int, shape (n points,)
        Position in ``units``, or ``NOWHERE``.
    """
    order = np.argsort(units["unit"].to_numpy(dtype=str), kind="stable")
    # A tree of the points, asked by polygon: each polygon is then prepared once.
    tree = shapely.STRtree(points.to_numpy())
    found = np.full(len(points), len(order), dtype=np.int64)
    ranks, rows = tree.query(units.geometry.to_numpy()[order], predicate="intersects")
    np.minimum.at(found, rows, ranks)
    return np.append(order, NOWHERE)[found]


def join_provinces(
    records: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame, radius_km: pd.Series
) -> pd.DataFrame:
    """Join records to the province at their date and the province now.

    The province now is, in this order: the one the source names, if the
    record's location may lie in it; the one that holds the point, if it is in
    the country named; the nearest one of that country within the location's
    radius. The country named by the source holds, because a point on a border
    lies on both sides of it. The province at the date is the part of today's
    province, as the units were on the first day the date may mean, that holds
    the point or is nearest to it.

    Parameters
    ----------
    records
        WGS84 points with ``country`` (ISO 3166-1 alpha-3), ``province``
        (today's name, or empty) and ``date_start``.
    provinces
        Units of all times, WGS84.
    radius_km
        Radius of each record's location in kilometres; NaN: as far as the
        province named reaches.

    Returns
    -------
    pandas.DataFrame
        Index of ``records``; columns ``adm1_reported``, ``adm1_reported_code``,
        ``adm1_today``, ``adm1_today_code``, empty where there is no unit.

    Raises
    ------
    CRSError
        If either frame is not in WGS84.
    """
    check_crs(records, "records")
    check_crs(provinces, "provinces")
    today = np.flatnonzero(valid_on(provinces))
    metric = _metric(provinces)
    points = records.geometry.to_crs(REGION).to_numpy()
    now = _units_today(records, provinces, radius_km, today, points, metric)
    then = _units_then(records, provinces, now, points, metric)
    names = np.append(provinces["name"].to_numpy(dtype=object), "")
    codes = np.append(provinces["iso_3166_2"].to_numpy(dtype=object), "")
    return pd.DataFrame(
        {
            "adm1_reported": names[then],
            "adm1_reported_code": codes[then],
            "adm1_today": names[now],
            "adm1_today_code": codes[now],
        },
        index=records.index,
        dtype="str",
    )


@once_a_layer
def _metric(units: gpd.GeoDataFrame) -> npt.NDArray[np.object_]:
    return np.asarray(units.geometry.to_crs(REGION).to_numpy())


def _units_today(
    records: gpd.GeoDataFrame,
    provinces: gpd.GeoDataFrame,
    radius_km: pd.Series,
    today: Positions,
    points: npt.NDArray[np.object_],
    metric: npt.NDArray[np.object_],
) -> Positions:
    now = _in_country(records, provinces, today)
    countries = provinces["country"].to_numpy(dtype=object)
    names = provinces["name"].to_numpy(dtype=object)
    reach_m = radius_km.fillna(np.inf).to_numpy(dtype=float) * 1000
    placed = ~shapely.is_missing(points)

    positions = {(countries[unit], names[unit]): unit for unit in today[::-1]}
    places = zip(records["country"], records["province"], strict=True)
    named = np.array([positions.get(place, NOWHERE) for place in places], dtype=np.int64)
    rows = np.flatnonzero((named != NOWHERE) & (named != now) & placed)
    apart_m = shapely.distance(metric[named[rows]], points[rows])
    rows = rows[apart_m <= reach_m[rows]]
    now[rows] = named[rows]

    rows = np.flatnonzero((now == NOWHERE) & placed & np.isfinite(reach_m))
    tree = shapely.STRtree(metric[today])
    hits, units = tree.query(points[rows], predicate="dwithin", distance=reach_m[rows])
    hits, units = rows[hits], today[units]
    home = countries[units] == records["country"].to_numpy(dtype=object)[hits]
    hits, units = hits[home], units[home]
    apart_m = shapely.distance(metric[units], points[hits])
    nearest_first = np.lexsort((provinces["unit"].to_numpy(dtype=str)[units], apart_m))
    # Written from far to near, so that the nearest unit stays.
    now[hits[nearest_first][::-1]] = units[nearest_first][::-1]
    return now


def _in_country(
    records: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame, today: Positions
) -> Positions:
    """Find the unit of today that holds each point, in the country it names."""
    holder = locate(records.geometry, provinces.iloc[today])
    now = np.append(today, NOWHERE)[holder]
    countries = np.append(provinces["country"].to_numpy(dtype=object), "")
    abroad = countries[now] != records["country"].to_numpy(dtype=object)
    now[abroad] = NOWHERE
    return now


def _units_then(
    records: gpd.GeoDataFrame,
    provinces: gpd.GeoDataFrame,
    now: Positions,
    points: npt.NDArray[np.object_],
    metric: npt.NDArray[np.object_],
) -> Positions:
    """Replace units younger than a record by the part of them that was."""
    heirs = successors(provinces)
    starts = np.append(provinces["valid_from"].fillna("").to_numpy(dtype=object), "")
    ends = provinces["valid_to"].fillna("").to_numpy(dtype=object)
    days = records["date_start"].dt.strftime("%Y-%m-%d").to_numpy(dtype=object)
    younger = starts[now] > days
    then = now.copy()
    nearest_m = np.full(len(now), np.inf)
    for part in np.flatnonzero(ends != ""):
        was = (starts[part] <= days) & (days <= ends[part])
        rows = np.flatnonzero(younger & was & (heirs[part] == now))
        apart_m = shapely.distance(metric[part], points[rows])
        nearer = apart_m < nearest_m[rows]
        then[rows[nearer]] = part
        nearest_m[rows[nearer]] = apart_m[nearer]
    return then


@once_a_layer
def successors(provinces: gpd.GeoDataFrame) -> Positions:
    """Find for each unit the unit of today that its land belongs to.

    Parameters
    ----------
    provinces
        Units of all times, WGS84, ordered by ``unit`` or not.

    Returns
    -------
    numpy.ndarray of int, shape (n units,)
        Position in ``provinces``; a unit of today is its own.
    """
    current = valid_on(provinces)
    today = np.flatnonzero(current)
    inner = gpd.GeoSeries(provinces.geometry.representative_point())
    heirs = today[locate(inner, provinces.iloc[today])]
    heirs[current] = today
    return heirs
