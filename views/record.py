"""The page of one record: all its fields, its joins explained, its sources, how to cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import streamlit as st

from geo.brought import DATASET
from geo.cite import cite_record, sources_of
from geo.counts import number, plural
from geo.doubt import doubts
from geo.explain import explain_joins
from geo.fields import describe_fields
from geo.files import safe_name
from layers.charts.joins import joins_map
from layers.details import record_details
from layers.popup import safe_href, source_row
from views import datasets, state
from views.record_pairs import show_twins
from views.table import chosen_record
from views.table_data import heading, list_rows
from views.table_order import read_plan
from views.table_rows import COLUMNS, JOINS, record_rows
from views.words import link, say, tagged

if TYPE_CHECKING:
    from geo.recordset import Codes
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

NO_RECORD: Final = (
    "No record is chosen. Choose one by its box in the table, or click its sign on the map."
)
KEY_OF_MAP: Final = (
    "Red: where it happened, as precisely as that is known (a cross: only the province is). "
    "Blue area: the province today. Amber, dashed: the province of its date, where that was "
    "another. Black: borders. Blue line: the nearest route. Dotted: distances that the "
    "location is precise enough for."
)
_OWN: Final = (*(f"{join}{part}" for join in JOINS for part in ("", "_km")),)


def show_record(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    """Show the chosen record, whether the filters keep it or not.

    Parameters
    ----------
    atlas, choices, selection
        What the page shows; the way to the previous and the next record is that
        of the table.
    """
    rows = list_rows(atlas, selection.surely, read_plan(choices.views["columns"]))
    record_id = chosen_record(atlas)
    if not record_id:
        say(NO_RECORD, css="ka-hint")
        _show_step("Show the first", rows[0] if len(rows) else None, atlas)
        return
    row = int(atlas.records.row_of[record_id])
    _show_way(atlas, choices, selection, rows, row)
    record = atlas.joined.iloc[row]
    head = record_details(atlas.joined.iloc[[row]], atlas.seeds).iloc[0]
    st.html(
        '<section class="ka-details" aria-label="The record">'
        f"{tagged(head['title'], tag='h3')}{tagged(head['subtitle'], css='ka-kind')}"
        f"{tagged(record['summary'])}</section>"
    )
    show_twins(atlas, record_id)
    _show_joins(atlas, record)
    _show_sources(atlas, record)
    _show_fields(atlas, row)


def _show_way(atlas: Atlas, choices: Choices, selection: Selection, rows: Codes, row: int) -> None:
    """Show where the record stands among those that the filters keep."""
    found = np.flatnonzero(rows == row)
    at = int(found[0]) if len(found) else -1
    before = rows[at - 1] if at > 0 else None
    after = rows[at + 1] if 0 <= at < len(rows) - 1 else None
    with st.container(key="record-way", horizontal=True, vertical_alignment="center"):
        _show_step("Previous", before, atlas)
        _show_step("Next", after, atlas)
        if at >= 0:
            say(
                f"{number(at + 1)} of {plural(len(rows), 'record')} that the filters keep, "
                "in the table's order.",
                css="ka-hint",
            )
        elif selection.unsure[row]:
            why = doubts(atlas.records, choices.filters, np.array([row]))[0]
            say(f"It cannot be told whether the filters keep this record. {why}", css="ka-hint")
        else:
            say("The filters do not keep this record.", css="ka-hint")


def _show_step(label: str, row: int | None, atlas: Atlas) -> None:
    st.button(
        label,
        on_click=state.choose_record,
        args=("" if row is None else str(atlas.joined["id"].iloc[row]),),
        disabled=row is None,
        key=f"record-{label.lower().replace(' ', '-')}",
    )


def _show_joins(atlas: Atlas, record: pd.Series) -> None:
    st.subheader("Where it is, and what is near", anchor=False)
    words, spec = _explained(atlas, atlas.version, str(record["id"]))
    left, right = st.columns([3, 2])
    with left:
        if spec is not None:
            with st.container(key="record-map"):
                st.vega_lite_chart(
                    spec,
                    theme=None,
                    key="record-joins",
                    alt="Map of where it is and what is near, as told in the list after it",
                )
            say(KEY_OF_MAP, css="ka-hint")
    with right:
        st.html(f'<ul class="ka-joins">{"".join(tagged(each, tag="li") for each in words)}</ul>')


@st.cache_data(max_entries=50, show_spinner=False)
def _explained(
    _atlas: Atlas,
    checksum: str,  # noqa: ARG001 - the key
    record_id: str,
) -> tuple[list[str], dict[str, Any] | None]:
    """Explain a record's joins in words, and as a chart where its place is known."""
    record = _atlas.joined.iloc[int(_atlas.records.row_of[record_id])]
    explained = explain_joins(record, _atlas.seeds)
    words = [explained.location, explained.province, *(leg.words for leg in explained.legs)]
    if pd.isna(record["lat"]) or pd.isna(record["lon"]):
        return words, None
    return words, joins_map(record, explained, _atlas.seeds)


def _show_sources(atlas: Atlas, record: pd.Series) -> None:
    st.subheader("Sources, and how to cite", anchor=False)
    lines = []
    for source in sources_of(record, atlas.seeds.sources):
        told = source_row(source.name, source.url, source.date, first=True)
        lines.append(f"<li>{link(told['text'], told['href'])}</li>")
    st.html(f'<ul class="ka-joins">{"".join(lines) or tagged("None is named.", tag="li")}</ul>')
    citation = cite_record(record, atlas.seeds)
    st.code(citation.plain, language=None, wrap_lines=True)
    with st.container(key="record-files", horizontal=True, vertical_alignment="center"):
        for label, data, suffix, mime in (
            ("BibTeX", citation.bibtex, "bib", "application/x-bibtex"),
            ("CSL-JSON", citation.csl, "json", "application/vnd.citationstyles.csl+json"),
        ):
            st.download_button(
                label,
                data=data,
                file_name=safe_name(f"{record['id']}", suffix),
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
                key=f"record-{suffix}",
            )
    brought = str(record.get(DATASET, ""))
    token = datasets.kept_token(brought) if brought else ""
    if brought and not token:
        say("Only this session has this record: there is no address of it.", css="ka-hint")
        return
    say("The address of this page:", css="ka-hint")
    address = record_link(str(record["id"]), st.context.url or "", token)
    st.code(address, language=None, wrap_lines=True)


def record_link(record_id: str, address: str, token: str = "") -> str:
    """Write the address of a record's page.

    Parameters
    ----------
    record_id
        The record's id.
    address
        Where the app is; what follows a question mark is left out.
    token
        Of the import that the record is of, as :func:`views.datasets.kept_token` gives.
    """
    query = urlencode({"tab": "record", "record": record_id} | ({"import": token} if token else {}))
    return f"{address.partition('?')[0].partition('#')[0]}?{query}"


def _show_fields(atlas: Atlas, row: int) -> None:
    st.subheader("All fields", anchor=False)
    record = atlas.joined.iloc[row]
    shown = record_rows(atlas.records, np.array([row]), tuple(COLUMNS)).iloc[0]
    told = {each.name: each.description for each in describe_fields(atlas.seeds.package)}
    lines, empty, rough = [], [], []
    for column in COLUMNS:
        text = field_text(shown[column])
        if text:
            meaning = COLUMNS[column].help or told.get(column, "")
            value = link(text, safe_href(text)) if column == "source_url" else _plain(text)
            lines.append(
                f"<tr>{tagged(heading(column), tag='th')}<td>{value}</td>"
                f"{tagged(meaning, tag='td', css='ka-hint')}</tr>"
            )
        elif column in _OWN and record[column.removesuffix("_km")]:
            rough.append(heading(column))
        else:
            empty.append(heading(column))
    st.html(
        '<div class="ka-scroll"><table class="ka-table ka-fields"><thead><tr><th>Field</th>'
        f"<th>Value</th><th>Meaning</th></tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )
    if rough:
        say(f"Not told, as the place is known too roughly: {', '.join(rough)}.", css="ka-hint")
    if empty:
        say(f"Not stated by the source: {', '.join(empty)}.", css="ka-hint")


def _plain(text: str) -> str:
    return tagged(text, tag="span")


def field_text(value: Any) -> str:
    """Write a value of the table as text; empty: there is none."""
    if pd.isna(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4f}"
    return str(value)
