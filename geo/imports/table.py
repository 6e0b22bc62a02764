"""A table of an imported file: every cell a text, in chunks, with the rows that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

CHUNK_ROWS: Final = 10_000
"""Rows read at a time: memory does not grow with the size of a file."""


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """A row that cannot be read as one of its table.

    Attributes
    ----------
    row
        As a spreadsheet numbers it: the heading is 1. Of GeoJSON and the like,
        the number of the feature, from 1.
    column, value, reason
        What is wrong where; ``column`` may be empty.
    cells
        What could be read, by column.
    raw
        The whole line as it stands, where it is more than its cells.
    """

    row: int
    column: str
    value: str
    reason: str
    cells: dict[str, str] = field(default_factory=dict)
    raw: str = ""


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """Some rows of a table.

    Attributes
    ----------
    rows
        Texts; an empty cell is an empty text. The index holds the numbers of
        the rows.
    bad
        Rows among them that cannot be read.
    done
        Part of the file read so far, 0 to 1.
    """

    rows: pd.DataFrame
    bad: tuple[BadRow, ...] = ()
    done: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table: a CSV file, a sheet, a layer.

    Attributes
    ----------
    file, name
        The file's name, and that of the sheet or layer; empty: the file is the
        table.
    columns
        Headings, each once.
    read
        Gives the rows, from the start at each call.
    notes
        What was found out about the file, such as its encoding.
    """

    file: str
    name: str = ""
    columns: tuple[str, ...]
    read: Callable[[], Iterator[Chunk]]
    notes: tuple[str, ...] = ()


LAT_COLUMN: Final = "geometry latitude"
LON_COLUMN: Final = "geometry longitude"
EXTENT_COLUMN: Final = "geometry extent km"
NOTE_COLUMN: Final = "geometry note"
"""Columns that readers of geometry add, WGS84: see :mod:`geo.imports.readers.shapes`."""


def unique_names(headings: list[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """Name every column, each once: ``column 3`` for an empty heading, ``a (2)`` for a second.

    Parameters
    ----------
    headings
        As the file has them.
    taken
        Names that a reader adds itself.
    """
    known = set(taken)
    names = []
    for number, heading in enumerate(headings, start=1):
        plain = " ".join(heading.split()) or f"column {number}"
        name, copy = plain, 1
        while name in known:
            copy += 1
            name = f"{plain} ({copy})"
        known.add(name)
        names.append(name)
    return tuple(names)
