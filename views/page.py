"""The page from top to bottom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import AtlasError
from views import state
from views.about import show_about
from views.data import load_atlas, select
from views.export import keep_export, show_export
from views.header import show_empty, show_header, show_notes
from views.mapview import show_map
from views.sidebar import show_sidebar
from views.sources import show_sources
from views.table import show_table
from views.words import say

if TYPE_CHECKING:
    from views.data import Atlas

HERE: Final = Path(__file__).resolve().parent
TABS: Final = ("Table", "Sources", "Export", "About")


def show_page() -> None:
    """Show the page."""
    st.set_page_config(
        page_title="Khyber Atlas",
        page_icon=str(HERE / "icon.svg"),
        layout="wide",
        initial_sidebar_state="auto",
    )
    st.html(HERE / "page.css")
    atlas = _atlas()
    choices, faults = state.settle(atlas)
    selection = select(atlas, choices.filters)
    if choices.record and choices.record not in set(selection.records["id"]):
        choices = replace(choices, record="")
    show_notes()
    show_header(atlas, choices, selection)
    if selection.records.empty:
        show_empty(atlas, choices.filters)
    show_map(atlas, choices)
    show_sidebar(atlas, faults)
    table, sources, export, about = st.tabs(TABS, key="tabs", on_change="rerun")
    with table:
        if table.open:
            show_table(atlas, choices, selection)
    with sources:
        if sources.open:
            show_sources(atlas, selection)
    # What its widgets say is kept while another tab is open.
    keep_export()
    with export:
        if export.open:
            show_export(atlas, choices, selection)
    with about:
        if about.open:
            show_about(atlas)


def _atlas() -> Atlas:
    try:
        return load_atlas()
    except AtlasError as error:
        with st.container(key="failure", border=True):
            say("The atlas cannot be opened.", css="ka-note-title")
            say(str(error))
        st.stop()
