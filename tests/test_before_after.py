"""Cutting a period in two at an event."""

from __future__ import annotations

from datetime import date

import pytest

from geo.before_after import as_long_before, before_after
from geo.filters import Filters
from geo.select import filter_records
from tests.snapshot_case import built_in_records

DAY = date(2021, 8, 15)
LASTED = (date(2022, 6, 2), date(2022, 11, 28))


def dates(*filters: Filters) -> list[tuple[str | None, str | None]]:
    return [(each.date_from, each.date_to) for each in filters]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Filters(), [(None, "2021-08-14"), ("2021-08-15", None)]),
        (Filters(year="2021"), [("2021-01-01", "2021-08-14"), ("2021-08-15", "2021-12-31")]),
        (
            Filters(date_from="2018-06", date_to="2023"),
            [("2018-06-01", "2021-08-14"), ("2021-08-15", "2023-12-31")],
        ),
        (Filters(date_from="2019"), [("2019-01-01", "2021-08-14"), ("2021-08-15", None)]),
        # A period without the event in it cannot be cut there.
        (Filters(year="2015"), [(None, "2021-08-14"), ("2021-08-15", None)]),
        (Filters(date_from="2021-08-15"), [(None, "2021-08-14"), ("2021-08-15", None)]),
    ],
)
def test_a_period_is_cut_at_the_day(
    given: Filters, expected: list[tuple[str | None, str | None]]
) -> None:
    assert dates(*before_after(given, DAY, DAY)) == expected


def test_of_an_event_that_lasted_only_its_time_is_compared() -> None:
    cut = before_after(Filters(), *LASTED)
    assert dates(*cut) == [(None, "2022-06-01"), ("2022-06-02", "2022-11-28")]
    cut = before_after(Filters(date_from="2020", date_to="2022-09"), *LASTED)
    assert dates(*cut) == [("2020-01-01", "2022-06-01"), ("2022-06-02", "2022-09-30")]


def test_other_conditions_stay_and_no_record_is_in_both() -> None:
    records = built_in_records()
    before, after = before_after(Filters(kind="seizure", year="2021"), DAY, DAY)
    assert (before.kind, after.kind, before.year, after.year) == ("seizure", "seizure", None, None)
    kept = [filter_records(records, each).surely for each in (before, after)]
    assert not (kept[0] & kept[1]).any()


@pytest.mark.parametrize(
    ("given", "first"),
    [
        # 15 August 2021 to 17 April 2026 are 1 707 days, and so are these.
        (Filters(), "2016-12-12"),
        (Filters(date_from="2019"), "2019-01-01"),
        (Filters(date_from="2015", date_to="2021-08-20"), "2021-08-09"),
    ],
)
def test_the_time_before_is_cut_to_the_length_of_that_after(given: Filters, first: str) -> None:
    before, after = before_after(given, DAY, DAY)
    cut = as_long_before(before, after, date(2026, 4, 17))
    assert (cut.date_from, cut.date_to) == (first, "2021-08-14")
