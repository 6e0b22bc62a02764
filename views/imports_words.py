"""Imports in words and tables: limits, counts, terms, the report as it is shown and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.counts import number, plural
from geo.formulas import defuse_texts
from geo.imports.headings import fold_name
from geo.imports.limits import MEGABYTE
from geo.imports.rejects import WHY_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.imports.fates import Counts
    from geo.imports.limits import Limits
    from geo.imports.mapping import Mapping
    from geo.imports.result import Import

EVERY_FATE: Final = ""
FATES: Final = {
    "rejected": "Rejected",
    "noted": "Accepted with a note",
    "accepted": "Accepted",
    EVERY_FATE: "All",
}
"""What can become of a row, the ones to look at first."""

MOST_ROWS: Final = 1000
"""Rows of the report that are sent at once; the file has all of them."""

REPORT_HEADINGS: Final = {
    "file": "File",
    "table": "Sheet or layer",
    "row": "Row",
    "fate": "Fate",
    "column": "Column",
    "value": "Value",
    "reason": "Why",
    "record_id": "Record",
}


def limits_words(limits: Limits) -> str:
    """Say what an import may take, in a sentence."""
    size = plural(limits.file_bytes // MEGABYTE, "megabyte")
    minutes = plural(limits.seconds // 60, "minute")
    rows, columns = number(limits.rows), number(limits.columns)
    return f"A file may have {size}, {rows} rows, {columns} columns, and take {minutes}."


def counts_words(counts: Counts) -> str:
    """Say how many rows were read and what became of them; the parts add up."""
    return (
        f"{plural(counts.read, 'row')} read: {number(counts.accepted)} accepted, "
        f"{number(counts.noted)} accepted with a note, {number(counts.rejected)} rejected."
    )


def kind_counts(found: Import) -> dict[str, int]:
    """Count an import's records by kind: ``seizure`` and ``incident``."""
    counted = found.joined["kind"].value_counts()
    return {kind: int(counted.get(kind, 0)) for kind in ("seizure", "incident")}


def kind_words(found: Import) -> str:
    """Say how many records of each kind an import has: ``3 records: 1 seizure, 2 incidents``."""
    counted = kind_counts(found)
    parts = [plural(count, kind) for kind, count in counted.items() if count]
    total = plural(len(found.joined), "record")
    return f"{total}: {', '.join(parts)}" if parts else total


def layer_names(found: Import) -> list[str]:
    """Name the map layers of an import."""
    words = {"seizure": "Seizures", "incident": "Incidents"}
    return [f"{words[kind]}: {found.title}" for kind, count in kind_counts(found).items() if count]


def terms_words(mapping: Mapping) -> str:
    """Say whose the data are and under what licence; empty: nothing is known."""
    if not mapping.publisher and mapping.licence == "not stated":
        return "Licence: not stated. Whoever brings a file sees to it that it may be used."
    publisher = f"{mapping.publisher}. " if mapping.publisher else ""
    return f"{publisher}Licence: {mapping.licence.rstrip('.')}."


def sentence(text: str, names: Iterable[str] = ()) -> str:
    """Write a note as a sentence; one that begins with the name of a file keeps it as it is."""
    named = any(text.startswith(name) for name in names)
    first = text[:1] if named else text[:1].upper()
    return f"{first}{text[1:].rstrip('.')}."


def first_fate(counts: Counts) -> str:
    """Tell which rows of a report to show first: those that something is said of."""
    if counts.rejected:
        return "rejected"
    return "noted" if counts.noted else EVERY_FATE


def fate_labels(counts: Counts) -> dict[str, str]:
    """Name the fates with how many rows met them."""
    of = {"rejected": counts.rejected, "noted": counts.noted, "accepted": counts.accepted}
    return {fate: f"{words} ({number(of.get(fate, counts.read))})" for fate, words in FATES.items()}


def report_page(report: pd.DataFrame, fate: str) -> tuple[pd.DataFrame, int]:
    """Take from a report what is shown of it.

    Parameters
    ----------
    report
        As :class:`geo.imports.result.Import` has it.
    fate
        One of ``FATES``.

    Returns
    -------
    page : pandas.DataFrame
        The first ``MOST_ROWS`` rows under headings for people; columns in which
        nothing is said are left out.
    count : int
        How many rows there are.
    """
    kept = report if fate == EVERY_FATE else report[report["fate"] == fate]
    page = kept.head(MOST_ROWS)
    shown = [
        name
        for name in REPORT_HEADINGS
        if name == "row"
        or (name == "fate" and fate == EVERY_FATE)
        or (name not in ("file", "fate") and (page[name] != "").any())
    ]
    if report["file"].nunique() > 1:
        shown.insert(0, "file")
    told = page.assign(fate=page["fate"].map(FATES))[shown]
    return told.rename(columns=REPORT_HEADINGS).reset_index(drop=True), len(kept)


def report_csv(report: pd.DataFrame) -> bytes:
    """Write a whole report as CSV that no spreadsheet takes for formulas."""
    texts = [name for name in report.columns if name != "row"]
    safe = report.assign(**{name: defuse_texts(report[name].astype("str")) for name in texts})
    text: str = safe.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def layout_key(columns: Iterable[str]) -> tuple[str, ...]:
    """Name a layout by its headings; a file of rejected rows has that of its source."""
    return tuple(sorted(fold_name(each) for each in columns if each not in WHY_COLUMNS))
