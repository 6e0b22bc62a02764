"""Records over time: a count for each month or year, by another facet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from geo.crosstab import TOO_COARSE, cross
from geo.dates import parse_period

if TYPE_CHECKING:
    from geo.recordset import Mask, RecordSet

By = Literal["year", "month"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Timeline:
    """Records by month or year.

    Attributes
    ----------
    counts
        One row a month or year, from the first to the last with none left out;
        index: their first days (``datetime64``); a column for each value of the
        facet that they are stacked by.
    too_coarse
        Records dated to a year only, which are in no month.
    total
        Records counted, those too coarse among them.
    """

    counts: pd.DataFrame
    too_coarse: int
    total: int


def count_over_time(records: RecordSet, mask: Mask, by: By, stack: str) -> Timeline:
    """Count records by month or year.

    Parameters
    ----------
    records
        Joined records.
    mask
        Which of them to count.
    by
        ``year`` or ``month``.
    stack
        The facet to divide each count by: one with one value a record.

    Returns
    -------
    Timeline
    """
    table = cross(records, mask, by, stack)
    dated = [value for value in table.rows if value != TOO_COARSE]
    body = pd.DataFrame(table.counts[: len(dated)], columns=list(table.columns))
    body.index = pd.DatetimeIndex([parse_period(value).start for value in dated])
    if len(body):
        every = pd.date_range(body.index[0], body.index[-1], freq="YS" if by == "year" else "MS")
        body = body.reindex(every, fill_value=0)
    body = body.loc[:, body.any(axis="index").to_numpy(dtype=bool)]
    return Timeline(
        counts=body,
        too_coarse=int(table.row_totals[np.array(table.rows, dtype=object) == TOO_COARSE].sum()),
        total=table.total,
    )
