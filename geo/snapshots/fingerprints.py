"""Fingerprints of records: short marks by which two sets of them can be compared."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.joins import JOINED_COLUMNS
from geo.records import RECORD_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

ID_BYTES: Final = 6
"""Enough that among 400 000 records two ids share a mark with odds of 1 in 3 500."""

CONTENT_BYTES: Final = 4
_SELDOM: Final = ("killed_low", "killed_high")
"""Columns that count where they say something only: marks made before there were any hold."""

_COLUMNS: Final = (
    *(name for name in RECORD_COLUMNS if name not in _SELDOM),
    *JOINED_COLUMNS,
)
_ITEM_COLUMNS: Final = ("item", "quantity", "unit", "approx", "class")
_BETWEEN: Final = "\x1f"
_CHUNK_ROWS: Final = 20_000


@dataclass(frozen=True, kw_only=True)
class Changes:
    """How many records of a set are new, gone or different."""

    added: int
    removed: int
    changed: int

    def __bool__(self) -> bool:
        """Whether there is any change."""
        return bool(self.added or self.removed or self.changed)


def take_fingerprints(records: gpd.GeoDataFrame, items: pd.DataFrame) -> dict[bytes, bytes]:
    """Mark records by id and content.

    Parameters
    ----------
    records
        Joined records.
    items
        Items seized, with ``record_id``; those of other records do not matter.

    Returns
    -------
    dict of bytes to bytes
        For each record a mark of its id, and one of all its fields, joined ones
        and items too.
    """
    held = _item_texts(items[items["record_id"].isin(records["id"])])
    prints: dict[bytes, bytes] = {}
    # Some at a time: as text, a record takes twenty times the room of its marks.
    for start in range(0, len(records), _CHUNK_ROWS):
        chunk = records.iloc[start : start + _CHUNK_ROWS]
        ids = chunk["id"].tolist()
        columns = [_texts(chunk[column]) for column in _COLUMNS]
        columns.append([held.get(key, "") for key in ids])
        columns += [
            [f"{name}={text}" if text else "" for text in _texts(chunk[name])] for name in _SELDOM
        ]
        for key, row in zip(ids, zip(*columns, strict=True), strict=True):
            prints[_mark(str(key), ID_BYTES)] = _mark(_joined(row), CONTENT_BYTES)
    return prints


def _joined(row: tuple[str, ...]) -> str:
    *usual, low, high = row
    return _BETWEEN.join([*usual, *filter(None, (low, high))])


def _texts(column: pd.Series) -> list[str]:
    missing = column.isna().tolist()
    values = column.tolist()
    return ["" if gone else str(value) for gone, value in zip(missing, values, strict=True)]


def _item_texts(items: pd.DataFrame) -> dict[str, str]:
    columns = [_texts(items[column]) for column in _ITEM_COLUMNS]
    lines = [_BETWEEN.join(row) for row in zip(*columns, strict=True)]
    told: dict[str, str] = {}
    for key, line in zip(items["record_id"].tolist(), lines, strict=True):
        told[key] = f"{told.get(key, '')}\x1e{line}"
    return told


def _mark(text: str, size: int) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()


def pack_fingerprints(prints: Mapping[bytes, bytes]) -> bytes:
    """Write fingerprints one after the other, in the order of their ids' marks."""
    return b"".join(key + prints[key] for key in sorted(prints))


def digest_of(prints: Mapping[bytes, bytes]) -> str:
    """Give the SHA-256 of a set of fingerprints; their order does not matter."""
    return hashlib.sha256(pack_fingerprints(prints)).hexdigest()


def encode_fingerprints(prints: Mapping[bytes, bytes]) -> str:
    """Write fingerprints as base64."""
    return base64.b64encode(pack_fingerprints(prints)).decode("ascii")


def decode_fingerprints(text: str) -> dict[bytes, bytes]:
    """Read what :func:`encode_fingerprints` wrote.

    Raises
    ------
    ValueError
        If it is not base64 of whole fingerprints.
    """
    packed = base64.b64decode(text, validate=True)
    size = ID_BYTES + CONTENT_BYTES
    if len(packed) % size:
        msg = f"{len(packed)} bytes of fingerprints, not a multiple of {size}"
        raise ValueError(msg)
    each = (packed[at : at + size] for at in range(0, len(packed), size))
    return {one[:ID_BYTES]: one[ID_BYTES:] for one in each}


def compare_fingerprints(then: Mapping[bytes, bytes], now: Mapping[bytes, bytes]) -> Changes:
    """Count the records that are new, gone or different between two times."""
    return Changes(
        added=len(now.keys() - then.keys()),
        removed=len(then.keys() - now.keys()),
        changed=sum(then[key] != now[key] for key in then.keys() & now.keys()),
    )
