"""The tools of the table: which records, which columns, in which order, which page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import streamlit as st

from geo.counts import number
from geo.fields import describe_fields
from views import state
from views.labels import plain_label
from views.options import OPTION_KEYS
from views.table_data import WHY, heading
from views.table_order import TablePlan, read_plan, write_plan
from views.table_rows import COLUMNS, USUAL
from views.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.select import Selection
    from views.data import Atlas

PAGE: Final = 250
"""Rows that are sent at once; sorting, finding and the CSV are of all of them."""

LONGEST_WORDS: Final = 200
WIDTH_PX: Final = 165
"""Of a tool: two stand side by side on a phone."""

LIST: Final = "table-list"
FIND: Final = "table-find"
SORT: Final = "table-sort"
DOWN: Final = "table-down"
SHOWN: Final = "table-columns"
OFFSET: Final = "table-offset"
MATCHING: Final = "matching"
UNSURE: Final = "unsure"
ORDERS: Final = {True: "Descending", False: "Ascending"}


def show_tools(plan: TablePlan, selection: Selection) -> tuple[bool, str]:
    """Show what is above the table; tell which list is asked for, and with what words."""
    unsure = int(np.count_nonzero(selection.unsure))
    counts = {MATCHING: selection.count, UNSURE: unsure}
    names = {MATCHING: "Matching", UNSURE: "Too coarse to tell"}
    st.session_state[SORT] = plan.sort
    st.session_state[DOWN] = plan.descending
    st.session_state[SHOWN] = list(plan.columns)
    st.session_state.setdefault(LIST, MATCHING)
    with st.container(key="table-tools", horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Records",
            list(names),
            key=LIST,
            format_func=lambda each: f"{names[each]}: {number(counts[each])}",
            help="Too coarse to tell: dated or located too roughly to say whether the record "
            "matches. It is neither counted nor drawn.",
            width=WIDTH_PX,
        )
        st.text_input(
            "Find in the table",
            key=FIND,
            max_chars=LONGEST_WORDS,
            placeholder="words in any field",
            help="Shows only rows with all these words. Map and counts stay as they are.",
            width=WIDTH_PX,
        )
        st.selectbox(
            "Sort by",
            list(COLUMNS),
            key=SORT,
            format_func=heading,
            on_change=_replan,
            width=WIDTH_PX,
        )
        st.selectbox(
            "Order",
            list(ORDERS),
            key=DOWN,
            format_func=ORDERS.__getitem__,
            on_change=_replan,
            width=WIDTH_PX,
        )
        with st.popover("Columns", icon=":material/view_column:"):
            st.multiselect(
                "Columns of the table",
                list(COLUMNS),
                key=SHOWN,
                format_func=heading,
                on_change=_replan,
            )
            left, right = st.columns(2)
            left.button("Usual", on_click=_put_columns, args=(USUAL,), key="table-usual")
            right.button("Every", on_click=_put_columns, args=(tuple(COLUMNS),), key="table-every")
    return st.session_state[LIST] == UNSURE, st.session_state[FIND] or ""


def _replan() -> None:
    plan = TablePlan(
        columns=tuple(st.session_state[SHOWN]) or USUAL,
        sort=st.session_state[SORT],
        descending=st.session_state[DOWN],
    )
    state.put_option("columns", write_plan(plan))


def _put_columns(columns: tuple[str, ...]) -> None:
    plan = read_plan(st.session_state[OPTION_KEYS["columns"]])
    state.put_option("columns", write_plan(replace(plan, columns=columns)))


def show_turning(offset: int, count: int) -> None:
    """Show which rows these are of how many, and the way to others."""
    last = min(offset + PAGE, count)
    rows = f"Rows {number(offset + 1)} to {number(last)} of {number(count)}"
    if count > PAGE or offset:
        for label, to, icon in (
            ("Earlier rows", max(offset - PAGE, 0), ":material/arrow_back:"),
            ("Further rows", offset + PAGE, ":material/arrow_forward:"),
        ):
            st.button(
                label,
                icon=icon,
                on_click=_turn,
                args=(to,),
                disabled=to == offset or to >= count,
                key=f"table-{label.split()[0].lower()}",
            )
    say(f"{rows if count else 'No rows'}.", css="ka-hint")


def _turn(offset: int) -> None:
    st.session_state[OFFSET] = offset


def column_config(atlas: Atlas, columns: Iterable[str]) -> dict[str, Any]:
    """Say how each column looks."""
    column = st.column_config
    told = {each.name: each.description for each in describe_fields(atlas.seeds.package)}
    found: dict[str, Any] = {}
    for name in columns:
        label = heading(name)
        of = COLUMNS.get(name)
        kind = of.kind if of else "text"
        # What is asked of a heading is read as Markdown.
        about = plain_label(of.help or told.get(name, "")) if of else None
        if kind == "link":
            found[name] = column.LinkColumn(
                label,
                help=about,
                display_text=r"^https?://(?:www\.)?([^/?#]*)",
                validate=r"^https?://",
            )
        elif kind == "yes":
            found[name] = column.CheckboxColumn(label, help=about)
        elif kind == "whole":
            found[name] = column.NumberColumn(label, help=about, format="%d")
        elif kind == "number":
            found[name] = column.NumberColumn(label, help=about, format="%.4f")
        else:
            wide = "large" if name in ("summary", WHY) else "medium" if name == "items" else None
            found[name] = column.TextColumn(label, help=about, width=wide)  # type: ignore[arg-type]
    return found
