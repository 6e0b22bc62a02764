"""``count``: how many records, by one facet or across two, as CSV."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pandas as pd
import typer

from commands.choosing import AlsoOption, DataOption, read_source, tell_count
from commands.filters import Query
from commands.terminal import show
from geo.crosstab import CrossTab, cross
from geo.facet_words import value_words
from geo.facets import FACETS
from geo.files import write_whole
from geo.formulas import defuse_texts

if TYPE_CHECKING:
    from geo.recordset import RecordSet

By = StrEnum("By", {name: name.replace("_", "-") for name in FACETS})  # type: ignore[misc]
TOTAL = "all records"


def count(
    *,
    query: Query,
    by: Annotated[By, typer.Option(help="What to count by: a row each.")],
    across: Annotated[By | None, typer.Option(help="And by what: a column each.")] = None,
    data: DataOption = None,
    also: AlsoOption = None,
    out: Annotated[Path | None, typer.Option(help="File to write; else standard output.")] = None,
) -> None:
    """Count the records that match, by one facet or across two, as CSV."""
    source = read_source(data, also)
    selection = source.select(source.resolve(query))
    rows, columns = _facet(by), _facet(across) if across else None
    table = cross(source.records, selection.surely, rows, columns)
    frame = _worded(source.records, table, rows, columns)
    text = frame.to_csv(index=False, lineterminator="\n")
    if out is None:
        show(text)
    else:
        write_whole(out, text)
    tell_count(selection)


def _worded(records: RecordSet, table: CrossTab, rows: str, columns: str | None) -> pd.DataFrame:
    """Give the table with its values in words, none of which a spreadsheet runs."""
    cells = table.frame(TOTAL)
    named = [*value_words(records, columns, table.columns), TOTAL] if columns else [TOTAL]
    words = [*value_words(records, rows, table.rows), TOTAL]
    frame = pd.DataFrame(cells.to_numpy()[:, -len(named) :])
    frame.insert(0, "words", defuse_texts(pd.Series(words, dtype="str")).tolist())
    heads = pd.Series([FACETS[rows].label, *named], dtype="str")
    return frame.set_axis(defuse_texts(heads).tolist(), axis="columns")


def _facet(by: By) -> str:
    return str(by.name)
