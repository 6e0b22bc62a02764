"""Rows of typed columns and geometries as rows of texts."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyproj
import shapely

from geo.imports.limits import Limits
from geo.imports.readers.cells import cell_text
from geo.imports.readers.shapes import find_crs, read_points
from geo.imports.table import BadRow, Chunk

_COLLECTION: Final = 7
_NESTED: Final = tuple(
    struct.pack(f"{order}BI", mark, kind)
    for order, mark in (("<", 1), (">", 0))
    for kind in (
        *(_COLLECTION, 1000 + _COLLECTION, 2000 + _COLLECTION, 3000 + _COLLECTION),
        *(_COLLECTION | flags << 28 for flags in range(2, 16, 2)),
    )
)
"""How a collection of geometries begins in WKB: of each byte order, with Z, M or a CRS."""


@dataclass(frozen=True, kw_only=True)
class Shaped:
    """A table's geometry: the CRS; its column, empty where there is none."""

    column: str = ""
    crs: pyproj.CRS | None = None


def typed_chunk(
    columns: tuple[str, ...],
    cells: list[list[Any]],
    shapes: list[Any] | None,
    crs: pyproj.CRS | None,
    before: int,
    done: float,
    limits: Limits,
) -> Chunk:
    """Write rows of typed cells as texts.

    Parameters
    ----------
    columns
        Headings, each once.
    cells
        The values of each column.
    shapes
        Geometries as WKB, one a row; ``None``: the table has none.
    crs
        Their coordinate reference system; ``None``: WGS84.
    before
        Rows that were read before.
    done
        Part of the file read so far.
    limits
        How long a cell and how large a geometry may be.
    """
    longest = limits.cell_letters
    count = len(cells[0]) if cells else len(shapes or ())
    texts = [[cell_text(cell, longest) for cell in column] for column in cells]
    index = pd.RangeIndex(before + 1, before + 1 + count)
    rows = pd.DataFrame(dict(zip(columns, texts, strict=True)), index=index, dtype=object)
    rows = rows.reindex(columns=list(columns))
    faults: dict[int, tuple[str, str]] = {}
    for column, column_texts in zip(columns, texts, strict=True):
        for at, text in enumerate(column_texts):
            if len(text) > longest:
                faults[at] = (column, f"a cell is longer than {longest} letters; shorten it")
    if shapes is not None:
        points, unplaced = _points(shapes, crs, limits)
        points.index = index
        rows = pd.concat([rows, points], axis="columns")
        faults |= {at: ("geometry", reason) for at, reason in unplaced.items()}
    bad = tuple(
        BadRow(
            row=before + at + 1,
            column=column,
            value="",
            reason=reason,
            cells={name: rows[name].iloc[at][:longest] for name in columns},
        )
        for at, (column, reason) in faults.items()
    )
    kept = rows[[at not in faults for at in range(len(rows))]]
    return Chunk(rows=kept, bad=bad, done=done)


def _points(
    cells: list[Any], crs: pyproj.CRS | None, limits: Limits
) -> tuple[pd.DataFrame, dict[int, str]]:
    deep = {at for at, cell in enumerate(cells) if _is_deep(cell, limits)}
    given = [
        cell if isinstance(cell, bytes) and at not in deep else None
        for at, cell in enumerate(cells)
    ]
    shapes = shapely.from_wkb(np.array([*given, None], dtype=object)[:-1], on_invalid="ignore")
    shapes = shapely.force_2d(shapes)
    points, faults = read_points(shapes, crs or find_crs(None, ""), limits)
    for at, (cell, found) in enumerate(zip(given, shapes, strict=True)):
        if cell and found is None:
            faults[at] = "its geometry cannot be read; mend or remove it"
    for at, cell in enumerate(cells):
        if cell is not None and not isinstance(cell, bytes):
            faults[at] = "its geometry is not in WKB and cannot be read; save it anew"
    for at in deep:
        faults[at] = f"its geometry is nested deeper than {limits.depth} levels; simplify it"
    return points, faults


def _is_deep(cell: Any, limits: Limits) -> bool:
    """Tell whether WKB may nest so deep that whoever reads it runs out of room."""
    if not isinstance(cell, bytes) or not cell.startswith(_NESTED):
        return False
    return sum(cell.count(start) for start in _NESTED) > limits.depth
