"""A mapping proposed for a table of unknown layout, by the names of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from rapidfuzz import fuzz, process

from geo.imports.amounts import known_units
from geo.imports.headings import fold_name, name_and_unit, spellings
from geo.imports.item_names import is_item
from geo.imports.mapping import Mapping
from geo.imports.rules import LONGEST_HEADING, ItemColumn, Rule, Sides

_LIKE: Final = 88
_SHORTEST_LIKE: Final = 6
"""Shorter names are like too many others."""

_SEVERAL: Final = ("lat", "lon")
"""A feature without a geometry may still have its coordinates in columns."""

_WEIGHED: Final = ("kg", "litres", "rounds")
_UNITS: Final = {"quantity": "unit", "weight": "weight_unit"}
_OF_ITEMS: Final = ("item", *_UNITS, *_UNITS.values())
_SEIZED: Final = "seiz"
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
    units = _take_measured(fields, free, named_only=True)
    _take_known(fields, free)
    units |= _take_measured(fields, free, named_only=False)
    for field, unit in units.items():
        fields[field] = (*fields.get(field, ()), Rule(fixed=unit))
    items = _take_items(free)
    _take_alike(fields, free)
    if "date" in fields:
        for name in ("year", "month", "day"):
            fields.pop(name, None)
    if "coordinates" in fields and {"lat", "lon"} <= set(fields):
        fields.pop("coordinates")
    kind = _kind(fields, named, items)
    if kind == "seizure" and "item" not in fields and not items and "category" in fields:
        fields["item"] = fields.pop("category")
    if kind == "incident":
        items = ()
        for name in _OF_ITEMS:
            fields.pop(name, None)
    if "group" in fields and "role" not in fields and _says_acted(fields["group"]):
        fields["role"] = (Rule(fixed=_ACTED),)
    return Mapping(kind=kind, fields=fields, items=items, sides=_sides(fields))


def _take_known(fields: Fields, free: dict[str, str]) -> None:
    """Take the columns whose headings are known."""
    dated = any(name in free for name in spellings()["date"])
    for field, names in spellings().items():
        if field in fields or (field in ("month", "day") and (dated or "year" not in fields)):
            continue
        known = [name for name in names if name in free]
        wanted = known if field in _SEVERAL else known[:1]
        if wanted:
            fields[field] = (Rule(columns=tuple(free.pop(each) for each in wanted)),)


def _take_measured(fields: Fields, free: dict[str, str], *, named_only: bool) -> dict[str, str]:
    """Take columns that say a unit beside their name: ``Quantity (kg)``, ``kg``; give the units."""
    known = known_units()
    found = {}
    for folded, column in [*free.items()]:
        name, unit = name_and_unit(column, [*known])
        # A heading of nothing but "no" or "unit" counts what it likes.
        if not unit or (not name and (named_only or known[unit][0] not in _WEIGHED)):
            continue
        for field, its_unit in _UNITS.items():
            if field not in fields and (not name or name in spellings()[field]):
                fields[field] = (Rule(columns=(free.pop(folded),)),)
                found[its_unit] = unit
                break
    return found


def _take_items(free: dict[str, str]) -> tuple[ItemColumn, ...]:
    """Take columns named by an item, ``Heroin (kg)``; without a unit, only several of them."""
    found = []
    for folded, column in reversed(free.items()):
        name, unit = name_and_unit(column, [*known_units()])
        if is_item(name):
            found.append((folded, ItemColumn(column=column, item=_name_of(column), unit=unit)))
    taken = [each for each in found if each[1].unit or len(found) > 1]
    for folded, _ in taken:
        free.pop(folded)
    return tuple(each for _, each in taken)


def _name_of(heading: str) -> str:
    """Give a heading without the unit at its end, as it is written."""
    words = heading.replace("(", " ").replace(")", " ").replace("_", " ").split()
    unit = words[-1].casefold().rstrip(".") in known_units()
    return " ".join(words[:-1] if unit and len(words) > 1 else words)


def _take_alike(fields: Fields, free: dict[str, str]) -> None:
    """Take columns whose headings are nearly those that are known."""
    known = {name for names in spellings().values() for name in names}
    for field, names in spellings().items():
        if field in fields or field in ("month", "day"):
            continue
        # What is a heading of its own is no misspelling of another one: county, country.
        others = [folded for folded in free if folded not in known]
        for name in names:
            if len(name) < _SHORTEST_LIKE:
                continue
            match = process.extractOne(name, others, scorer=fuzz.ratio, score_cutoff=_LIKE)
            if match:
                fields[field] = (Rule(columns=(free.pop(match[0]),)),)
                break


def _kind(
    fields: Fields, headings: Sequence[str], items: tuple[ItemColumn, ...]
) -> Literal["", "seizure", "incident"]:
    """Tell seizures by what was seized; a weapon beside people killed was used."""
    if "kind" in fields:
        return ""
    measured = "quantity" in fields or "weight" in fields
    said = any(_SEIZED in fold_name(heading) for heading in headings)
    used = not measured and ("killed" in fields or "injured" in fields)
    named = "item" in fields or (measured and "category" in fields)
    return "seizure" if said or ((named or items) and not used) else "incident"


def _says_acted(rules: tuple[Rule, ...]) -> bool:
    return any(_ACTED in fold_name(column) for rule in rules for column in rule.columns)


def _sides(fields: Fields) -> Sides | None:
    """Let the group's name be settled by the vocabulary, where there is one column of it."""
    return Sides(a=fields["group"][0].columns) if "group" in fields else None
