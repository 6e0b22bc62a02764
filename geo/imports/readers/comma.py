"""CSV of any common encoding and delimiter; each row is read, or said why not."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

import pandas as pd

from geo.errors import ImportFileError
from geo.imports.limits import Limits
from geo.imports.readers.encoding import SAMPLE_BYTES, find_dialect, find_encoding
from geo.imports.table import CHUNK_ROWS, BadRow, Chunk, Table, unique_names

LONGEST_LINE: Final = 20_000_000
"""Letters; a file without line ends must not be read into memory whole."""

MOST_TOLD: Final = 60
UNREAD: Final = "a byte is no letter of the file's encoding; save the file as UTF-8"
_UNREAD: Final = re.compile("[\udc80-\udcff\ufffd]")
_DELIMITER_WORDS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def read_comma(path: Path, file: str, limits: Limits) -> list[Table]:
    """Read a CSV file.

    Parameters
    ----------
    path
        Where it lies.
    file
        What people call it.
    limits
        What it may take.

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
    encoding = find_encoding(sample, file)
    delimiter, quote = find_dialect(sample.decode(encoding, "replace"))
    layout = _Layout(path, file, encoding, delimiter, quote, limits)
    heading = layout.heading()
    columns = unique_names(heading)
    said = _DELIMITER_WORDS.get(delimiter, f"{delimiter!r}")
    return [
        Table(
            file=file,
            columns=columns,
            read=lambda: layout.chunks(columns),
            notes=(f"read as {encoding.replace('_', '-')} text, cells parted by {said}",),
        )
    ]


class _Layout:
    """How one file is laid out, and the reading of it."""

    def __init__(
        self, path: Path, file: str, encoding: str, delimiter: str, quote: str, limits: Limits
    ) -> None:
        self.path, self.file, self.encoding, self.limits = path, file, encoding, limits
        self.dialect = {"delimiter": delimiter, "quotechar": quote, "strict": True}

    def heading(self) -> list[str]:
        """Read the first row that is not empty, and refuse what can be no heading."""
        with self.path.open("rb") as raw, self._text(raw) as text:
            rows = self._rows(text)
            cells = next((cells for _, cells, _ in rows if cells is not None and any(cells)), None)
        if cells is None:
            msg = f"{self.file} is empty; give a file with a heading and rows."
            raise ImportFileError(msg)
        if len(cells) > self.limits.columns:
            msg = (
                f"{self.file} has {len(cells)} columns, more than {self.limits.columns}; "
                "leave out those that are not needed."
            )
            raise ImportFileError(msg)
        return [_UNREAD.sub("\ufffd", cell) for cell in cells]

    def chunks(self, columns: tuple[str, ...]) -> Iterator[Chunk]:
        """Read the rows below the heading."""
        size = max(self.path.stat().st_size, 1)
        numbers: list[int] = []
        kept: list[list[str]] = []
        bad: list[BadRow] = []
        with self.path.open("rb") as raw, self._text(raw) as text:
            in_heading = True
            for number, cells, unread in self._rows(text):
                if in_heading:
                    in_heading = cells is None or not any(cells)
                    continue
                if fault := unread or _fault(cells or [], columns):
                    bad.append(_bad(number, cells or [], columns, fault))
                elif cells:
                    numbers.append(number)
                    kept.append(cells[: len(columns)])
                if len(kept) + len(bad) >= CHUNK_ROWS:
                    done = raw.tell() / size
                    yield _chunk(kept, numbers, columns, bad, done)
                    numbers, kept, bad = [], [], []
        yield _chunk(kept, numbers, columns, bad, 1.0)

    def _text(self, raw: io.BufferedReader) -> io.TextIOWrapper:
        escaped = self.encoding.startswith("utf-8") or "16" not in self.encoding
        errors = "surrogateescape" if escaped and "32" not in self.encoding else "replace"
        return io.TextIOWrapper(raw, encoding=self.encoding, errors=errors, newline="")

    def _rows(self, text: TextIO) -> Iterator[tuple[int, list[str] | None, str]]:
        """Give number, cells and fault of each row; after a fault it goes on with the next."""
        csv.field_size_limit(self.limits.cell_letters)
        lines = _Lines(text, self.file)
        reader = csv.reader(lines, **self.dialect)  # type: ignore[arg-type]
        number = 0
        while True:
            number += 1
            lines.unread = False
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield number, None, _in_words(str(error), self.limits)
                continue
            if number == 1 and re.fullmatch("sep=.?", "".join(cells)):
                continue
            yield number, cells, UNREAD if lines.unread else ""


class _Lines:
    """The lines of a text, without NULs; tells when a byte of them was no letter."""

    def __init__(self, text: TextIO, file: str) -> None:
        self._text, self._file = text, file
        self.unread = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) >= LONGEST_LINE:
            msg = f"{self._file} has a line of over {LONGEST_LINE} letters; it is no CSV file."
            raise ImportFileError(msg)
        if not line.isascii() and _UNREAD.search(line):
            self.unread = True
        return line.replace("\0", "") if "\0" in line else line


def _in_words(error: str, limits: Limits) -> str:
    if "field larger" in error:
        return (
            f"a cell is longer than {limits.cell_letters} letters; "
            "shorten it, or close a quote that was left open"
        )
    if "end of data" in error:
        return "a quote is opened and never closed; close it"
    return f"the row is not laid out as CSV ({error}); double the quotes within quotes"


def _fault(cells: list[str], columns: tuple[str, ...]) -> str:
    if not cells or len(cells) == len(columns):
        return ""
    if len(cells) < len(columns) or any(cells[len(columns) :]):
        return (
            f"the row has {len(cells)} cells and the heading {len(columns)}; "
            "quote the cells that hold the delimiter, or add those that are missing"
        )
    return ""


def _bad(number: int, cells: list[str], columns: tuple[str, ...], reason: str) -> BadRow:
    unread = [at for at, cell in enumerate(cells[: len(columns)]) if _UNREAD.search(cell)]
    plain = [_UNREAD.sub("\ufffd", cell) for cell in cells]
    known = reason == UNREAD and unread
    return BadRow(
        row=number,
        column=columns[unread[0]] if known else "",
        value=(plain[unread[0]] if known else "".join(plain))[:MOST_TOLD],
        reason=reason,
        cells=dict(zip(columns, plain, strict=False)),
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
