"""XLSX workbooks: each sheet that has rows is a table."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pandas as pd
import python_calamine

from geo.errors import ImportFileError
from geo.imports.headings import FIRST_ROWS, choose_heading, heading_notes
from geo.imports.limits import Limits
from geo.imports.readers.archive import check_archive
from geo.imports.readers.cells import cell_text
from geo.imports.table import CHUNK_ROWS, BadRow, Chunk, Table, unique_names

MOST_CELLS: Final = 30_000_000
"""Of a sheet's range, empty ones too: the reader keeps room for all of them."""

_CELL: Final = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{1,3})([0-9]{1,7})\s*["']""")
_PIECE: Final = 1 << 20


def read_workbook(path: Path, file: str, limits: Limits) -> list[Table]:
    """Read a workbook.

    Parameters
    ----------
    path, file, limits
        As :func:`geo.imports.readers.comma.read_comma`.

    Raises
    ------
    ImportFileError
        If it is broken, holds more than the limits allow, or no rows at all.
    """
    with check_archive(path, file, limits) as archive:
        _check_ranges(archive, file)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _broken(file, error) from error
    tables = []
    if len(book.sheet_names) > limits.sheets:
        msg = (
            f"{file} has {len(book.sheet_names)} sheets, more than {limits.sheets}; "
            "give them in several files."
        )
        raise ImportFileError(msg)
    for name in book.sheet_names:
        given = ((number, cells) for number, cells in _rows(book, name, file) if any(cells))
        first = [*islice(given, FIRST_ROWS)]
        heading = choose_heading(first)
        if heading is None:
            continue
        number, cells = heading
        if len(cells) > limits.columns:
            msg = (
                f"{file}, sheet {name!r}, has {len(cells)} columns, more than {limits.columns}; "
                "leave out those that are not needed."
            )
            raise ImportFileError(msg)
        columns = unique_names(cells)
        reader = _reader(book, name, file, columns, number, limits)
        notes = tuple(f"sheet {name!r}: {note}" for note in heading_notes(number, first[0][0]))
        tables.append(Table(file=file, name=name, columns=columns, read=reader, notes=notes))
    if not tables:
        msg = f"{file} has no sheet with rows; give one with a heading and rows."
        raise ImportFileError(msg)
    return tables


def _reader(
    book: Any, name: str, file: str, columns: tuple[str, ...], heading: int, limits: Limits
) -> Any:
    def read() -> Iterator[Chunk]:
        numbers: list[int] = []
        kept: list[list[str]] = []
        bad: list[BadRow] = []
        for number, cells in _rows(book, name, file):
            if number <= heading or not any(map(str.strip, cells)):
                continue
            reason = _fault(cells, columns, limits)
            if reason:
                named = dict(zip(columns, cells, strict=False))
                raw = "\t".join(cells)[: limits.cell_letters]
                bad.append(
                    BadRow(row=number, column="", value="", reason=reason, cells=named, raw=raw)
                )
                continue
            numbers.append(number)
            kept.append((cells + [""] * len(columns))[: len(columns)])
            if len(kept) >= CHUNK_ROWS:
                yield _chunk(kept, numbers, columns, bad)
                numbers, kept, bad = [], [], []
        yield _chunk(kept, numbers, columns, bad)

    return read


def _fault(cells: list[str], columns: tuple[str, ...], limits: Limits) -> str:
    """Say why a row is none of its table."""
    if any(cells[len(columns) :]):
        return f"the row has {len(cells)} cells and the heading {len(columns)}; name all"
    long = next((at for at, cell in enumerate(cells) if len(cell) > limits.cell_letters), None)
    if long is not None:
        return f"{columns[long]} is longer than {limits.cell_letters} letters; shorten it"
    return ""


def _chunk(
    kept: list[list[str]], numbers: list[int], columns: tuple[str, ...], bad: list[BadRow]
) -> Chunk:
    index = pd.Index(numbers, dtype="int64")
    frame = pd.DataFrame(kept, index=index, columns=list(columns), dtype=object)
    return Chunk(rows=frame, bad=tuple(bad))


def _rows(book: Any, name: str, file: str) -> Iterator[tuple[int, list[str]]]:
    try:
        sheet = book.get_sheet_by_name(name)
        # Rows above the first one used are given too, empty.
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            yield number, [cell_text(cell, 0) for cell in cells]
    except (python_calamine.CalamineError, ValueError, OverflowError) as error:
        raise _broken(file, error) from error


def _check_ranges(archive: zipfile.ZipFile, file: str) -> None:
    """Refuse a sheet whose cells lie so far apart that a range of them fills the memory."""
    for name in archive.namelist():
        if not name.startswith("xl/worksheets/"):
            continue
        columns = rows = 0
        with archive.open(name) as part:
            rest = b""
            while piece := part.read(_PIECE):
                for letters, digits in _CELL.findall(rest + piece):
                    rows = max(rows, int(digits))
                    columns = max(columns, _column_number(letters))
                rest = piece[-40:]
        if rows * columns > MOST_CELLS:
            msg = (
                f"{file}: a sheet of {rows} rows and {columns} columns is too large; "
                "delete what lies far from the rest, or save it as CSV."
            )
            raise ImportFileError(msg)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _broken(file: str, error: Exception) -> ImportFileError:
    return ImportFileError(f"{file} cannot be read as XLSX ({error}); save it anew or as CSV.")
