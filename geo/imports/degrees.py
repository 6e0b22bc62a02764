"""Degrees as people write them: 34.1267, 34,1267, 34.1267° N, 34°07'36"N, N 34 07.6."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.imports.values import plain_digits, read_number

LONGEST: Final = 60
_SIGNS: Final = {"N": 1, "E": 1, "S": -1, "W": -1}
_PARTS: Final = re.compile(
    r"(?P<sign>[+-]?)(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*(?:°|º|˚|deg\.?|\s)\s*"
    r"(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*(?:['′’´]|min\.?|\s|$)\s*)?"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|′′|sec\.?|$)\s*)?"
)
_POINT: Final = re.compile(
    r"(?:SRID=4326;\s*)?POINT\s*Z?\s*\(\s*([+-]?[\d.]+)\s+([+-]?[\d.]+)[^)]*\)", re.IGNORECASE
)


@lru_cache(maxsize=100_000)
def read_degree(text: str, decimal: str = ".") -> float:
    """Read one coordinate.

    Parameters
    ----------
    text
        Degrees, with minutes and seconds or decimals, and N, E, S or W or a sign.
    decimal
        Decimal mark.

    Returns
    -------
    float
        Degrees; NaN: it is none.
    """
    if len(text) > LONGEST:
        return float("nan")
    plain = plain_digits(text).upper()
    sign, bare = 1, plain
    for side in (plain[:1], plain[-1:]):
        if side in _SIGNS and len(plain) > 1:
            sign = _SIGNS[side]
            bare = plain[1:] if side == plain[0] else plain[:-1]
            break
    bare = bare.strip()
    number = read_number(bare.rstrip("°º˚").strip(), decimal)
    if np.isfinite(number):
        return sign * number
    match = _PARTS.fullmatch(bare)
    if match is None:
        return float("nan")
    whole, minutes, seconds = (
        float((match[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")
    )
    if minutes >= 60 or seconds >= 60:
        return float("nan")
    value = whole + minutes / 60 + seconds / 3600
    return -sign * value if match["sign"] == "-" else sign * value


def read_degrees(
    texts: pd.Series, decimal: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Read coordinates; as :func:`geo.imports.values.read_numbers`."""
    codes, found = pd.factorize(texts.to_numpy(dtype=object))
    values = [read_degree(str(text), decimal or ".") for text in found]
    numbers = np.array([*values, np.nan], dtype=float)[codes]
    return numbers, (texts != "").to_numpy() & np.isnan(numbers)


@lru_cache(maxsize=100_000)
def split_pair(text: str) -> tuple[str, str]:
    """Part a cell that holds latitude and longitude: ``34.12, 71.09``; WKT has them the other way.

    Returns
    -------
    tuple of str
        Latitude and longitude as texts; the whole twice where it is no pair.
    """
    plain = plain_digits(text)
    if len(plain) > 2 * LONGEST:
        return text, text
    if point := _POINT.fullmatch(plain):
        return point[2], point[1]
    parts = _pair_of(plain.strip(" ()[]"))
    if len(parts) != 2:
        return text, text
    first, second = parts
    if first[-1:].upper() in "EW" or first[:1].upper() in "EW":
        first, second = second, first
    return first, second


def _pair_of(plain: str) -> list[str]:
    """Part two coordinates by whichever sign stands between them alone."""
    for mark in (";", "|", "/"):
        if plain.count(mark) == 1:
            return [part.strip() for part in plain.split(mark)]
    if plain.count(", ") == 1:
        return [part.strip() for part in plain.split(", ")]
    if plain.count(",") == 1:
        return [part.strip() for part in plain.split(",")]
    if plain.count(",") == 3:
        cells = plain.split(",")
        return [f"{cells[0]}.{cells[1]}".strip(), f"{cells[2]}.{cells[3]}".strip()]
    return plain.split() if len(plain.split()) == 2 else [plain]
