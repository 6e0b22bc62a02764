"""ZIP and gzip: unpacked within limits, never to a place that the archive names."""

from __future__ import annotations

import gzip
import lzma
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

from geo.errors import ImportFileError
from geo.imports.limits import MEGABYTE, Limits
from geo.imports.table import unique_names

PIECE: Final = 1 << 20
LONGEST_NAME: Final = 200
_BOUNDED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways to pack of which no more is unpacked at a time than is asked for."""

_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    gzip.BadGzipFile,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    lzma.LZMAError,
    struct.error,
)


def member_names(path: Path, file: str) -> set[str]:
    """Name what is in a ZIP archive, or say that it is broken."""
    try:
        with zipfile.ZipFile(path) as archive:
            return set(archive.namelist())
    except _BROKEN as error:
        raise _broken(file, error) from error


@contextmanager
def check_archive(path: Path, file: str, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP archive, having unpacked all of it once to nowhere.

    What its directory says of sizes is not trusted: they are counted.

    Parameters
    ----------
    path, file
        Where it lies and what people call it.
    limits
        Members, bytes, and how many times its own size it may unpack to.

    Raises
    ------
    ImportFileError
        If it is broken, locked, or unpacks to more than the limits allow.
    """
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise _broken(file, error) from error
    with archive:
        members = archive.infolist()
        if len(members) > 10 * limits.members:
            raise _too_much(file, f"{len(members)} members")
        most = _most_bytes(path, limits)
        total = 0
        for member in members:
            if member.compress_type not in _BOUNDED:
                msg = f"{file} is packed in a way that is not read; pack it as an ordinary ZIP."
                raise ImportFileError(msg)
            try:
                with archive.open(member) as part:
                    total += _count(part, most - total)
            except _BROKEN as error:
                raise _broken(file, error) from error
            if total > most:
                raise _too_much(file, f"more than {most // MEGABYTE} megabytes")
        yield archive


def unpack(path: Path, file: str, folder: Path, limits: Limits) -> list[tuple[str, Path]]:
    """Unpack an archive.

    Parameters
    ----------
    path, file, limits
        As :func:`check_archive`.
    folder
        Where to; files there are named by number, whatever the archive says.

    Returns
    -------
    list of (str, pathlib.Path)
        What people call each file, and where it lies; without what systems add
        to archives (``__MACOSX``, hidden files).
    """
    found = []
    with check_archive(path, file, limits) as archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
        wanted = [each for each in members if not _is_extra(each.filename)]
        if len(wanted) > limits.members:
            raise _too_much(file, f"{len(wanted)} files")
        names = unique_names([_called(each.filename) for each in wanted])
        for number, member in enumerate(wanted, start=1):
            target = folder / f"{path.stem[:8]}-{number}"
            with archive.open(member) as part, target.open("wb") as out:
                shutil.copyfileobj(part, out, PIECE)
            found.append((f"{file}/{names[number - 1]}", target))
    if not found:
        msg = f"{file} holds no files; put CSV, XLSX, GeoJSON, GeoPackage or Parquet into it."
        raise ImportFileError(msg)
    return found


def _called(name: str) -> str:
    """Name a packed file as the archive does, in a line; it is only ever shown."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return " ".join("/".join(parts).split())[-LONGEST_NAME:]


def gunzip(path: Path, file: str, folder: Path, limits: Limits) -> tuple[str, Path]:
    """Unpack a gzip file; parameters, result and errors as :func:`unpack`, but for one file."""
    target = folder / f"{path.stem[:8]}-gz"
    most = _most_bytes(path, limits)
    total = 0
    try:
        with gzip.open(path) as packed, target.open("wb") as out:
            while piece := packed.read(PIECE):
                total += len(piece)
                if total > most:
                    raise _too_much(file, f"more than {most // MEGABYTE} megabytes")
                out.write(piece)
    except _BROKEN as error:
        raise _broken(file, error) from error
    return file.removesuffix(".gz"), target


def _most_bytes(path: Path, limits: Limits) -> int:
    by_ratio = MEGABYTE + limits.unpacked_ratio * path.stat().st_size
    return min(limits.unpacked_bytes, by_ratio)


def _count(part: IO[bytes], most: int) -> int:
    total = 0
    while total <= most and (piece := part.read(PIECE)):
        total += len(piece)
    return total


def _is_extra(name: str) -> bool:
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith(".") or not path.name


def _broken(file: str, error: Exception) -> ImportFileError:
    if file.lower().endswith((".xlsx", ".xlsm")):
        return ImportFileError(
            f"{file} is damaged, locked or no Excel workbook; open it and save it anew, or as CSV."
        )
    return ImportFileError(
        f"{file} cannot be unpacked ({type(error).__name__}: {str(error)[:100]}); "
        "pack it anew, without a password."
    )


def _too_much(file: str, what: str) -> ImportFileError:
    return ImportFileError(
        f"{file} unpacks to {what}, more than is allowed; give the files one by one, or smaller."
    )
