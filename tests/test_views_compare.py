"""A comparison in words and tables, and as a second map."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest

from geo.compare import Comparison, compare
from geo.filters import Filters
from geo.source_mix import compare_sources
from layers.view import Versus, View, view_data
from tests.snapshot_case import built_in_records
from views.compare_start import _label
from views.compare_words import (
    change_words,
    comparison_table,
    doubts,
    period_words,
    source_words,
    sources_table,
    where_notes,
)

SPLIT = Filters(date_to="2021-08-14"), Filters(date_from="2021-08-15")


@cache
def compared(by: str = "border", *, shared: bool = False) -> Comparison:
    pair = (Filters(), Filters(kind="seizure")) if shared else SPLIT
    return compare(built_in_records(), *pair, by)


def test_a_side_says_count_months_rate_and_what_cannot_be_told() -> None:
    assert period_words(compared().a) == (
        "632 records in 199.4 months (1 January 2005 to 14 August 2021): 3.17 a month. "
        "2 more are too coarse to tell."
    )
    beyond = compare(built_in_records(), Filters(), Filters(date_from="2090"), "border")
    assert period_words(beyond.b) == "0 records; no day of the data lies in its period."
    assert change_words(beyond).startswith("There is no rate to compare")


def test_the_change_has_its_interval_and_its_doubts() -> None:
    assert change_words(compared()) == (
        "The rate of B is 2.75 times that of A (95 % interval ×2.4 to ×3.1; "
        "p below 0.001 for no change)."
    )
    told = doubts(compared())
    assert "vary 2.4 times as much" in told[0]
    assert "×2.3 to ×3.3" in told[0]
    assert told[-1].startswith("These are records, not all that happened")


def test_what_is_shared_has_no_interval_and_says_so() -> None:
    found = compared(shared=True)
    assert change_words(found) == "The rate of B is 0.34 times that of A."
    assert doubts(found)[0].startswith("380 records are in both A and B")
    assert where_notes(found, "border")[0].startswith("Of A not counted by border: ")


@pytest.mark.parametrize("by", ["province", "border"])
def test_the_tables_rows_add_up_to_its_last(by: str) -> None:
    table = comparison_table(compared(by), by)
    assert table.columns[0] == by.capitalize()
    for letter, count in (("A", 632), ("B", 489)):
        column = table[f"Records of {letter}"]
        assert column.iloc[-1] == count == column.iloc[:-1].sum()
    coarse = table[table[by.capitalize()] == "Too coarse to tell"]
    assert coarse["Records of A"].tolist() == ([40] if by == "border" else [])
    assert set(table["Holds"]) <= {"yes", "alone", ""}


def test_sources_that_differ_are_warned_of() -> None:
    mix = compare_sources(built_in_records(), compared())
    assert source_words(mix).startswith("Sources differ: 52 % of A come from sites that B has")
    assert sources_table(mix).iloc[0].tolist() == ["dawn.com", 47, "7 %", 31, "6 %"]
    same = compare_sources(
        built_in_records(), compare(built_in_records(), Filters(), Filters(), "border")
    )
    assert source_words(same).startswith("Sources are much alike: 0 %")
    assert np.isclose(same.differ, 0)


def test_an_events_button_names_its_days() -> None:
    day = date(2021, 8, 15)
    assert _label(day, day) == "Before and after 15 August 2021"
    assert _label(date(2022, 6, 2), date(2022, 11, 28)) == (
        "Before and during 2 June 2022 to 28 November 2022"
    )


def test_a_view_has_a_second_map_only_if_there_is_something_to_show() -> None:
    view = View(layer_ids=("seizures",), data_url="data")
    assert "versus" not in view_data(view)
    versus = Versus(mode="side", filters={"seizures": {"from": 18_854}})
    told = view_data(View(layer_ids=("seizures",), data_url="data", versus=versus))
    assert told["versus"] == {"mode": "side", "filters": {"seizures": {"from": 18_854}}}
