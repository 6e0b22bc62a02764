"""The columns of a table of unknown layout: proposed, looked at, corrected, saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.files import safe_name
from geo.imports.mapping import mapping_text
from geo.imports.record_fields import FIELDS
from geo.imports.table import unique_names
from views.imports_mapping import (
    BY_COLUMN,
    DECIMALS,
    GROUPS,
    KINDS,
    LONGEST_TERMS,
    MORE,
    NONE,
    ORDERS,
    PRECISIONS,
    Answers,
    faults_of,
    field_title,
    make_mapping,
    preview,
    proposed_columns,
)
from views.imports_words import layout_key
from views.imports_work import Work, leave, settle
from views.words import cut, say

if TYPE_CHECKING:
    from geo.imports.mapping import Mapping
    from geo.imports.peek import Glance

NO_COLUMN: Final = "(none)"
LONGEST_HEADING: Final = 60
FIELD_PX: Final = 205
"""Width of a control: a few stand in a line, two on a phone."""


@st.fragment
def show_columns(work: Work) -> None:
    """Ask which columns of the file in hand give which fields."""
    if not work.glances or work.brought is None:
        return
    glance = work.glances[0]
    proposal = work.layouts.get(layout_key(glance.columns), glance.mapping)
    with st.container(key="imports-columns", border=True):
        say(f"Which columns of {_table_words(glance)} give what?", tag="h3", css="ka-figure")
        say(
            "Proposed by the headings; correct what is wrong. A date and a place (by name, or "
            "by latitude and longitude) are needed.",
            css="ka-hint",
        )
        if len(work.glances) > 1:
            say(
                f"The file has {len(work.glances)} tables; those with the same headings are "
                "read by the same columns.",
                css="ka-hint",
            )
        mapping = make_mapping(proposal, _ask(work, glance, proposal))
        _show_preview(glance, mapping)
        faults = faults_of(mapping)
        for fault in faults:
            say(fault, css="ka-fault")
        _show_buttons(work, mapping, ready=not faults)


def _table_words(glance: Glance) -> str:
    file = cut(glance.file, LONGEST_HEADING)
    return f"“{file}”, “{cut(glance.table, LONGEST_HEADING)}”," if glance.table else f"“{file}”"


def _ask(work: Work, glance: Glance, proposal: Mapping) -> Answers:
    columns: dict[str, str] = {}
    proposed = proposed_columns(proposal)
    ask = partial(_ask_column, work, glance, proposed)
    for title, names in GROUPS.items():
        say(title, css="ka-note-title")
        with st.container(horizontal=True, key=f"imports-{title.split()[0].lower()}"):
            for name in names:
                columns[name] = ask(name)
    items = _ask_items(work, proposal) if proposal.items else None
    say("How the file is written", css="ka-note-title")
    with st.container(horizontal=True, key="imports-written"):
        usual = {True: "day", False: "month", None: ""}[proposal.day_first]
        kind = _one_of(work, "Kind", KINDS, proposal.kind or BY_COLUMN)
        precision = _one_of(work, "Coordinates are", PRECISIONS, proposal.precision)
        order = _one_of(work, "Dates", ORDERS, usual)
        decimal = _one_of(work, "Decimal mark", DECIMALS, proposal.decimal)
    with st.expander("More fields, publisher and licence"):
        with st.container(horizontal=True, key="imports-more"):
            for name in MORE:
                columns[name] = ask(name)
        publisher = _text(work, "Publisher of the file", proposal.publisher)
        stated = "" if proposal.licence == "not stated" else proposal.licence
        licence = _text(work, "Licence of the file", stated)
    return Answers(
        columns=columns,
        kind=kind,
        precision=precision,
        order=order,
        decimal=decimal,
        publisher=publisher,
        licence=licence,
        items=items,
    )


def _ask_items(work: Work, proposal: Mapping) -> frozenset[str]:
    """Ask which columns of one item each are read: ``Heroin (kg)``."""
    columns = [each.column for each in proposal.items]
    labels = unique_names([cut(each, LONGEST_HEADING) for each in columns])
    key = f"imports-items-{_token(work)}"
    chosen = st.multiselect(
        "Columns of one item each",
        range(len(columns)),
        default=[at for at, each in enumerate(columns) if each not in work.left_out],
        format_func=labels.__getitem__,
        key=key,
    )
    work.left_out = {each for at, each in enumerate(columns) if at not in chosen}
    return frozenset(columns) - work.left_out


def _token(work: Work) -> str:
    return work.brought.token if work.brought else ""


def _ask_column(work: Work, glance: Glance, proposed: dict[str, str], name: str) -> str:
    """Ask for the column of a field; gives its heading."""
    headings = [NONE, *glance.columns]
    # A browser answers with what it shows: no two may look alike.
    labels = unique_names([NO_COLUMN, *(cut(each, LONGEST_HEADING) for each in glance.columns)])
    answered = work.answers.get(name, proposed.get(name, NONE))
    at = st.selectbox(
        field_title(name),
        range(len(headings)),
        index=headings.index(answered) if answered in headings else 0,
        format_func=labels.__getitem__,
        help=FIELDS[name],
        key=f"imports-column-{name}-{_token(work)}",
        width=FIELD_PX,
    )
    work.answers[name] = headings[at]
    return headings[at]


def _one_of(work: Work, label: str, names: dict[str, str], usual: str) -> str:
    keys = list(names)
    answered = work.answers.get(label, usual)
    value: str = st.selectbox(
        label,
        keys,
        index=keys.index(answered) if answered in keys else 0,
        format_func=names.__getitem__,
        key=f"imports-{label}-{_token(work)}",
        width=FIELD_PX,
    )
    work.answers[label] = value
    return value


def _text(work: Work, label: str, usual: str) -> str:
    value = st.text_input(
        label,
        value=work.answers.get(label, usual),
        max_chars=LONGEST_TERMS,
        placeholder="not stated",
        key=f"imports-{label}-{_token(work)}",
    )
    work.answers[label] = value
    return value


def _show_preview(glance: Glance, mapping: Mapping) -> None:
    frame = preview(glance, mapping)
    if frame.empty:
        say("The table has no rows to show.", css="ka-hint")
        return
    say("Its first rows by these columns", css="ka-note-title")
    config: dict[str, Any] = {name: st.column_config.TextColumn(name) for name in frame.columns}
    st.dataframe(
        frame,
        hide_index=True,
        column_config=config,
        key="imports-preview",
        alt="The first rows of the file under the fields",
    )


def _show_buttons(work: Work, mapping: Mapping, *, ready: bool) -> None:
    name = work.brought.name if work.brought else ""
    with st.container(horizontal=True, key="imports-go"):
        if st.button("Import by these columns", type="primary", disabled=not ready):
            settle(work, mapping)
            st.rerun()
        st.download_button(
            "Save mapping",
            data=mapping_text(mapping).encode(),
            file_name=safe_name(f"{name} mapping", "json"),
            mime="application/json",
            on_click="ignore",
            help="A file for the next time: choose the layout “A saved mapping”.",
            key="imports-save-mapping",
        )
        if st.button("Leave it out", key="imports-leave"):
            leave(work)
            st.rerun()
