"""Dates as other sources write them, as the project writes them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from geo.imports.values import plain_digits

EARLIEST_YEAR: Final = 1900

# A time of day and its zone may follow a date, and nothing else.
_TIME: Final = (
    r"(?:(?:[T ]|, ?| at )\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?"
    r"(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|[A-Z]{3,4}|(?:UTC|GMT)?[+-]\d{2}:?\d{2}))?)?"
)
_ISO: Final = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}){_TIME})?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR: Final = re.compile(r"(\d{4})")
_SLASHED: Final = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{2}}){_TIME}")
_NAMED: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)?[ \-]*([^\W\d_]{3,9})\.?,?[ \-]*(\d{4}|'?\d{2})" + _TIME
)
_AMERICAN: Final = re.compile(
    rf"([^\W\d_]{{3,9}})\.?[ \-](\d{{1,2}})(?:st|nd|rd|th)?(?:, ?|[ \-])(\d{{4}}){_TIME}"
)
_MONTH: Final = re.compile(r"([^\W\d_]{3,9})\.?[ ,\-]+(\d{4})")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[/.](\d{4})")
_SERIAL: Final = re.compile(r"([23456]\d{4})(?:\.\d+)?")
_WEEKDAY: Final = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]{0,6})\.?,? +", re.IGNORECASE)
_MONTHS: Final = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr, ("",) * 9 + ("sept",))
    for number, name in enumerate(names)
    if name
}
_FIRST_SERIAL: Final = date(1899, 12, 30)
LONGEST_DATE: Final = 60
YYYY_MM_DD: Final = "write YYYY-MM-DD"


@dataclass(frozen=True, kw_only=True)
class Day:
    """What a text says of a date.

    Attributes
    ----------
    text
        As the project writes it; empty: it says none.
    fault
        What is wrong; empty: nothing.
    note
        What was found and mended; empty: nothing.
    """

    text: str = ""
    fault: str = ""
    note: str = ""


def is_day_first(texts: list[str]) -> bool | None:
    """Tell from dates such as 25/12/2021 whether days come first; ``None``: they do not tell."""
    found = [_SLASHED.fullmatch(plain_digits(text)) for text in texts if len(text) <= LONGEST_DATE]
    pairs = [(int(each[1]), int(each[2])) for each in found if each]
    days = sum(first > 12 >= second for first, second in pairs)
    months = sum(second > 12 >= first for first, second in pairs)
    return None if days == months else days > months


def month_of(text: str) -> int:
    """Give the number of a month that is named or numbered; 0: none is given, -1: it is none."""
    plain = plain_digits(text).casefold().rstrip(".")
    number = re.fullmatch(r"(\d{1,2})(?:\.0+)?", plain)
    if not plain:
        return 0
    return int(number[1]) if number else _MONTHS.get(plain, -1)


def read_day(text: str, *, day_first: bool | None, today: date) -> Day:
    """Read a date.

    Parameters
    ----------
    text
        In any of the usual orders, with the month in digits or in English.
    day_first
        Whether 03/04/2021 is in April; ``None``: nobody knows, and it is taken
        so and noted.
    today
        The last day that a record can be of.
    """
    if len(text) > LONGEST_DATE:
        return Day(fault=f"is no date; {YYYY_MM_DD}")
    plain = " ".join(plain_digits(text).split())
    if weekday := _WEEKDAY.match(plain):
        plain = plain[weekday.end() :]
    if not plain:
        return Day()
    if match := _ISO.fullmatch(plain) or _COMPACT.fullmatch(plain) or _YEAR.fullmatch(plain):
        year, month, day = [*(part or "" for part in match.groups()), "", ""][:3]
        return _dated(year, month, day, today)
    if match := _SLASHED.fullmatch(plain):
        return _slashed(int(match[1]), int(match[2]), match[3], day_first, today)
    return _worded(plain, today)


def _worded(plain: str, today: date) -> Day:
    """Read dates whose month is a word, and what is left."""
    for pattern, order in ((_NAMED, (3, 2, 1)), (_AMERICAN, (3, 1, 2)), (_MONTH, (2, 1, 0))):
        match = pattern.fullmatch(plain)
        if match and match[order[1]].casefold() in _MONTHS:
            month = str(_MONTHS[match[order[1]].casefold()])
            year = match[order[0]].removeprefix("'")
            day = match[order[2]] if order[2] else ""
            found = _dated(_century(year, today), month, day, today)
            return found if len(year) == 4 else _short(found)
    if match := _MONTH_YEAR.fullmatch(plain):
        return _dated(match[2], match[1], "", today)
    if match := _SERIAL.fullmatch(plain):
        serial = (_FIRST_SERIAL + timedelta(days=int(match[1]))).isoformat()
        year, month, day = serial.split("-")
        found = _dated(year, month, day, today)
        note = f"is read as a spreadsheet's number of {serial}"
        return found if found.fault else replace(found, note=note)
    return Day(fault=f"is no date that can be read; {YYYY_MM_DD}")


def _century(year: str, today: date) -> str:
    """Write a year of two figures with its century: not one in the future."""
    if len(year) == 4:
        return year
    whole = today.year - today.year % 100 + int(year)
    return str(whole if whole <= today.year else whole - 100)


def _short(found: Day) -> Day:
    if found.fault:
        return found
    return replace(found, note=f"its year is read as {found.text[:4]}")


def _slashed(first: int, second: int, year: str, day_first: bool | None, today: date) -> Day:
    expected = True if day_first is None else day_first
    swapped = (second > 12) if expected else (first > 12)
    use_first = expected != swapped
    day, month = (first, second) if use_first else (second, first)
    found = _dated(_century(year, today), str(month), str(day), today)
    if found.fault:
        return found
    if first != second and swapped and day_first is not None:
        order = "day" if use_first else "month"
        return Day(text=found.text, note=f"has the {order} first, unlike the other dates")
    if first != second and day_first is None and first <= 12 and second <= 12:
        return Day(text=found.text, note="is read with the day first")
    return found if len(year) == 4 else _short(found)


def _dated(year: str, month: str, day: str, today: date) -> Day:
    """Write a date; a month or day of 0 is not known, nor is what comes after."""
    given = [int(part) for part in (year, month, day) if part]
    parts = given[: given.index(0, 1)] if 0 in given[1:] else given
    if 1250 < parts[0] < 1500:
        return Day(fault="looks like a year of the solar or lunar Hijri calendar; convert it")
    if parts[0] < EARLIEST_YEAR:
        return Day(fault=f"is before {EARLIEST_YEAR}; mend the year")
    try:
        first = date(*[*parts, 1, 1][:3])
    except ValueError:
        return Day(fault="is no day of the calendar; mend it")
    if first > today:
        return Day(fault="lies in the future; mend it")
    return Day(text="-".join(f"{part:02d}" for part in parts))
