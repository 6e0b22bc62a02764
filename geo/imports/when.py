"""When: the dates of rows, whole or in parts, as precise as they are told."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.imports.days import Day, is_day_first, month_of, read_day
from geo.imports.periods import period_text, split_period
from geo.imports.values import code_of

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
    told = f"is none of {', '.join(PRECISIONS)}; write one of them"
    column_of_it = fields.column_of("date_precision")
    fates.reject(strange, column_of_it, fields.raw("date_precision"), told)
    order = find_order(texts) if day_first is None else day_first
    codes, found = pd.factorize(pd.MultiIndex.from_frame(parts))
    days = [_period(start, end, known, order, today) for start, end, known in found]
    faults = [(at, days[code].fault) for at, code in enumerate(codes) if days[code].fault]
    notes = [(at, days[code].note) for at, code in enumerate(codes) if days[code].note]
    fates.say_each(faults, column, texts, fault=True)
    fates.say_each(notes, column, texts, fault=False)
    words = np.array([*(day.text for day in days), ""], dtype=object)
    return pd.Series(words[codes], index=texts.index, dtype=object)


def find_order(texts: pd.Series) -> bool | None:
    """Tell from the dates of a table whether days come first; ``None``: they do not tell."""
    return is_day_first([part for text in texts.unique() for part in split_period(text)])


@lru_cache(maxsize=100_000)
def _period(start: str, end: str, precision: str, order: bool | None, today: date) -> Day:
    start, last_too = split_period(start)
    end = end or last_too
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
    year = fields.get("year").map(code_of)
    if not (year != "").any():
        return texts
    known = {name: fields.get(name) for name in ("month", "day")}
    parts = year
    for name, given in known.items():
        number = given.map(month_of if name == "month" else _day_of)
        # What is no month is left to be told, with the value that it has.
        strange = (given != "") & (number < 0)
        parts = parts + "-" + given.where(strange, number.map("{:02d}".format))
    return texts.where(texts != "", parts.where(year != "", ""))


def _day_of(text: str) -> int:
    plain = code_of(text)
    return 0 if not plain else int(plain) if plain.isdecimal() else -1
