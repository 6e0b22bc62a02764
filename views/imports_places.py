"""Names of places that need a choice: candidates to choose from, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.counts import number, plural
from geo.imports.named import place_key
from geo.imports.result import NAMES
from geo.imports.table import unique_names
from views.imports_work import Work, again
from views.labels import plain_label
from views.words import cut, say, tagged

if TYPE_CHECKING:
    import pandas as pd

    from geo.imports.result import Import

LEAVE_OUT: Final = ""
MOST_NAMES: Final = 60
"""Names that are asked for at once, those of most rows first."""

MOST_LISTED: Final = 30
LONGEST_NAME: Final = 80
SELECT_PX: Final = 420


def show_places(found: Import, work: Work) -> None:
    """Ask for the places that names mean.

    Parameters
    ----------
    found
        An import with ``unplaced`` names.
    work
        The session's, which can import the file again.
    """
    open_names, strange = split_names(found.unplaced)
    say(
        "These names are of more than one place, or only alike to one that is known. Their rows "
        "are rejected until a place is chosen; the file is then imported again.",
        css="ka-hint",
    )
    if found.key not in work.kept:
        say("To choose places, bring the file again.", css="ka-fault")
    elif len(open_names):
        _show_form(found, work, open_names)
    if len(strange):
        _show_strange(strange)


def split_names(unplaced: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part the names that have candidates from those that have none."""
    has = unplaced["candidates"].map(len) > 0
    return unplaced[has], unplaced[~has]


def name_words(row: Any) -> str:
    """Write a name as its row has it: ``Jalalabad, Surkh Rod, Nangarhar, AFG``."""
    parts = [cut(str(row[name]), LONGEST_NAME) for name in NAMES]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _show_form(found: Import, work: Work, names: pd.DataFrame) -> None:
    shown = names.head(MOST_NAMES)
    chosen: dict[str, str] = {}
    with st.form(f"imports-places-{found.key}", border=False):
        for at, row in enumerate(shown.to_dict("records")):
            words = unique_names(["Leave out", *row["candidate_words"]])
            told = dict(zip([LEAVE_OUT, *row["candidates"]], words, strict=True))
            # What is read out is the label unrendered: only the name is escaped.
            label = f"{plain_label(name_words(row))} ({plural(int(row['rows']), 'row')})"
            value = st.selectbox(
                label,
                list(told),
                format_func=told.__getitem__,
                key=f"imports-place-{found.key}-{at}-{len(names)}",
                width=SELECT_PX,
            )
            if value:
                chosen[place_key(*(str(row[name]) for name in NAMES))] = value
        if len(names) > len(shown):
            more = plural(len(names) - len(shown), "more name")
            say(f"{more} of fewer rows: asked for once these are placed.", css="ka-hint")
        if st.form_submit_button("Place them", type="primary"):
            if chosen:
                again(work, found.key, chosen)
                st.rerun()
            say("Choose a place for one of them first.", css="ka-fault")


def _show_strange(names: pd.DataFrame) -> None:
    """List the names that nothing is alike to."""
    told = [
        f"{name_words(row)} ({plural(int(row['rows']), 'row')})"
        for row in names.head(MOST_LISTED).to_dict("records")
    ]
    more = len(names) - len(told)
    if more > 0:
        told.append(f"and {number(more)} more")
    say(
        "No place is known that is like these; give their rows coordinates, a district or a "
        "province:",
        css="ka-hint",
    )
    st.html(f'<ul class="ka-joins">{"".join(tagged(each, tag="li") for each in told)}</ul>')
