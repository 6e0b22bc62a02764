"""``count``: how many records, by one facet or across two, as CSV."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from commands.choosing import AlsoOption, DataOption, read_source, tell_count
from commands.filters import Query
from geo.crosstab import cross
from geo.facet_words import value_words
from geo.facets import FACETS
from geo.files import write_whole
from geo.formulas import defuse_texts

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
    frame = table.frame(TOTAL).reset_index(names=FACETS[rows].label)
    words = [*value_words(source.records, rows, table.rows), TOTAL]
    frame.isetitem(0, defuse_texts(pd.Series(words, dtype="str")).tolist())
    if columns is None:
        frame = frame.drop(columns="Records")
    else:
        named = value_words(source.records, columns, table.columns)
        frame.columns = pd.Index([frame.columns[0], *named, TOTAL])
    text = frame.to_csv(index=False, lineterminator="\n")
    if out is None:
        sys.stdout.write(text)
    else:
        write_whole(out, text)
    tell_count(selection)


def _facet(by: By) -> str:
    return str(by.name)
