"""Snapshots: what a file is to show, and one for each value."""

from __future__ import annotations

import pytest

from geo.filters import Filters
from layers.data import DrawOptions
from layers.registry import default_layers
from layers.snapshot import LONGEST_TITLE, each_value, look_of
from tests.snapshot_case import built_in_records, make_snapshot

NURISTAN = Filters(provinces=("Nuristan",))


@pytest.mark.parametrize(
    ("filters", "title", "shown"),
    [
        (Filters(), "", "All 1\u202f123 records"),
        (NURISTAN, "  \n ", "Records in Nuristan"),
        (NURISTAN, " The  valleys\nof Nuristan ", "The valleys of Nuristan"),
        (NURISTAN, "x" * 999, "x" * (LONGEST_TITLE - 1) + "…"),
    ],
)
def test_a_title_is_what_was_typed_or_the_filters_in_words(
    filters: Filters, title: str, shown: str
) -> None:
    snapshot = make_snapshot(filters=filters, title=title)
    assert snapshot.title == snapshot.manifest.title == shown
    assert snapshot.layer_ids == default_layers()


def test_a_look_is_told_where_it_is_not_as_usual() -> None:
    assert look_of(DrawOptions()) == {}
    assert look_of(DrawOptions(show_as="heat", seizure_colour="goods")) == {
        "colour-seizures": "goods",
        "show": "heat",
    }


def test_each_group_that_the_records_name_has_its_own_snapshot() -> None:
    records = built_in_records()
    each = each_value("group", records=records, filters=NURISTAN)
    kept = make_snapshot(filters=NURISTAN).selection.records
    named = kept.loc[kept["group"] != "", "group"]
    assert {value: len(selection.records) for value, _, selection in each} == (
        named.value_counts().to_dict()
    )
    assert [filters.groups for _, filters, _ in each] == [(value,) for value, _, _ in each]
    assert all(filters.provinces == ("Nuristan",) for _, filters, _ in each)


def test_each_year_holds_the_records_dated_in_it() -> None:
    records = built_in_records()
    filters = Filters(date_from="2021-08", date_to="2023")
    each = each_value("year", records=records, filters=filters)
    assert [value for value, _, _ in each] == ["2021", "2022", "2023"]
    for value, narrowed, selection in each:
        assert narrowed.year == value
        assert set(selection.records["date"].str[:4]) == {value}
    whole = make_snapshot(filters=filters).selection
    assert sum(len(selection.records) for _, _, selection in each) == len(whole.records)


def test_no_records_have_no_years() -> None:
    records = built_in_records()
    nothing = Filters(text="no such words at all")
    assert each_value("year", records=records, filters=nothing) == []
