"""The table's rows, their order, what the link says of it, and its CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.distances import PRECISIONS
from geo.doubt import doubts
from geo.filters import Filters
from geo.joins import join_records
from geo.recordset import RecordSet
from geo.select import filter_records
from tests import small
from tests.snapshot_case import built_in_records
from views.table_data import as_csv
from views.table_order import TablePlan, find_rows, ordered, ranks, read_plan, write_plan
from views.table_rows import COLUMNS, USUAL, record_rows

PLANS = st.builds(
    TablePlan,
    columns=st.lists(st.sampled_from(list(COLUMNS)), min_size=1, unique=True).map(tuple),
    sort=st.sampled_from(list(COLUMNS)),
    descending=st.booleans(),
)


def records(*rows: dict[str, Any]) -> RecordSet:
    seeds = small.seeds(small.records(*rows))
    return RecordSet(join_records(seeds.records, seeds), seeds.items, seeds)


def sort(of: RecordSet, column: str, *, descending: bool = False) -> list[str]:
    rows = ordered(np.arange(len(of)), ranks(of, column), ranks(of, "date"), descending=descending)
    return [str(each) for each in of.joined["id"].iloc[rows]]


@given(PLANS)
@settings(max_examples=40)
def test_a_plan_in_the_link_is_read_back(plan: TablePlan) -> None:
    text = write_plan(plan)
    assert len(text) <= 400
    back = read_plan(text)
    assert set(back.columns) == set(plan.columns)
    assert (back.sort, back.descending) == (plan.sort, plan.descending)
    if len(plan.columns) < len(COLUMNS):
        assert back.columns == plan.columns


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("", TablePlan()),
        ("place, nothing,<b>,place", TablePlan(columns=("place",))),
        ("sort:-killed", TablePlan(sort="killed")),
        ("sort:nothing,sort:--date", TablePlan()),
        ("all,sort:id", TablePlan(columns=tuple(COLUMNS), sort="id", descending=False)),
    ],
)
def test_whatever_a_link_says_gives_a_plan(text: str, plan: TablePlan) -> None:
    assert read_plan(text) == plan


def test_the_usual_plan_adds_nothing_to_the_link() -> None:
    assert write_plan(TablePlan()) == ""
    assert set(USUAL) <= set(COLUMNS)


def test_dates_sort_by_day_and_then_by_how_precisely_they_are_known() -> None:
    of = records(
        {"id": "month", "date": "2020-01"},
        {"id": "day", "date": "2020-01-01"},
        {"id": "year", "date": "2020"},
        {"id": "later", "date": "2020-01-02"},
    )
    assert sort(of, "date") == ["day", "month", "year", "later"]
    assert sort(of, "date", descending=True) == ["later", "year", "month", "day"]


def test_a_record_with_nothing_to_sort_by_comes_last_either_way() -> None:
    of = records(
        {"id": "none", "killed": "", "kind": "incident", "date": "2021"},
        {"id": "nil", "killed": "0", "kind": "incident"},
        {"id": "ten", "killed": "10", "kind": "incident"},
        {"id": "two", "killed": "2", "kind": "incident"},
    )
    assert sort(of, "killed") == ["nil", "two", "ten", "none"]
    assert sort(of, "killed", descending=True) == ["ten", "two", "nil", "none"]


def test_words_sort_as_they_are_shown_and_precision_from_fine_to_coarse() -> None:
    of = records(
        *({"id": word, "precision": word, "province": "West"} for word in reversed(PRECISIONS))
    )
    assert sort(of, "precision") == list(PRECISIONS)
    named = records({"id": "b", "place": "", "district": "Beta"}, {"id": "a", "place": "alpha"})
    assert sort(named, "place") == ["a", "b"]


def test_a_distance_is_shown_only_where_the_location_carries_it() -> None:
    of = records(
        {"id": "town", "lon": "61.5"}, {"id": "coarse", "lon": "61.95", "precision": "district"}
    )
    frame = record_rows(of, np.array([1, 0]), ("id", "border", "border_km", "border_supported"))
    assert frame["id"].tolist() == ["coarse", "town"]
    assert frame["border"].tolist() == ["", "NBR"]
    assert frame["border_km"].isna().tolist() == [True, False]
    assert frame["border_supported"].tolist() == [False, True]
    assert np.isnan(ranks(of, "border_km")).tolist() == [False, True]


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_written_and_sorted(column: str) -> None:
    of = built_in_records()
    rows = np.arange(0, len(of), 9)
    frame = record_rows(of, rows, (column,))
    assert len(frame) == len(rows)
    by = ranks(of, column)
    order = ordered(rows, by, ranks(of, "date"), descending=True)
    assert sorted(order) == rows.tolist()
    empty = frame[column].isna() | (frame[column].astype("object") == "")
    # What has nothing to show has nothing to sort by, and the other way round.
    assert empty.tolist() == np.isnan(by[rows]).tolist()


def test_words_are_found_in_any_case_and_taken_literally() -> None:
    of = records({"id": "a", "summary": "AK (rifles)"}, {"id": "b", "summary": "Rifles"})
    rows = np.array([1, 0])
    assert find_rows(of.texts, rows, "RIFLES").tolist() == [1, 0]
    assert find_rows(of.texts, rows, "(rifles) ak").tolist() == [0]
    assert find_rows(of.texts, rows, ".*").tolist() == []


def test_a_spreadsheet_runs_nothing_of_the_csv() -> None:
    of = records(
        {"place": '=HYPERLINK("http://x";"y")', "summary": "+1", "source_url": "javascript:1"}
    )
    frame = record_rows(
        of, np.array([0]), ("place", "summary", "source_url", "lat", "border_supported")
    )
    head, row = csv.reader(io.StringIO(as_csv(frame).decode("utf-8-sig")))
    assert head == ["Place", "Summary", "Source", "Latitude", "Border known"]
    assert row == ['\'=HYPERLINK("http://x";"y")', "'+1", "", "30.5", "yes"]


def test_each_undecided_record_says_why() -> None:
    of = records(
        {"id": "year", "date": "2020", "lon": "61.99"},
        {"id": "district", "lon": "61.9", "precision": "district", "date": "2020-06-01"},
        {"id": "sure", "lon": "61.99", "date": "2020-06-01"},
    )
    filters = Filters(date_from="2020-05", near="Gate")
    selection = filter_records(of, filters)
    unsure = np.flatnonzero(selection.unsure)
    assert doubts(of, filters, unsure) == [
        "Dated only 2020.",
        "Known to about 20 km, too coarse for the distance to the crossing.",
    ]
    assert doubts(of, filters, np.array([2])) == [""]
