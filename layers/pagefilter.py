"""A filter as the page reads it: it keeps what :mod:`geo.select` keeps for sure."""

from __future__ import annotations

import base64
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.dates import parse_period
from geo.distances import PRECISIONS
from geo.filters import reaches

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.filters import Filters
    from geo.recordset import Mask

IN_PAGE: Final = {
    "groups": "group",
    "roles": "role",
    "attributions": "attribution",
    "categories": "category",
    "countries": "country",
}
"""Fields of the filters that name values of a column that the page has: that column."""

BEYOND_PAGE: Final = (
    *("text", "actors", "directions", "routes", "sources", "files", "at_least", "area"),
    "province_as",
)
"""Fields of the filters that only the server can answer."""

_EPOCH: Final = date(1970, 1, 1).toordinal()


def page_filter(filters: Filters, kept: Mask, crossings: gpd.GeoDataFrame) -> dict[str, Any]:
    """Write filters for the columns that a layer has in the page.

    Parameters
    ----------
    filters
        Resolved filters (:func:`geo.vocabulary.resolve_filters`).
    kept
        For each of the layer's records, in the order of its columns, whether the
        filters keep it: for conditions that the page has no columns to answer.
    crossings
        WGS84 points with ``name``, for ``near``.

    Returns
    -------
    dict
        Only the conditions that are set, all of which must hold: ``equal``
        (values allowed, by column), ``items``, ``provinces``, ``from`` and
        ``to`` (days since 1970), ``borders``, ``near`` (``lat``, ``lon``, ``km``)
        and ``rows`` (base64 of one bit a row, lowest first). A distance holds
        where the location's radius is no longer than it; no distance and no
        border holds for a record known to a province only.
    """
    if _is_beyond_page(filters):
        # The rows say it all; the period stays, for the page to play through.
        return {**_days(filters), "rows": _bits(kept)}
    conditions = {
        "equal": _equal(filters),
        "items": list(filters.items),
        "provinces": list(filters.provinces),
        **_days(filters),
        "borders": list(filters.borders),
        "near": _near(filters, crossings),
    }
    return {name: value for name, value in conditions.items() if value not in (None, [], {})}


def _is_beyond_page(filters: Filters) -> bool:
    to_border = filters.borders and reaches(filters)["borders"] is not None
    return bool(to_border or any(getattr(filters, name) for name in BEYOND_PAGE))


def _bits(kept: Mask) -> str:
    return base64.b64encode(np.packbits(kept, bitorder="little").tobytes()).decode()


def _equal(filters: Filters) -> dict[str, list[str]]:
    allowed = {column: list(getattr(filters, name)) for name, column in IN_PAGE.items()}
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


def _near(filters: Filters, crossings: gpd.GeoDataFrame) -> dict[str, float | None]:
    if not filters.near:
        return {}
    place = crossings.loc[crossings["name"] == filters.near, "geometry"].iloc[0]
    return {"lat": place.y, "lon": place.x, "km": reaches(filters)["near"]}
