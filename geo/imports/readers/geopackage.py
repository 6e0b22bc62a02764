"""GeoPackage, read by SQLite alone: what a file may have in it to be run is not run.

Only real tables are read. Views, tables made by modules (which may read any file of the
machine) and columns that are worked out are refused.
"""

from __future__ import annotations

import contextlib
import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pandas as pd
import pyproj

from geo.errors import ImportFileError
from geo.imports.limits import Limits
from geo.imports.readers.shapes import POINT_COLUMNS, find_crs
from geo.imports.readers.typed import typed_chunk
from geo.imports.table import CHUNK_ROWS, BadRow, Chunk, Table, unique_names

_OURS: Final = frozenset({"sources", "about", "fields", "manifest"})
"""Tables that the atlas's own exports have beside their records and items."""

_ROW_NUMBERS: Final = frozenset({"fid", "ogc_fid"})
_NEEDED: Final = frozenset({"gpkg_contents", "gpkg_spatial_ref_sys"})
# A table made by a module has no page of its own.
_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
_CONTENTS: Final = (
    "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes') "
    "ORDER BY rowid"
)
_GEOMETRY: Final = (
    "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ? LIMIT 1"
)
_CRS: Final = (
    "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys "
    "WHERE srs_id = ? LIMIT 1"
)
_ALLOWED: Final = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA, sqlite3.SQLITE_FUNCTION}
)
# The last: Python reads SQLite's own messages as UTF-8, and they quote the file.
_BROKEN: Final = (sqlite3.Error, struct.error, OverflowError, UnicodeDecodeError)
_LONGEST_VALUE: Final = 100_000_000
_ENVELOPE_BYTES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_HEADER: Final = struct.Struct("<2sBBi")


class _Layer(NamedTuple):
    """A table of the file: its columns, and where and in which CRS its geometry is."""

    name: str
    columns: list[str]
    geometry: str
    crs: pyproj.CRS | None
    rows: int


def read_geopackage(path: Path, file: str, limits: Limits) -> list[Table]:
    """Read the layers and tables of a GeoPackage.

    Parameters
    ----------
    path, file, limits
        As :func:`geo.imports.readers.comma.read_comma`.

    Raises
    ------
    ImportFileError
        If it is broken, no GeoPackage, holds more than the limits allow, or
        holds what is not to be run.
    """
    try:
        with _opened(path) as base:
            names = _names(base, file)
            if len(names) > limits.sheets:
                msg = f"{file} has {len(names)} layers, more than {limits.sheets}; give some."
                raise ImportFileError(msg)
            layers = [_layer(base, name, file, limits) for name in names]
    except _BROKEN as error:
        raise _broken(file, error) from error
    if not layers:
        msg = f"{file} has no layers with rows; give a GeoPackage with one."
        raise ImportFileError(msg)
    return [_table(path, file, layer, limits) for layer in layers]


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database to read, and nothing else."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as base:
        base.text_factory = lambda raw: raw.decode("utf-8", "replace")
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA query_only = ON")
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        base.set_authorizer(_authorize)
        yield base


def _authorize(action: int, first: str | None, *_: object) -> int:
    """Allow what reading a table takes; of functions, counting; through a view, nothing."""
    if _[-1] is not None:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_OK if _[0] == "count" else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if first == "table_xinfo" else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _names(base: sqlite3.Connection, file: str) -> list[str]:
    real = {str(name) for (name,) in base.execute(_TABLES)}
    if not real >= _NEEDED:
        msg = f"{file} is a database, but no GeoPackage; save it as GeoPackage or CSV."
        raise ImportFileError(msg)
    listed = [str(name) for (name,) in base.execute(_CONTENTS)]
    if strange := [name for name in listed if name not in real]:
        msg = (
            f"{file}: {strange[0][:60]!r} is no table but a view or the like, which is not read; "
            "save the file anew from its program."
        )
        raise ImportFileError(msg)
    return [name for name in dict.fromkeys(listed) if name not in _OURS]


def _layer(base: sqlite3.Connection, name: str, file: str, limits: Limits) -> _Layer:
    described = base.execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()
    if any(hidden for *_, hidden in described):
        msg = f"{file}, {name[:60]!r}: columns that are worked out are not read; save it anew."
        raise ImportFileError(msg)
    geometry, crs = _geometry(base, name, file)
    columns = [
        column
        for _, column, *_ in described
        if column != geometry and column.casefold() not in _ROW_NUMBERS
    ]
    if len(columns) > limits.columns:
        msg = f"{file} has {len(columns)} columns, more than {limits.columns}; leave some out."
        raise ImportFileError(msg)
    (count,) = base.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()  # noqa: S608
    return _Layer(name, columns, geometry, crs, int(count))


def _geometry(base: sqlite3.Connection, name: str, file: str) -> tuple[str, pyproj.CRS | None]:
    """Give a layer's column of geometry and its CRS; without one, empty and ``None``."""
    try:
        found = base.execute(_GEOMETRY, (name,)).fetchone()
    except sqlite3.OperationalError:
        return "", None  # a file of plain tables has no list of geometries
    if found is None:
        return "", None
    column, number = found
    told = base.execute(_CRS, (number,)).fetchone()
    if told is None or number in (0, -1):
        return str(column), find_crs(None, file)
    organization, code, definition = told
    is_epsg = str(organization).casefold() == "epsg"
    return str(column), find_crs(f"EPSG:{code}" if is_epsg else str(definition), file)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _table(path: Path, file: str, layer: _Layer, limits: Limits) -> Table:
    extra = POINT_COLUMNS if layer.geometry else ()
    columns = unique_names(layer.columns, taken=extra)
    asked = [*layer.columns, *([layer.geometry] if layer.geometry else [])]
    query = f"SELECT {', '.join(map(_quoted, asked))} FROM {_quoted(layer.name)}"  # noqa: S608

    def read() -> Iterator[Chunk]:
        row = 0
        try:
            with _opened(path) as base:
                rows = base.execute(query)
                while some := rows.fetchmany(CHUNK_ROWS):
                    yield _chunk(some, columns, layer, row, limits)
                    row += len(some)
        except _BROKEN as error:
            reason = f"the file cannot be read beyond here ({str(error)[:120]}); save it anew"
            nothing = pd.DataFrame(columns=[*columns], dtype=object)
            fault = BadRow(row=row + 1, column="", value="", reason=reason)
            yield Chunk(rows=nothing, bad=(fault,), done=1.0)

    notes = (f"its places are in {layer.crs.name}",) if layer.crs else ()
    return Table(file=file, name=layer.name, columns=(*columns, *extra), read=read, notes=notes)


def _chunk(
    rows: list[tuple[Any, ...]],
    columns: tuple[str, ...],
    layer: _Layer,
    before: int,
    limits: Limits,
) -> Chunk:
    cells = [list(column) for column in zip(*rows, strict=True)]
    shapes = [_wkb_of(cell) for cell in cells.pop()] if layer.geometry else None
    done = min(1.0, (before + len(rows)) / max(layer.rows, 1))
    return typed_chunk(columns, cells, shapes, layer.crs, before, done, limits)


def _wkb_of(blob: Any) -> Any:
    """Take the geometry out of a GeoPackage's blob; what is none is given as it is."""
    if not isinstance(blob, bytes) or len(blob) < _HEADER.size:
        return blob
    magic, _, flags, _ = _HEADER.unpack_from(blob)
    envelope = _ENVELOPE_BYTES.get(flags >> 1 & 7)
    if magic != b"GP" or envelope is None:
        return blob
    return blob[_HEADER.size + envelope :]


def _broken(file: str, error: Exception) -> ImportFileError:
    plain = " ".join(str(error).split())[:120]
    return ImportFileError(f"{file} cannot be read as GeoPackage ({plain}); save it anew.")
