"""The sidebar: filters grouped by question, and what the map shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.counting import count_facets
from geo.filters import DEFAULT_WITHIN_KM, Filters, reaches
from views import state
from views.choices import LONGEST_TEXT
from views.facet_widgets import Chooser
from views.labels import KINDS
from views.map_controls import show_map_controls
from views.saved_views import show_saved_views
from views.words import cut, say

if TYPE_CHECKING:
    from views.choices import Choices
    from views.data import Atlas

ALL_KINDS: Final = {state.EVERY_KIND: "All"} | KINDS
PROVINCES_AS: Final = {state.EITHER: "Either", "reported": "As reported", "today": "Today"}
LONGEST_AREA: Final = 2000


def show_sidebar(atlas: Atlas, choices: Choices, faults: list[str]) -> None:
    """Show the controls.

    Parameters
    ----------
    atlas
        The data, for the values to choose from.
    choices
        What the page shows: each value's count is that under the other filters.
    faults
        What is wrong with what was typed.
    """
    chooser = Chooser(atlas=atlas, counts=count_facets(atlas.records, choices.filters))
    with st.sidebar:
        records, layers, views = st.tabs(["Records", "Map layers", "Views"])
        with records:
            say(
                "Each choice shows how many records it would give under the other filters.",
                css="ka-hint",
            )
            _what(chooser)
            _when(atlas, faults)
            _who(chooser)
            _where(chooser, choices.filters)
            _how_sure(chooser)
            st.button(
                "Clear all filters",
                on_click=state.put_filters,
                args=(Filters(), atlas),
                width="stretch",
                key="clear-filters",
            )
        with layers:
            show_map_controls(atlas)
        with views:
            show_saved_views(atlas, choices)


def _what(chooser: Chooser) -> None:
    st.subheader("What", anchor=False)
    chooser.few("Kind of record", "kind", ALL_KINDS)
    chooser.many("Category", "categories")
    chooser.many("Item seized", "items", help="Only seizures list items.")
    st.text_input(
        "At least",
        key=state.WIDGETS["at_least"],
        max_chars=30,
        placeholder="such as 100 kg",
        help="Of one item: a number and a unit, such as 100 kg, 1000 rounds or, for things, 20.",
    )
    chooser.many(
        "Direction",
        "directions",
        help="The way the goods went, where the source says so.",
    )
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


def _who(chooser: Chooser) -> None:
    st.subheader("Who", anchor=False)
    chooser.many("Armed group", "groups")
    chooser.many(
        "Role", "roles", help="What the group did. Strikes on a group are not attacks by it."
    )
    chooser.many("Attribution", "attributions", help="On whose word the group is named.")
    chooser.many("Force or actor", "actors", help="Who seized, fought or was attacked.")


def _where(chooser: Chooser, filters: Filters) -> None:
    st.subheader("Where", anchor=False)
    chooser.many("Country", "countries")
    chooser.many("Province", "provinces")
    if filters.provinces:
        chooser.few(
            "Province of",
            "province_as",
            PROVINCES_AS,
            help="As it was at the record's date, or as it is today: FATA and Khyber "
            "Pakhtunkhwa both.",
        )
    chooser.many("Border", "borders", help="The nearest border; with a distance, any within it.")
    chooser.many("Route", "routes", help="Schematic corridors, drawn from sources.")
    chooser.one("Crossing", "near", sorted(chooser.atlas.vocabulary.values("near")))
    _within(filters)
    st.text_input(
        "Drawn area",
        key=state.WIDGETS["area"],
        max_chars=LONGEST_AREA,
        placeholder="draw it on the map",
        help="Draw a box, a circle or a polygon on the map, or write one: "
        "box:W,S,E,N or circle:LON,LAT,KM, in degrees and kilometres.",
    )


def _within(filters: Filters) -> None:
    reach = reaches(filters)
    measured = bool(filters.near or filters.routes or filters.borders)
    what = "crossing" if filters.near else "route" if filters.routes else "border"
    usual = "nearest" if what == "border" and reach["borders"] is None else None
    st.number_input(
        f"Within (km of the {what})" if measured else "Within (km)",
        min_value=0.0,
        value=None,
        step=5.0,
        format="%g",
        key=state.WIDGETS["within_km"],
        placeholder=(usual or f"{DEFAULT_WITHIN_KM:g}") if measured else "choose a place first",
        disabled=not measured,
        help="Of the crossing; without one, of the route; without one, of the border.",
    )


def _how_sure(chooser: Chooser) -> None:
    st.subheader("How sure", anchor=False)
    chooser.one(
        "Place known at least",
        "precision",
        ("site", "town", "district"),
        help="Without a choice, records known only to their province count too.",
    )
    chooser.many("Source", "sources", help="Web site of the main source.")
    if chooser.atlas.seeds.brought:
        chooser.many("File", "files", help="The built-in records, or a file that was brought.")
    else:
        # Streamlit forgets what a widget said that is not shown.
        st.session_state[state.WIDGETS["files"]] = []
