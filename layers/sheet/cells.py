"""Counting records into small cells of the paper: the first step to signs (layers/js/cells.js)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from layers.sheet.points import DISTRICT, TOWN

if TYPE_CHECKING:
    from layers.sheet.frame import Box
    from layers.sheet.points import RecordSet
    from layers.sheet.projection import Numbers

Integers = npt.NDArray[np.int64]

CELL: Final = 12.0
"""Side of a cell in CSS pixels: records of one cell would hide each other."""

SAME_PT: Final = 0.01
"""Records no further apart than this many points are at one place."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Cells:
    """Sums of one layer's records by cell that holds some; ``cell`` in order."""

    cell: Integers
    count: Numbers
    x: Numbers
    y: Numbers
    open: Numbers
    towns: Numbers
    stated: Numbers
    value: Numbers
    first: Integers
    classes: Integers
    spread: npt.NDArray[np.bool_]


def count_cells(records: RecordSet, box: Box, px: float, coarse: bool) -> Cells:
    """Count a layer's exact or coarse records by cells of the paper."""
    rows = np.flatnonzero((records.rank >= DISTRICT) == coarse)
    side = CELL * px
    columns = columns_of(box, px)
    x, y = records.x[rows], records.y[rows]
    column = ((x - box.x0) / side).astype(np.int64)
    line = ((box.y1 - y) / side).astype(np.int64)
    cell, first, which = np.unique(line * columns + column, return_index=True, return_inverse=True)
    many = len(cell)

    def total(weights: Any = None) -> Numbers:
        return np.bincount(which, weights, many).astype(float)

    count = total()
    kinds = len(records.colours)
    classes = np.bincount(which * kinds + records.classes[rows], minlength=many * kinds)
    value = np.full(len(rows), np.nan) if records.value is None else records.value[rows]
    known = ~np.isnan(value)
    middle_x, middle_y = total(x) / count, total(y) / count
    far = np.abs(x - x[first][which]) + np.abs(y - y[first][which]) > SAME_PT
    return Cells(
        cell=cell,
        count=count,
        x=middle_x,
        y=middle_y,
        open=total(records.open[rows]),
        towns=total(records.rank[rows] == TOWN),
        stated=total(known),
        value=total(np.where(known, value, 0)),
        first=rows[first],
        classes=classes.reshape(many, kinds),
        spread=total(far) > 0,
    )


def columns_of(box: Box, px: float) -> int:
    """Give how many cells lie side by side in a box."""
    return math.ceil(box.width / (CELL * px)) + 1
