"""When: the dates of rows, whole or in parts, as precise as they are told."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.imports.days import Day, is_day_first, period_text, read_day

if TYPE_CHECKING:
    from datetime import date

    from geo.imports.fates import Fates
    from geo.imports.values import Fields

PRECISIONS: Final = ("day", "week", "month", "year")


def read_dates(fields: Fields, fates: Fates, day_first: bool | None, today: date) -> pd.Series:
    """Read the dates of some rows.

    Parameters
    ----------
    fields
        The rows and their mapping.
    fates
        Told of what is no date, and of what had to be guessed.
    day_first
        Whether 03/04/2021 is in April; ``None``: told from the other dates.
    today
        The last day that a record can be of.

    Returns
    -------
    pandas.Series of str
        As :func:`geo.dates.record_period` reads them; empty where there is none.
    """
    texts = _assembled(fields)
    parts = pd.DataFrame(
        {
            "start": texts,
            "end": fields.get("date_end"),
            "precision": fields.get("date_precision").str.casefold(),
        }
    )
    column = fields.column_of("date")
    strange = ~parts["precision"].isin(("", *PRECISIONS)).to_numpy()
    strange |= fields.strange("date_precision")
    told = fields.raw("date_precision")
    fates.reject(strange, fields.column_of("date_precision"), told, "is no precision of dates")
    order = is_day_first(texts.unique().tolist()) if day_first is None else day_first
    codes, found = pd.factorize(pd.MultiIndex.from_frame(parts))
    days = [_period(start, end, known, order, today) for start, end, known in found]
    faults = [(at, days[code].fault) for at, code in enumerate(codes) if days[code].fault]
    notes = [(at, days[code].note) for at, code in enumerate(codes) if days[code].note]
    fates.say_each(faults, column, texts, fault=True)
    fates.say_each(notes, column, texts, fault=False)
    words = np.array([*(day.text for day in days), ""], dtype=object)
    return pd.Series(words[codes], index=texts.index, dtype=object)


@lru_cache(maxsize=100_000)
def _period(start: str, end: str, precision: str, order: bool | None, today: date) -> Day:
    if "/" in start and len(start) == 21:
        start, end = start.split("/")
    first = read_day(start, day_first=order, today=today)
    if first.fault or not first.text:
        return first if first.fault else Day(fault="has no date; give one")
    last = read_day(end, day_first=order, today=today)
    if last.fault:
        return Day(fault=f"has an end, {end[:40]!r}, that {last.fault}")
    whole = period_text(first.text, last.text, precision, today)
    return Day(text=whole.text, fault=whole.fault, note=first.note or last.note)


def _assembled(fields: Fields) -> pd.Series:
    """Give the dates, put together from year, month and day where there is no whole one."""
    texts = fields.get("date")
    year = fields.get("year")
    if not (year != "").any():
        return texts
    parts = year
    for name in ("month", "day"):
        given = fields.get(name)
        number = given.where(given.str.fullmatch(r"[0-9]{1,2}"), "0").str.zfill(2)
        parts = parts + "-" + number
    return texts.where(texts != "", parts.where(year != "", ""))
