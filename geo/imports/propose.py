"""A mapping proposed for a table of unknown layout, by the names of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from rapidfuzz import fuzz, process

from geo.imports.amounts import known_units
from geo.imports.headings import fold_name, name_and_unit, spellings
from geo.imports.mapping import LONGEST_HEADING, Mapping, Rule, Sides

_LIKE: Final = 88
_SHORTEST_LIKE: Final = 5
"""Shorter names are like too many others."""

_SEVERAL: Final = ("lat", "lon")
"""A feature without a geometry may still have its coordinates in columns."""

_WEIGHED: Final = ("kg", "litres", "rounds")
_OF_ITEMS: Final = ("item", "quantity", "weight", "unit")
_ACTED: Final = "perpetrator"

Fields = dict[str, tuple[Rule, ...]]


def propose_mapping(columns: Sequence[str]) -> Mapping:
    """Propose which columns give which fields.

    Parameters
    ----------
    columns
        Headings of a table.

    Returns
    -------
    Mapping
        Each column gives one field at most. Nothing is said of columns whose
        names tell nothing: people choose.
    """
    named = [column for column in columns if len(column) <= LONGEST_HEADING]
    free = {fold_name(column): column for column in reversed(named)}
    fields: Fields = {}
    _take_known(fields, free)
    _take_measured(fields, free)
    _take_alike(fields, free)
    if "date" in fields:
        for name in ("year", "month", "day"):
            fields.pop(name, None)
    if "coordinates" in fields and {"lat", "lon"} <= set(fields):
        fields.pop("coordinates")
    kind = _kind(fields)
    if kind == "incident":
        for name in _OF_ITEMS:
            fields.pop(name, None)
    if "group" in fields and "role" not in fields and _says_acted(fields["group"]):
        fields["role"] = (Rule(fixed=_ACTED),)
    return Mapping(kind=kind, fields=fields, sides=_sides(fields))


def _take_known(fields: Fields, free: dict[str, str]) -> None:
    """Take the columns whose headings are known."""
    dated = any(name in free for name in spellings()["date"])
    for field, names in spellings().items():
        if field in ("month", "day") and (dated or "year" not in fields):
            continue
        known = [name for name in names if name in free]
        wanted = known if field in _SEVERAL else known[:1]
        if wanted:
            fields[field] = (Rule(columns=tuple(free.pop(each) for each in wanted)),)


def _take_measured(fields: Fields, free: dict[str, str]) -> None:
    """Take columns that say a unit beside their name: ``Quantity (kg)``, ``kg``."""
    units = known_units()
    for folded, column in [*free.items()]:
        name, unit = name_and_unit(column, [*units])
        # A heading of nothing but "no" or "unit" counts what it likes.
        if not unit or (not name and units[unit][0] not in _WEIGHED):
            continue
        for field in ("quantity", "weight"):
            if field not in fields and (not name or name in spellings()[field]):
                fields[field] = (Rule(columns=(free.pop(folded),)),)
                fields["unit"] = (*fields.get("unit", ()), Rule(fixed=unit))
                break


def _take_alike(fields: Fields, free: dict[str, str]) -> None:
    """Take columns whose headings are nearly those that are known."""
    for field, names in spellings().items():
        if field in fields or field in ("month", "day"):
            continue
        for name in names:
            if len(name) < _SHORTEST_LIKE or not free:
                continue
            match = process.extractOne(name, [*free], scorer=fuzz.ratio, score_cutoff=_LIKE)
            if match:
                fields[field] = (Rule(columns=(free.pop(match[0]),)),)
                break


def _kind(fields: Fields) -> Literal["", "seizure", "incident"]:
    """Tell seizures by what was seized; a weapon beside people killed was used."""
    if "kind" in fields:
        return ""
    measured = "quantity" in fields or "weight" in fields
    used = not measured and ("killed" in fields or "injured" in fields)
    return "seizure" if "item" in fields and not used else "incident"


def _says_acted(rules: tuple[Rule, ...]) -> bool:
    return any(_ACTED in fold_name(column) for rule in rules for column in rule.columns)


def _sides(fields: Fields) -> Sides | None:
    """Let the group's name be settled by the vocabulary, where there is one column of it."""
    return Sides(a=fields["group"][0].columns) if "group" in fields else None
