"""Which columns the table has and how it is sorted: in the link, and as an order of records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.distances import PRECISIONS
from views.table_rows import COLUMNS, JOINS, USUAL

if TYPE_CHECKING:
    from geo.recordset import Codes, Floats, RecordSet

EVERY: Final = "all"
_SORT: Final = "sort:"
_DOWN: Final = "-"


@dataclass(frozen=True, kw_only=True)
class TablePlan:
    """What the table shows.

    Attributes
    ----------
    columns
        Ids of the columns, in their order.
    sort
        Id of the column that the records are sorted by.
    descending
        Whether the greatest, or the newest, comes first.
    """

    columns: tuple[str, ...] = USUAL
    sort: str = "date"
    descending: bool = True


def read_plan(text: str) -> TablePlan:
    """Read a plan from its text in the link; what is not known is left out.

    Parameters
    ----------
    text
        Ids separated by commas, ``all`` for every column; ``sort:ID`` sorts,
        ``sort:-ID`` downwards.

    Returns
    -------
    TablePlan
        The usual one for an empty text.

    Examples
    --------
    >>> read_plan("place,killed,sort:-killed").sort
    'killed'
    """
    parts = [part.strip() for part in text.split(",")]
    columns = tuple(dict.fromkeys(part for part in parts if part in COLUMNS))
    if EVERY in parts:
        columns = tuple(COLUMNS)
    usual = TablePlan()
    sort, descending = usual.sort, usual.descending
    for part in parts:
        if part.startswith(_SORT):
            named = part.removeprefix(_SORT)
            if named.removeprefix(_DOWN) in COLUMNS:
                sort, descending = named.removeprefix(_DOWN), named.startswith(_DOWN)
    return TablePlan(columns=columns or USUAL, sort=sort, descending=descending)


def write_plan(plan: TablePlan) -> str:
    """Write a plan as its text in the link; empty: as usual."""
    parts: list[str] = []
    if set(plan.columns) == set(COLUMNS):
        parts.append(EVERY)
    elif plan.columns and plan.columns != USUAL:
        parts.extend(plan.columns)
    usual = TablePlan()
    if (plan.sort, plan.descending) != (usual.sort, usual.descending):
        parts.append(f"{_SORT}{_DOWN if plan.descending else ''}{plan.sort}")
    return ",".join(parts)


def ranks(records: RecordSet, column: str) -> Floats:
    """Give each record a number to sort a column by.

    Parameters
    ----------
    records
        The joined records.
    column
        Id of a column.

    Returns
    -------
    numpy.ndarray of float, shape (n records,)
        NaN where the record has nothing to say in that column, as the table
        shows it. A date known less precisely than another with the same first
        day comes after it.
    """
    joined = records.joined
    if column == "date":
        days = records.last_day - records.first_day
        return np.asarray(records.first_day + 0.25 * (days > 0) + 0.25 * (days > 31))
    if column == "items":
        # By what was seized, in the order of its names.
        return _missing(records.facet("item").first_codes())
    if COLUMNS[column].kind == "text":
        found = _text_ranks(records, column)
    elif column == "source_url":
        found = _missing(records.coded("source").codes)
    else:
        found = np.asarray(joined[column].to_numpy(dtype=float, na_value=np.nan))
    join = column.removesuffix("_km")
    if join in JOINS:
        found = np.where(joined[f"{join}_supported"].to_numpy(dtype=bool), found, np.nan)
    return np.asarray(found)


def _text_ranks(records: RecordSet, column: str) -> Floats:
    values, codes = records.coded(column)
    if column == "place":
        district = records.coded("district")
        codes = np.where((codes < 0) & (district.codes >= 0), district.codes + len(values), codes)
        values = (*values, *district.values)
    shown = _names(records, column, values)
    order = {text: at for at, text in enumerate(sorted(set(shown), key=str.casefold))}
    if column == "precision":
        order = {word: at for at, word in enumerate(PRECISIONS)}
    places = np.array([*(order.get(text, len(order)) for text in shown), -1], dtype=np.intp)
    return _missing(places[codes])


def _names(records: RecordSet, column: str, values: tuple[str, ...]) -> list[str]:
    names = {
        "country": records.seeds.country_names,
        "border": records.seeds.country_names,
        "route": records.seeds.route_names,
    }.get(column, {})
    return [names.get(value, value) for value in values]


def _missing(codes: npt.NDArray[np.intp]) -> Floats:
    return np.where(codes < 0, np.nan, codes).astype(float)


def ordered(rows: Codes, by: Floats, newest: Floats, *, descending: bool) -> Codes:
    """Sort records; those with nothing to sort by come last, either way.

    Parameters
    ----------
    rows
        Positions of records.
    by, newest
        :func:`ranks` of the column, and of the date: of equals the newest comes first.
    descending
        Whether the greatest comes first.

    Returns
    -------
    numpy.ndarray of int
        The same positions.
    """
    key = by[rows]
    # NaN is sorted last, and stays NaN with its sign changed.
    order = np.lexsort((rows, -newest[rows], -key if descending else key))
    return np.asarray(rows[order])


def find_rows(texts: pd.Series, rows: Codes, wanted: str) -> Codes:
    """Keep the records that have all the words of a text, in any case.

    Parameters
    ----------
    texts
        What is looked in, a text a record, in small letters.
    rows
        Positions of records.
    wanted
        Words, taken literally.
    """
    for word in wanted.casefold().split():
        held = texts.iloc[rows].str.contains(word, regex=False).to_numpy(dtype=bool)
        rows = rows[held]
    return rows
