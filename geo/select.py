"""Applying filters: the records that match, and those too coarse to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.dates import parse_period
from geo.distances import PRECISIONS, geodesic_km
from geo.filters import DEFAULT_WITHIN_KM, Filters

Mask = npt.NDArray[np.bool_]

SEARCHED: Final = (
    *("summary", "place", "district", "province", "adm1_reported", "adm1_today"),
    *("group", "actor", "category", "conveyance", "source_name"),
)
"""Columns that the ``text`` filter looks in."""

EQUAL: Final = {
    "groups": "group",
    "roles": "role",
    "attributions": "attribution",
    "categories": "category",
    "countries": "country",
}
"""Fields of the filters that name values of one column: that column."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Selection:
    """What a filter keeps.

    Attributes
    ----------
    records
        The records that match: N of them.
    undecided
        Records that may match, but are dated or located too coarsely to tell.
    total
        How many records there were: M.
    """

    records: gpd.GeoDataFrame
    undecided: gpd.GeoDataFrame
    total: int


class _Answer(NamedTuple):
    """For each record, whether it matches for sure and whether it may match."""

    surely: Mask
    maybe: Mask


def filter_records(
    joined: gpd.GeoDataFrame,
    items: pd.DataFrame,
    filters: Filters,
    crossings: gpd.GeoDataFrame,
) -> Selection:
    """Keep the records that match.

    A date matches if all the days it may mean lie in the period asked for; a
    distance, if the record's point lies within it and the location's radius is
    no longer than it. A record for which this cannot be told, but which may
    match, is *undecided*: it is in neither the count nor the map.

    Parameters
    ----------
    joined
        Joined records.
    items
        Items seized, with ``record_id``.
    filters
        Resolved filters (:func:`geo.vocabulary.resolve_filters`).
    crossings
        WGS84 points with ``name``, for ``near``.

    Returns
    -------
    Selection
        Both frames in the order of ``joined``.
    """
    answers = [
        _exactly(_facets(joined, items, filters)),
        _dates(joined, filters),
        _borders(joined, filters),
        _near(joined, filters, crossings),
    ]
    surely = np.logical_and.reduce([answer.surely for answer in answers])
    maybe = np.logical_and.reduce([answer.maybe for answer in answers])
    return Selection(records=joined[surely], undecided=joined[maybe & ~surely], total=len(joined))


def _exactly(mask: Mask) -> _Answer:
    return _Answer(mask, mask)


def _facets(joined: gpd.GeoDataFrame, items: pd.DataFrame, filters: Filters) -> Mask:
    keep = pd.Series(data=True, index=joined.index)
    if filters.kind:
        keep &= joined["kind"] == filters.kind
    for name, column in EQUAL.items():
        if values := getattr(filters, name):
            keep &= joined[column].isin(values)
    if filters.items:
        holders = items.loc[items["item"].isin(filters.items), "record_id"]
        keep &= joined["id"].isin(holders)
    if filters.provinces:
        keep &= joined["adm1_reported"].isin(filters.provinces) | joined["adm1_today"].isin(
            filters.provinces
        )
    if filters.precision:
        finer = PRECISIONS[: PRECISIONS.index(filters.precision) + 1]
        keep &= joined["precision"].isin(finer)
    if filters.text:
        keep &= has_words(joined, SEARCHED, filters.text)
    return keep.to_numpy(dtype=bool)


def has_words(frame: pd.DataFrame, columns: Sequence[str], text: str) -> pd.Series:
    """Tell which rows have all the words of a text in some of their columns.

    Parameters
    ----------
    frame
        Any frame.
    columns
        Columns of text to look in; a missing text holds no word.
    text
        Words, taken literally; their case does not matter.

    Returns
    -------
    pandas.Series of bool
        Index of ``frame``.
    """
    haystack = pd.Series("", index=frame.index, dtype="str")
    for column in columns:
        # A line's end between them: no word runs from one column into the next.
        haystack = haystack + "\n" + frame[column].fillna("").astype("str")
    haystack = haystack.str.casefold()
    found = pd.Series(data=True, index=frame.index)
    for word in text.casefold().split():
        found &= haystack.str.contains(word, regex=False)
    return found


def _dates(joined: gpd.GeoDataFrame, filters: Filters) -> _Answer:
    first, last = joined["date_start"], joined["date_end"]
    surely = pd.Series(data=True, index=joined.index)
    maybe = surely.copy()
    for since, until in (
        (filters.date_from, filters.date_to),
        (filters.year, filters.year),
    ):
        if since:
            start = pd.Timestamp(parse_period(since).start)
            surely, maybe = surely & (first >= start), maybe & (last >= start)
        if until:
            end = pd.Timestamp(parse_period(until).end)
            surely, maybe = surely & (last <= end), maybe & (first <= end)
    return _Answer(surely.to_numpy(dtype=bool), maybe.to_numpy(dtype=bool))


def _borders(joined: gpd.GeoDataFrame, filters: Filters) -> _Answer:
    if not filters.borders:
        return _exactly(np.ones(len(joined), dtype=bool))
    on_it = joined["border"].isin(filters.borders).to_numpy(dtype=bool)
    coarse = (joined["precision"] == "province").to_numpy(dtype=bool)
    if filters.within_km is None or filters.near:
        return _Answer(on_it & ~coarse, on_it)
    within = _within(joined, joined["border_km"].to_numpy(), filters.within_km)
    return _Answer(on_it & within.surely, on_it & within.maybe)


def _near(joined: gpd.GeoDataFrame, filters: Filters, crossings: gpd.GeoDataFrame) -> _Answer:
    if not filters.near:
        return _exactly(np.ones(len(joined), dtype=bool))
    place = crossings.loc[crossings["name"] == filters.near, "geometry"].iloc[0]
    km = geodesic_km(joined["lon"], joined["lat"], place.x, place.y)
    return _within(joined, km, filters.within_km or DEFAULT_WITHIN_KM)


def _within(joined: gpd.GeoDataFrame, km: npt.NDArray[np.float64], limit_km: float) -> _Answer:
    radius = joined["radius_km"].to_numpy(dtype=float)
    coarse = (joined["precision"] == "province").to_numpy(dtype=bool)
    surely = (km <= limit_km) & (radius <= limit_km) & ~coarse
    # A comparison with NaN is False: a record without a place never matches.
    maybe = km - np.nan_to_num(radius) <= limit_km
    return _Answer(surely, maybe)
