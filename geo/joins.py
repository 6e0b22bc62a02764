"""Records joined to provinces, borders, crossings and routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crs import check_crs
from geo.distances import is_supported, location_radius_km, nearest
from geo.places import join_provinces

if TYPE_CHECKING:
    from geo.seeds import Seeds

JOINED_COLUMNS: Final = (
    *("adm1_reported", "adm1_reported_code", "adm1_today", "adm1_today_code"),
    *("border", "border_km", "border_supported"),
    *("crossing", "crossing_km", "crossing_supported"),
    *("route", "route_km", "route_supported"),
    "radius_km",
)
"""The columns that :func:`join_records` adds."""


def join_records(records: gpd.GeoDataFrame, seeds: Seeds) -> gpd.GeoDataFrame:
    """Join records to the places about them.

    Parameters
    ----------
    records
        WGS84 points, as :mod:`geo.records` reads them.
    seeds
        Provinces, borders, crossings and routes to join to.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows in the same order, with ``JOINED_COLUMNS`` added:
        provinces as reported and today; the nearest border (ISO code of the
        neighbour), crossing (name) and route (id), each with its geodesic
        distance in kilometres and whether the location's radius supports it;
        ``radius_km``.

    Raises
    ------
    CRSError
        If the records are not in WGS84.
    """
    check_crs(records, "records")
    radius = location_radius_km(records, seeds.provinces)
    columns: dict[str, object] = {}
    for name, things, key in (
        ("border", seeds.borders, "iso3"),
        ("crossing", seeds.crossings, "name"),
        ("route", seeds.routes, "id"),
    ):
        keys, km = nearest(records.geometry, things, key)
        columns[name] = pd.array(keys, dtype="str")
        columns[f"{name}_km"] = np.round(km, 3)
        columns[f"{name}_supported"] = is_supported(km, radius, records["precision"])
    reach = radius.where(records["precision"] != "province")
    joined = pd.concat(
        [
            records.drop(columns="geometry"),
            join_provinces(records, seeds.provinces, reach),
            pd.DataFrame(columns, index=records.index),
            radius.rename("radius_km").round(3),
        ],
        axis="columns",
    )
    return gpd.GeoDataFrame(joined, geometry=records.geometry, crs=records.crs)
