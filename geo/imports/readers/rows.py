"""Rows of delimited text: one that is broken costs its own line, and no other is lost.

A quote that is never closed takes in all that follows. What it took is given back
and read anew, line by line, so that every line of a file ends up as a row or is told.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import Any, Final, NamedTuple, TextIO

from geo.errors import ImportFileError
from geo.imports.limits import Limits

LONGEST_LINE: Final = 20_000_000
"""Letters; a file without line ends must not be read into memory whole."""

MOST_LINES: Final = 50
"""Lines that one row may have among those that are read anew."""

UNREAD: Final = "a byte is no letter of the file's encoding; save the file as UTF-8"
UNREAD_LETTERS: Final = re.compile("[\udc80-\udcff\ufffd]")


class Row(NamedTuple):
    """A row.

    Attributes
    ----------
    number
        As a spreadsheet numbers it, the heading among them, from 1.
    cells
        What it holds; as far as it can be read, where there is a fault.
    fault
        What is wrong; empty: nothing.
    raw
        The line as it stands, where there is a fault.
    """

    number: int
    cells: list[str]
    fault: str = ""
    raw: str = ""


def read_rows(
    text: TextIO,
    file: str,
    dialect: dict[str, Any],
    limits: Limits,
    *,
    width: int = 0,
    heading: int = 0,
) -> Iterator[Row]:
    """Read rows.

    Parameters
    ----------
    text
        Opened with ``newline=""``.
    file
        What people call it.
    dialect
        Parameters of :func:`csv.reader`.
    limits
        How long a cell may be.
    width
        Cells of a row; 0: not known, and no row is measured.
    heading
        Number of the row of headings; those above it are not measured.

    Raises
    ------
    ImportFileError
        If a line is endless.
    """
    csv.field_size_limit(limits.cell_letters)
    lines = _Lines(text, file)
    reader = csv.reader(lines, strict=True, **dialect)
    number = 0
    while True:
        number += 1
        lines.begin()
        cells: list[str] = []
        fault = ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fault = _in_words(str(error), limits)
        if number == 1 and re.fullmatch("sep=.?", "".join(cells)):
            continue
        if not fault and width and number > heading:
            fault = _misfit(cells, lines.taken, width, dialect["delimiter"])
        if fault:
            lines.give_back(lines.taken[1:])
            line = lines.taken[0].rstrip("\r\n")
            kept = cells if cells and len(lines.taken) == 1 else _at_best(line, dialect)
            yield Row(number, kept, fault, line[: limits.cell_letters])
        elif lines.unread:
            yield Row(number, cells, UNREAD, "".join(lines.taken)[: limits.cell_letters])
        else:
            yield Row(number, cells)


class _Lines:
    """The lines of a text, without NULs; tells when a byte of them was no letter.

    Attributes
    ----------
    taken
        Lines of the row at hand.
    unread
        Whether a byte of them was no letter of the encoding.
    """

    def __init__(self, text: TextIO, file: str) -> None:
        self._text, self._file = text, file
        self._ahead: deque[str] = deque()
        self._most = 0
        self.taken: list[str] = []
        self.unread = False

    def begin(self) -> None:
        """Begin a row."""
        self.taken = []
        self.unread = False
        # Each of the lines given back may begin such a row again: none may take in all of them.
        self._most = MOST_LINES if self._ahead else 0

    def give_back(self, lines: list[str]) -> None:
        """Take back lines, to be given out again."""
        self._ahead.extendleft(reversed(lines))

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._most and len(self.taken) >= self._most:
            raise StopIteration
        line = self._ahead.popleft() if self._ahead else self._read()
        self.taken.append(line)
        if not line.isascii() and UNREAD_LETTERS.search(line):
            self.unread = True
        return line

    def _read(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) >= LONGEST_LINE:
            msg = f"{self._file} has a line of over {LONGEST_LINE} letters; it is no CSV file."
            raise ImportFileError(msg)
        return line.replace("\0", "") if "\0" in line else line


def _misfit(cells: list[str], taken: list[str], width: int, delimiter: str) -> str:
    """Say why a row is none of its table."""
    if not any(cells):
        return ""
    if len(cells) < width or any(cells[width:]):
        return (
            f"the row has {len(cells)} cells and the heading {width}; "
            "quote the cells that hold the delimiter, or add those that are missing"
        )
    # Two stray quotes far apart make one cell of all that lies between them.
    if width > 2 and any(line.count(delimiter) == width - 1 for line in taken[1:-1]):
        return "a quoted cell holds whole rows; close the quote that was left open"
    return ""


def _at_best(line: str, dialect: dict[str, Any]) -> list[str]:
    """Read a broken line as far as it goes."""
    try:
        return next(csv.reader([line], **dialect), [])
    except csv.Error:
        return [line]


def _in_words(error: str, limits: Limits) -> str:
    if "field larger" in error:
        return (
            f"a cell is longer than {limits.cell_letters} letters; "
            "shorten it, or close a quote that was left open"
        )
    if "end of data" in error:
        return "a quote is opened and never closed; close it"
    return f"the row is not laid out as CSV ({error}); double the quotes within quotes"
