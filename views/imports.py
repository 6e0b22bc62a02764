"""The tab of imports: bring files, look at what became of them, settle what is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import ImportFileError
from geo.imports.limits import APP_LIMITS, MEGABYTE
from geo.imports.mapping import mapping_of, presets
from geo.imports.result import title_of
from views import datasets
from views.imports_columns import show_columns
from views.imports_list import show_imports_list, show_kept_off_map
from views.imports_result import show_result
from views.imports_steps import advance
from views.imports_words import limits_words
from views.imports_work import AUTO, CHOOSE, Work, bring, cancel, session_work
from views.labels import plain_label
from views.words import cut, say, tagged

if TYPE_CHECKING:
    from geo.imports.mapping import Mapping
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

SAVED: Final = "saved"
FILES: Final = "imports-files"
LAYOUT: Final = "imports-layout"
OWN: Final = "imports-own"
_ROUND: Final = "imports-round"
MOST_TOLD: Final = 12
LONGEST_LINE: Final = 500
LONGEST_NAME: Final = 60
LARGEST_MAPPING: Final = 100_000
POLL_S: Final = 0.5

INTRO: Final = (
    "Bring records of your own: CSV, Excel (XLSX), GeoJSON, GeoPackage or Parquet files, or a ZIP "
    "of them. They stand on the map beside the built-in records and stay with this session: "
    "nobody else sees them, and they are gone when it ends{}."
)
UNLESS: Final = ", unless you keep them on this server"


def show_imports(atlas: Atlas, choices: Choices, selection: Selection) -> None:  # noqa: ARG001
    """Show the panel by which a visitor brings own files.

    Parameters
    ----------
    atlas, choices, selection
        What the page shows.
    """
    work = session_work()
    with st.container(key="imports"):
        say(INTRO.format(UNLESS if datasets.can_keep() else ""))
        # The server refuses what is larger, whatever its widget lets through.
        most = min(APP_LIMITS.file_bytes // MEGABYTE, int(st.get_option("server.maxUploadSize")))
        limits = replace(APP_LIMITS, file_bytes=most * MEGABYTE)
        say(limits_words(limits), css="ka-hint")
        _show_bring(work, most)
        with st.container(key="imports-work-box"):
            if work.busy:
                _show_progress(work)
            show_columns(work)
            _show_told(work)
        imports = datasets.own_imports()
        if imports:
            found = show_imports_list(imports, work)
            show_result(atlas, found, work)
        show_kept_off_map(work)


def _show_bring(work: Work, most: int) -> None:
    """Ask for files, each of so many megabytes at most, and their layout."""
    at = st.session_state.setdefault(_ROUND, 0)
    engaged = work.busy or bool(work.glances)
    files = st.file_uploader(
        "Files",
        accept_multiple_files=True,
        # What a file is, is told by its content, whatever its name.
        max_upload_size=most,
        disabled=engaged,
        key=f"{FILES}-{at}",
    )
    titles = {
        AUTO: "Auto: told by the headings",
        **{name: mapping.title for name, mapping in presets().items()},
        CHOOSE: "Another table (choose columns)",
        SAVED: "A saved mapping",
    }
    with st.container(horizontal=True, vertical_alignment="bottom", key="imports-start"):
        layout = st.selectbox(
            "Layout", list(titles), format_func=titles.__getitem__, key=f"{LAYOUT}-{at}", width=330
        )
        own: Any = None
        if layout == SAVED:
            own = st.file_uploader("Mapping (JSON)", max_upload_size=1, key=f"{OWN}-{at}")
        st.button(
            "Import",
            type="primary",
            disabled=engaged or not files or (layout == SAVED and own is None),
            on_click=_bring,
            args=(work, files, layout, own),
            key="imports-import",
        )


def _bring(work: Work, files: list[Any], layout: str, own: Any) -> None:
    """Take over the files that were uploaded."""
    mapping = None
    work.faults, work.done = [], []
    if len(files) > APP_LIMITS.files:
        work.faults.append(f"Bring at most {APP_LIMITS.files} files at a time.")
        return
    if layout == SAVED:
        try:
            mapping = _read_own(own)
        except ImportFileError as error:
            work.faults.append(str(error))
            return
    # The next run has a fresh uploader, and the files leave the memory.
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    preset = AUTO if layout == SAVED else layout
    bring(work, [(file.name, file) for file in files], preset, mapping)


def _read_own(own: Any) -> Mapping:
    """Read the mapping that was brought; the limit of its widget is the browser's alone."""
    name = title_of(own.name)
    if own.size > LARGEST_MAPPING:
        msg = f"{name} has over {LARGEST_MAPPING // 1000} kilobytes; it is no mapping."
        raise ImportFileError(msg)
    return mapping_of(own.getvalue(), name)


@st.fragment(run_every=POLL_S)
def _show_progress(work: Work) -> None:
    """Say what goes on, and look whether it is over."""
    if advance(work) or not work.busy:
        st.rerun()
    brought, running = work.brought, work.running
    name = cut(brought.name, LONGEST_NAME) if brought else ""
    at = work.total - len(work.waiting)
    of = f" ({at} of {work.total})" if work.total > 1 else ""
    if running is None:
        done, what = 0.0, "Another visitor's file is being imported; yours is next"
    else:
        done, what = running.done, "Looking at it" if running.job.peek else running.what
    with st.container(key="imports-progress", border=True):
        st.progress(min(max(done, 0.0), 1.0), plain_label(f"{name}{of}: {what}…"))
        if st.button("Cancel", key="imports-cancel"):
            cancel(work)
            st.rerun()


def _show_told(work: Work) -> None:
    """Say what was done and what was wrong, until the next files are brought."""
    if work.done:
        lines = (tagged(cut(line, LONGEST_LINE), css="ka-hint") for line in work.done[-MOST_TOLD:])
        st.html(f'<div role="status">{"".join(lines)}</div>')
    for line in work.faults[:MOST_TOLD]:
        told = tagged(cut(line, LONGEST_LINE), tag="span")
        st.html(f'<p class="ka-fault" role="alert">{told}</p>')
