"""Facets: what records can be counted by, and the counts that a choice would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.distances import PRECISIONS
from geo.filters import DEFAULT_WITHIN_KM

if TYPE_CHECKING:
    from geo.recordset import Codes, Mask, RecordSet


@dataclass(frozen=True, kw_only=True, eq=False)
class Facet:
    """A way to sort records into values.

    Attributes
    ----------
    name
        Key of ``FACETS``.
    values
        In reading order.
    rows, codes
        Pairs: the record at position ``rows[k]`` has ``values[codes[k]]``. A record
        may have several values (items, crossings) or none.
    unsure
        For each record, whether its value cannot be told: it is located or dated
        too coarsely.
    """

    name: str
    values: tuple[str, ...]
    rows: Codes
    codes: Codes
    unsure: Mask

    def count(self, mask: Mask) -> npt.NDArray[np.int64]:
        """Count the records of a mask by value; shape (n values,)."""
        return np.bincount(self.codes[mask[self.rows]], minlength=len(self.values))

    def first_codes(self) -> Codes:
        """Give each record the code of its first value; -1: it has none."""
        first = np.full(len(self.unsure), -1, dtype=np.intp)
        # Written backwards, so that the first of several pairs stays.
        first[self.rows[::-1]] = self.codes[::-1]
        return first

    @cached_property
    def has_value(self) -> Mask:
        """Whether each record has a value."""
        has = np.zeros(len(self.unsure), dtype=bool)
        has[self.rows] = True
        return has


@dataclass(frozen=True, kw_only=True)
class FacetSpec:
    """A facet's name for people, and how it is made."""

    label: str
    make: Callable[[RecordSet, str], Facet]


def make_facet(records: RecordSet, name: str) -> Facet:
    """Sort records by a facet.

    Parameters
    ----------
    records
        Joined records.
    name
        Key of ``FACETS``.

    Returns
    -------
    Facet
        Kept by the record set: ask it (``records.facet(name)``).
    """
    return FACETS[name].make(records, name)


def _single(records: RecordSet, name: str, column: str | None = None) -> Facet:
    values, codes = records.coded(column or name)
    rows = np.flatnonzero(codes >= 0)
    return Facet(name=name, values=values, rows=rows, codes=codes[rows], unsure=_none(records))


def _none(records: RecordSet) -> Mask:
    return np.zeros(len(records), dtype=bool)


def _of(column: str) -> Callable[[RecordSet, str], Facet]:
    return lambda records, name: _single(records, name, column)


def _precision(records: RecordSet, name: str) -> Facet:
    return _ordered(_single(records, name), PRECISIONS)


def _ordered(facet: Facet, order: tuple[str, ...]) -> Facet:
    """Put values into an order of their own; one that is not in it comes last."""
    known = [value for value in order if value in facet.values]
    values = (*known, *(value for value in facet.values if value not in order))
    place = np.array([values.index(value) for value in facet.values], dtype=np.intp)
    return Facet(
        name=facet.name,
        values=values,
        rows=facet.rows,
        codes=place[facet.codes],
        unsure=facet.unsure,
    )


def _items(records: RecordSet, name: str) -> Facet:
    values = tuple(sorted({str(each) for each in records.items["item"]}))
    return item_facet(records, name, np.ones(len(records.items), dtype=bool), values)


def item_facet(records: RecordSet, name: str, rows: Mask, values: tuple[str, ...]) -> Facet:
    """Sort records by what was seized, looking at some rows of the items only.

    Parameters
    ----------
    records
        Joined records.
    name
        What the facet is called.
    rows
        For each row of the items, whether to look at it.
    values
        All items, in order.
    """
    known = (records.item_rows >= 0) & rows
    codes = pd.Index(values).get_indexer(pd.Index(records.items["item"]))
    return _pairs(records, name, values, records.item_rows[known], codes[known])


def _pairs(
    records: RecordSet, name: str, values: tuple[str, ...], rows: Codes, codes: Codes
) -> Facet:
    """Make a facet of pairs, each of them once."""
    width = max(len(values), 1)
    flat = np.unique(rows * width + codes)
    return Facet(
        name=name,
        values=values,
        rows=flat // width,
        codes=flat % width,
        unsure=_none(records),
    )


def either_province(records: RecordSet) -> Facet:
    """Sort records by province, as reported and today: one whose two differ is in both."""
    then, now = records.facet("province"), records.facet("province_today")
    values = tuple(sorted({*then.values, *now.values}))
    place = {value: at for at, value in enumerate(values)}
    parts = [
        np.array([place[value] for value in facet.values], dtype=np.intp)[facet.codes]
        for facet in (then, now)
    ]
    rows = np.concatenate([then.rows, now.rows])
    return _pairs(records, "province_either", values, rows, np.concatenate(parts))


def _border(records: RecordSet, name: str) -> Facet:
    facet = _single(records, name)
    # A province-level record may be nearest to another border than its point is.
    sure = ~records.coarse[facet.rows]
    return Facet(
        name=name,
        values=facet.values,
        rows=facet.rows[sure],
        codes=facet.codes[sure],
        unsure=records.coarse & (records.coded(name).codes >= 0),
    )


def nearby(records: RecordSet, what: str, limit_km: float) -> Facet:
    """Sort records by all the things within a distance of them.

    Parameters
    ----------
    records
        Joined records.
    what
        ``crossing``, ``route`` or ``border``.
    limit_km
        Kilometres; it holds as for :meth:`geo.recordset.RecordSet.within`.

    Returns
    -------
    Facet
        Names of crossings, ids of routes or ISO codes, in order. *Unsure* is a
        record that may lie within the distance of one of them.
    """
    column = {"crossing": "name", "route": "id", "border": "iso3"}[what]
    things = {"crossing": "crossings", "route": "routes", "border": "borders"}[what]
    values = tuple(sorted(map(str, getattr(records.seeds, things)[column])))
    found = [records.within(what, value, limit_km) for value in values]
    rows = [np.flatnonzero(answer.surely) for answer in found]
    codes = [np.full(len(each), at, dtype=np.intp) for at, each in enumerate(rows)]
    maybe = np.logical_or.reduce([answer.maybe & ~answer.surely for answer in found])
    return Facet(
        name=what,
        values=values,
        rows=np.concatenate(rows),
        codes=np.concatenate(codes),
        unsure=maybe,
    )


def _nearby(records: RecordSet, name: str) -> Facet:
    return records.nearby(name, DEFAULT_WITHIN_KM)


def _year(records: RecordSet, name: str) -> Facet:
    return _of_dates(records, name, "Y", records.last_day - records.first_day > 366)


def _month(records: RecordSet, name: str) -> Facet:
    return _of_dates(records, name, "M", records.last_day - records.first_day > 31)


def _of_dates(records: RecordSet, name: str, unit: str, unsure: Mask) -> Facet:
    when = records.first_day.astype("datetime64[D]").astype(f"datetime64[{unit}]")
    rows = np.flatnonzero(~unsure)
    found, codes = np.unique(when[rows], return_inverse=True)
    return Facet(
        name=name,
        values=tuple(map(str, found)),
        rows=rows,
        codes=codes.astype(np.intp),
        unsure=unsure,
    )


FACETS: Final = {
    "kind": FacetSpec(label="Kind", make=_single),
    "category": FacetSpec(label="Category", make=_single),
    "item": FacetSpec(label="Item seized", make=_items),
    "group": FacetSpec(label="Armed group", make=_single),
    "role": FacetSpec(label="Role of the group", make=_single),
    "attribution": FacetSpec(label="Attribution", make=_single),
    "actor": FacetSpec(label="Force or actor", make=_single),
    "direction": FacetSpec(label="Direction", make=_single),
    "country": FacetSpec(label="Country", make=_single),
    "province": FacetSpec(label="Province as reported", make=_of("adm1_reported")),
    "province_today": FacetSpec(label="Province today", make=_of("adm1_today")),
    "border": FacetSpec(label="Nearest border", make=_border),
    "crossing": FacetSpec(label=f"Crossing within {DEFAULT_WITHIN_KM:g} km", make=_nearby),
    "route": FacetSpec(label=f"Route within {DEFAULT_WITHIN_KM:g} km", make=_nearby),
    "precision": FacetSpec(label="Location precision", make=_precision),
    "source": FacetSpec(label="Source", make=_single),
    "file": FacetSpec(label="File", make=_single),
    "year": FacetSpec(label="Year", make=_year),
    "month": FacetSpec(label="Month", make=_month),
}
"""What records can be counted by, in the order of choosing."""
