"""The table: the same records as text, and the way from a row to the map and back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import streamlit as st

from views import state
from views.details import show_details
from views.table_data import as_csv, list_rows, page_frame
from views.table_order import TablePlan, read_plan, write_plan
from views.table_rows import COLUMNS
from views.table_tools import OFFSET, PAGE, column_config, show_tools, show_turning
from views.words import say

if TYPE_CHECKING:
    import pandas as pd

    from geo.recordset import Codes
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

HEIGHT_PX: Final = 420
IN_SIGHT: Final = 8
"""Rows that are seen without scrolling: a chosen one further down starts a page."""

ABOVE: Final = 3
"""Rows above a chosen one that starts a page."""

_SEEN: Final = "table-seen"
_TICKS: Final = "table-ticks"


def show_table(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    """Show the records that match, or those of which it cannot be told.

    Parameters
    ----------
    atlas, choices, selection
        What the page shows; the option ``columns`` says which columns, and how
        they are sorted.
    """
    say(
        "Tick a row: the map goes there, and the record is told in full below. "
        "Click a heading to sort all records.",
        css="ka-hint",
    )
    plan = read_plan(choices.views["columns"])
    unsure, wanted = show_tools(plan, selection)
    mask = selection.unsure if unsure else selection.surely
    rows = list_rows(atlas, mask, plan, wanted)
    record = chosen_record(atlas)
    at = _position(rows, atlas, record)
    offset = _page_start(at, len(rows), record, (choices.filters, plan, unsure, wanted))
    here = rows[offset : offset + PAGE]
    filters = choices.filters if unsure else None
    with st.container(key="records-table"):
        _show_page(atlas, here, plan, page_frame(atlas, here, plan, filters), at, offset)
    with st.container(key="table-foot", horizontal=True, vertical_alignment="center"):
        show_turning(offset, len(rows))
        st.download_button(
            "CSV of these rows and columns",
            data=lambda: as_csv(page_frame(atlas, rows, plan, filters)),
            file_name="khyber-atlas-table.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            disabled=not len(rows),
            key="table-csv",
        )
        if at is not None:
            st.button("Open the record's page", on_click=_open_record, key="table-open")
    if at is not None:
        show_details(atlas, record)


def chosen_record(atlas: Atlas) -> str:
    """Give the record that was chosen, even one that the filters do not keep; empty: none."""
    return state.take(atlas).record


def _position(rows: Codes, atlas: Atlas, record: str) -> int | None:
    """Find the chosen record in the list; ``None``: it is not on it."""
    if not record:
        return None
    found = np.flatnonzero(rows == atlas.records.row_of[record])
    return int(found[0]) if len(found) else None


def _page_start(at: int | None, count: int, record: str, of: tuple[Any, ...]) -> int:
    """Tell at which row the page starts.

    A record chosen elsewhere, on the map say, is brought into sight; one chosen
    in the table leaves the rows where they are.
    """
    seen = st.session_state.get(_SEEN)
    offset: int = st.session_state.get(OFFSET, 0)
    if seen is None or seen[1] != of:
        offset = 0
    if seen != (record, of) and at is not None and not offset <= at < offset + IN_SIGHT:
        offset = 0 if at < IN_SIGHT else at - ABOVE
    if seen is not None and seen[0] != record:
        # Another table, as the ticks of this one are the visitor's own.
        st.session_state[_TICKS] = st.session_state.get(_TICKS, 0) + 1
    st.session_state[_SEEN] = (record, of)
    st.session_state[OFFSET] = offset if offset < count else 0
    return int(st.session_state[OFFSET])


def _show_page(
    atlas: Atlas, here: Codes, plan: TablePlan, frame: pd.DataFrame, at: int | None, offset: int
) -> None:
    ids = atlas.joined["id"].iloc[here].tolist()
    key = _key(ids, plan)
    chosen = [] if at is None or not 0 <= at - offset < len(ids) else [at - offset]
    st.dataframe(
        frame,
        key=key,
        height=HEIGHT_PX,
        hide_index=True,
        column_config=column_config(atlas, frame.columns),
        on_select=lambda: _chosen(key, ids, plan),
        selection_mode=["single-row", "single-column"],
        selection_default={"selection": {"rows": chosen, "columns": []}},
        # Nothing stated is left empty: "None" would read like an answer.
        placeholder="",
        alt="Table of the records",
    )


def _key(ids: list[str], plan: TablePlan) -> str:
    """Name the table by its rows and sorting: another table starts with nothing chosen."""
    told = "\n".join([write_plan(plan), *ids])
    digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]
    return f"table-{digest}-{st.session_state[state.EPOCH]}-{st.session_state.get(_TICKS, 0)}"


def _chosen(key: str, ids: list[str], plan: TablePlan) -> None:
    """Sort by a heading that was clicked, or look at a row that was ticked."""
    told = st.session_state[key]["selection"]
    named = [column for column in told["columns"] if column in COLUMNS]
    if named:
        down = not plan.descending if plan.sort == named[0] else _falls(named[0])
        state.put_option("columns", write_plan(replace(plan, sort=named[0], descending=down)))
        return
    rows = [row for row in told["rows"] if row < len(ids)]
    record = ids[rows[0]] if rows else ""
    seen = st.session_state.get(_SEEN)
    if seen is not None:
        st.session_state[_SEEN] = (record, seen[1])
    state.choose_record(record)


def _falls(column: str) -> bool:
    """Tell whether a column is first sorted downwards: dates and numbers of people are."""
    return column in ("date", "killed", "injured")


def _open_record() -> None:
    state.put_option("tab", "record")
