"""Numbers, dates and names of groups as people write them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dates import parse_period, record_period, show_date
from geo.errors import DateError
from geo.imports.days import is_day_first, read_day
from geo.imports.fates import Fates
from geo.imports.groups import name_side
from geo.imports.mapping import Mapping
from geo.imports.periods import period_text, split_period
from geo.imports.rules import Rule
from geo.imports.values import Fields, find_decimal, read_numbers
from geo.imports.when import read_dates

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("34.53", ".", 34.53),
        ("34,53", ",", 34.53),
        ("1,250", ".", 1250),
        ("1.250", ",", 1250),
        ("1 250,5", ",", 1250.5),
        ("1'250.5", ".", 1250.5),
        ("1,234,567.25", ".", 1234567.25),
        ("۳۴٫۵۳", ".", 34.53),
        ("١٢", ".", 12),
        ("\u22123", ".", -3),
        (" 7 ", ".", 7),
        ("1e3", ".", 1000),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, decimal: str, number: float) -> None:
    numbers, faults = read_numbers(pd.Series([text]), decimal)
    assert (numbers.tolist(), faults.tolist()) == ([number], [False])


@pytest.mark.parametrize("text", ["abc", "nan", "inf", "1e999", "0x10", "1_000", "12 kg", "9" * 50])
def test_what_is_no_number_is_a_fault_and_never_one(text: str) -> None:
    numbers, faults = read_numbers(pd.Series([text, ""]))
    assert np.isnan(numbers).all()
    assert faults.tolist() == [True, False]


@pytest.mark.parametrize(
    ("texts", "mark"),
    [(["34,5", "70,12"], ","), (["34.5"], "."), (["34"], ""), (["x", "1,5"], ",")],
)
def test_the_decimal_mark_is_told_from_the_coordinates(texts: list[str], mark: str) -> None:
    assert find_decimal(pd.Series(texts)) == mark


@given(st.floats(-1e6, 1e6, allow_nan=False))
def test_a_number_that_python_writes_is_read_back(number: float) -> None:
    text = f"{number:.6f}"
    assert read_numbers(pd.Series([text]))[0][0] == float(text)
    assert read_numbers(pd.Series([text.replace(".", ",")]), ",")[0][0] == float(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2021-08-15", "2021-08-15"),
        ("2021-08-15 00:00:00.000", "2021-08-15"),
        ("2021-08-15T12:30:00Z", "2021-08-15"),
        ("2021/8/5", "2021-08-05"),
        ("20210815", "2021-08-15"),
        ("15 August 2021", "2021-08-15"),
        ("15-Aug-2021", "2021-08-15"),
        ("3rd Sept 2021", "2021-09-03"),
        ("August 15, 2021", "2021-08-15"),
        ("Aug 2021", "2021-08"),
        ("2021-08", "2021-08"),
        ("2021", "2021"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021", "2021-12-25"),
        ("25.12.2021", "2021-12-25"),
        ("2021-08-00", "2021-08"),
        ("2021-00-00", "2021"),
        ("۲۰۲۱-۰۸-۱۵", "2021-08-15"),
        ("2021-08-15T12:30:00+04:30", "2021-08-15"),
        ("15/08/2021 10:30 PM", "2021-08-15"),
        ("14-Aug-21", "2021-08-14"),
        ("25/12/21", "2021-12-25"),
        ("25/12/95", "1995-12-25"),
        ("14. August 2021", "2021-08-14"),
        ("Saturday, 14 August 2021", "2021-08-14"),
        ("08/2021", "2021-08"),
        ("44422", "2021-08-14"),
        ("", ""),
    ],
)
def test_dates_are_read_in_every_usual_order(text: str, read: str) -> None:
    found = read_day(text, day_first=None, today=TODAY)
    assert (found.text, found.fault) == (read, "")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2021-02-30", "no day of the calendar"),
        ("1400/05/24", "Hijri"),
        ("1850-01-01", "before 1900"),
        ("2027-01-01", "in the future"),
        ("yesterday", "no date"),
        ("15 Augst 2021", "no date"),
        ("2021-13-01", "no day of the calendar"),
        ("1/2/3", "no date"),
        ("2021-08-14 at the gate", "no date"),
        ("2021-08-14 to 2021-08-20", "no date"),
        ("14 August 2021, evening", "no date"),
        ("9" * 100, "no date"),
    ],
)
def test_what_is_no_date_is_said(text: str, fault: str) -> None:
    found = read_day(text, day_first=True, today=TODAY)
    assert found.text == ""
    assert fault in found.fault


def test_the_order_of_day_and_month_is_told_from_the_others_and_noted() -> None:
    assert is_day_first(["03/04/2021", "25/04/2021"]) is True
    assert is_day_first(["03/04/2021", "04/25/2021"]) is False
    assert is_day_first(["03/04/2021"]) is None
    assert read_day("03/04/2021", day_first=False, today=TODAY).text == "2021-03-04"
    odd = read_day("25/04/2021", day_first=False, today=TODAY)
    assert (odd.text, "has the day first" in odd.note) == ("2021-04-25", True)
    unsure = read_day("03/04/2021", day_first=None, today=TODAY)
    assert (unsure.text, "is read with the day first" in unsure.note) == ("2021-04-03", True)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-08-14 to 2021-08-20", "2021-08-14", "2021-08-20"),
        ("14.08.2021 - 16.08.2021", "14.08.2021", "16.08.2021"),
        ("14/08/2021-16/08/2021", "14/08/2021", "16/08/2021"),
        ("2021-08-14 or 2021-08-15", "2021-08-14", "2021-08-15"),
        ("14–16 August 2021", "14 August 2021", "16 August 2021"),
        ("between 3 and 5 May 2021", "3 May 2021", "5 May 2021"),
        ("2021-08-03/2021-08-09", "2021-08-03", "2021-08-09"),
        ("2020-2021", "2020", "2021"),
        ("2021-08-14", "2021-08-14", ""),
        ("14-08-2021", "14-08-2021", ""),
        ("2021-08", "2021-08", ""),
    ],
)
def test_a_range_of_dates_is_parted_and_a_date_is_not(text: str, first: str, last: str) -> None:
    assert split_period(text) == (first, last)


def test_a_year_of_two_figures_and_a_spreadsheets_number_are_noted() -> None:
    assert read_day("14-Aug-21", day_first=None, today=TODAY).note == "its year is read as 2021"
    note = read_day("44422", day_first=None, today=TODAY).note
    assert note == "is read as a spreadsheet's number of 2021-08-14"
    assert read_day("25/12/2021", day_first=None, today=TODAY).note == ""


def dates_of(**columns: list[str]) -> tuple[list[str], list[str]]:
    """Read dates of columns; gives them, and what was said."""
    mapping = Mapping(fields={name: (Rule(columns=(name,)),) for name in columns})
    fields = Fields(pd.DataFrame(columns, dtype=object), mapping)
    fates = Fates(fields.rows.index)
    found = read_dates(fields, fates, None, TODAY)
    return found.tolist(), fates.report("a", "", found)["reason"].tolist()


def test_dates_in_parts_are_put_together() -> None:
    found, said = dates_of(
        year=["2021", "2021.0", "2021", "2021", "2021", "2021"],
        month=["August", "8.0", "0", "", "0", "Augst"],
        day=["14", "", "0", "", "5", "1"],
    )
    assert found == ["2021-08-14", "2021-08", "2021", "2021", "2021", ""]
    assert said == ["", "", "", "", "", "is no date that can be read; write YYYY-MM-DD"]


def test_the_days_of_a_range_are_the_date() -> None:
    found, said = dates_of(date=["14.08.2021 - 16.08.2021", "1 to 31 August 2021", "2021-08-14"])
    assert found == ["2021-08-14/2021-08-16", "2021-08", "2021-08-14"]
    assert said == ["", "", ""]


@pytest.mark.parametrize(
    ("start", "end", "precision", "text"),
    [
        ("2021-08-15", "", "day", "2021-08-15"),
        ("2021-08-15", "2021-08-15", "", "2021-08-15"),
        ("2021-08-03", "2021-08-09", "", "2021-08-03/2021-08-09"),
        ("2021-08-01", "2021-08-31", "", "2021-08"),
        ("2021-01-01", "2021-12-31", "", "2021"),
        ("2021-08", "2021-09", "", "2021-08-01/2021-09-30"),
        ("2021-08-15", "2021-08", "", "2021-08-15/2021-08-31"),
        ("2021-08-15", "2021", "", "2021-08-15/2021-12-31"),
        ("2021-08-15", "", "week", "2021-08-09/2021-08-21"),
        ("2021-08-15", "", "month", "2021-08"),
        ("2021-08-15", "", "year", "2021"),
        ("2021", "", "day", "2021"),
    ],
)
def test_periods_are_as_long_as_they_are_known(
    start: str, end: str, precision: str, text: str
) -> None:
    assert period_text(start, end, precision, TODAY).text == text


def test_a_record_may_be_of_some_days_and_a_filter_not() -> None:
    period = record_period("2021-08-03/2021-08-09")
    assert (period.start, period.end) == (date(2021, 8, 3), date(2021, 8, 9))
    assert show_date("2021-08-03/2021-08-09") == "3–9 August 2021"
    assert show_date("2021-08-30/2021-09-02") == "30 August – 2 September 2021"
    assert show_date("2021-12-30/2022-01-02") == "30 December 2021 – 2 January 2022"
    with pytest.raises(DateError, match="ends before it starts"):
        record_period("2021-08-09/2021-08-03")
    with pytest.raises(DateError, match="is not a date"):
        parse_period("2021-08-03/2021-08-09")


@given(st.dates(date(1990, 1, 1), date(2026, 1, 1)), st.integers(0, 400))
def test_a_period_never_says_less_than_its_days(start: date, days: int) -> None:
    end = date.fromordinal(start.toordinal() + days)
    period = record_period(period_text(str(start), str(end), "", date(2028, 1, 1)).text)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    ("name", "country", "side"),
    [
        ("IS", "AFG", ("ISKP", "group")),
        ("IS", "IRQ", ("IS", "group")),
        ("taleban", "", ("Afghan Taliban", "group")),
        ("Khorasan Chapter of the Islamic State", "PAK", ("ISKP", "group")),
        (
            "Military Forces of Pakistan (2022-)",
            "",
            ("Military Forces of Pakistan (2022-)", "state"),
        ),
        ("Civilians (Afghanistan)", "", ("Civilians (Afghanistan)", "civilians")),
        ("A band nobody knows", "", ("A band nobody knows", "group")),
        ("The Taliban", "", ("Afghan Taliban", "group")),
        ("National Resistance Front (NRF)", "", ("NRF", "group")),
        ("Taliban (Pakistan)", "", ("Pakistani Taliban (unspecified)", "group")),
        ("Tehrik i Taliban Pakistan", "", ("TTP", "group")),
        ("Islamic State", "PAK", ("ISKP", "group")),
        ("Islamic State", "IRN", ("Islamic State", "group")),
        ("Unidentified Gunmen (Pakistan)", "", ("Unidentified Gunmen (Pakistan)", "unknown")),
        ("NATO: Operation Resolute Support", "", ("NATO: Operation Resolute Support", "state")),
        ("", "", ("", "unknown")),
    ],
)
def test_names_of_sides_are_settled(name: str, country: str, side: tuple[str, str]) -> None:
    found = name_side(name, country)
    assert (found.name, found.kind) == side


def test_what_kind_of_side_it_is_the_source_may_tell() -> None:
    assert name_side("Blackwater", told="state").kind == "state"
    # The table knows better.
    assert name_side("Unidentified Armed Group (Pakistan)", told="group").kind == "unknown"


def test_rules_give_the_first_text_there_is() -> None:
    rows = pd.DataFrame(
        {"A one": ["1", "", " "], "b": ["x", "y", ""], "c": ["", "-99", "z"]}, dtype=object
    )
    mapping = Mapping(
        missing=("-99",),
        fields={
            "id": (Rule(columns=("a_ONE", "b")), Rule(fixed="none")),
            "summary": (Rule(template="{b}: {c}"), Rule(template="only {b}")),
            "role": (Rule(columns=("b",), values={"X": "target"}, strict=True),),
        },
    )
    fields = Fields(rows, mapping)
    assert fields.get("id").tolist() == ["1", "y", "none"]
    assert fields.get("summary").tolist() == ["only x", "only y", ""]
    assert fields.get("role").tolist() == ["target", "", ""]
    assert fields.strange("role").tolist() == [False, True, False]
    assert fields.get("killed").tolist() == ["", "", ""]
    assert (fields.column_of("id"), fields.column_of("killed")) == ("A one", "killed")
