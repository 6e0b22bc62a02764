"""Named views: the present address under a name, to come back to or to hand on as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.counts import plural
from views import state
from views.choices import read_query, write_query
from views.saved_file import (
    LONGEST_NAME,
    LONGEST_VALUE,
    MOST_BYTES,
    MOST_VIEWS,
    SavedView,
    ViewsError,
    check_views,
    read_views,
    write_views,
)
from views.words import cut, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.registry import Layer
    from views.choices import Choices
    from views.data import Atlas

VIEWS: Final = "saved-views"
NAME: Final = "saved-name"
CHOSEN: Final = "saved-chosen"
NEW_NAME: Final = "saved-new-name"
FILE: Final = "saved-file"
_FILES: Final = "saved-files-read"
_TOLD: Final = "saved-told"
_DONE: Final = "saved-done"
MOST_TOLD: Final = 6
LONGEST_LINE: Final = 300


def show_saved_views(atlas: Atlas, choices: Choices) -> None:
    """Show the named views of this session, and the ways to keep and to open one.

    Parameters
    ----------
    atlas, choices
        What the page shows: it is what is kept under a name.
    """
    views = saved_views()
    with st.container(key="saved-views"):
        say(
            "A view is filters, map layers, tab and record: all that is in the link.", css="ka-hint"
        )
        with st.form("saved-form", clear_on_submit=True, border=False):
            st.text_input(
                "Keep the present view as",
                key=NAME,
                max_chars=LONGEST_NAME,
                placeholder="such as Torkham since 2021",
            )
            args = (choices, atlas.layers)
            st.form_submit_button("Keep", on_click=_keep, args=args, width="stretch")
        if views:
            _show_kept(atlas, views)
        _show_file(atlas)
        say(st.session_state.get(_DONE, ""), css="ka-hint")
        for line in st.session_state.get(_TOLD, [])[:MOST_TOLD]:
            say(cut(line, LONGEST_LINE), css="ka-fault")


def saved_views() -> dict[str, SavedView]:
    """Give the views of this session by name, in the order in which they were kept."""
    views: dict[str, SavedView] = st.session_state.setdefault(VIEWS, {})
    return views


def _show_kept(atlas: Atlas, views: dict[str, SavedView]) -> None:
    names = list(views)
    if st.session_state.get(CHOSEN) not in views:
        st.session_state[CHOSEN] = names[-1]
    st.selectbox("Views", names, key=CHOSEN)
    with st.container(horizontal=True, gap="xsmall"):
        st.button("Open", on_click=_open, args=(atlas,), key="saved-open")
        with st.popover("Rename"):
            st.text_input("New name", key=NEW_NAME, max_chars=LONGEST_NAME)
            st.button("Rename it", on_click=_rename, key="saved-rename")
        st.button("Remove", on_click=_remove, key="saved-remove")


def _show_file(atlas: Atlas) -> None:
    views = list(saved_views().values())
    st.download_button(
        "Save all as a file",
        data=lambda: write_views(views),
        file_name="khyber-atlas-views.json",
        mime="application/json",
        on_click="ignore",
        disabled=not views,
        key="saved-download",
        width="stretch",
    )
    key = f"{FILE}-{st.session_state.get(_FILES, 0)}"
    st.file_uploader(
        "Load a file of views",
        type="json",
        # Megabytes: as few as can be asked for; the file itself is held to less.
        max_upload_size=1,
        key=key,
        on_change=_load,
        args=(key, atlas),
    )


def _tell(*faults: str, done: str = "") -> None:
    """Say what was done and what was wrong, until the next thing is done."""
    st.session_state[_TOLD] = list(faults)
    st.session_state[_DONE] = done


def _keep(choices: Choices, layers: Sequence[Layer]) -> None:
    name = " ".join(st.session_state[NAME].split())
    if not name:
        _tell("Give the view a name first.")
        return
    views = saved_views()
    query = {
        word: [value for value in values if len(value) <= LONGEST_VALUE]
        for word, values in write_query(choices, layers).items()
    }
    if name not in views and len(views) >= MOST_VIEWS:
        _tell(f"There are {MOST_VIEWS} views; remove one first.")
        return
    replaced = name in views
    views[name] = SavedView(name=name, query={word: kept for word, kept in query.items() if kept})
    st.session_state[CHOSEN] = name
    _tell(done=f"“{name}” is {'now the present view' if replaced else 'kept'}.")


def _open(atlas: Atlas) -> None:
    view = saved_views().get(st.session_state[CHOSEN])
    if view is None:
        return
    choices, complaints = read_query(
        view.query, atlas.vocabulary, atlas.records.row_of.index, atlas.layers
    )
    state.put(choices, atlas)
    state.choose_record(choices.record)
    st.session_state[state.NOTES] = complaints
    _tell()


def _rename() -> None:
    views = saved_views()
    old, new = st.session_state[CHOSEN], " ".join(st.session_state[NEW_NAME].split())
    if old not in views:
        return
    if not new or (new != old and new in views):
        _tell(f"“{new}” is the name of another view." if new else "Give a new name first.")
        return
    renamed = {
        new if name == old else name: SavedView(name=new if name == old else name, query=view.query)
        for name, view in views.items()
    }
    st.session_state[VIEWS] = renamed
    st.session_state[CHOSEN] = new
    st.session_state[NEW_NAME] = ""
    _tell()


def _remove() -> None:
    saved_views().pop(st.session_state[CHOSEN], None)
    _tell()


def _load(key: str, atlas: Atlas) -> None:
    """Add the views of a file; one of a name that is there takes its place."""
    file = st.session_state.get(key)
    if file is None:
        return
    # The next run has a fresh uploader, ready for another file.
    st.session_state[_FILES] = st.session_state.get(_FILES, 0) + 1
    name = cut(" ".join(file.name.split()), 60)
    try:
        # One byte more than may be: enough to be told from a file of that size.
        read = read_views(file.read(MOST_BYTES + 1), name)
    except ViewsError as error:
        _tell(*str(error).split("\n"))
        return
    views = saved_views()
    together = {**views, **{view.name: view for view in read}}
    if len(together) > MOST_VIEWS:
        _tell(f"{name}: with it there would be more than {MOST_VIEWS} views.")
        return
    views.update(together)
    if read:
        st.session_state[CHOSEN] = read[0].name
    unknown = check_views(read, atlas.vocabulary, set(atlas.joined["id"]), name)
    _tell(*unknown, done=f"{plural(len(read), 'view')} read from {name}.")
