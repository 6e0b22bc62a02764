"""How a row was read, written beside it: a mended row is read in the same way again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Final

from geo.errors import ImportFileError
from geo.imports.mapping import Mapping, parse_mapping, presets
from geo.imports.marks import Marks

LONGEST: Final = 100_000
"""Letters, as many as a cell may have."""

_MARKS: Final = (".", ",")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How the rows of a table were read.

    Attributes
    ----------
    mapping
        Which columns gave which fields; ``None``: not told.
    source
        What is named as the source of a record that names none; empty: not told.
    day_first, marks
        How its dates and numbers are written.
    """

    mapping: Mapping | None = None
    source: str = ""
    day_first: bool | None = None
    marks: Marks = field(default_factory=Marks)


def reading_text(reading: Reading) -> str:
    """Write a reading, for a cell beside each row."""
    told: dict[str, Any] = {}
    mapping = reading.mapping
    if mapping is not None:
        known = presets().get(mapping.id) == mapping
        whole = mapping.model_dump(mode="json", exclude_defaults=True)
        told |= {"layout": mapping.id} if known else {"mapping": whole}
    told["source"] = reading.source
    if reading.day_first is not None:
        told["day_first"] = reading.day_first
    if reading.marks.degrees:
        told["decimal"] = reading.marks.degrees
    if reading.marks.amounts:
        told["decimals"] = reading.marks.amounts
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def reading_mark(text: str) -> str:
    """Give what stands for a reading where it was written in full above."""
    return f"#{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def read_reading(text: str) -> Reading:
    """Read what :func:`reading_text` wrote; what is not as it should be tells nothing."""
    if not text or len(text) > LONGEST:
        return Reading()
    try:
        told = json.loads(text)
        mapping = parse_mapping(told["mapping"], "mapping") if "mapping" in told else None
        mapping = mapping or presets().get(told.get("layout"))
        day_first = told.get("day_first")
        amounts = {
            name: mark for name, mark in dict(told.get("decimals", {})).items() if mark in _MARKS
        }
        degrees = told.get("decimal", "")
        return Reading(
            mapping=mapping,
            source=str(told.get("source", ""))[:200],
            day_first=day_first if isinstance(day_first, bool) else None,
            marks=Marks(degrees=degrees if degrees in _MARKS else "", amounts=amounts),
        )
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError, ImportFileError):
        return Reading()
