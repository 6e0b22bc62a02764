"""The export panel: what the map shows as a page, a printed sheet, slides or data."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.counts import count_phrase
from geo.errors import AtlasError
from layers.snapshot import DATA_FORMATS, SHEET_FORMATS, Request, Sheet, filters_in_words
from views.export_command import command_line
from views.export_make import Made, Plan, file_name, make_file, my_turn
from views.export_place import follow_map, map_bounds, part_shown
from views.export_words import (
    KINDS,
    brought_terms,
    extent_words,
    layer_words,
    look_words,
    size_words,
)
from views.words import cut, say, tagged

if TYPE_CHECKING:
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

LONGEST_TITLE: Final = 120
SIZES: Final = {"a4": "A4", "a3": "A3", "16:9": "16:9 slide"}
ORIENTATIONS: Final = {False: "Landscape", True: "Portrait"}
PLACES: Final = {"map": "As the map shows", "all": "All of Afghanistan"}
EACH: Final = {"": "One for all", "group": "One a group", "year": "One a year"}
FINENESS: Final = {100: "100: screen", 200: "200: office", 300: "300: print", 600: "600: finest"}

USUAL: Final[dict[str, Any]] = {
    "export-kind": "page",
    "export-sheet": "pdf",
    "export-data": "csv",
    "export-title": "",
    "export-size": "a4",
    "export-portrait": False,
    "export-dpi": 200,
    "export-place": "map",
    "export-each": "",
}
"""Keys of the panel's widgets, and what they say at first."""

WANTED: Final = "export-wanted"
MADE: Final = "export-made"
FAULT: Final = "export-fault"
START: Final = "export-start"

PROOF: Final = (
    "Each file carries in itself which data, filters and version of the program it was made from. "
    "The command verify reads that back and says whether the file is as it was written, and "
    "whether the data still gives the same records; if not, how many were added, removed or "
    "changed."
)

ANEW: Final = (
    "Run it where the files that were brought lie: it reads them anew, by their headings. Those "
    "whose columns or places you chose yourself are first to be written by the command import, "
    "with --mapping and --places."
)

BROKEN: Final = "This file could not be made, and nothing was written; try another format."
NO_MEMORY: Final = "There is not enough memory for this file; choose fewer dots an inch."

_LOG: Final = logging.getLogger(__name__)


def keep_export() -> None:
    """Keep what the panel's widgets say while another tab is open."""
    for key, usual in USUAL.items():
        st.session_state[key] = st.session_state.get(key, usual)


@st.fragment
def show_export(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    """Show the panel; what is changed in it leaves the rest of the page as it is."""
    keep_export()
    if selection.records.empty:
        say("No record matches the filters, so there is nothing to export.")
        return
    say(
        "Writes a file of what the map shows now: the same records, layers and signs.",
        css="ka-hint",
    )
    with st.container(key="export"):
        suffix = _choose_format()
        words = filters_in_words(choices.filters, selection, atlas.seeds)
        st.text_input("Title", key="export-title", placeholder=words, max_chars=LONGEST_TITLE)
        _choose_paper(suffix)
        bounds = map_bounds()
        plan = _plan(suffix, choices, bounds)
        name = file_name(plan, atlas, selection)
        st.html(_contents(plan, words, selection, atlas))
        if st.button("Make the file", key="export-make", type="primary"):
            st.session_state[WANTED] = plan
        work = st.container(key="export-work")
        with st.expander("The same on the command line, and the proof"):
            st.code(command_line(plan, name, atlas.seeds), language="bash", wrap_lines=True)
            if atlas.seeds.brought:
                say(ANEW)
            say(PROOF)
            st.code("python cli.py verify FILE", language="bash", wrap_lines=True)
        with work:
            _work(atlas, plan)
        follow_map(bounds, st.session_state.pop(START, ""))


def _choose_format() -> str:
    """Ask for the format; gives its suffix."""
    names = {kind: each.name for kind, each in KINDS.items()}
    kind = _one_of("What to make", "export-kind", names)
    formats = KINDS[kind].formats
    suffix = next(iter(formats))
    if len(formats) > 1:
        named = {each: name for each, (name, _) in formats.items()}
        suffix = _one_of("Format", f"export-{kind}", named)
    say(formats[suffix][1], css="ka-hint")
    return suffix


def _choose_paper(suffix: str) -> None:
    """Ask for what matters to a format: paper, extent, one file or several."""
    with st.container(horizontal=True, key="export-paper"):
        if suffix in SHEET_FORMATS:
            _one_of("Paper", "export-size", SIZES)
            _one_of("Orientation", "export-portrait", ORIENTATIONS)
        if suffix == "png":
            st.selectbox(
                "Dots an inch", list(FINENESS), key="export-dpi", format_func=FINENESS.__getitem__
            )
        if suffix not in DATA_FORMATS:
            _one_of("Part of the map", "export-place", PLACES)
        _one_of("Slides" if suffix == "pptx" else "Files", "export-each", EACH)


def _one_of(label: str, key: str, names: dict[Any, str]) -> Any:
    return st.segmented_control(
        label, list(names), key=key, format_func=names.__getitem__, required=True
    )


def _plan(suffix: str, choices: Choices, bounds: Any) -> Plan:
    state = st.session_state
    sheet = Sheet(
        size=state["export-size"], landscape=not state["export-portrait"], dpi=state["export-dpi"]
    )
    if suffix not in SHEET_FORMATS:
        sheet = Sheet(size="16:9")
    elif suffix != "png":
        sheet = Sheet(size=sheet.size, landscape=sheet.landscape)
    on_map = suffix not in DATA_FORMATS and state["export-place"] == "map"
    request = Request(
        format=suffix,
        title=state["export-title"],
        layer_ids=choices.layers,
        options=choices.options,
        extent=part_shown(bounds) if on_map else None,
        sheet=sheet,
    )
    return Plan(request=request, filters=choices.filters, each=state["export-each"])


def _contents(plan: Plan, words: str, selection: Selection, atlas: Atlas) -> str:
    """Say what the file will show."""
    request = plan.request
    lines = {"Records": f"{count_phrase(selection)}: {cut(words)}"}
    if request.format not in DATA_FORMATS:
        lines["Layers"] = layer_words(request.layer_ids, atlas.layers)
        lines["Records show"] = look_words(request.options)
        lines["Part of the map"] = extent_words(request.extent)
    for brought in atlas.seeds.brought:
        lines[f"Terms of {cut(brought.title, LONGEST_TITLE)}"] = brought_terms(brought)
    pairs = (f"{tagged(name, tag='dt')}{tagged(text, tag='dd')}" for name, text in lines.items())
    return f'<div class="ka-details ka-plan"><dl>{"".join(pairs)}</dl></div>'


def _work(atlas: Atlas, plan: Plan) -> None:
    """Make the file that is wanted, and offer the one that is made.

    What is wanted stays so until it is made: a change on the page breaks the
    making off, and the next run takes it up again.
    """
    state = st.session_state
    wanted: Plan | None = state.get(WANTED)
    if wanted:
        state.pop(MADE, None)
        state[FAULT] = ""
        try:
            made = _make(atlas, wanted)
        except AtlasError as error:
            state[FAULT] = str(error)
        except MemoryError:
            state[FAULT] = NO_MEMORY
        except Exception:
            _LOG.exception("An export failed")
            state[FAULT] = BROKEN
        else:
            state[MADE], state[START] = made, made.token
        del state[WANTED]
    if state.get(FAULT):
        st.html(f'<p class="ka-fault" role="alert">{tagged(cut(state[FAULT]), tag="span")}</p>')
    if state.get(MADE):
        _offer(state[MADE], plan)


def _make(atlas: Atlas, plan: Plan) -> Made:
    place = st.empty()
    with place.container(key="export-making"):
        bar = st.progress(0.0, "Making the file…")

        def waiting() -> None:
            bar.progress(0.0, "Another visitor's file is being made; yours is next…")

        def report(done: float) -> None:
            bar.progress(min(max(done, 0.0), 1.0), "Making the file…")

        with my_turn(waiting):
            made = make_file(plan, atlas, report)
    place.empty()
    return made


def _offer(made: Made, plan: Plan) -> None:
    if not made.path.is_file():
        say("The file was cleared away to make room for others; make it again.", css="ka-hint")
        return
    told = f"{made.name} ({size_words(made.size)})"
    with st.container(
        key="export-result", border=True, horizontal=True, vertical_alignment="center"
    ):
        changed = "" if made.plan == plan else " It was made before your last change."
        st.html(f'<div role="status">{tagged(f"Made: {told}.{changed}")}</div>')
        st.download_button(
            "Download the file",
            # Read when it is fetched, and not kept in memory.
            made.path.read_bytes,
            file_name=made.name,
            mime=made.mime,
            on_click="ignore",
            key=f"export-file-{made.token}",
        )
