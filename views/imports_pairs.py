"""Records that are likely of the same event as another source's, side by side."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from geo.counts import number, plural
from geo.dates import show_date
from geo.errors import DateError
from geo.imports.pairs import LEAST_KM
from views import datasets, state
from views.words import cut, say, tagged

if TYPE_CHECKING:
    from geo.imports.result import Import
    from views.data import Atlas

MOST_PAIRS: Final = 1000
HEIGHT_PX: Final = 280
ROW_PX: Final = 36
BUILT_IN: Final = "Built-in records"
LIKELY: Final = {4: "Very likely", 3: "Likely", 2: "Possible", 1: "Possible", 0: "Possible"}
SIDES: Final = {
    "id": "Record",
    "date": "Date",
    "place": "Place",
    "group": "Group",
    "killed": "Killed",
    "category": "What happened",
    "source_name": "Source",
    "summary": "In words",
}
LINKED: Final = (
    "Of one kind, near in time and place, and not at odds about who and how many. They are linked "
    "here and nothing more: both records stay on the map and in every count."
)
_AT: Final = "imports-pair-at"
_FIELDS: Final = ("date", "place", "province", "group", "killed", "category", "source_name")


def show_pairs(atlas: Atlas, found: Import) -> None:
    """Show an import's pairs.

    Parameters
    ----------
    atlas
        The data, with the session's imports.
    found
        An import with ``pairs``.
    """
    pairs = found.pairs.head(MOST_PAIRS)
    say(LINKED, css="ka-hint")
    if len(found.pairs) > len(pairs):
        words = f"The strongest {number(len(pairs))} of {number(len(found.pairs))} pairs."
        say(words, css="ka-hint")
    names = {each.key: each.title for each in datasets.own_imports()}
    key = f"{_AT}-{found.key}"
    at = min(int(st.session_state.get(key, 0)), len(pairs) - 1)
    frame = pairs_frame(pairs, atlas.joined, names)
    event = st.dataframe(
        frame,
        height=min(HEIGHT_PX, ROW_PX * (len(frame) + 1)),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="",
        key=f"imports-pairs-{found.key}",
        alt="Pairs of records that are likely of the same event",
    )
    rows = event["selection"]["rows"]
    ticked = f"{key}-ticked"
    if rows != st.session_state.get(ticked, []):
        # A row that was ticked, not one that is still.
        st.session_state[ticked] = list(rows)
        at = rows[0] if rows else at
    st.session_state[key] = at
    _show_turning(key, at, len(pairs))
    _show_pair(atlas, pairs.iloc[at], names)


def pairs_frame(pairs: pd.DataFrame, joined: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """List pairs, both sides in one row.

    Parameters
    ----------
    pairs
        As :func:`geo.imports.pairs.find_pairs` gives them.
    joined
        All records of the page; a side that is not among them has its id only.
    names
        Titles of imports by key.
    """
    mine = _sides(joined, pairs["id"])
    theirs = _sides(joined, pairs["other_id"])
    dataset = pairs["other_dataset"].astype("str")
    columns: dict[str, Any] = {
        "How likely": [LIKELY.get(int(each), "Possible") for each in pairs["strength"]],
        "Date here": mine["date"],
        "Date there": theirs["date"],
        "Place here": mine["place"],
        "Place there": theirs["place"],
        "Group here": mine["group"],
        "Group there": theirs["group"],
        "Killed here": mine["killed"],
        "Killed there": theirs["killed"],
        "Source here": mine["source_name"],
        "Source there": theirs["source_name"],
        "Days apart": pairs["days"].tolist(),
        "Km apart": pairs["km"].round(1).tolist(),
        "Other is in": [names.get(each, BUILT_IN) for each in dataset],
    }
    return pd.DataFrame(columns)


def _sides(joined: pd.DataFrame, ids: pd.Series) -> dict[str, list[str]]:
    """Give what pairs show of one side, as texts."""
    known = joined[joined["id"].isin(set(ids))].drop_duplicates("id").set_index("id")
    at = known.index.get_indexer(pd.Index(ids))
    return {
        name: [_text(name, known[name].iloc[each]) if each >= 0 else "" for each in at]
        for name in _FIELDS
    }


def _text(name: str, value: Any) -> str:
    if pd.isna(value):
        return ""
    if name == "date":
        try:
            return show_date(str(value))
        except DateError:
            return str(value)
    return str(int(value)) if isinstance(value, int | float | np.number) else str(value)


def pair_words(pair: Any) -> str:
    """Say why two records are likely of the same event."""
    days, km = int(pair["days"]), float(pair["km"])
    when = "the same time" if days == 0 else f"{plural(days, 'day')} apart"
    near = "" if km <= LEAST_KM else ", within what both locations leave open"
    parts = [f"{when}, {km:.0f} km apart{near}"]
    if pair["same_group"]:
        parts.append("the same group")
    apart = float(pair["killed_apart"])
    if not math.isnan(apart):
        many = plural(int(apart), "person", "people")
        same = "the same number killed" if apart == 0 else f"numbers killed that differ by {many}"
        parts.append(same)
    words = "; ".join(parts)
    return f"{LIKELY.get(int(pair['strength']), 'Possible')}: {words}."


def _show_turning(key: str, at: int, count: int) -> None:
    """Turn from pair to pair, without a mouse too."""
    with st.container(horizontal=True, vertical_alignment="center", key="imports-pair-way"):
        st.button("Previous pair", disabled=at <= 0, on_click=_turn, args=(key, at - 1))
        st.button("Next pair", disabled=at >= count - 1, on_click=_turn, args=(key, at + 1))
        say(f"Pair {number(at + 1)} of {number(count)}", css="ka-hint")


def _turn(key: str, at: int) -> None:
    st.session_state[key] = at


def _show_pair(atlas: Atlas, pair: Any, names: dict[str, str]) -> None:
    say(pair_words(pair))
    ids = (str(pair["id"]), str(pair["other_id"]))
    st.html(pair_html(atlas.joined, ids, names.get(str(pair["other_dataset"]), BUILT_IN)))
    known = atlas.records.row_of.index
    with st.container(horizontal=True, key="imports-pair-open"):
        for label, record_id in zip(("Open this record", "Open the other"), ids, strict=True):
            if st.button(label, disabled=record_id not in known):
                state.choose_record(record_id)
                state.put_option("tab", "record")
                st.rerun()


def pair_html(joined: pd.DataFrame, ids: tuple[str, str], other: str) -> str:
    """Write two records side by side; their texts are anyone's."""
    records = [joined[joined["id"] == each] for each in ids]
    lines = []
    for name, heading in SIDES.items():
        cells = [cut(_text(name, each[name].iloc[0]), 400) if len(each) else "" for each in records]
        if any(cells):
            told = "".join(tagged(cell, tag="td") for cell in cells)
            lines.append(f"<tr>{tagged(heading, tag='th')}{told}</tr>")
    heads = "".join(tagged(each, tag="th") for each in ("", "This file", other))
    return (
        '<div class="ka-scroll" tabindex="0" role="region" aria-label="The two records">'
        f'<table class="ka-table ka-pair"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )
