"""The page from top to bottom."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import AtlasError
from views import datasets, state
from views.chips import show_chips
from views.choices import BROUGHT
from views.data import load_atlas, select
from views.export import keep_export
from views.header import show_empty, show_header, show_notes
from views.mapview import show_map
from views.options import OPTION_KEYS
from views.sidebar import show_sidebar
from views.tabs import TAB_NAMES, show_tab
from views.words import say

if TYPE_CHECKING:
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

_LOG: Final = logging.getLogger(__name__)
HERE: Final = Path(__file__).resolve().parent
TABS: Final = "tabs"


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
    if choices.record and not selection.surely[atlas.records.row_of[choices.record]]:
        choices = replace(choices, record="")
    show_notes()
    show_header(atlas, choices, selection)
    show_chips(atlas, choices)
    if not selection.count:
        show_empty(atlas, choices.filters)
    show_map(atlas, choices, selection)
    show_sidebar(atlas, choices, faults)
    # What its widgets say is kept while another tab is open.
    keep_export()
    _tabs(atlas, choices, selection)


def _tabs(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    """Show the tabs; only the open one is worked out."""
    wanted = TAB_NAMES[choices.views["tab"]]
    if st.session_state.get(TABS) != wanted:
        st.session_state[TABS] = wanted
    shown = st.tabs(list(TAB_NAMES.values()), key=TABS, on_change=_opened)
    for tab_id, tab in zip(TAB_NAMES, shown, strict=True):
        with tab:
            if tab.open:
                show_tab(tab_id, atlas, choices, selection)


def _opened() -> None:
    names = {name: tab_id for tab_id, name in TAB_NAMES.items()}
    st.session_state[OPTION_KEYS["tab"]] = names[st.session_state[TABS]]


def _atlas() -> Atlas:
    try:
        if datasets.WORK in st.session_state:
            # Loaded only for who has brought a file: the map need not wait for it.
            from views.imports_steps import take_finished

            take_finished()
        datasets.open_kept(st.query_params.get_all(BROUGHT))
        return _with_imports()
    except AtlasError as error:
        with st.container(key="failure", border=True):
            say("The atlas cannot be opened.", css="ka-note-title")
            say(str(error))
        st.stop()


def _with_imports() -> Atlas:
    """Lay this visitor's records beside the others; those that cannot be are taken out again."""
    while imports := datasets.own_imports():
        try:
            return load_atlas(imports)
        except Exception:
            _LOG.exception("An import cannot be laid beside the other records")
            datasets.drop_newest()
    return load_atlas()
