"""Dates as precise as their source: a day, a month, a year, or some days from one to another."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from geo.errors import DateError

Precision = Literal["day", "month", "year", "days"]

FATA_MERGER: Final = date(2018, 5, 31)
"""The day FATA became part of Khyber Pakhtunkhwa."""

_SHAPE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PRECISIONS: Final[tuple[Precision, ...]] = ("year", "month", "day")


@dataclass(frozen=True, kw_only=True)
class Period:
    """The days a date may mean: first, last, and how precisely it was told."""

    start: date
    end: date
    precision: Precision


def parse_period(text: str) -> Period:
    """Read a date of any precision.

    Parameters
    ----------
    text
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    Period
        From the first to the last day that the text may mean, both included.

    Raises
    ------
    DateError
        If the text has another shape or names no day of the calendar.

    Examples
    --------
    >>> parse_period("2024-02").end
    datetime.date(2024, 2, 29)
    """
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        msg = f"{text!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD."
        raise DateError(msg)
    parts = [int(part) for part in match.groups() if part is not None]
    try:
        start = date(parts[0], *[*parts[1:], 1, 1][:2])
    except ValueError as error:
        msg = f"{text!r} is not in the calendar; write YYYY, YYYY-MM or YYYY-MM-DD."
        raise DateError(msg) from error
    precision = _PRECISIONS[len(parts) - 1]
    return Period(start=start, end=_last_day(start, precision), precision=precision)


def record_period(text: str) -> Period:
    """Read the date of a record, which may be some days: ``2021-08-03/2021-08-09``.

    Parameters
    ----------
    text
        As :func:`parse_period`, or the first and the last day parted by a slash.

    Raises
    ------
    DateError
        If it is neither, or ends before it starts.
    """
    first, slash, last = text.partition("/")
    if not slash:
        return parse_period(text)
    start, end = parse_period(first), parse_period(last)
    if start.start > end.end:
        msg = f"{text!r} ends before it starts; turn the days round."
        raise DateError(msg)
    return Period(start=start.start, end=end.end, precision="days")


def _last_day(start: date, precision: Precision) -> date:
    if precision == "day":
        return start
    month = 12 if precision == "year" else start.month
    return date(start.year, month, calendar.monthrange(start.year, month)[1])


def show_date(text: str) -> str:
    """Write a date as people do: ``3 June 2023``, ``June 2023``, ``3–9 August 2021``.

    Parameters
    ----------
    text
        A date as :func:`record_period` reads it.

    Returns
    -------
    str
        No more precise than the text was.
    """
    period = record_period(text)
    year, month = period.start.year, calendar.month_name[period.start.month]
    if period.precision == "year":
        return str(year)
    if period.precision == "month":
        return f"{month} {year}"
    if period.precision == "days":
        return _show_days(period.start, period.end)
    return f"{period.start.day} {month} {year}"


def _show_days(start: date, end: date) -> str:
    until = f"{end.day} {calendar.month_name[end.month]} {end.year}"
    if start.year != end.year:
        return f"{start.day} {calendar.month_name[start.month]} {start.year} – {until}"
    if start.month != end.month:
        return f"{start.day} {calendar.month_name[start.month]} – {until}"
    return until if start.day == end.day else f"{start.day}–{until}"
