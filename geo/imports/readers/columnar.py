"""Parquet, GeoParquet and GeoPackage: typed columns as text, geometry as points."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pyproj
import shapely

from geo.errors import ImportFileError
from geo.imports.limits import MEGABYTE, Limits
from geo.imports.readers.cells import cell_text
from geo.imports.readers.shapes import POINT_COLUMNS, find_crs, read_points
from geo.imports.table import CHUNK_ROWS, BadRow, Chunk, Table, unique_names

_BROKEN: Final = (
    pa.ArrowException,
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    OSError,
    ValueError,
    KeyError,
)
SHAPE: Final = "wkb_geometry"
"""What the reader of layers calls a geometry without a name."""

_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table'"
_CONTENTS: Final = "SELECT table_name FROM gpkg_contents"
_OURS: Final = frozenset({"sources", "about", "fields", "manifest"})
"""Tables that the atlas's own exports have beside their records and items."""


@dataclass(frozen=True, kw_only=True)
class _Shaped:
    """Where a table's geometry is and in which CRS; ``column`` empty: it has none."""

    column: str = ""
    crs: pyproj.CRS | None = None


def read_parquet(path: Path, file: str, limits: Limits) -> list[Table]:
    """Read Parquet or GeoParquet.

    Parameters
    ----------
    path, file, limits
        As :func:`geo.imports.readers.comma.read_comma`.

    Raises
    ------
    ImportFileError
        If it is broken or holds more than the limits allow.
    """
    try:
        opened = pq.ParquetFile(path)
        head = opened.metadata
        groups = [head.row_group(at) for at in range(head.num_row_groups)]
        unpacked = sum(group.total_byte_size for group in groups)
    except _BROKEN as error:
        raise _broken(file, "Parquet", error) from error
    if unpacked > limits.unpacked_bytes:
        msg = f"{file} unpacks to {unpacked // MEGABYTE} megabytes; give it in parts."
        raise ImportFileError(msg)
    names = opened.schema_arrow.names
    _check_columns(names, file, limits)
    shaped = _geo_of(opened, file)

    def batches() -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(path) as again:
            yield from again.iter_batches(batch_size=CHUNK_ROWS)

    return [_table(file, "", names, shaped, batches, head.num_rows, limits)]


def _geo_of(opened: Any, file: str) -> _Shaped:
    try:
        text = (opened.schema_arrow.metadata or {}).get(b"geo")
        about = json.loads(text) if text else {}
        column = about.get("primary_column", "")
        crs = about.get("columns", {}).get(column, {}).get("crs")
    except (ValueError, AttributeError, RecursionError):
        return _Shaped()
    if not isinstance(column, str) or column not in opened.schema_arrow.names:
        return _Shaped()
    return _Shaped(column=column, crs=find_crs(json.dumps(crs) if crs else None, file))


def read_geopackage(path: Path, file: str, limits: Limits) -> list[Table]:
    """Read the layers of a GeoPackage; parameters and errors as :func:`read_parquet`."""
    try:
        listed = [str(name) for name, _ in _quiet(pyogrio.list_layers, path)]
        layers = [name for name in listed if name in _own_tables(path)]
    except (*_BROKEN, sqlite3.Error) as error:
        raise _broken(file, "GeoPackage", error) from error
    tables = []
    for layer in [each for each in layers if each not in _OURS][: limits.sheets]:
        try:
            info = _quiet(pyogrio.read_info, path, layer=layer, force_feature_count=True)
        except _BROKEN as error:
            raise _broken(file, "GeoPackage", error) from error
        names = [*map(str, info["fields"])]
        _check_columns(names, file, limits)
        has_shape = bool(info["geometry_type"])
        shaped = _Shaped(column=SHAPE, crs=find_crs(info["crs"], file))
        reader = _layer_reader(path, layer, info.get("geometry_name") or SHAPE)
        count = max(int(info["features"]), 1)
        tables.append(
            _table(file, layer, names, shaped if has_shape else _Shaped(), reader, count, limits)
        )
    if not tables:
        msg = f"{file} has no layers with rows; give a GeoPackage with one."
        raise ImportFileError(msg)
    return tables


def _own_tables(path: Path) -> set[str]:
    """Name the tables that a GeoPackage lists: a view might never come to an end."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as database:
        real = {str(name) for (name,) in database.execute(_TABLES)}
        if "gpkg_contents" not in real:
            return set()
        return real & {str(name) for (name,) in database.execute(_CONTENTS)}


def _quiet(work: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """Let a library say what it likes of a file that is not as it should be."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return work(*args, **named)


def _layer_reader(path: Path, layer: str, geometry: str) -> Any:
    def batches() -> Iterator[pa.RecordBatch]:
        opened = pyogrio.open_arrow(path, layer=layer, batch_size=CHUNK_ROWS, use_pyarrow=True)
        with contextlib.ExitStack() as stack:
            _, reader = _quiet(stack.enter_context, opened)
            while (batch := _quiet(next, iter(reader), None)) is not None:
                names = batch.schema.names
                yield batch.rename_columns([SHAPE if name == geometry else name for name in names])

    return batches


def _table(
    file: str,
    name: str,
    names: list[str],
    shaped: _Shaped,
    batches: Any,
    count: int,
    limits: Limits,
) -> Table:
    plain = [each for each in names if each != shaped.column]
    columns = unique_names(plain)

    def read() -> Iterator[Chunk]:
        row = 0
        try:
            for batch in batches():
                yield _chunk(batch, plain, columns, shaped, row, count, limits)
                row += batch.num_rows
        except (*_BROKEN, MemoryError) as error:
            if isinstance(error, MemoryError) and not isinstance(error, pa.ArrowException):
                raise
            reason = f"the file cannot be read beyond here ({str(error)[:120]}); save it anew"
            nothing = pd.DataFrame(columns=[*columns], dtype=object)
            fault = BadRow(row=row + 1, column="", value="", reason=reason)
            yield Chunk(rows=nothing, bad=(fault,), done=1.0)

    notes = (f"its places are in {shaped.crs.name}",) if shaped.crs else ()
    extra = POINT_COLUMNS if shaped.column else ()
    return Table(file=file, name=name, columns=(*columns, *extra), read=read, notes=notes)


def _chunk(
    batch: pa.RecordBatch,
    plain: list[str],
    columns: tuple[str, ...],
    shaped: _Shaped,
    before: int,
    count: int,
    limits: Limits,
) -> Chunk:
    longest = limits.cell_letters
    texts = [
        [cell_text(cell, longest) for cell in batch.column(each).to_pylist()] for each in plain
    ]
    index = pd.RangeIndex(before + 1, before + 1 + batch.num_rows)
    rows = pd.DataFrame(dict(zip(columns, texts, strict=True)), index=index, dtype=object)
    rows = rows.reindex(columns=list(columns))
    faults: dict[int, tuple[str, str]] = {}
    for column, cells in zip(columns, texts, strict=True):
        for at, cell in enumerate(cells):
            if len(cell) > longest:
                faults[at] = (column, f"a cell is longer than {longest} letters; shorten it")
    if shaped.column:
        points, unplaced = _points(batch.column(shaped.column), shaped, limits)
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
    return Chunk(rows=kept, bad=bad, done=min(1.0, (before + batch.num_rows) / max(count, 1)))


def _points(
    column: pa.Array, shaped: _Shaped, limits: Limits
) -> tuple[pd.DataFrame, dict[int, str]]:
    cells = column.to_pylist()
    given = [cell if isinstance(cell, bytes) else None for cell in cells]
    shapes = shapely.from_wkb(np.array([*given, None], dtype=object)[:-1], on_invalid="ignore")
    shapes = shapely.force_2d(shapes)
    points, faults = read_points(shapes, shaped.crs or find_crs(None, ""), limits)
    for at, (cell, found) in enumerate(zip(given, shapes, strict=True)):
        if cell and found is None:
            faults[at] = "its geometry cannot be read; mend or remove it"
    return points, faults


def _check_columns(names: list[str], file: str, limits: Limits) -> None:
    if len(names) > limits.columns:
        msg = f"{file} has {len(names)} columns, more than {limits.columns}; leave some out."
        raise ImportFileError(msg)


def _broken(file: str, kind: str, error: Exception) -> ImportFileError:
    plain = " ".join(str(error).split())[:120]
    return ImportFileError(f"{file} cannot be read as {kind} ({plain}); save it anew.")
