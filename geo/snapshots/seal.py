"""The seal: a checksum of a whole file, kept inside the file.

A file is hashed with the digits of its seal as zeros; the digits are then
written in their place. It shows whether a file is as it was written. It is no
signature: who alters a file can seal it anew.
"""

from __future__ import annotations

import hashlib
import mmap
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.snapshots.manifest import SEAL, UNSEALED

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEALED: Final = re.compile(re.escape(SEAL.encode()) + rb"([0-9a-f]{64})")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PDF: Final = b"%PDF"
_CRC_BYTES: Final = 4
_PIECE_BYTES: Final = 1 << 20


def seal_file(path: Path) -> None:
    """Seal a file in place.

    Parameters
    ----------
    path
        A finished file whose manifest is in it as plain text; Office files and
        PDF, which pack theirs, get the seal as a comment at their end.

    Raises
    ------
    ValueError
        If there is no room for a seal.
    """
    _make_room(path)
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as data:
        at = data.find(UNSEALED.encode())
        if at < 0:
            msg = f"{path.name} has no room for a seal"
            raise ValueError(msg)
        start = at + len(SEAL)
        data[start : start + 64] = _digest(data, start).encode()
        if chunk := _png_chunk(data, start):
            data[chunk[1] : chunk[1] + _CRC_BYTES] = _checksum(data, chunk)


def is_intact(path: Path) -> bool:
    """Tell whether a sealed file is as it was written."""
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        # Text of a record might look like a seal; only one can be the file's own.
        seals = [(found.start(1), found[1].decode()) for found in _SEALED.finditer(data)]
        return any(
            _digest(data, start) == seal and _has_checksum(data, start) for start, seal in seals
        )


def _make_room(path: Path) -> None:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path, "a") as package:
            package.comment = UNSEALED.encode()
        return
    with path.open("r+b") as file:
        if file.read(len(_PDF)) == _PDF:
            file.seek(0, 2)
            file.write(f"%{UNSEALED}\n".encode())


def _digest(data: mmap.mmap, start: int) -> str:
    """Hash a file as it is without its seal, whose digits start at ``start``."""
    holes = [(start, b"0" * 64)]
    if chunk := _png_chunk(data, start):
        holes.append((chunk[1], b"\0" * _CRC_BYTES))
    hashed = hashlib.sha256()
    at = 0
    for hole, filling in sorted(holes):
        _feed(hashed, data, at, hole)
        hashed.update(filling)
        at = hole + len(filling)
    _feed(hashed, data, at, len(data))
    return hashed.hexdigest()


def _feed(hashed: hashlib._Hash, data: mmap.mmap, start: int, end: int) -> None:
    for at in range(start, end, _PIECE_BYTES):
        hashed.update(data[at : min(at + _PIECE_BYTES, end)])


def _checksum(data: mmap.mmap, chunk: tuple[int, int]) -> bytes:
    return struct.pack(">I", zlib.crc32(data[slice(*chunk)]))


def _has_checksum(data: mmap.mmap, start: int) -> bool:
    """Tell whether the PNG chunk of a seal, whose checksum is not hashed, has the right one."""
    chunk = _png_chunk(data, start)
    return chunk is None or data[chunk[1] : chunk[1] + _CRC_BYTES] == _checksum(data, chunk)


def _png_chunk(data: mmap.mmap, inside: int) -> tuple[int, int] | None:
    """Find the PNG chunk about a place: where its type starts and its checksum stands."""
    if data[: len(_PNG)] != _PNG:
        return None
    return next((chunk for chunk in _png_chunks(data) if chunk[0] < inside < chunk[1]), None)


def _png_chunks(data: mmap.mmap) -> Iterator[tuple[int, int]]:
    at = len(_PNG)
    while at + 8 <= len(data):
        (size,) = struct.unpack_from(">I", data, at)
        yield at + 4, at + 8 + size
        at += 12 + size
