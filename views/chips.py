"""What is on, as chips that come off one by one; undo and reset."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.areas import describe_area, parse_area
from geo.dates import show_date
from geo.filters import REPEATABLE, Filters
from views import state
from views.history import can_undo, undone
from views.labels import plain_label, words_of
from views.words import cut, say

if TYPE_CHECKING:
    from views.choices import Choices
    from views.data import Atlas

LONGEST: Final = 60
NAMES: Final = {
    "kind": "Kind",
    "date_from": "From",
    "date_to": "To",
    "year": "Year",
    "groups": "Group",
    "roles": "Role",
    "attributions": "Attribution",
    "categories": "Category",
    "items": "Item",
    "at_least": "At least",
    "actors": "Force",
    "directions": "Direction",
    "countries": "Country",
    "provinces": "Province",
    "province_as": "Province of",
    "borders": "Border",
    "routes": "Route",
    "near": "Crossing",
    "within_km": "Within",
    "area": "Area",
    "precision": "Place known",
    "sources": "Source",
    "files": "File",
    "text": "Words",
}
"""Field of the filters: what its chip is called."""


def show_chips(atlas: Atlas, choices: Choices) -> None:
    """Show undo, reset and a chip for each condition; a row of the same height always."""
    with st.container(key="chips", horizontal=True, vertical_alignment="center"):
        st.button(
            "Undo",
            icon=":material/undo:",
            on_click=_undo,
            args=(atlas,),
            disabled=not can_undo(),
            key="undo",
        )
        st.button(
            "Reset",
            icon=":material/restart_alt:",
            on_click=_reset,
            args=(atlas,),
            disabled=choices.filters == Filters() and choices.versus is None,
            key="reset",
        )
        chips = conditions(choices.filters, atlas)
        if not chips:
            say("No filter is on.", css="ka-hint")
        for number, (label, without) in enumerate(chips):
            st.button(
                plain_label(label),
                icon=":material/close:",
                on_click=state.put_filters,
                args=(without, atlas),
                key=f"chip-{number}",
            )


def _undo(atlas: Atlas) -> None:
    if can_undo():
        state.put(undone(state.take(atlas)), atlas)


def _reset(atlas: Atlas) -> None:
    state.put_filters(Filters(), atlas)
    state.put_versus(None)


def conditions(filters: Filters, atlas: Atlas) -> list[tuple[str, Filters]]:
    """List the conditions that are set.

    Returns
    -------
    list of tuple
        What each says, and the filters without it.
    """
    found = []
    for name, title in NAMES.items():
        value = getattr(filters, name)
        values = value if name in REPEATABLE else [value] if value is not None else []
        for each in values:
            rest = tuple(other for other in values if other != each)
            left: Any = rest if name in REPEATABLE else None
            without = _tidy(replace(filters, **{name: left}))
            found.append((f"{title}: {cut(_words(name, each, atlas), LONGEST)}", without))
    return found


def _tidy(filters: Filters) -> Filters:
    """Take off what means nothing without the condition that went."""
    if not (filters.near or filters.borders or filters.routes):
        filters = replace(filters, within_km=None)
    return filters if filters.provinces else replace(filters, province_as=None)


def _words(name: str, value: object, atlas: Atlas) -> str:
    text = f"{value:g} km" if isinstance(value, float) else str(value)
    if name in ("date_from", "date_to"):
        return show_date(text)
    if name == "area":
        return describe_area(parse_area(text))
    return words_of(name, text, atlas.seeds)
