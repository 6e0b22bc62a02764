"""Above the map: what is on, how many records, and what went wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.counts import count_phrase, plural
from geo.describe import describe_filters
from geo.filters import Filters
from views import datasets, state
from views.counts import caveats
from views.data import select
from views.words import cut, say, tagged

if TYPE_CHECKING:
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

MOST_NOTES: Final = 6
NOTES: Final = {
    state.NOTES: "Part of the link could not be used; the rest of it is shown.",
    datasets.TAKEN_OUT: "Some of your records were taken out again; the others are shown.",
}
"""What there is to tell, by the key that holds it."""

FIELDS: Final = {
    "kind": ("kind",),
    "category": ("categories",),
    "item": ("items",),
    "quantity": ("at_least",),
    "direction": ("directions",),
    "words": ("text",),
    "dates": ("date_from", "date_to", "year"),
    "group": ("groups",),
    "role": ("roles",),
    "attribution": ("attributions",),
    "force": ("actors",),
    "country": ("countries",),
    "province": ("provinces", "province_as"),
    "border": ("borders",),
    "crossing": ("near",),
    "route": ("routes",),
    "area": ("area",),
    "distance": ("within_km",),
    "source": ("sources",),
    "precision": ("precision",),
}
"""What a visitor would call a condition: the fields of the filters it sets."""


def show_header(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    """Say in words what the map shows, and how much of it."""
    first, last = atlas.years
    what = (
        f"All records, {first} to {last}"
        if choices.filters == Filters()
        else describe_filters(choices.filters, atlas.names, atlas.seeds.route_names)
    )
    rest = " ".join(caveats(selection, choices.layers, choices.options.show_as, atlas.layers))
    count = tagged(f"{count_phrase(selection)}.", tag="strong")
    st.html(
        '<div class="ka-head"><h1>Khyber Atlas</h1>'
        f'<div role="status">{tagged(cut(what), css="ka-what")}'
        f'<p class="ka-count">{count} {tagged(rest, tag="span")}</p></div></div>'
    )


def show_notes() -> None:
    """Tell what could not be read of a link, and what was taken out again, until dismissed."""
    for key, title in NOTES.items():
        _show_notes(key, title, st.session_state.get(key, []))


def _show_notes(key: str, title: str, notes: list[str]) -> None:
    if not notes:
        return
    lines = [tagged(cut(note), tag="li") for note in notes[:MOST_NOTES]]
    if len(notes) > MOST_NOTES:
        lines.append(tagged(f"and {plural(len(notes) - MOST_NOTES, 'thing')} more", tag="li"))
    with st.container(key=key, border=True, horizontal=True, vertical_alignment="center"):
        st.html(f"{tagged(title, css='ka-note-title')}<ul>{''.join(lines)}</ul>")
        st.button("Dismiss", on_click=_dismiss, args=(key,), key=f"dismiss-{key}")


def _dismiss(key: str) -> None:
    st.session_state[key] = []


def show_empty(atlas: Atlas, filters: Filters) -> None:
    """Say that nothing matches, and which condition could go."""
    ways = loosened(atlas, filters)
    with st.container(key="empty", border=True):
        if not ways:
            say("No record matches. No single condition alone is the cause; clear some of them.")
        else:
            say("No record matches all of this. Taking off one condition shows some:")
        with st.container(horizontal=True):
            for name, (looser, count) in ways.items():
                st.button(
                    f"Any {name}: {plural(count, 'record')}",
                    on_click=state.put_filters,
                    args=(looser, atlas),
                    key=f"without-{name}",
                )
            st.button(
                "Clear all filters",
                on_click=state.put_filters,
                args=(Filters(), atlas),
                key="clear-from-empty",
            )


def loosened(atlas: Atlas, filters: Filters) -> dict[str, tuple[Filters, int]]:
    """Find the conditions whose removal alone would leave some records.

    Returns
    -------
    dict
        By the condition's name: filters without it, and their count.
    """
    none = Filters()
    found = {}
    for name, fields in FIELDS.items():
        without = replace(filters, **{each: getattr(none, each) for each in fields})
        if without == filters:
            continue
        if not (without.near or without.borders or without.routes):
            without = replace(without, within_km=None)
        count = select(atlas, without).count
        if count:
            found[name] = (without, count)
    return found
