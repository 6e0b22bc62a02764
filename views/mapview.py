"""The map: the same base at every run, and a group that says what is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit_folium import st_folium

from layers.assets import assets_at
from layers.reach import outlines
from layers.view import View, find_focus
from layers.webmap import base_map, view_group
from views import state
from views.bridge import hear_map, is_on_map
from views.data import page_filters
from views.twin import twin_view

if TYPE_CHECKING:
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

HEIGHT_PX: Final = 640
"""Before the page's style, which sets it by the window, has loaded."""


def show_map(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    """Show the map of the records that the filters keep.

    Zoom and position are the visitor's: nothing here sets them, but a record
    that was chosen is gone to once.
    """
    focus = None
    if choices.record and not is_on_map(choices.record):
        focus = find_focus(
            atlas.joined, choices.record, str(st.session_state[state.NONCE]), atlas.layers
        )
    view = View(
        layer_ids=choices.layers,
        filters=page_filters(atlas, choices.filters, selection),
        options=choices.options,
        data_url=atlas.data_url,
        brought=atlas.brought_urls,
        tiles=choices.tiles,
        focus=focus,
        versus=twin_view(atlas, choices),
        outlines=outlines(choices.filters, atlas.ground),
    )
    with st.container(key="map"):
        st_folium(
            base_map(assets_at(atlas.data_url)),
            key="khyber-map",
            height=HEIGHT_PX,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=[view_group(view)],
        )
        hear_map(atlas)
