"""Some days from one to another: as sources write them, as the project writes them."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final

from geo.imports.days import LONGEST_DATE, Day

WEEK: Final = timedelta(days=6)

_BETWEEN: Final = re.compile(
    r"\s+(?:to|until|till|through|or|and|bis|au)\s+|\s*(?:–|—|→)\s*|\s+-+\s+|(?<=^\d{4})[-/](?=\d{4}$)"
    r"|(?<=-\d{2})/(?=\d{4}-)|(?<=\d{4})-(?=\d{1,2}[./])",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"(?:from|between|von)\s+", re.IGNORECASE)
_DAYS: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?\s*(?:-|–|—|/|to|and)\s*(\d{1,2})\b(?!\d)(.+)"
)
_REST: Final = re.compile(
    r"(?:st|nd|rd|th|\.)?[ .\-]+(?:[^\W\d_]{3,9}\.?,?[ \-]+\d{4}|\d{1,2}[./]\d{4})"
)


def split_period(text: str) -> tuple[str, str]:
    """Part a text that names two dates.

    Parameters
    ----------
    text
        ``2021-08-14 to 2021-08-20``, ``14–16 August 2021``, ``2021-08-03/2021-08-09``.

    Returns
    -------
    tuple of str
        The first and the last; the last empty where there is but one.
    """
    if len(text) > 2 * LONGEST_DATE:
        return text, ""
    plain = _FROM.sub("", text.strip(), count=1) if _FROM.match(text.strip()) else text.strip()
    days = _DAYS.fullmatch(plain)
    if days and _REST.fullmatch(days[3]):
        return f"{days[1]}{days[3]}", f"{days[2]}{days[3]}"
    parts = [part for part in _BETWEEN.split(plain) if part.strip()]
    if len(parts) != 2:
        return text, ""
    return parts[0].strip(), parts[1].strip()


def period_text(start: str, end: str, precision: str, today: date) -> Day:
    """Write the days that an event may have been on.

    Parameters
    ----------
    start, end
        Dates as :func:`geo.imports.days.read_day` gives them; ``end`` may be empty.
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
        if _last_day(end) < (start + "-01-01")[:10]:
            return Day(fault="ends before it starts; turn the dates round")
        return Day(text=_interval(start, end))
    if precision == "week" and len(start) == 10:
        middle = date.fromisoformat(start)
        last = min(middle + WEEK, today)
        return Day(text=f"{middle - WEEK}/{last}")
    kept = {"month": 7, "year": 4}.get(precision, 10)
    return Day(text=start[:kept])


def _last_day(text: str) -> str:
    """Give the last day that a date may mean."""
    if len(text) == 10:
        return text
    year, month = int(text[:4]), int(text[5:7] or 12)
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def _interval(start: str, end: str) -> str:
    first, last = (start + "-01-01")[:10], _last_day(end)
    if first[:4] == last[:4]:
        if (first[5:], last[5:]) == ("01-01", "12-31"):
            return first[:4]
        month_end = calendar.monthrange(int(first[:4]), int(first[5:7]))[1]
        if first[:7] == last[:7] and (first[8:], last[8:]) == ("01", f"{month_end:02d}"):
            return first[:7]
    return first if first == last else f"{first}/{last}"
