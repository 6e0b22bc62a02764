"""The table: the same records as text, and the way from a row to the map."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from views import state
from views.data import all_rows
from views.details import show_details
from views.words import say

if TYPE_CHECKING:
    import pandas as pd

    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

HEIGHT_PX: Final = 420
HIDDEN: Final = ["id", "when_words"]


def show_table(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    """Show the records, and the chosen record in full."""
    say(
        "The same records as text. Choose a row by its box: the map goes there and opens the "
        "record, and all that is known of it is written below the table. Click a heading to sort.",
        css="ka-hint",
    )
    rows = all_rows(atlas).loc[selection.records.index].sort_values("when", kind="stable")
    key = _key(rows)
    at = rows["id"].tolist().index(choices.record) if choices.record else None
    with st.container(key="records-table"):
        st.dataframe(
            _dated(rows),
            key=key,
            height=HEIGHT_PX,
            hide_index=True,
            column_config=_columns(),
            on_select=lambda: _choose(key, rows["id"].tolist()),
            selection_mode="single-row",
            selection_default=None if at is None else {"selection": {"rows": [at]}},
            # Nothing stated is left empty: "None" would read like an answer.
            placeholder="",
            alt="Table of the records that the map shows",
        )
    if choices.record:
        show_details(atlas, choices.record)


def _key(rows: pd.DataFrame) -> str:
    """Name the table by its rows: another table starts with no row chosen."""
    digest = hashlib.sha256("\n".join(rows["id"]).encode()).hexdigest()[:12]
    return f"table-{digest}-{st.session_state[state.EPOCH]}"


def _dated(rows: pd.DataFrame) -> Any:
    """Show dates in words, yet sort them as dates."""
    words = dict(zip(rows["when"], rows["when_words"], strict=True))
    return rows.drop(columns=HIDDEN).style.format({"when": words.__getitem__})


def _choose(key: str, ids: list[str]) -> None:
    chosen = st.session_state[key]["selection"]["rows"]
    state.choose_record(ids[chosen[0]] if chosen and chosen[0] < len(ids) else "")


def _columns() -> dict[str, Any]:
    column = st.column_config
    text = column.TextColumn
    return {
        "when": column.DatetimeColumn("Date", help="As precise as the source gives it"),
        "kind": text("Kind"),
        "category": text("Category"),
        "place": text("Place"),
        "province": text("Province", help="At the record's date"),
        "country": text("Country"),
        "group": text("Group"),
        "role": text("Role", help="What the group did"),
        "items": text("Items", width="medium"),
        "killed": column.NumberColumn("Killed"),
        "injured": column.NumberColumn("Injured"),
        "border": text("Nearest border", help="Only where the place is known well enough"),
        "border_km": column.NumberColumn("Km to it", format="%d"),
        "precision": text("Place known to"),
        "source": column.LinkColumn(
            "Source", display_text=r"^https?://(?:www\.)?([^/?#]*)", validate=r"^https?://"
        ),
    }
