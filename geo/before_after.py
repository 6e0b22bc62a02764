"""Cutting a filter's period in two at an event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geo.dates import parse_period

if TYPE_CHECKING:
    from geo.filters import Filters


def before_after(filters: Filters, start: date, end: date) -> tuple[Filters, Filters]:
    """Give the filters of the time before an event, and of that since or during it.

    Parameters
    ----------
    filters
        What else to keep. Its own period is cut in two if the event begins within
        it, and otherwise dropped.
    start, end
        First and last day of the event. After an event of one day comes all that
        follows, that day included; of one that lasted, only the time it did.

    Returns
    -------
    before, after : Filters
    """
    since, until = filters.year or filters.date_from, filters.year or filters.date_to
    first = parse_period(since).start if since else date.min
    last = parse_period(until).end if until else date.max
    if not first < start <= last:
        since, until = None, None
    if end > start:
        until = end.isoformat() if until is None else min(last, end).isoformat()
    else:
        until = until if until is None else last.isoformat()
    day_before = (start - timedelta(days=1)).isoformat()
    rest = replace(filters, year=None, date_from=None, date_to=None)
    begin = first.isoformat() if since else None
    return (
        replace(rest, date_from=begin, date_to=day_before),
        replace(rest, date_from=start.isoformat(), date_to=until),
    )


def as_long_before(before: Filters, after: Filters, last_day: date) -> Filters:
    """Shorten the time before an event to the length of the time after it.

    Parameters
    ----------
    before, after
        As :func:`before_after` gives.
    last_day
        The last day of the data, where the time after has no end.

    Returns
    -------
    Filters
        ``before``, beginning no earlier than it did.
    """
    begin = parse_period(after.date_from or "").start
    end = min(parse_period(after.date_to).end, last_day) if after.date_to else last_day
    day_before = parse_period(before.date_to or "").end
    first = day_before - (end - begin)
    own = parse_period(before.date_from).start if before.date_from else date.min
    return replace(before, date_from=max(first, own).isoformat())
