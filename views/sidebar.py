"""The sidebar: filters grouped by question, and what the map shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.filters import DEFAULT_WITHIN_KM, Filters
from geo.phrases import ATTRIBUTION_WORDS, PRECISION_WORDS
from views import state
from views.choices import LONGEST_TEXT
from views.map_controls import show_map_controls
from views.words import cut, say

if TYPE_CHECKING:
    from views.data import Atlas

ROLES: Final = {
    "perpetrator": "the group acted",
    "target": "the group was the target",
    "party": "the group took part",
}
KINDS: Final = {
    state.EVERY_KIND: "All",
    "seizure": "Seizures",
    "incident": "Incidents",
}
ANYWHERE: Final = "Any"


def show_sidebar(atlas: Atlas, faults: list[str]) -> None:
    """Show the controls.

    Parameters
    ----------
    atlas
        The data, for the values to choose from.
    faults
        What is wrong with the dates that were typed.
    """
    with st.sidebar:
        records, layers = st.tabs(["Records", "Map layers"])
        with records:
            _what(atlas)
            _when(atlas, faults)
            _who(atlas)
            _where(atlas)
            _how_sure()
            st.button(
                "Clear all filters",
                on_click=state.put_filters,
                args=(Filters(), atlas),
                width="stretch",
                key="clear-filters",
            )
        with layers:
            show_map_controls(atlas)


def _many(atlas: Atlas, label: str, name: str, **kwargs: Any) -> None:
    values = sorted(atlas.vocabulary.values(name), key=str.casefold)
    kwargs.setdefault("placeholder", ANYWHERE)
    st.multiselect(label, values, key=state.WIDGETS[name], **kwargs)


def _what(atlas: Atlas) -> None:
    st.subheader("What", anchor=False)
    st.segmented_control(
        "Kind of record",
        list(KINDS),
        key=state.WIDGETS["kind"],
        format_func=KINDS.__getitem__,
        required=True,
        width="stretch",
    )
    _many(atlas, "Category", "categories")
    _many(atlas, "Item seized", "items", help="Only seizures list items.")
    st.text_input(
        "Words",
        key=state.WIDGETS["text"],
        max_chars=LONGEST_TEXT,
        placeholder="such as night vision",
        help="All of them must occur in the summary, a place, a group, the force or a source.",
    )


def _when(atlas: Atlas, faults: list[str]) -> None:
    st.subheader("When", anchor=False)
    lowest, highest = atlas.years
    if lowest < highest:
        st.slider(
            "Years",
            lowest,
            highest,
            key=state.YEARS,
            on_change=state.follow_years,
            args=(atlas,),
        )
    left, right = st.columns(2)
    for column, label, name in ((left, "From", "date_from"), (right, "To", "date_to")):
        column.text_input(
            label,
            key=state.WIDGETS[name],
            placeholder=str(lowest if name == "date_from" else highest),
            max_chars=10,
            on_change=state.follow_dates,
            args=(atlas,),
            help="A year, a month or a day: 2023, 2023-06 or 2023-06-17.",
        )
    for fault in faults:
        say(cut(fault), css="ka-fault")


def _who(atlas: Atlas) -> None:
    st.subheader("Who", anchor=False)
    _many(atlas, "Armed group", "groups")
    _many(
        atlas,
        "Role",
        "roles",
        help="What the group did. Strikes on a group are not attacks by it.",
        format_func=lambda role: ROLES.get(role, role),
    )
    _many(
        atlas,
        "Attribution",
        "attributions",
        help="On whose word the group is named.",
        format_func=lambda word: ATTRIBUTION_WORDS.get(word, word),
    )


def _where(atlas: Atlas) -> None:
    st.subheader("Where", anchor=False)
    _many(atlas, "Country", "countries", format_func=_named(atlas))
    _many(
        atlas,
        "Province",
        "provinces",
        help="As it was at the record's date, or as it is today: FATA and Khyber Pakhtunkhwa both.",
    )
    _many(atlas, "Nearest border with", "borders", format_func=_named(atlas))
    st.selectbox(
        "Near the crossing",
        atlas.vocabulary.values("near"),
        index=None,
        key=state.WIDGETS["near"],
        placeholder=ANYWHERE,
    )
    measured = bool(
        st.session_state[state.WIDGETS["near"]] or st.session_state[state.WIDGETS["borders"]]
    )
    st.number_input(
        "Within (km)",
        min_value=0.0,
        value=None,
        step=5.0,
        format="%g",
        key=state.WIDGETS["within_km"],
        placeholder=f"{DEFAULT_WITHIN_KM:g}" if measured else "crossing first",
        disabled=not measured,
        help="Of the crossing, or else of the border.",
    )


def _named(atlas: Atlas) -> Any:
    return lambda code: atlas.names.get(code, code)


def _how_sure() -> None:
    st.subheader("How sure", anchor=False)
    st.selectbox(
        "Place known at least",
        ["site", "town", "district"],
        index=None,
        key=state.WIDGETS["precision"],
        placeholder=ANYWHERE,
        format_func=lambda word: PRECISION_WORDS[word].removeprefix("known "),
        help="Without a choice, records known only to their province count too.",
    )
