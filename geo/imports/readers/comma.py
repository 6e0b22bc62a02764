"""CSV of any common encoding and delimiter; each row is read, or said why not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import pandas as pd

from geo.errors import ImportFileError
from geo.imports.headings import FIRST_ROWS, choose_heading, heading_notes
from geo.imports.limits import Limits
from geo.imports.readers.encoding import SAMPLE_BYTES, find_dialect, find_encoding
from geo.imports.readers.rows import UNREAD, UNREAD_LETTERS, Row, read_rows
from geo.imports.table import CHUNK_ROWS, BadRow, Chunk, Table, unique_names

MOST_TOLD: Final = 60
_DELIMITER_WORDS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def read_comma(path: Path, file: str, limits: Limits, encoding: str = "") -> list[Table]:
    """Read a CSV file.

    Parameters
    ----------
    path
        Where it lies.
    file
        What people call it.
    limits
        What it may take.
    encoding
        Name of a codec; empty: told from the file.

    Returns
    -------
    list of Table
        One.

    Raises
    ------
    ImportFileError
        If it is empty, no text, or has too many columns.
    """
    with path.open("rb") as raw:
        sample = raw.read(SAMPLE_BYTES)
    named, encoding = encoding, encoding or find_encoding(sample, file)
    try:
        delimiter, quote = find_dialect(sample.decode(encoding, "replace"))
        layout = _Layout(path, file, encoding, delimiter, quote, limits)
        heading, number, notes = layout.heading()
    except UnicodeError as error:
        if not named:
            raise
        msg = f"{file} is no {named} text as the mapping says; mend its encoding or leave it out."
        raise ImportFileError(msg) from error
    columns = unique_names(heading)
    said = _DELIMITER_WORDS.get(delimiter, f"{delimiter!r}")
    return [
        Table(
            file=file,
            columns=columns,
            read=lambda: layout.chunks(columns, number),
            notes=(
                f"read as {encoding.replace('_', '-')} text, cells parted by {said}",
                *notes,
            ),
        )
    ]


class _Layout:
    """How one file is laid out, and the reading of it."""

    def __init__(
        self, path: Path, file: str, encoding: str, delimiter: str, quote: str, limits: Limits
    ) -> None:
        self.path, self.file, self.encoding, self.limits = path, file, encoding, limits
        self.dialect = {"delimiter": delimiter, "quotechar": quote}

    def heading(self) -> tuple[list[str], int, list[str]]:
        """Find the headings, the number of their row, and what to say of it."""
        with self.path.open("rb") as raw, self._text(raw) as text:
            rows = read_rows(text, self.file, self.dialect, self.limits)
            given = (row for row in rows if any(row.cells))
            first = [(row.number, row.cells) for row in islice(given, FIRST_ROWS)]
        found = choose_heading(first)
        if found is None:
            msg = f"{self.file} is empty; give a file with a heading and rows."
            raise ImportFileError(msg)
        number, cells = found
        if len(cells) > self.limits.columns:
            msg = (
                f"{self.file} has {len(cells)} columns, more than {self.limits.columns}; "
                "leave out those that are not needed."
            )
            raise ImportFileError(msg)
        plain = [UNREAD_LETTERS.sub("\ufffd", cell) for cell in cells]
        return plain, number, heading_notes(number, first[0][0])

    def chunks(self, columns: tuple[str, ...], heading: int) -> Iterator[Chunk]:
        """Read the rows below the heading."""
        size = max(self.path.stat().st_size, 1)
        numbers: list[int] = []
        kept: list[list[str]] = []
        bad: list[BadRow] = []
        with self.path.open("rb") as raw, self._text(raw) as text:
            for row in read_rows(
                *(text, self.file, self.dialect, self.limits), width=len(columns), heading=heading
            ):
                # Rows without anything in them are no rows, as in a spreadsheet.
                if row.number <= heading or not (row.fault or any(map(str.strip, row.cells))):
                    continue
                if row.fault:
                    bad.append(_bad(row, columns))
                else:
                    numbers.append(row.number)
                    kept.append(row.cells[: len(columns)])
                if len(kept) + len(bad) >= CHUNK_ROWS:
                    done = raw.tell() / size
                    yield _chunk(kept, numbers, columns, bad, done)
                    numbers, kept, bad = [], [], []
        yield _chunk(kept, numbers, columns, bad, 1.0)

    def _text(self, raw: io.BufferedReader) -> io.TextIOWrapper:
        escaped = self.encoding.startswith("utf-8") or "16" not in self.encoding
        errors = "surrogateescape" if escaped and "32" not in self.encoding else "replace"
        return io.TextIOWrapper(raw, encoding=self.encoding, errors=errors, newline="")


def _bad(row: Row, columns: tuple[str, ...]) -> BadRow:
    unread = [
        at for at, cell in enumerate(row.cells[: len(columns)]) if UNREAD_LETTERS.search(cell)
    ]
    plain = [UNREAD_LETTERS.sub("\ufffd", cell) for cell in row.cells]
    raw = UNREAD_LETTERS.sub("\ufffd", row.raw)
    known = row.fault == UNREAD and unread
    return BadRow(
        row=row.number,
        column=columns[unread[0]] if known else "",
        value=(plain[unread[0]] if known else raw)[:MOST_TOLD],
        reason=row.fault,
        cells=dict(zip(columns, plain, strict=False)),
        raw=raw,
    )


def _chunk(
    kept: list[list[str]],
    numbers: list[int],
    columns: tuple[str, ...],
    bad: list[BadRow],
    done: float,
) -> Chunk:
    index = pd.Index(numbers, dtype="int64")
    frame = pd.DataFrame(kept, index=index, columns=list(columns), dtype=object)
    return Chunk(rows=frame, bad=tuple(bad), done=min(done, 1.0))
