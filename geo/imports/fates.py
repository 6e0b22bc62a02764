"""What becomes of each input row: accepted, noted or rejected, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

REPORT_COLUMNS: Final = (
    *("file", "table", "row", "fate", "record_id", "column", "value", "reason"),
)
LONGEST_VALUE: Final = 200

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many rows were read, and what became of them.

    ``read`` is the sum of the others.
    """

    read: int
    accepted: int
    noted: int
    rejected: int

    @property
    def kept(self) -> int:
        """Rows that became records, or items of one."""
        return self.accepted + self.noted


@dataclass(frozen=True, kw_only=True)
class _Word:
    column: str
    value: str
    reason: str


class Fates:
    """The fates of some rows, while they are looked at.

    Parameters
    ----------
    rows
        Numbers of the rows.
    """

    def __init__(self, rows: pd.Index) -> None:
        self.rows = rows
        self.rejected = np.zeros(len(rows), dtype=bool)
        self._faults: dict[int, list[_Word]] = {}
        self._notes: dict[int, list[_Word]] = {}

    def reject(self, where: Mask, column: str, values: pd.Series, reason: str) -> None:
        """Reject rows.

        Parameters
        ----------
        where
            Which rows.
        column
            The column at fault, as the file names it.
        values
            What it holds, a text a row.
        reason
            What is wrong and what to do; the value goes before it.
        """
        self.rejected |= where
        self._say(self._faults, where, column, values, reason)

    def note(self, where: Mask, column: str, values: pd.Series, reason: str) -> None:
        """Note something about rows that are accepted; parameters as :meth:`reject`."""
        self._say(self._notes, where, column, values, reason)

    def say_each(
        self, told: Iterable[tuple[int, str]], column: str, values: pd.Series, *, fault: bool
    ) -> None:
        """Say something of its own of each of some rows, by position."""
        words = self._faults if fault else self._notes
        for at, reason in told:
            if fault:
                self.rejected[at] = True
            words.setdefault(at, []).append(_word(column, values.iloc[at], reason))

    def _say(
        self,
        words: dict[int, list[_Word]],
        where: Mask,
        column: str,
        values: pd.Series,
        reason: str,
    ) -> None:
        for at in np.flatnonzero(where):
            words.setdefault(int(at), []).append(_word(column, values.iloc[at], reason))

    def report(self, file: str, table: str, ids: pd.Series) -> pd.DataFrame:
        """Write one row a row.

        Parameters
        ----------
        file, table
            Where they are from.
        ids
            The ids of the records that they became.

        Returns
        -------
        pandas.DataFrame
            ``REPORT_COLUMNS``; index from 0. ``column`` and ``value`` are those
            of the first thing said; ``reason`` says all, with the column and value
            of what is of another.
        """
        count = len(self.rows)
        cells: dict[str, list[str]] = {name: [""] * count for name in ("column", "value", "reason")}
        fate = np.where(self.rejected, "rejected", "accepted").astype(object)
        for words, is_fault in ((self._notes, False), (self._faults, True)):
            for at, said in words.items():
                if self.rejected[at] != is_fault:
                    continue
                cells["column"][at], cells["value"][at] = said[0].column, said[0].value
                cells["reason"][at] = _reasons(said)
                fate[at] = "rejected" if is_fault else "noted"
        return pd.DataFrame(
            {
                "file": file,
                "table": table,
                "row": self.rows.to_numpy(),
                "fate": fate,
                "record_id": np.where(self.rejected, "", ids.to_numpy(dtype=object)),
                **cells,
            }
        )


def _reasons(said: list[_Word]) -> str:
    first = said[0]
    parts = [
        each.reason
        if each.column == first.column or not each.column
        else f"{each.column} {each.value[:40]!r} {each.reason}"
        for each in said
    ]
    return "; ".join(dict.fromkeys(parts))


def _word(column: str, value: object, reason: str) -> _Word:
    text = str(value)
    cut = text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
    return _Word(column=column, value=cut, reason=reason)


def count_fates(report: pd.DataFrame) -> Counts:
    """Count a report's rows by what became of them."""
    found = report["fate"].value_counts()
    return Counts(
        read=len(report),
        **{name: int(found.get(name, 0)) for name in ("accepted", "noted", "rejected")},
    )
