"""Dates as other sources write them, as the project writes them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from geo.imports.values import plain_digits

EARLIEST_YEAR: Final = 1900
WEEK: Final = timedelta(days=6)

_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ].*)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR: Final = re.compile(r"(\d{4})")
_SLASHED: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ,].*)?")
_NAMED: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[ \-]+([A-Za-z]{3,9})\.?,?[ \-]+(\d{4})(?: .*)?"
)
_AMERICAN: Final = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?: .*)?")
_MONTH: Final = re.compile(r"([A-Za-z]{3,9})\.?[ ,\-]+(\d{4})")
_MONTHS: Final = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr, ("",) * 9 + ("sept",))
    for number, name in enumerate(names)
    if name
}
LONGEST_DATE: Final = 40


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
        return Day(fault="is no date; write YYYY-MM-DD")
    plain = plain_digits(text)
    if not plain:
        return Day()
    if match := _ISO.fullmatch(plain) or _COMPACT.fullmatch(plain) or _YEAR.fullmatch(plain):
        year, month, day = [*(part or "" for part in match.groups()), "", ""][:3]
        return _dated(year, month, day, today)
    if match := _SLASHED.fullmatch(plain):
        return _slashed(text, int(match[1]), int(match[2]), match[3], day_first, today)
    for pattern, order in ((_NAMED, (3, 2, 1)), (_AMERICAN, (3, 1, 2)), (_MONTH, (2, 1, 0))):
        match = pattern.fullmatch(plain)
        if match and match[order[1]].casefold() in _MONTHS:
            month = str(_MONTHS[match[order[1]].casefold()])
            return _dated(match[order[0]], month, match[order[2]] if order[2] else "", today)
    return Day(fault="is no date that can be read; write YYYY-MM-DD")


def _slashed(
    text: str, first: int, second: int, year: str, day_first: bool | None, today: date
) -> Day:
    expected = True if day_first is None else day_first
    swapped = (second > 12) if expected else (first > 12)
    use_first = expected != swapped
    day, month = (first, second) if use_first else (second, first)
    found = _dated(year, str(month), str(day), today)
    if found.fault or first == second:
        return found
    if swapped and day_first is not None:
        order = "day" if use_first else "month"
        return Day(text=found.text, note=f"{text!r} has the {order} first, unlike the other dates")
    if day_first is None and not swapped:
        return Day(text=found.text, note=f"{text!r} was read with the day first")
    return found


def _dated(year: str, month: str, day: str, today: date) -> Day:
    """Write a date; a month or day of 0 is not known."""
    parts = [int(part) for part in (year, month, day) if part]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
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


def period_text(start: str, end: str, precision: str, today: date) -> Day:
    """Write the days that an event may have been on.

    Parameters
    ----------
    start, end
        Dates as :func:`read_day` gives them; ``end`` may be empty.
    precision
        ``day``, ``week``, ``month``, ``year`` or empty: how well ``start`` is known.
    today
        The last day that a record can be of.

    Returns
    -------
    Day
        A day, month, year, or a first and last day parted by a slash.
    """
    if end and end != start:
        if end < start:
            return Day(fault="ends before it starts; turn the dates round")
        return Day(text=_interval(start, end))
    if precision == "week" and len(start) == 10:
        middle = date.fromisoformat(start)
        last = min(middle + WEEK, today)
        return Day(text=f"{middle - WEEK}/{last}")
    kept = {"month": 7, "year": 4}.get(precision, 10)
    return Day(text=start[:kept])


def _interval(start: str, end: str) -> str:
    first, last = (start + "-01-01")[:10], end
    if len(end) < 10:
        year, month = int(end[:4]), int(end[5:7] or 12)
        last = f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"
    if first[:4] == last[:4]:
        if (first[5:], last[5:]) == ("01-01", "12-31"):
            return first[:4]
        month_end = calendar.monthrange(int(first[:4]), int(first[5:7]))[1]
        if first[:7] == last[:7] and (first[8:], last[8:]) == ("01", f"{month_end:02d}"):
            return first[:7]
    return first if first == last else f"{first}/{last}"
