"""The records that a record is likely of the same event as, each a button to open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.counts import plural
from geo.dates import show_date
from views import datasets, state
from views.labels import plain_label
from views.words import cut, say

if TYPE_CHECKING:
    from views.data import Atlas

MOST_SHOWN: Final = 5


def twins_of(record_id: str) -> list[str]:
    """List the ids of the records that this session's imports pair with a record."""
    found: dict[str, None] = {}
    for each in datasets.own_imports():
        pairs = each.pairs
        found |= dict.fromkeys(pairs.loc[pairs["id"] == record_id, "other_id"])
        found |= dict.fromkeys(pairs.loc[pairs["other_id"] == record_id, "id"])
    return [*found]


def show_twins(atlas: Atlas, record_id: str) -> None:
    """Show the pairs of a record; nothing if there are none."""
    rows = atlas.records.row_of
    twins = [each for each in twins_of(record_id) if each in rows.index]
    if not twins:
        return
    st.subheader("Likely the same event", anchor=False)
    say(
        f"{plural(len(twins), 'record')} of another source, near in time and place and not at "
        "odds about who and how many. Linked, not merged: each counts.",
        css="ka-hint",
    )
    for number, twin in enumerate(twins[:MOST_SHOWN]):
        record = atlas.joined.iloc[int(rows[twin])]
        words = (show_date(record["date"]), record["place"], record["source_name"])
        st.button(
            plain_label(cut(", ".join(filter(None, words)))),
            on_click=state.choose_record,
            args=(twin,),
            key=f"record-twin-{number}",
        )
