"""Counts in words."""

from __future__ import annotations

import pytest

from geo.counts import number, period_phrase, plural
from tests.layers_small import selection


def test_thousands_are_parted_by_a_thin_space() -> None:
    assert number(1125) == "1\u202f125"
    assert plural(1, "record") == "1 record"
    assert plural(0, "record") == "0 records"


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (["2022-05", "2022-11-30"], "2022"),
        (["2014", "2023-06-17", "2019"], "2014–2023"),
    ],
)
def test_the_years_that_records_lie_in(dates: list[str], told: str) -> None:
    rows = [{"id": f"i-{n}", "kind": "incident", "date": date} for n, date in enumerate(dates)]
    assert period_phrase(selection(*rows).records) == told


def test_no_records_lie_in_no_years() -> None:
    assert period_phrase(selection({"id": "s-1"}).records.iloc[:0]) == ""
