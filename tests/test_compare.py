"""Comparing two filters: counts that reconcile, months looked at, doubt told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.compare import BY, compare, is_change, is_lasting, observed
from geo.filters import Filters
from geo.joins import join_records
from geo.recordset import RecordSet
from geo.select import filter_records
from geo.source_mix import compare_sources
from tests.small import records as make_records
from tests.small import seeds
from tests.snapshot_case import built_in_records

if TYPE_CHECKING:
    from geo.compare import Comparison

BEFORE, AFTER = Filters(date_to="2012-12"), Filters(date_from="2013")
WEST, EAST = {"lon": "60.5"}, {"lon": "61.5"}
CHOICES = (
    *(Filters(), Filters(year="2022"), Filters(date_to="2021-08-14"), Filters(kind="seizure")),
    *(Filters(date_from="2021-08-15"), Filters(groups=("TTP",)), Filters(precision="town")),
    Filters(date_from="2090"),
)


def set_of(*rows: dict[str, Any]) -> RecordSet:
    """Make Boxland's records, each with an id of its own."""
    made = make_records(*({"id": f"s-{at}", **row} for at, row in enumerate(rows)))
    land = seeds(made)
    return RecordSet(join_records(land.records, land), land.items, land)


def boxland(by: str = "province") -> Comparison:
    """Two years: 1 record, then 12 in the West; 2, then 2 in the East."""
    return compare(boxland_set(), BEFORE, AFTER, by)


def boxland_set() -> RecordSet:
    """What :func:`boxland` compares."""
    west = [WEST | {"date": "2013-05-06"}] * 12
    east = [EAST | {"date": day} for day in ("2012-02-03", "2012-04", "2013-01-01", "2013-12-31")]
    start = WEST | {"date": "2012-01-01"}
    coarse = {"date": "2013", "precision": "province", "province": "West"}
    return set_of(start, *west, *east, coarse, coarse)


def test_counts_rates_and_ratios_by_province() -> None:
    rows = boxland().rows.set_index("value")
    assert rows["a"].to_dict() == {"East": 2, "West": 1}
    assert rows["b"].to_dict() == {"East": 2, "West": 14}
    assert rows.loc["West", "a_rate"] == pytest.approx(1 / 12, rel=0.01)
    assert rows.loc["West", "ratio"] == pytest.approx(14, rel=0.01)
    east: Any = rows.loc["East"]
    assert east["ratio_low"] < 1 < east["ratio_high"]
    assert is_change(rows).to_dict() == {"East": False, "West": True}
    assert is_lasting(rows).to_dict() == {"East": False, "West": True}


def test_a_record_too_coarse_for_a_border_is_told_apart() -> None:
    found = boxland("border")
    assert (found.rows["a"].sum(), found.rows["b"].sum()) == (3, 14)
    assert (found.without, found.unsure) == ((0, 0), (0, 2))


def test_months_looked_at_are_those_of_filter_and_data() -> None:
    found = boxland()
    assert (found.a.start, found.a.end) == (date(2012, 1, 1), date(2012, 12, 31))
    assert (found.b.start, found.b.end) == (date(2013, 1, 1), date(2013, 12, 31))
    assert (round(found.a.months, 2), round(found.b.months, 2)) == (12.02, 11.99)


def test_a_record_of_a_year_does_not_lengthen_what_was_looked_at() -> None:
    records = set_of({"date": "2012-03-04"}, {"date": "2013-02"}, {"date": "2013"})
    assert observed(records, Filters()) == (date(2012, 3, 4), date(2013, 2, 28))
    assert observed(records, Filters(year="2012")) == (date(2012, 3, 4), date(2012, 12, 31))
    assert observed(records, Filters(date_from="2014")) == (None, None)
    only_a_year = set_of({"date": "2013"})
    assert observed(only_a_year, Filters()) == (date(2013, 1, 1), date(2013, 1, 1))


def test_a_side_without_a_day_of_the_data_has_no_rate() -> None:
    found = compare(boxland_set(), Filters(), Filters(date_from="2030"), "province")
    assert (found.b.count, found.b.months, found.shared) == (0, 0, 0)
    assert np.isnan(found.total["b_rate"])
    assert np.isnan(found.total["ratio"])
    assert found.tested == 0


def test_shared_records_leave_no_interval() -> None:
    found = compare(boxland_set(), Filters(), AFTER, "province")
    assert found.shared == found.b.count == 16
    assert np.isnan(found.total["chance"])
    assert found.wider is None
    assert not is_change(found.rows).any()


def test_no_records_compare_as_nothing() -> None:
    empty = set_of({})
    land = empty.seeds
    nothing = RecordSet(empty.joined.iloc[:0], land.items, land)
    found = compare(nothing, BEFORE, AFTER, "province")
    assert (found.a.count, found.b.count, len(found.rows)) == (0, 0, 0)
    assert compare_sources(nothing, found).top.empty


@settings(max_examples=15, deadline=None)
@given(a=st.sampled_from(CHOICES), b=st.sampled_from(CHOICES), by=st.sampled_from([*BY]))
def test_all_counts_reconcile(a: Filters, b: Filters, by: str) -> None:
    records = built_in_records()
    found = compare(records, a, b, by)
    for at, (name, side, filters) in enumerate((("a", found.a, a), ("b", found.b, b))):
        told = found.rows[name].sum() + found.without[at] + found.unsure[at]
        assert told == side.count == found.total[name] == filter_records(records, filters).count
    assert found.rows["shared"].sum() <= found.shared
    mirrored = compare(records, b, a, by)
    assert mirrored.total["chance"] == pytest.approx(found.total["chance"], nan_ok=True)


def test_clustered_events_widen_the_interval_of_the_total() -> None:
    records = built_in_records()
    split = Filters(date_to="2021-08-14"), Filters(date_from="2021-08-15")
    found = compare(records, *split, "province")
    assert found.a.spread > 1
    assert found.wider is not None
    assert found.wider[0] < found.total["ratio_low"]
    assert found.wider[1] > found.total["ratio_high"]


def test_sources_that_occur_on_one_side_only_are_told() -> None:
    old = [{"date": "2012-05-05", "source_url": "https://www.old.example/1"}] * 3
    both = [{"date": day, "source_url": "https://both.example/"} for day in ("2012-06-06", "2013")]
    new = [{"date": "2013-05-05", "source_url": "https://new.example/2"}]
    records = set_of(*old, *both, *new)
    mix = compare_sources(records, compare(records, BEFORE, AFTER, "province"))
    assert mix.only == (0.75, 0.5)
    assert mix.differ == 0.75
    assert mix.is_unlike
    assert mix.top[["source", "a", "b"]].to_numpy().tolist() == [
        ["old.example", 3, 0],
        ["both.example", 1, 1],
        ["new.example", 0, 1],
    ]


def test_the_same_sources_are_alike() -> None:
    records = boxland_set()
    assert not compare_sources(records, compare(records, BEFORE, AFTER, "border")).is_unlike
