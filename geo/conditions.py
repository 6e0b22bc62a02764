"""Each condition of the filters as an answer for every record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.areas import Area, parse_area
from geo.crs import REGION
from geo.dates import parse_period
from geo.distances import PRECISIONS
from geo.filters import Filters, reaches
from geo.quantity import Quantity, parse_quantity
from geo.recordset import Answer, Mask, RecordSet
from geo.search import has_words

EQUAL: Final = {
    "groups": "group",
    "roles": "role",
    "attributions": "attribution",
    "categories": "category",
    "countries": "country",
    "actors": "actor",
    "directions": "direction",
    "sources": "source",
    "files": "file",
}
"""Fields of the filters that name values of one column: that column."""


def answers(records: RecordSet, filters: Filters) -> dict[str, Answer]:
    """Ask every condition that is set.

    Parameters
    ----------
    records
        Joined records.
    filters
        Resolved filters.

    Returns
    -------
    dict of str to Answer
        By the condition's name (a key of ``CONDITIONS`` or of ``EQUAL``); a
        condition that is not set is not among them.
    """
    found = {
        name: _exactly(records.among(column, values))
        for name, column in EQUAL.items()
        if (values := getattr(filters, name))
    }
    for name, ask in CONDITIONS.items():
        answer = ask(records, filters)
        if answer is not None:
            found[name] = answer
    return found


def _exactly(mask: Mask) -> Answer:
    return Answer(mask, mask)


def _kind(records: RecordSet, filters: Filters) -> Answer | None:
    return _exactly(records.among("kind", (filters.kind,))) if filters.kind else None


def _dates(records: RecordSet, filters: Filters) -> Answer | None:
    since = [parse_period(text).start for text in (filters.date_from, filters.year) if text]
    until = [parse_period(text).end for text in (filters.date_to, filters.year) if text]
    if not (since or until):
        return None
    surely = np.ones(len(records), dtype=bool)
    maybe = surely.copy()
    if since:
        start = np.datetime64(max(since), "D").astype(np.int64)
        surely &= records.first_day >= start
        maybe &= records.last_day >= start
    if until:
        end = np.datetime64(min(until), "D").astype(np.int64)
        surely &= records.last_day <= end
        maybe &= records.first_day <= end
    return Answer(surely, maybe)


def _items(records: RecordSet, filters: Filters) -> Answer | None:
    if not filters.items:
        return None
    return _exactly(_holders(records, records.items["item"].isin(filters.items).to_numpy()))


def _holders(records: RecordSet, rows: Mask) -> Mask:
    """Tell which records have one of some rows of the items."""
    held = records.item_rows[rows]
    mask = np.zeros(len(records), dtype=bool)
    mask[held[held >= 0]] = True
    return mask


def _at_least(records: RecordSet, filters: Filters) -> Answer | None:
    """Ask for a quantity of one item: what the source leaves open may match."""
    if not filters.at_least:
        return None
    wanted = parse_quantity(filters.at_least)
    items = records.items
    asked = np.ones(len(items), dtype=bool)
    if filters.items:
        asked = items["item"].isin(filters.items).to_numpy(dtype=bool)
    enough = asked & enough_rows(items, wanted)
    left_open = items["quantity"].isna() | (items["approx"] == "floor")
    vague = asked & (left_open & (items["unit"] == wanted.unit)).to_numpy(dtype=bool)
    return Answer(_holders(records, enough), _holders(records, enough | vague))


def enough_rows(items: pd.DataFrame, wanted: Quantity) -> Mask:
    """Tell which rows of the items state at least a quantity, in its unit."""
    stated = (items["unit"] == wanted.unit) & (items["quantity"] >= wanted.amount)
    return np.asarray(stated, dtype=bool)


def _provinces(records: RecordSet, filters: Filters) -> Answer | None:
    if not filters.provinces:
        return None
    columns = {"reported": ("adm1_reported",), "today": ("adm1_today",)}.get(
        filters.province_as or "", ("adm1_reported", "adm1_today")
    )
    masks = [records.among(column, filters.provinces) for column in columns]
    return _exactly(np.logical_or.reduce(masks))


def _precision(records: RecordSet, filters: Filters) -> Answer | None:
    if not filters.precision:
        return None
    finer = PRECISIONS[: PRECISIONS.index(filters.precision) + 1]
    return _exactly(records.among("precision", finer))


def _text(records: RecordSet, filters: Filters) -> Answer | None:
    if not filters.text:
        return None
    return _exactly(has_words(records.texts, filters.text))


def _borders(records: RecordSet, filters: Filters) -> Answer | None:
    if not filters.borders:
        return None
    limit_km = reaches(filters)["borders"]
    if limit_km is None:
        on_it = records.among("border", filters.borders)
        return Answer(on_it & ~records.coarse, on_it)
    return _any_within(records, "border", filters.borders, limit_km)


def _routes(records: RecordSet, filters: Filters) -> Answer | None:
    if not filters.routes:
        return None
    return _any_within(records, "route", filters.routes, reaches(filters)["routes"] or 0)


def _near(records: RecordSet, filters: Filters) -> Answer | None:
    if not filters.near:
        return None
    return records.within("crossing", filters.near, reaches(filters)["near"] or 0)


def _any_within(records: RecordSet, what: str, keys: tuple[str, ...], limit_km: float) -> Answer:
    found = [records.within(what, key, limit_km) for key in keys]
    return Answer(
        np.logical_or.reduce([answer.surely for answer in found]),
        np.logical_or.reduce([answer.maybe for answer in found]),
    )


def _area(records: RecordSet, filters: Filters) -> Answer | None:
    """Ask for records in a drawn area.

    As with a distance, a point within tells only if its radius is no longer
    than the area's own; a record known to its province is within for sure if
    the whole province is.
    """
    if not filters.area:
        return None
    area = parse_area(filters.area)
    points = gpd.GeoSeries(records.places, crs=records.joined.crs)
    inside = shapely.contains_xy(area.polygon, points.x.to_numpy(), points.y.to_numpy())
    flat = gpd.GeoSeries([area.polygon], crs=points.crs).segmentize(0.1).to_crs(REGION).iloc[0]
    km = shapely.distance(points.to_crs(REGION).to_numpy(), flat) / 1000
    inside, km = (np.append(inside, False), np.append(km, np.nan))
    inside, km = inside[records.place_of], km[records.place_of]
    fine = inside & (records.radius_km <= area.reach_km) & ~records.coarse
    surely = fine | (records.coarse & _wholly_in(records, area))
    return Answer(surely, surely | (km <= np.nan_to_num(records.radius_km)))


def _wholly_in(records: RecordSet, area: Area) -> Mask:
    units = records.seeds.provinces
    names: pd.Series = units.loc[units.geometry.covered_by(area.polygon), "unit"]
    covered = tuple(map(str, names))
    return (
        records.among("adm1_reported_code", covered)
        if covered
        else np.zeros(len(records), dtype=bool)
    )


CONDITIONS: Final[dict[str, Callable[[RecordSet, Filters], Answer | None]]] = {
    "kind": _kind,
    "dates": _dates,
    "items": _items,
    "at_least": _at_least,
    "provinces": _provinces,
    "borders": _borders,
    "routes": _routes,
    "near": _near,
    "area": _area,
    "precision": _precision,
    "text": _text,
}
"""Conditions other than those of ``EQUAL``, by name; ``None``: it is not set."""
