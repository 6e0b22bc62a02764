"""Counting records by two facets at once, so that every record is somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.facets import Facet
from geo.recordset import Codes, Mask, RecordSet

NOT_STATED: Final = "Not stated"
"""Stands for the records that have no value."""

TOO_COARSE: Final = "Too coarse to tell"
"""Stands for the records whose value cannot be told."""

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class CrossTab:
    """Records by two facets.

    Attributes
    ----------
    rows, columns
        Values that occur, in the facets' order; then ``NOT_STATED`` and
        ``TOO_COARSE``, if they occur.
    counts
        Shape (n rows, n columns). A record with several values (items, crossings)
        is in several cells.
    row_totals, column_totals
        Records of each row and column: no sums, where records have several values.
    total
        Records counted.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Counts
    row_totals: Counts
    column_totals: Counts
    total: int

    @property
    def adds_up(self) -> bool:
        """Whether no record is in two cells, so that cells add up to the total."""
        return bool(self.counts.sum() == self.total)

    def frame(self, total: str = "Total") -> pd.DataFrame:
        """Give the table with its totals, which come last; its index holds the row values.

        A value may be called as the totals are: nothing is found by its name here.
        """
        foot = [*self.column_totals, self.total]
        body = np.vstack([np.column_stack([self.counts, self.row_totals]), foot])
        return pd.DataFrame(body, index=[*self.rows, total], columns=[*self.columns, total])


class _Complete(NamedTuple):
    """A facet with a value for every record: pairs of record and code."""

    values: tuple[str, ...]
    rows: Codes
    codes: Codes


def cross(records: RecordSet, mask: Mask, rows: str, columns: str | None = None) -> CrossTab:
    """Count records by one or two facets.

    Parameters
    ----------
    records
        Joined records.
    mask
        Which of them to count.
    rows, columns
        Keys of :data:`geo.facets.FACETS`; without ``columns`` there is one, of
        all records.

    Returns
    -------
    CrossTab
        Only values that occur among the records of the mask.
    """
    down = _complete(records.facet(rows), mask)
    across = _complete(records.facet(columns), mask) if columns else _single(mask)
    counts = _matrix(down, across)
    keep_rows, keep_columns = counts.any(axis=1), counts.any(axis=0)
    return CrossTab(
        rows=tuple(np.array(down.values, dtype=object)[keep_rows]),
        columns=tuple(np.array(across.values, dtype=object)[keep_columns]),
        counts=counts[np.ix_(keep_rows, keep_columns)],
        row_totals=_totals(down)[keep_rows],
        column_totals=_totals(across)[keep_columns],
        total=int(np.count_nonzero(mask)),
    )


def _single(mask: Mask) -> _Complete:
    rows = np.flatnonzero(mask)
    return _Complete(("Records",), rows, np.zeros(len(rows), dtype=np.intp))


def _complete(facet: Facet, mask: Mask) -> _Complete:
    kept = mask[facet.rows]
    without = np.flatnonzero(mask & ~facet.has_value)
    last = np.where(facet.unsure[without], len(facet.values) + 1, len(facet.values))
    return _Complete(
        (*facet.values, NOT_STATED, TOO_COARSE),
        np.concatenate([facet.rows[kept], without]),
        np.concatenate([facet.codes[kept], last.astype(np.intp)]),
    )


def _totals(side: _Complete) -> Counts:
    return np.bincount(side.codes, minlength=len(side.values))


def _matrix(down: _Complete, across: _Complete) -> Counts:
    shape = (len(down.values), len(across.values))
    first, second = _paired(down, across)
    flat = first * shape[1] + second
    return np.bincount(flat, minlength=shape[0] * shape[1]).reshape(shape)


def _paired(down: _Complete, across: _Complete) -> tuple[Codes, Codes]:
    """Pair every code of one side with every code of the other, record by record."""
    many = len(np.unique(across.rows)) < len(across.rows)
    if many:
        left = pd.DataFrame({"row": down.rows, "down": down.codes})
        right = pd.DataFrame({"row": across.rows, "across": across.codes})
        both = left.merge(right, on="row")
        return both["down"].to_numpy(), both["across"].to_numpy()
    # One value each, as of most facets: looked up, not merged.
    size = max(down.rows.max(initial=-1), across.rows.max(initial=-1)) + 1
    of_record = np.zeros(size, dtype=np.intp)
    of_record[across.rows] = across.codes
    return down.codes, of_record[down.rows]
