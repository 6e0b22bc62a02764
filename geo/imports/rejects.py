"""The rows that were rejected, as a file to mend and bring back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.formulas import defuse_texts, restore_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.imports.table import BadRow

WHY_COLUMNS: Final = (
    *("import table", "import row", "import column"),
    *("import value", "import reason"),
)
"""Columns that the file has beside those of its source; reading it back leaves them out."""


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

    def add(self, rows: pd.DataFrame, why: pd.DataFrame) -> None:
        """Add rows.

        Parameters
        ----------
        rows
            Their cells as they were read.
        why
            The report of these rows, in their order.
        """
        if not len(rows):
            return
        cells = rows.reindex(columns=self.columns, fill_value="").reset_index(drop=True)
        told = why[["table", "row", "column", "value", "reason"]].reset_index(drop=True)
        told.columns = pd.Index(WHY_COLUMNS)
        whole = pd.concat([cells, told.astype("str")], axis="columns").astype("str")
        safe = whole.apply(defuse_texts)
        safe.columns = pd.Index(defuse_texts(pd.Series([*whole.columns], dtype="str")))
        with self.path.open("a", encoding="utf-8", newline="") as file:
            safe.to_csv(file, index=False, header=self.count == 0, lineterminator="\r\n")
        self.count += len(rows)

    def add_bad(self, bad: Iterable[BadRow], why: pd.DataFrame) -> None:
        """Add rows that could not be read as rows of their table."""
        self.add(pd.DataFrame([each.cells for each in bad], dtype=object).fillna(""), why)


def is_mended(columns: Iterable[str]) -> bool:
    """Tell whether a table is a file of rejects brought back."""
    return set(WHY_COLUMNS) <= set(columns)


def without_why(rows: pd.DataFrame) -> pd.DataFrame:
    """Give a mended file's rows as its source had them."""
    kept = rows.drop(columns=list(WHY_COLUMNS))
    kept = kept.apply(lambda column: restore_texts(column.astype("str")).astype(object))
    kept.columns = pd.Index(restore_texts(pd.Series([*kept.columns], dtype="str")))
    return kept
