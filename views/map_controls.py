"""What the map shows: layers in groups, what signs say, an online background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.measures import MEASURES
from layers.registry import LAYER_GROUPS
from layers.tiles import TILES
from views import state
from views.choices import Choices
from views.labels import plain_label

if TYPE_CHECKING:
    from views.data import Atlas

NO_TILES: Final = "None: the built-in map"
ALIKE: Final = "Nothing: all alike"


def show_map_controls(atlas: Atlas) -> None:
    """Show the toggles of the layers and the map's options."""
    for group in LAYER_GROUPS:
        layers = [layer for layer in atlas.layers if layer.group == group]
        if layers:
            st.subheader(group, anchor=False)
        for layer in layers:
            st.toggle(plain_label(layer.name), key=state.LAYER_KEY.format(layer.id))
    _signs()
    st.subheader("Online background", anchor=False)
    names = {choice.id: choice.name for choice in TILES}
    st.selectbox(
        "Online map behind the layers",
        ["", *names],
        key=state.TILES,
        format_func=lambda tiles_id: names.get(tiles_id, NO_TILES),
        label_visibility="collapsed",
        help="Fetched from its provider, who then learns what you look at.",
    )
    if st.session_state[state.TILES]:
        st.caption("Tiles come from their provider, who learns which part you look at.")
    st.button(
        "Usual layers",
        on_click=_usual,
        args=(atlas,),
        width="stretch",
        key="usual-layers",
    )


def _signs() -> None:
    st.subheader("How records show", anchor=False)
    ways = {"signs": "Signs", "hexagons": "Hexagons", "heat": "Heat"}
    st.segmented_control(
        "Records as",
        list(ways),
        key=state.OPTIONS["show_as"],
        format_func=ways.__getitem__,
        required=True,
        width="stretch",
        help="Signs: what, who and how much. Hexagons: how many in each. Heat: how densely.",
    )
    for label, name, kind in (
        ("Size of a seizure", "seizure_measure", "seizure"),
        ("Size of an incident", "incident_measure", "incident"),
    ):
        measures = [measure.id for measure in MEASURES if measure.kind == kind]
        st.selectbox(
            label,
            ["records", *measures],
            key=state.OPTIONS[name],
            format_func=_measure_name,
            help="By area. Kilograms and numbers are never on one scale.",
        )
    colours = {"group": "Group", "goods": "Goods"}
    st.segmented_control(
        "Colour of a seizure",
        list(colours),
        key=state.OPTIONS["seizure_colour"],
        format_func=colours.__getitem__,
        required=True,
        width="stretch",
    )


def _measure_name(measure_id: str) -> str:
    names = {measure.id: measure.name for measure in MEASURES}
    return names.get(measure_id, ALIKE)


def _usual(atlas: Atlas) -> None:
    kept = state.take(atlas)
    state.put(Choices(filters=kept.filters, record=kept.record), atlas)
