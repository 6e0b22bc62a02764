"""Dates of every precision."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dates import parse_period, show_date
from geo.errors import DateError


@pytest.mark.parametrize(
    ("text", "start", "end", "precision", "shown"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "year", "2023"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month", "February 2024"),
        ("2021-08-15", date(2021, 8, 15), date(2021, 8, 15), "day", "15 August 2021"),
        (" 2022-12 ", date(2022, 12, 1), date(2022, 12, 31), "month", "December 2022"),
    ],
)
def test_dates_span_the_days_they_may_mean(
    text: str, start: date, end: date, precision: str, shown: str
) -> None:
    period = parse_period(text)
    assert (period.start, period.end, period.precision) == (start, end, precision)
    assert show_date(text) == shown


@pytest.mark.parametrize(
    "text", ["", "23", "2023-13", "2023-02-30", "2023-1-1", "June 2023", "2023-06-", "٢٠٢٣", "0000"]
)
def test_what_is_no_date_is_named(text: str) -> None:
    with pytest.raises(DateError, match="YYYY, YYYY-MM or YYYY-MM-DD"):
        parse_period(text)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_each_day_lies_in_its_month_and_its_month_in_its_year(day: date) -> None:
    in_year = parse_period(f"{day:%Y}")
    in_month = parse_period(f"{day:%Y-%m}")
    assert parse_period(day.isoformat()).start == day
    assert in_year.start <= in_month.start <= day <= in_month.end <= in_year.end
    assert in_month.end == in_year.end or (in_month.end + timedelta(days=1)).day == 1
