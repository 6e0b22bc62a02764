"""Typed cells of other formats as the texts that a CSV file would have."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

_LIKE_THOUSANDS: Final = re.compile(r"-?\d{1,3}\.\d{3}")


def cell_text(value: Any, longest: int) -> str:  # noqa: PLR0911 - one return a type
    """Write a value as a person would type it.

    Parameters
    ----------
    value
        What a reader gives.
    longest
        Letters that are kept of a nested value or of bytes; a text is kept whole.

    Returns
    -------
    str
        Empty for a missing value; a whole number without decimals; dates by
        ISO 8601, without a time at midnight; nested values as JSON.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        # Half of a surrogate pair is no letter.
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, Decimal):
        return _number_text(value) if value.is_finite() else ""
    if isinstance(value, datetime):
        return _moment_text(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return _bytes_text(value, longest)
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value) if not isinstance(value, timedelta) else f"{value.total_seconds():g} s"


def _bytes_text(value: bytes, longest: int) -> str:
    """Write bytes that are text as it: some programs do not mark it; others in hexadecimals."""
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return value[: longest // 2].hex()
    return (
        text
        if all(letter.isprintable() or letter.isspace() for letter in text)
        else value[: longest // 2].hex()
    )


def _number_text(value: float | Decimal) -> str:
    if not math.isfinite(value):
        return "" if math.isnan(value) else str(value)
    if value == int(value) and abs(float(value)) < 1e15:
        return str(int(value))
    text = repr(value) if isinstance(value, float) else str(value)
    # A number is no text of thousands: where commas are the decimal marks, 1.250 would be.
    return f"{text}0" if _LIKE_THOUSANDS.fullmatch(text) else text


def _moment_text(value: datetime) -> str:
    try:
        at_midnight = value.time() == time(0)
        return value.date().isoformat() if at_midnight else value.isoformat(sep=" ")
    except ValueError:
        return ""
