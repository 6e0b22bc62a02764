"""Parquet and GeoParquet: typed columns as text, geometry as points."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import ImportFileError
from geo.imports.limits import MEGABYTE, Limits
from geo.imports.readers.shapes import POINT_COLUMNS, find_crs
from geo.imports.readers.typed import Shaped, typed_chunk
from geo.imports.table import CHUNK_ROWS, BadRow, Chunk, Table, unique_names

_BROKEN: Final = (pa.ArrowException, OSError, ValueError, KeyError, OverflowError)


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
        names = [str(name) for name in opened.schema_arrow.names]
    except _BROKEN as error:
        plain = " ".join(str(error).split())[:120]
        msg = f"{file} cannot be read as Parquet ({plain}); save it anew."
        raise ImportFileError(msg) from error
    if unpacked > limits.unpacked_bytes:
        msg = f"{file} unpacks to {unpacked // MEGABYTE} megabytes; give it in parts."
        raise ImportFileError(msg)
    if len(names) > limits.columns:
        msg = f"{file} has {len(names)} columns, more than {limits.columns}; leave some out."
        raise ImportFileError(msg)
    shaped = _geo_of(opened, names, file)
    return [_table(path, file, names, shaped, head.num_rows, limits)]


def _geo_of(opened: Any, names: list[str], file: str) -> Shaped:
    try:
        text = (opened.schema_arrow.metadata or {}).get(b"geo")
        about = json.loads(text) if text else {}
        column = about.get("primary_column", "")
        if not isinstance(column, str) or names.count(column) != 1:
            return Shaped()
        told = about.get("columns", {}).get(column, {})
        crs, encoding = told.get("crs"), str(told.get("encoding", "WKB"))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Shaped()
    if encoding != "WKB":
        msg = f"{file}: its geometry is encoded as {encoding[:40]!r}; save it with WKB."
        raise ImportFileError(msg)
    return Shaped(column=column, crs=find_crs(json.dumps(crs) if crs else None, file))


def _table(
    path: Path, file: str, names: list[str], shaped: Shaped, count: int, limits: Limits
) -> Table:
    # By position: two columns may have one name.
    plain = [at for at, name in enumerate(names) if name != shaped.column]
    extra = POINT_COLUMNS if shaped.column else ()
    columns = unique_names([names[at] for at in plain], taken=extra)

    def read() -> Iterator[Chunk]:
        row = 0
        try:
            with pq.ParquetFile(path) as opened:
                for batch in opened.iter_batches(batch_size=CHUNK_ROWS):
                    cells = [_values(batch.column(at)) for at in plain]
                    shapes = (
                        _values(batch.column(names.index(shaped.column))) if shaped.column else None
                    )
                    done = min(1.0, (row + batch.num_rows) / max(count, 1))
                    yield typed_chunk(columns, cells, shapes, shaped.crs, row, done, limits)
                    row += batch.num_rows
        except (*_BROKEN, MemoryError) as error:
            if isinstance(error, MemoryError) and not isinstance(error, pa.ArrowException):
                raise
            reason = f"the file cannot be read beyond here ({str(error)[:120]}); save it anew"
            nothing = pd.DataFrame(columns=[*columns], dtype=object)
            fault = BadRow(row=row + 1, column="", value="", reason=reason)
            yield Chunk(rows=nothing, bad=(fault,), done=1.0)

    notes = (f"its places are in {shaped.crs.name}",) if shaped.crs else ()
    return Table(file=file, columns=(*columns, *extra), read=read, notes=notes)


def _values(column: pa.Array) -> list[Any]:
    """Give a column's values; days that no calendar of Python's has, as text."""
    try:
        values: list[Any] = column.to_pylist()
    except (OverflowError, ValueError):
        values = column.cast(pa.string()).to_pylist()
    return values
