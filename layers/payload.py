"""Typed columns as few bytes, for the page to read: each column once, each value small.

The bytes are compressed whole by zlib. Inside: the magic, the header's length
(unsigned, 32 bits), a header of JSON, then the columns one after the other.
All is little endian, and every column starts on a multiple of 8.

A cell is an unsigned number of 0 to 4 bytes (``width``; 0: all cells are 0). For
a ``text`` or a ``set`` it is a position in the header's ``values``. For a
``number`` it is told by the header's ``low``, ``places`` and ``missing``: value =
(cell + low - 1 if missing else cell + low) / 10 ** places, and 0 means missing
where ``missing`` is true; where there is an ``among``, what is written is the
position in it of that cell. A ``day`` is a number of days since 1970.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import RecordError

MAGIC: Final = b"KAC1"

ALIGN: Final = 8
"""Columns start on multiples of this many bytes, as typed arrays of the page ask."""

ZLIB_LEVEL: Final = 1
"""Of 1 to 9. Small cells leave little to find: for 48 000 made-up incidents, level 6 takes
2.5 times as long as level 1 and saves one per cent."""

CELL_BYTES: Final = 4
FEW: Final = 256
"""So many distinct numbers fit a byte each, however far apart they lie."""

GLANCE: Final = 1000
"""Numbers that are looked at to guess whether there are few distinct ones."""

LARGEST_CELL: Final = 2**32 - 1
LARGEST_NUMBER: Final = 2**53
"""Whole numbers beyond it are not exact, neither here nor in the page."""

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """A column to send.

    Attributes
    ----------
    name, type
        Name, and what a cell is.
    values
        Texts, tuples of distinct texts in order, numbers, or days.
    places
        Of a number: how many decimal places are kept.
    """

    name: str
    type: Literal["text", "set", "number", "day"]
    values: pd.Series
    places: int = 0


def encode_columns(columns: list[Column]) -> bytes:
    """Write columns as bytes; the same columns give the same bytes.

    Parameters
    ----------
    columns
        Of one length, each with a name of its own.

    Returns
    -------
    bytes

    Raises
    ------
    RecordError
        If a value cannot be sent: a missing text or one with a null character,
        a number that is infinite or too large. Names column, row and value.
    """
    rows = len(columns[0].values) if columns else 0
    entries, parts, at = [], [], 0
    for column in columns:
        entry, cells = _encode(column)
        width = (int(cells.max(initial=0)).bit_length() + 7) // 8
        part = _padded(_bytes(cells, width), b"\0")
        entries.append(
            {"name": column.name, "type": column.type, "width": width, "at": at, **entry}
        )
        parts.append(part)
        at += len(part)
    header = {"rows": rows, "columns": entries}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text = _padded(text, b" ")
    head = MAGIC + len(text).to_bytes(4, "little") + text
    return zlib.compress(b"".join([head, *parts]), ZLIB_LEVEL)


def decode_columns(payload: bytes) -> pd.DataFrame:
    """Read columns back.

    Parameters
    ----------
    payload
        As :func:`encode_columns` writes it.

    Returns
    -------
    pandas.DataFrame
        Equal to :func:`columns_frame` of what was written.

    Raises
    ------
    RecordError
        If the bytes are not such a payload.
    """
    try:
        inside = zlib.decompress(payload)
    except zlib.error as error:
        msg = f"These bytes are no records ({error}); write them anew."
        raise RecordError(msg) from error
    if inside[:4] != MAGIC:
        msg = f"These bytes are no records: they start with {inside[:4]!r}; write them anew."
        raise RecordError(msg)
    start = 8 + int.from_bytes(inside[4:8], "little")
    header = json.loads(inside[8:start])
    rows = header["rows"]
    frame = {
        entry["name"]: _decode(entry, _cells(inside, start, entry, rows))
        for entry in header["columns"]
    }
    return pd.DataFrame(frame, index=pd.RangeIndex(rows))


def columns_frame(columns: list[Column]) -> pd.DataFrame:
    """Give columns as the frame that reading them back will give.

    Parameters
    ----------
    columns
        Of one length.

    Returns
    -------
    pandas.DataFrame
        Text as ``str``, sets as tuples, numbers as floats rounded to the
        column's places (NaN: missing), days as ``datetime64[s]``.

    Raises
    ------
    RecordError
        If a number cannot be sent.
    """
    rows = len(columns[0].values) if columns else 0
    frame = {column.name: _kept(column) for column in columns}
    return pd.DataFrame(frame, index=pd.RangeIndex(rows))


def _kept(column: Column) -> pd.Series:
    if column.type in {"number", "day"}:
        integers, missing = _integers(column)
        return _from_integers(column.type, integers, missing, column.places)
    plain = column.values.reset_index(drop=True)
    return plain.astype("str") if column.type == "text" else plain.astype("object")


def _padded(part: bytes, filler: bytes) -> bytes:
    return part + filler * (-len(part) % ALIGN)


def _bytes(cells: Integers, width: int) -> bytes:
    whole = cells.astype("<u4").view(np.uint8).reshape(-1, CELL_BYTES)
    return whole[:, :width].tobytes()


def _encode(column: Column) -> tuple[dict[str, Any], Integers]:
    if column.type in {"number", "day"}:
        return _encode_number(column)
    return _encode_values(column)


def _encode_values(column: Column) -> tuple[dict[str, Any], Integers]:
    codes, found = pd.factorize(column.values.array)
    missing = np.flatnonzero(codes < 0)
    if len(missing):
        raise _bad(column, int(missing[0]), "is missing; an empty text stands for nothing")
    values = list(found)
    is_fit, rule = (_is_set, "set of texts") if column.type == "set" else (_is_text, "text")
    fault = next((code for code, value in enumerate(values) if not is_fit(value)), None)
    if fault is not None:
        row = int(np.flatnonzero(codes == fault)[0])
        raise _bad(column, row, f"is no {rule} that can be sent; mend it")
    order = sorted(range(len(values)), key=values.__getitem__)
    place = np.empty(len(values), dtype=np.int64)
    place[order] = np.arange(len(values))
    return {"values": [values[code] for code in order]}, place[codes]


def _is_text(value: object) -> bool:
    # Half of a surrogate pair is no character and has no bytes.
    return isinstance(value, str) and not any(
        letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in value
    )


def _is_set(value: object) -> bool:
    if not isinstance(value, tuple) or not all(map(_is_text, value)):
        return False
    return list(value) == sorted(set(value))


def _encode_number(column: Column) -> tuple[dict[str, Any], Integers]:
    integers, missing = _integers(column)
    present = integers[~missing]
    places, unit = column.places, 1
    # Fewer places where they tell nothing: a count takes one byte, not four.
    while places and not (present % (10 * unit)).any():
        places, unit = places - 1, 10 * unit
    low = int(present.min(initial=LARGEST_NUMBER)) // unit if len(present) else 0
    some = bool(missing.any())
    cells = np.where(missing, 0, integers // unit - low + some)
    if cells.max(initial=0) > LARGEST_CELL:
        raise _bad(
            column, int(cells.argmax()), "is too far from the lowest value to be sent; mend it"
        )
    entry: dict[str, Any] = {"low": low, "places": places, "missing": some}
    # The header would take more than a few rows save.
    if len(cells) > GLANCE and cells.max() >= FEW and len(np.unique(cells[:GLANCE])) <= FEW:
        among, codes = np.unique(cells, return_inverse=True)
        if len(among) <= FEW:
            return {**entry, "among": among.tolist()}, codes
    return entry, cells


def _integers(column: Column) -> tuple[Integers, Mask]:
    """Give the numbers in units of their last place, and which are missing (0 there)."""
    if column.type == "day":
        days = column.values.to_numpy(dtype="datetime64[D]")
        missing = np.isnat(days)
        return np.where(missing, 0, days.astype(np.int64)), missing
    values = column.values.to_numpy(dtype=np.float64, na_value=np.nan)
    missing = np.isnan(values)
    with np.errstate(over="ignore"):
        units = np.rint(np.where(missing, 0, values) * 10**column.places)
    far = np.flatnonzero(np.abs(units) > LARGEST_NUMBER)
    if len(far):
        raise _bad(column, int(far[0]), "is too large to be sent; mend it or leave it empty")
    return units.astype(np.int64), missing


def _bad(column: Column, row: int, rule: str) -> RecordError:
    value = column.values.iloc[row : row + 1].tolist()[0]
    return RecordError(f"Column {column.name!r}, row {row + 1}: {value!r} {rule}.")


def _cells(inside: bytes, start: int, entry: dict[str, Any], rows: int) -> Integers:
    width, offset = entry["width"], start + entry["at"]
    whole = np.zeros((rows, CELL_BYTES), dtype=np.uint8)
    written = np.frombuffer(inside, np.uint8, rows * width, offset)
    whole[:, :width] = written.reshape(rows, width)
    cells = whole.view("<u4").reshape(rows).astype(np.int64)
    return np.array(entry["among"])[cells] if "among" in entry else cells


def _decode(entry: dict[str, Any], cells: Integers) -> pd.Series:
    if entry["type"] in {"number", "day"}:
        missing = (cells == 0) & entry["missing"]
        integers = cells + entry["low"] - entry["missing"]
        return _from_integers(entry["type"], integers, missing, entry["places"])
    if entry["type"] == "text":
        return pd.Series(entry["values"], dtype="str").take(cells).reset_index(drop=True)
    sets = pd.Series([tuple(each) for each in entry["values"]], dtype="object")
    return sets.take(cells).reset_index(drop=True)


def _from_integers(kind: str, integers: Integers, missing: Mask, places: int) -> pd.Series:
    if kind == "day":
        days = integers.astype("datetime64[D]").astype("datetime64[s]")
        return pd.Series(np.where(missing, np.datetime64("NaT", "s"), days))
    return pd.Series(np.where(missing, np.nan, integers / 10**places))
