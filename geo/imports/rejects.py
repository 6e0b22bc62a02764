"""The rows that were rejected, as a file to mend and bring back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.formulas import defuse_texts, restore_texts
from geo.imports.reading import reading_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.imports.table import BadRow

LINE_COLUMN: Final = "import line"
READING_COLUMN: Final = "import reading"
_TOLD: Final = ("file", "table", "row", "column", "value", "reason")
FILE_COLUMN, TABLE_COLUMN = "import file", "import table"
WHY_COLUMNS: Final = (*(f"import {name}" for name in _TOLD), LINE_COLUMN, READING_COLUMN)
"""Columns that the file has beside those of its source; reading it back leaves them out."""

MOST_WHOLE: Final = 100
"""Rows that say in full how they were read: some of them may be taken out."""

_SIGNS: Final = frozenset(("import row", "import reason"))


class Rejects:
    """Writes rejected rows as they come: there may be more than memory holds.

    Texts that a spreadsheet would run are marked, as in all CSV files of the atlas.

    Parameters
    ----------
    path
        The CSV file; made at the first row.
    columns
        Headings of all tables of the source, each once.
    """

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path = path
        self.columns = [name for name in columns if name not in WHY_COLUMNS]
        self.count = 0
        self._written: Counter[str] = Counter()

    def add(self, rows: pd.DataFrame, why: pd.DataFrame, reading: str) -> None:
        """Add rows.

        Parameters
        ----------
        rows
            Their cells as they were read, and the whole line where that is more.
        why
            The report of these rows, in their order.
        reading
            How they were read (:mod:`geo.imports.reading`).
        """
        if not len(rows):
            return
        wanted = [*self.columns, LINE_COLUMN]
        cells = rows.reindex(columns=wanted, fill_value="").fillna("").reset_index(drop=True)
        told = why[list(_TOLD)].reset_index(drop=True)
        told.columns = pd.Index(WHY_COLUMNS[: len(_TOLD)])
        line = cells.pop(LINE_COLUMN)
        whole = pd.concat([cells, told], axis="columns")
        whole[LINE_COLUMN], whole[READING_COLUMN] = line, self._readings(reading, len(rows))
        safe = whole.astype("str").apply(defuse_texts)
        safe.columns = pd.Index(defuse_texts(pd.Series([*whole.columns], dtype="str")))
        # With a mark of its encoding: spreadsheets would take it for their own otherwise.
        encoding = "utf-8" if self.count else "utf-8-sig"
        with self.path.open("a", encoding=encoding, newline="") as file:
            safe.to_csv(file, index=False, header=self.count == 0, lineterminator="\r\n")
        self.count += len(rows)

    def _readings(self, reading: str, count: int) -> list[str]:
        """Write a reading in full beside its first rows only: it may be longer than they are."""
        whole = min(count, max(MOST_WHOLE - self._written[reading], 0))
        self._written[reading] += count
        return [reading] * whole + [reading_mark(reading)] * (count - whole)

    def add_bad(self, bad: Iterable[BadRow], why: pd.DataFrame, reading: str) -> None:
        """Add rows that could not be read as rows of their table."""
        cells = [{**each.cells, LINE_COLUMN: each.raw} for each in bad]
        self.add(pd.DataFrame(cells, dtype=object), why, reading)


def join_rejects(files: Sequence[Path], path: Path) -> None:
    """Write the rejected rows of several imports as one file; nothing if there are none.

    Parameters
    ----------
    files
        As :class:`Rejects` writes them.
    path
        Where to.
    """
    if len(files) < 2:
        path.write_bytes(files[0].read_bytes() if files else b"")
        return
    tables = [pd.read_csv(file, dtype="str", keep_default_na=False) for file in files]
    whole = pd.concat(tables, ignore_index=True).fillna("")
    own = [name for name in whole.columns if name not in WHY_COLUMNS]
    whole[[*own, *WHY_COLUMNS]].to_csv(
        path, index=False, lineterminator="\r\n", encoding="utf-8-sig"
    )


def is_mended(columns: Iterable[str]) -> bool:
    """Tell whether a table is a file of rejects brought back."""
    return set(columns) >= _SIGNS


def without_why(rows: pd.DataFrame) -> pd.DataFrame:
    """Give a mended file's rows as its source had them."""
    kept = rows.drop(columns=[name for name in WHY_COLUMNS if name in rows])
    kept = kept.apply(lambda column: restore_texts(column.astype("str")).astype(object))
    kept.columns = pd.Index(restore_texts(pd.Series([*kept.columns], dtype="str")))
    return kept
