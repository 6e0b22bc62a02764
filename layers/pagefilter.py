"""A filter as the page reads it: it keeps what :mod:`geo.select` keeps for sure."""

from __future__ import annotations

import base64
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.dates import parse_period
from geo.distances import PRECISIONS
from geo.filters import DEFAULT_WITHIN_KM
from geo.select import EQUAL, SEARCHED, has_words

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.filters import Filters

_EPOCH: Final = date(1970, 1, 1).toordinal()


def page_filter(
    filters: Filters, records: pd.DataFrame, crossings: gpd.GeoDataFrame
) -> dict[str, Any]:
    """Write filters for the columns that a layer has in the page.

    Parameters
    ----------
    filters
        Resolved filters (:func:`geo.vocabulary.resolve_filters`).
    records
        The layer's joined records, all of them in the order of its columns: a
        search for words, whose texts the page does not have, is done here.
    crossings
        WGS84 points with ``name``, for ``near``.

    Returns
    -------
    dict
        Only the conditions that are set, all of which must hold: ``equal``
        (values allowed, by column), ``items``, ``provinces``, ``from`` and
        ``to`` (days since 1970), ``borders``, ``border_km``, ``near`` (``lat``,
        ``lon``, ``km``) and ``rows`` (base64 of one bit a row, lowest first).
        A distance holds where the location's radius is no longer than it; no
        distance and no border holds for a record known to a province only.
    """
    conditions = {
        "equal": _equal(filters),
        "items": list(filters.items),
        "provinces": list(filters.provinces),
        **_days(filters),
        "borders": list(filters.borders),
        "border_km": _border_km(filters),
        "near": _near(filters, crossings),
        "rows": _rows(filters, records),
    }
    return {name: value for name, value in conditions.items() if value not in (None, [], {})}


def _equal(filters: Filters) -> dict[str, list[str]]:
    allowed = {column: list(getattr(filters, name)) for name, column in EQUAL.items()}
    if filters.kind:
        allowed = {"kind": [filters.kind], **allowed}
    if filters.precision:
        allowed["precision"] = list(PRECISIONS[: PRECISIONS.index(filters.precision) + 1])
    return {column: values for column, values in allowed.items() if values}


def _days(filters: Filters) -> dict[str, int]:
    firsts = [parse_period(text).start for text in (filters.date_from, filters.year) if text]
    lasts = [parse_period(text).end for text in (filters.date_to, filters.year) if text]
    days = {}
    if firsts:
        days["from"] = _day_number(max(firsts))
    if lasts:
        days["to"] = _day_number(min(lasts))
    return days


def _day_number(day: date) -> int:
    return day.toordinal() - _EPOCH


def _border_km(filters: Filters) -> float | None:
    # With a crossing, the distance is to the crossing.
    return filters.within_km if filters.borders and not filters.near else None


def _near(filters: Filters, crossings: gpd.GeoDataFrame) -> dict[str, float]:
    if not filters.near:
        return {}
    place = crossings.loc[crossings["name"] == filters.near, "geometry"].iloc[0]
    return {"lat": place.y, "lon": place.x, "km": filters.within_km or DEFAULT_WITHIN_KM}


def _rows(filters: Filters, records: pd.DataFrame) -> str | None:
    if not filters.text:
        return None
    found = has_words(records, SEARCHED, filters.text).to_numpy(dtype=bool)
    return base64.b64encode(np.packbits(found, bitorder="little").tobytes()).decode()
