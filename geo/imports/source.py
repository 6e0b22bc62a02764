"""From files to tables: what a file is, told by its content and not its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from geo.errors import ImportFileError
from geo.imports.limits import LIMITS, MEGABYTE, Limits
from geo.imports.readers.archive import gunzip, member_names, unpack
from geo.imports.readers.comma import read_comma
from geo.imports.readers.features import read_features
from geo.imports.readers.geopackage import read_geopackage
from geo.imports.readers.parquet import read_parquet
from geo.imports.readers.workbook import read_workbook
from geo.imports.table import Table

Reader = Callable[[Path, str, Limits], list[Table]]

_MAGIC: Final[tuple[tuple[bytes, Reader], ...]] = (
    (b"SQLite format 3\0", read_geopackage),
    (b"PAR1", read_parquet),
)
_OTHERS: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file; save it as XLSX or CSV"),
    (b"%PDF", "a PDF; give the table it was made from as CSV or XLSX"),
    (b"<?xml", "XML; save it as CSV, GeoJSON or GeoPackage"),
    (b"<html", "a web page; download the data themselves"),
    (b"<!DOCTYPE", "a web page; download the data themselves"),
    (b"\x00\x00\x27\x0a", "a shapefile; save it as GeoPackage"),
    (b"7z\xbc\xaf", "a 7z archive; pack it as ZIP"),
    (b"Rar!", "a RAR archive; pack it as ZIP"),
    (b"ARROW1", "an Arrow file; save it as Parquet"),
)


def open_tables(
    path: Path, folder: Path, *, file: str = "", limits: Limits = LIMITS, encoding: str = ""
) -> list[Table]:
    """Find the tables of a file.

    Parameters
    ----------
    path
        The file.
    folder
        A folder of one's own, for what has to be unpacked.
    file
        What people call it; by default its name.
    limits
        What it may take.
    encoding
        Of CSV files; empty: told from each.

    Returns
    -------
    list of Table
        In the order of the file: one of CSV, GeoJSON and Parquet, one a sheet
        or a layer, those of all members of an archive that can be read.

    Raises
    ------
    ImportFileError
        If it cannot be read as any format, is empty, or is beyond the limits.
    """
    way = _Way(folder, limits, encoding)
    return _open(path, file or path.name, way, packed=False)


class _Way(NamedTuple):
    """Where to unpack, within which limits, and in which encoding texts are."""

    folder: Path
    limits: Limits
    encoding: str


def _open(path: Path, file: str, way: _Way, *, packed: bool) -> list[Table]:
    limits = way.limits
    head = _head(path, file, limits)
    if head.startswith(b"\x1f\x8b"):
        if packed:
            msg = f"{file} is packed twice; unpack it once."
            raise ImportFileError(msg)
        name, unpacked = gunzip(path, file, way.folder, limits)
        return _open(unpacked, name, way, packed=True)
    if head.startswith(b"PK"):
        return _open_zip(path, file, way, packed=packed)
    for magic, reader in _MAGIC:
        if head.startswith(magic):
            return reader(path, file, limits)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, what in _OTHERS:
        if start[:20].lower().startswith(magic.lower()):
            msg = f"{file} is {what}."
            raise ImportFileError(msg)
    if start[:1] in (b"{", b"["):
        return read_features(path, file, limits)
    return read_comma(path, file, limits, way.encoding)


def _head(path: Path, file: str, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as raw:
            head = raw.read(512)
    except OSError as error:
        msg = f"{file} cannot be read ({error.strerror}); give the path of a file."
        raise ImportFileError(msg) from error
    if size > limits.file_bytes:
        msg = (
            f"{file} has {size / MEGABYTE:.0f} megabytes, more than "
            f"{limits.file_bytes // MEGABYTE}; give it in parts."
        )
        raise ImportFileError(msg)
    if not head.strip(b"\0 \t\r\n"):
        msg = f"{file} is empty; give a file with a heading and rows."
        raise ImportFileError(msg)
    return head


def _open_zip(path: Path, file: str, way: _Way, *, packed: bool) -> list[Table]:
    if "xl/workbook.xml" in member_names(path, file):
        return read_workbook(path, file, way.limits)
    if packed:
        msg = f"{file} is an archive in an archive; unpack it once."
        raise ImportFileError(msg)
    tables: list[Table] = []
    faults: list[ImportFileError] = []
    for name, unpacked in unpack(path, file, way.folder, way.limits):
        try:
            tables += _open(unpacked, name, way, packed=True)
        except ImportFileError as error:
            faults.append(error)
    if not tables:
        raise faults[0]
    told = tuple(f"left out: {fault}" for fault in faults)
    return [replace(tables[0], notes=(*tables[0].notes, *told)), *tables[1:]]
