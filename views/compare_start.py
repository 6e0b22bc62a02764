"""How a comparison begins: with an event, or with the present filter as the second one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.before_after import as_long_before, before_after
from geo.dates import show_date
from geo.filters import Filters
from views import state
from views.words import say

if TYPE_CHECKING:
    from views.choices import Choices
    from views.data import Atlas


AS_LONG: Final = "compare-as-long"
"""Key of the switch that cuts the time before to the length of that after."""


def show_start(atlas: Atlas, choices: Choices) -> None:
    """Offer the ways to begin a comparison."""
    say("Compare two filters", tag="h3", css="ka-figure")
    say(
        "A is what the sidebar says; B is kept beside it. Begin with an event, which cuts the "
        "present filter into the time before (A) and after (B), or keep the present filter as B "
        "and then change A in the sidebar."
    )
    show_events(atlas, choices)
    with st.container(horizontal=True, key="compare-begin"):
        st.button(
            "Keep the present filter as B",
            on_click=state.put_versus,
            args=(choices.filters,),
            key="compare-keep",
        )
        st.button(
            "All records as B",
            on_click=state.put_versus,
            args=(Filters(),),
            key="compare-all",
        )


def show_events(atlas: Atlas, choices: Choices) -> None:
    """Offer to compare what is before and after each event."""
    events = atlas.seeds.events
    starts, ends = ([_day(each) for each in events[name]] for name in ("start", "end"))
    with st.container(horizontal=True, key="compare-events"):
        for event_id, start, end in zip(events["id"], starts, ends, strict=True):
            st.button(
                _label(start, end),
                on_click=_split,
                args=(atlas, choices.filters, start, end),
                key=f"compare-{event_id}",
            )
    st.toggle(
        "As long before as after",
        key=AS_LONG,
        help="Cuts the time before to the length of that after: what was long ago may have "
        "been reported otherwise.",
    )
    # The names as text: labels of buttons are read as Markdown.
    names = [f"{_words(day)}: {name}" for day, name in zip(starts, events["name"], strict=True)]
    say(f"{'; '.join(names)}.", css="ka-hint")


def _label(start: date, end: date) -> str:
    if end > start:
        return f"Before and during {_words(start)} to {_words(end)}"
    return f"Before and after {_words(start)}"


def _words(day: date) -> str:
    return show_date(day.isoformat())


def _day(value: object) -> date:
    return date.fromisoformat(str(value)[:10])


def _split(atlas: Atlas, filters: Filters, start: date, end: date) -> None:
    before, after = before_after(filters, start, end)
    if st.session_state.get(AS_LONG):
        last = atlas.joined["date_end"].max().date()
        before = as_long_before(before, after, last)
    state.put_filters(before, atlas)
    state.put_versus(after)
