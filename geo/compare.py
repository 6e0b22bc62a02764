"""Comparing the records of two filters: counts, rates a month, change, and doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.dates import parse_period
from geo.facet_words import value_words
from geo.rates import LEVEL, dispersion, false_discovery, rates, ratios, widened
from geo.select import Selection, filter_records

if TYPE_CHECKING:
    from geo.filters import Filters
    from geo.recordset import Mask, RecordSet

BY: Final = {"province": "province_today", "border": "border"}
"""What a comparison may be laid out by: its facet. Provinces are those of today, so that
both sides are counted in the same units, whenever their records are from."""

DAYS_A_MONTH: Final = 365.25 / 12
FEWEST_MONTHS: Final = 12
FEWEST_EVENTS: Final = 5
"""From these on it is told how counts of months vary, and a wider interval given."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_MONTH_DAYS: Final = 31


@dataclass(frozen=True, kw_only=True, eq=False)
class Side:
    """One of the two filters, and what it keeps.

    Attributes
    ----------
    filters, selection
        Resolved filters, and the records that they keep.
    start, end
        First and last day looked at: the filter's period within the data's;
        ``None``: they have no day in common.
    spread
        Variance by mean of its counts of months; NaN: cannot be told.
    """

    filters: Filters
    selection: Selection
    start: date | None
    end: date | None
    spread: float

    @property
    def count(self) -> int:
        """How many records match."""
        return self.selection.count

    @property
    def undecided(self) -> int:
        """How many records are dated or located too coarsely to tell."""
        return int(np.count_nonzero(self.selection.unsure))

    @property
    def months(self) -> float:
        """How long was looked, in months of 30.4 days; 0: no day of the data."""
        if self.start is None or self.end is None:
            return 0.0
        return ((self.end - self.start).days + 1) / DAYS_A_MONTH


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """The records of filter A and filter B.

    Attributes
    ----------
    a, b
        The two sides.
    shared
        Records that both keep.
    total
        One row, with the columns of ``rows``: all records of each side.
    rows
        One row a value: ``value``, ``name``; ``a``, ``b`` and ``shared`` records;
        ``a_rate``, ``b_rate`` (records a month) with ``_low`` and ``_high``;
        ``ratio`` of B's rate to A's with ``ratio_low`` and ``ratio_high``;
        ``chance`` (p-value), ``adjusted`` for the number of rows. A row that
        shares records has no interval of the ratio: A and B are not independent.
    without, unsure
        For each side, records that have no value, and those too coarse to tell.
    wider
        Interval of the total's ratio that allows for events that come in clusters;
        ``None``: too few to tell.
    """

    a: Side
    b: Side
    shared: int
    total: pd.Series
    rows: pd.DataFrame
    without: tuple[int, int]
    unsure: tuple[int, int]
    wider: tuple[float, float] | None

    @property
    def tested(self) -> int:
        """How many rows have an interval of their ratio."""
        return int(self.rows["chance"].notna().sum())


def compare(records: RecordSet, a: Filters, b: Filters, by: str) -> Comparison:
    """Compare the records of two filters.

    Parameters
    ----------
    records
        Joined records.
    a, b
        Resolved filters.
    by
        Key of :data:`BY`.

    Returns
    -------
    Comparison
        Values that neither side has are left out.
    """
    first, second = _side(records, a), _side(records, b)
    kept = (first.selection.surely, second.selection.surely)
    both = kept[0] & kept[1]
    facet = records.facet(BY[by])
    counts = pd.DataFrame(
        {
            "value": facet.values,
            "name": value_words(records, BY[by], facet.values),
            "a": facet.count(kept[0]),
            "b": facet.count(kept[1]),
            "shared": facet.count(both),
        }
    )
    counts = counts[(counts["a"] > 0) | (counts["b"] > 0)].reset_index(drop=True)
    shared = int(np.count_nonzero(both))
    everything = pd.DataFrame(
        {"value": [""], "name": ["All"], "a": [first.count], "b": [second.count], "shared": shared}
    )
    total = _measured(everything, first.months, second.months).iloc[0]
    return Comparison(
        a=first,
        b=second,
        shared=shared,
        total=total,
        rows=_measured(counts, first.months, second.months),
        without=_pair(kept, ~facet.has_value & ~facet.unsure),
        unsure=_pair(kept, ~facet.has_value & facet.unsure),
        wider=_wider(first, second, total),
    )


def _pair(kept: tuple[Mask, Mask], which: Mask) -> tuple[int, int]:
    first, second = (int(np.count_nonzero(mask & which)) for mask in kept)
    return first, second


def _measured(counts: pd.DataFrame, a_months: float, b_months: float) -> pd.DataFrame:
    """Add rates and their ratio to counts."""
    told = counts.copy()
    for side, months in (("a", a_months), ("b", b_months)):
        found = rates(counts[side].to_numpy(), months)
        told[f"{side}_rate"], told[f"{side}_low"] = found.rate, found.low
        told[f"{side}_high"] = found.high
    change = ratios(counts["a"].to_numpy(), counts["b"].to_numpy(), a_months, b_months)
    apart = (counts["shared"] == 0).to_numpy()
    told["ratio"] = change.ratio
    told["ratio_low"] = np.where(apart, change.low, np.nan)
    told["ratio_high"] = np.where(apart, change.high, np.nan)
    told["chance"] = np.where(apart, change.chance, np.nan)
    told["adjusted"] = false_discovery(told["chance"])
    return told


def is_change(rows: pd.DataFrame) -> pd.Series:
    """Tell where the interval of the ratio leaves out 1."""
    return (rows["ratio_low"] > 1) | (rows["ratio_high"] < 1)


def is_lasting(rows: pd.DataFrame) -> pd.Series:
    """Tell where that still holds after allowing for the number of rows."""
    return is_change(rows) & (rows["adjusted"] <= 1 - LEVEL)


def _side(records: RecordSet, filters: Filters) -> Side:
    selection = filter_records(records, filters)
    start, end = observed(records, filters)
    return Side(
        filters=filters,
        selection=selection,
        start=start,
        end=end,
        spread=_spread(records, selection.surely, start, end),
    )


def observed(records: RecordSet, filters: Filters) -> tuple[date | None, date | None]:
    """Give the first and last day that a filter looks at, within those of the data.

    The data end with the last day of a record dated to the month or better: one
    that is dated to a year says nothing about how far that year was observed.

    Parameters
    ----------
    records
        Joined records.
    filters
        Any filters.

    Returns
    -------
    tuple
        Both ``None`` if the filter's period has no day of the data, or there are
        no data.
    """
    if not len(records):
        return None, None
    fine = records.last_day - records.first_day < _MONTH_DAYS
    ends = [
        int(records.first_day.max()),
        *records.last_day[fine].max(initial=-(10**9), keepdims=True),
    ]
    first = int(records.first_day.min())
    last = int(max(ends))
    for text in (filters.date_from, filters.year):
        if text:
            first = max(first, parse_period(text).start.toordinal() - _EPOCH)
    for text in (filters.date_to, filters.year):
        if text:
            last = min(last, parse_period(text).end.toordinal() - _EPOCH)
    if last < first:
        return None, None
    return date.fromordinal(first + _EPOCH), date.fromordinal(last + _EPOCH)


def _spread(records: RecordSet, kept: Mask, start: date | None, end: date | None) -> float:
    """Measure the variance by mean of the counts of whole months."""
    if start is None or end is None:
        return float("nan")
    first, last = (day.year * 12 + day.month - 1 for day in (start, end))
    # Months of which only a part is looked at have fewer records for that alone.
    first += start.day > 1
    last -= parse_period(f"{end:%Y-%m}").end != end
    if last - first + 1 < FEWEST_MONTHS:
        return float("nan")
    fine = kept & (records.last_day - records.first_day < _MONTH_DAYS)
    days = records.first_day[fine].astype("datetime64[D]")
    months = days.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    months = months[(months >= first) & (months <= last)]
    return dispersion(np.bincount(months - first, minlength=last - first + 1))


def _wider(first: Side, second: Side, total: pd.Series) -> tuple[float, float] | None:
    spreads = [each.spread for each in (first, second) if not np.isnan(each.spread)]
    few = min(first.count, second.count) < FEWEST_EVENTS
    if few or not spreads or total["shared"] or not np.isfinite(total["ratio"]):
        return None
    return widened(first.count, second.count, total["ratio"], max(spreads))
