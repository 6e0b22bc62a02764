"""What the table holds: the records of a list in order, a page of them, and all as CSV."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import streamlit as st

from geo.doubt import doubts
from geo.search import haystack
from views.figure import csv_bytes
from views.table_order import TablePlan, find_rows, ordered, ranks
from views.table_rows import COLUMNS, record_rows

if TYPE_CHECKING:
    from geo.filters import Filters
    from geo.recordset import Codes, Mask
    from views.data import Atlas

WHY: Final = "why"
"""Id of the column that says why it cannot be told of a record."""


def list_rows(atlas: Atlas, mask: Mask, plan: TablePlan, wanted: str = "") -> Codes:
    """Put the records of a list into the table's order.

    Parameters
    ----------
    atlas
        The data.
    mask
        For each record, whether it is on the list.
    plan
        How to sort.
    wanted
        Words that each record must have; empty: any will do.

    Returns
    -------
    numpy.ndarray of int
        Positions of records.
    """
    every = _order(atlas, atlas.version, plan.sort, plan.descending)
    rows: Codes = every[mask[every]]
    if not wanted.strip():
        return rows
    return find_rows(atlas.records.kept("table-texts", partial(_texts, atlas)), rows, wanted)


@st.cache_resource(max_entries=12, show_spinner=False)
def _order(_atlas: Atlas, checksum: str, column: str, descending: bool) -> Codes:  # noqa: ARG001 - the key
    records = _atlas.records
    newest = ranks(records, "date")
    every = np.arange(len(records))
    return ordered(every, ranks(records, column), newest, descending=descending)


def _texts(atlas: Atlas) -> pd.Series:
    """Give all that is found in a record: the filter's texts, items, links and its id."""
    records = atlas.records
    items = records.items.groupby("record_id")["item"].agg(" ".join)
    more = records.joined[["id", "source_url", "other_urls"]]
    more = more.assign(items=more["id"].map(items).fillna(""))
    return records.texts + "\n" + haystack(more, tuple(more.columns))


def page_frame(
    atlas: Atlas, rows: Codes, plan: TablePlan, unsure_of: Filters | None = None
) -> pd.DataFrame:
    """Write records as the table shows them.

    Parameters
    ----------
    atlas
        The data.
    rows
        Positions of the records.
    plan
        Which columns.
    unsure_of
        Filters that leave these records undecided: the first column says why.
    """
    frame = record_rows(atlas.records, rows, plan.columns)
    if unsure_of is not None:
        frame.insert(0, WHY, doubts(atlas.records, unsure_of, rows))
    return frame


def as_csv(frame: pd.DataFrame) -> bytes:
    """Write a table as CSV, with its headings; no spreadsheet runs its texts.

    Parameters
    ----------
    frame
        As :func:`page_frame` gives.

    Returns
    -------
    bytes
        As :func:`views.figure.csv_bytes` writes it; a missing value is empty.
    """
    yes = [name for name in frame if name in COLUMNS and COLUMNS[name].kind == "yes"]
    plain = frame.assign(**{name: frame[name].map({True: "yes", False: "no"}) for name in yes})
    return csv_bytes(plain.rename(columns=heading))


def heading(column: str) -> str:
    """Give the heading of a column."""
    return COLUMNS[column].label if column in COLUMNS else "Why it cannot be told"
