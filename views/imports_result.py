"""What became of an imported file: counts, terms, the report and the rows to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.counts import number
from geo.files import safe_name
from layers.popup import safe_href
from views.imports_pairs import show_pairs
from views.imports_places import show_places
from views.imports_words import (
    MOST_ROWS,
    counts_words,
    fate_labels,
    first_fate,
    report_csv,
    report_page,
    sentence,
    terms_words,
)
from views.words import link, say, tagged

if TYPE_CHECKING:
    from geo.imports.result import Import
    from views.data import Atlas
    from views.imports_work import Work

REPORT: Final = "Report"
PLACES: Final = "Places to choose"
PAIRS: Final = "Likely the same event"
HEIGHT_PX: Final = 320
ROW_PX: Final = 36
WIDTHS_PX: Final = {"Row": 70, "Fate": 150, "Column": 110, "Value": 150, "Why": 560, "Record": 260}
HOW_TO_MEND: Final = (
    "To mend rejected rows: download them, correct the cells that the last columns name, save as "
    "CSV and bring the file here. The columns that say why may stay; they are not read. If a "
    "column was taken for the wrong thing, bring the whole file again as “Another table”."
)


def show_result(atlas: Atlas, found: Import, work: Work) -> None:
    """Show what became of a file.

    Parameters
    ----------
    atlas
        The data, with the import's records.
    found
        The import.
    work
        The session's, which can import the file again.
    """
    with st.container(key="imports-result"):
        say(counts_words(found.counts), css="ka-what")
        st.html(about_html(found))
        parts = {REPORT: REPORT}
        if len(found.unplaced):
            parts[PLACES] = f"{PLACES} ({number(len(found.unplaced))})"
        if len(found.pairs):
            parts[PAIRS] = f"{PAIRS} ({number(len(found.pairs))})"
        _show_part(atlas, found, work, parts)


@st.fragment
def _show_part(atlas: Atlas, found: Import, work: Work, parts: dict[str, str]) -> None:
    part = REPORT
    if len(parts) > 1:
        part = st.segmented_control(
            "Look at",
            list(parts),
            default=REPORT,
            format_func=parts.__getitem__,
            required=True,
            key=f"imports-part-{found.key}",
            label_visibility="collapsed",
        )
    if part == PLACES:
        show_places(found, work)
    elif part == PAIRS:
        show_pairs(atlas, found)
    else:
        _show_report(found)


def about_html(found: Import) -> str:
    """Say whose the data are, their terms, and what was found out about the file."""
    lines = []
    for mapping in found.mappings:
        lines.append(tagged(f"Read as: {mapping.title}. {terms_words(mapping)}", css="ka-hint"))
        href = safe_href(mapping.url)
        if href:
            lines.append(f'<p class="ka-hint">Terms and source: {link(href, href)}</p>')
    lines += [tagged(sentence(note, found.checksums), css="ka-hint") for note in found.notes]
    return "".join(lines)


def _show_report(found: Import) -> None:
    counts = found.counts
    labels = fate_labels(counts)
    fate = st.segmented_control(
        "Rows",
        list(labels),
        default=first_fate(counts),
        format_func=labels.__getitem__,
        required=True,
        key=f"imports-fate-{found.key}",
    )
    page, count = report_page(found.report, fate or "")
    if count > len(page):
        say(
            f"The first {number(MOST_ROWS)} of {number(count)}; the whole report has all.",
            css="ka-hint",
        )
    if page.empty:
        say("No row.", css="ka-hint")
    else:
        _show_rows(page)
    _show_files(found)


def _show_rows(page: Any) -> None:
    config: dict[str, Any] = {
        name: st.column_config.TextColumn(name, width=WIDTHS_PX.get(name)) for name in page.columns
    }
    config["Row"] = st.column_config.NumberColumn("Row", width=WIDTHS_PX["Row"], format="%d")
    chosen = st.dataframe(
        page,
        on_select="rerun",
        selection_mode="single-row",
        height=min(HEIGHT_PX, ROW_PX * (len(page) + 1)),
        width="content",
        hide_index=True,
        column_config=config,
        placeholder="",
        key="imports-report",
        alt="Report: what became of each row, and why",
    )
    rows = chosen.selection.rows
    if rows and rows[0] < len(page):
        st.html(row_html(page.iloc[rows[0]]))
    else:
        say("Choose a row by its box to read all that is said of it.", css="ka-hint")


def row_html(row: Any) -> str:
    """Write a line of the report in full; its cells are anyone's text."""
    said = {name: str(text) for name, text in row.items() if str(text)}
    told = "".join(tagged(name, tag="dt") + tagged(text, tag="dd") for name, text in said.items())
    return f'<div class="ka-details ka-plan" role="status"><dl>{told}</dl></div>'


def _show_files(found: Import) -> None:
    """Offer the report and the rows to mend; each is read when it is asked for."""
    with st.container(horizontal=True, key="imports-report-files"):
        st.download_button(
            "Whole report (CSV)",
            data=lambda: report_csv(found.report),
            file_name=safe_name(f"{found.title} report", "csv"),
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key="imports-report-csv",
        )
        rejects = found.rejects
        if rejects is not None and rejects.is_file():
            st.download_button(
                "Rejected rows (CSV)",
                data=rejects.read_bytes,
                file_name=safe_name(f"{found.title} rejected", "csv"),
                mime="text/csv",
                on_click="ignore",
                icon=":material/download:",
                key="imports-rejects-csv",
            )
    if found.counts.rejected:
        say(HOW_TO_MEND, css="ka-hint")
