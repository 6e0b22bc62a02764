"""A mapping proposed for a table of unknown layout, by the names of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from rapidfuzz import fuzz, process

from geo.imports.amounts import MONEY, known_units
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
_OF_SEIZURES: Final = ("date", "place", "actor", "item", "quantity", "weight", "id")
_HAPPENS: Final = ("event", "incident", "attack")
_EXPLODES: Final = "explos"
_SERIALS: Final = frozenset({"number", "count"})
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
    if "item" not in fields:
        _leave_serials(fields, free)
    kind = _kind(fields, items)
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
    found: dict[str, str] = {}
    parted = [(folded, *name_and_unit(column, [*known])) for folded, column in free.items()]
    given = [each for each in reversed(parted) if each[2]]
    # Money is what goods are worth, and theirs only where nothing else is said of how much.
    for folded, name, unit in sorted(given, key=lambda each: known[each[2]][0] in MONEY):
        # A heading of nothing but "no" or "unit" counts what it likes.
        if not name and (named_only or known[unit][0] not in _WEIGHED):
            continue
        weighs = known[unit][0] == "kg"
        fits = {
            "quantity": not name or name in spellings()["quantity"],
            "weight": weighs and (not name or name in _amounts()),
        }
        free_ones = [field for field in _UNITS if fits[field] and field not in fields]
        if free_ones and not (known[unit][0] in MONEY and fields.keys() & {"quantity", "weight"}):
            fields[free_ones[0]] = (Rule(columns=(free.pop(folded),)),)
            found[_UNITS[free_ones[0]]] = unit
    return found


def _amounts() -> tuple[str, ...]:
    return (*spellings()["weight"], *spellings()["quantity"])


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


def _leave_serials(fields: Fields, free: dict[str, str]) -> None:
    """Leave a bare number, which may count rows or people, where nothing is named to count."""
    for name in ("quantity", "weight"):
        rules = fields.get(name, ())
        columns = [column for rule in rules for column in rule.columns]
        if columns and all(fold_name(column) in _SERIALS for column in columns):
            fields.pop(name)
            free |= {fold_name(column): column for column in columns}


def _kind(fields: Fields, items: tuple[ItemColumn, ...]) -> Literal["", "seizure", "incident"]:
    """Tell seizures by what was seized; a weapon beside people killed was used."""
    if "kind" in fields:
        return ""
    hurt = "killed" in fields or "injured" in fields
    measured = "quantity" in fields or "weight" in fields
    measured |= any(_EXPLODES not in fold_name(each.item) for each in items)
    happened = hurt or any(word in each for each in _names(fields, "category") for word in _HAPPENS)
    said = any(_SEIZED in each for name in _OF_SEIZURES for each in _names(fields, name))
    named = "item" in fields or bool(items) or (measured and "category" in fields and not happened)
    seized = (named and (measured or not hurt)) or (said and not happened)
    return "seizure" if seized else "incident"


def _names(fields: Fields, name: str) -> list[str]:
    """Give the headings of a field, folded."""
    return [fold_name(column) for rule in fields.get(name, ()) for column in rule.columns]


def _says_acted(rules: tuple[Rule, ...]) -> bool:
    return any(_ACTED in fold_name(column) for rule in rules for column in rule.columns)


def _sides(fields: Fields) -> Sides | None:
    """Let the group's name be settled by the vocabulary, where there is one column of it."""
    return Sides(a=fields["group"][0].columns) if "group" in fields else None
