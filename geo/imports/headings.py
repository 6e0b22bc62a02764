"""Headings: the same column by another hand, and where in a table the headings stand."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from geo.imports.folding import MOST_LETTERS, fold, key
from geo.seeds import SEEDS

HEADINGS: Final = SEEDS / "imports" / "headings.csv"
FIRST_ROWS: Final = 20
"""Rows in which the headings are looked for: above them stand titles and notes."""

_LEAST_KNOWN: Final = 3
_KNOWN_SHARE: Final = 0.4
_WIDE: Final = 3
_SPLIT: Final = re.compile(r"[\s_()\[\]{}/,;:]+")


@lru_cache(maxsize=10_000)
def fold_name(name: str) -> str:
    """Fold a heading for comparison: only its letters and figures matter, not their case."""
    plain = key(fold(name)) if len(name) <= MOST_LETTERS else ""
    return plain or "".join(name.split()).casefold()


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """Give the headings that people use for each field, folded, the likeliest first."""
    found: dict[str, list[str]] = {}
    with HEADINGS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["field"], []).append(fold_name(row["heading"]))
    return {field: tuple(dict.fromkeys(names)) for field, names in found.items()}


def name_and_unit(heading: str, units: Sequence[str]) -> tuple[str, str]:
    """Part a heading from the unit at its end: ``Quantity (kg)``, ``weight_kg``, ``kg``.

    Parameters
    ----------
    heading
        As the table has it.
    units
        Units that are known, in small letters.

    Returns
    -------
    name, unit : str
        The name, folded, empty where the unit is all; the unit empty where there is none.
    """
    words = [word for word in _SPLIT.split(heading) if word]
    if words and words[-1].casefold().rstrip(".") in units:
        return fold_name(" ".join(words[:-1])), words[-1].casefold().rstrip(".")
    return fold_name(heading), ""


def choose_heading(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, list[str]] | None:
    """Choose which of the first rows holds the headings.

    Parameters
    ----------
    rows
        Number and cells of the first rows of a table, ``FIRST_ROWS`` at most.

    Returns
    -------
    tuple of int and list of str, or None
        The row of most headings that are known, if these are many; else the first
        that is not just a title; ``None`` where all are empty.
    """
    given = [(number, cells) for number, cells in rows if _filled(cells)]
    if not given:
        return None
    best = max(given, key=lambda row: _known(row[1]))
    known = _known(best[1])
    enough = known >= max(_LEAST_KNOWN, _KNOWN_SHARE * _filled(best[1]))
    if enough and known > _known(given[0][1]):
        return best
    if _filled(given[0][1]) == 1:
        return next((row for row in given if _filled(row[1]) >= _WIDE), given[0])
    return given[0]


def heading_notes(number: int, first: int) -> list[str]:
    """Say where the headings are, if above them there is something else.

    Parameters
    ----------
    number, first
        Their row, and the first row that holds anything.
    """
    if number == first:
        return []
    return [f"the headings are in row {number}; what stands above them was left out"]


def _filled(cells: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _known(cells: list[str]) -> int:
    """Count the fields that the cells would be headings of."""
    folded = {fold_name(cell) for cell in cells if len(cell) <= MOST_LETTERS}
    return sum(any(name in folded for name in names) for names in spellings().values())
