"""What was seized, from a row's own columns: item, quantity, unit."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.fields import ITEM_COLUMNS
from geo.imports.amounts import Amount, is_either, known_units, read_amount
from geo.imports.folding import fold, key
from geo.imports.limits import MOST_MONEY, MOST_OF_A_UNIT
from geo.imports.readers.cells import cell_text
from geo.seeds import SEEDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.imports.fates import Fates
    from geo.imports.marks import Marks
    from geo.imports.values import Fields

LONGEST_ITEM: Final = 200
LONGEST_WORD: Final = 40
NAMES: Final = SEEDS / "imports" / "items.csv"
UNWEIGHED: Final = "weight, unit not stated"

Item = dict[str, Any]
"""Cells of a row of the table of items."""

_MONEY: Final = frozenset({"usd", "eur", "pkr", "afn", "irr", "sar", "aed"})
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
_APPROX: Final = {"about": "about", "floor": "floor", "range": "floor", "ceiling": "about"}


def read_items(
    fields: Fields, ids: pd.Series, fates: Fates, known: Mapping[str, str], marks: Marks
) -> list[tuple[int, Item]]:
    """Read the items of some rows.

    Parameters
    ----------
    fields
        The rows and their mapping.
    ids
        The ids of their records.
    fates
        What becomes of the rows; what is no quantity rejects its row.
    known
        As :func:`known_items` gives.
    marks
        Decimal marks of the table.

    Returns
    -------
    list of (int, dict)
        Position of the row and cells of the item, for :func:`make_items`. A row may list
        items of its own in JSON, as the atlas's files do, or name one in its columns.
    """
    listed, named = fields.get("items_json"), fields.get("item")
    found: list[tuple[int, Item]] = []
    for at in np.flatnonzero((listed != "").to_numpy() & ~fates.rejected).tolist():
        told, fault = _listed(listed.iloc[at])
        if fault:
            fates.say_each([(at, fault)], fields.column_of("items_json"), listed, fault=True)
        found += [(at, {**item, "record_id": ids.iloc[at]}) for item in told]
    own = np.flatnonzero((named != "").to_numpy() & (listed == "").to_numpy() & ~fates.rejected)
    for at in own.tolist():
        if item := _own_item(fields, at, fates, known, marks):
            found.append((at, {**item, "record_id": ids.iloc[at]}))
    return found


def _own_item(
    fields: Fields, at: int, fates: Fates, known: Mapping[str, str], marks: Marks
) -> Item | None:
    """Read the item that a row names in columns."""
    texts, weights = fields.get("quantity"), fields.get("weight")
    by_weight = not texts.iloc[at] and bool(weights.iloc[at])
    field, cells = ("weight", weights) if by_weight else ("quantity", texts)
    column, text = fields.column_of(field), cells.iloc[at]
    amount = read_amount(text, marks.of(field))
    asked = fields.get("unit").iloc[at] or (UNWEIGHED if by_weight else "")
    unit, factor = _unit(amount.unit or asked)
    if amount.is_fault or amount.low < 0 or amount.low * factor > _most_of(unit):
        reason = "is no quantity; write a number, or leave it empty"
        fates.say_each([(at, reason)], column, cells, fault=True)
        return None
    notes = _notes(amount, text, unit, asked, is_open=marks.is_open(field))
    fates.say_each(((at, note) for note in notes), column, cells, fault=False)
    return {
        "item": item_name(fields.get("item").iloc[at], known)[:LONGEST_ITEM],
        "quantity": amount.low * factor,
        "unit": unit,
        "approx": _APPROX.get(amount.bound, ""),
    }


def _most_of(unit: str) -> float:
    return MOST_MONEY if unit in _MONEY else MOST_OF_A_UNIT


def _unit(text: str) -> tuple[str, float]:
    plain = text.casefold().strip(" .")
    return known_units().get(plain, (plain, 1.0))


def _notes(amount: Amount, text: str, unit: str, asked: str, *, is_open: bool) -> list[str]:
    """Say what is to be known of how an amount was read."""
    notes = []
    if amount.bound == "unknown":
        notes.append("is read as: not stated")
    if amount.bound == "range":
        notes.append(f"is read as at least {amount.low:g}")
    if amount.bound == "ceiling":
        notes.append(f"is read as about {amount.low:g}, for what it is at most")
    if is_open and is_either(text):
        notes.append(f"is read as {amount.low:g}; if that is wrong, name the decimal mark")
    if amount.unit and asked and _unit(amount.unit) != _unit(asked):
        notes.append(f"is read in {amount.unit!r}, and not in {asked!r} as the column says")
    if unit not in {UNWEIGHED, *(known for known, _ in known_units().values())}:
        notes.append(f"has the unit {unit[:40]!r}, which the atlas does not know; kept as it is")
    return notes


def known_items(classes: Mapping[str, str]) -> dict[str, str]:
    """Give the atlas's name of each item that is known, by its folded name.

    Parameters
    ----------
    classes
        Class of each item that the atlas has, by its name.
    """
    with NAMES.open(encoding="utf-8", newline="") as file:
        others = {key(fold(row["name"])): row["item"] for row in csv.DictReader(file)}
    return others | {key(fold(name)): name for name in classes}


def item_name(text: str, known: Mapping[str, str]) -> str:
    """Give an item its name in the atlas; one that is not known stays as it is.

    Parameters
    ----------
    text
        As a source writes it, one or several.
    known
        As :func:`known_items` gives.
    """
    bare = _IN_BRACKETS.sub(" ", text)
    for part in (text, bare, *_IN_BRACKETS.findall(text)):
        folded = key(fold(part))
        for form in (folded, folded.removesuffix("s"), folded.removesuffix("es")):
            if form in known:
                return known[form]
    return " ".join(text.split())


def make_items(rows: list[Item], classes: Mapping[str, str]) -> pd.DataFrame:
    """Make the table of items as the seeds have it."""
    frame = pd.DataFrame(rows, columns=list(ITEM_COLUMNS))
    texts = [name for name in ITEM_COLUMNS if name != "quantity"]
    frame[texts] = frame[texts].astype("str").fillna("")
    frame["quantity"] = pd.to_numeric(frame["quantity"]).astype("float64")
    known = frame["item"].map(classes)
    given = frame["class"].where(frame["class"] != "", "other")
    return frame.assign(**{"class": known.fillna(given).astype("str")})


def _listed(text: str) -> tuple[list[Item], str]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return [], "is no list of items in JSON"
    if not isinstance(content, list) or len(content) > 1000:
        return [], "is no list of items in JSON"
    items = []
    for each in content:
        cells = each if isinstance(each, dict) else {}
        words = {
            name: cell_text(cells.get(name), LONGEST_WORD)[:LONGEST_WORD]
            for name in ("unit", "approx", "class")
        }
        item = cell_text(cells.get("item"), LONGEST_ITEM)[:LONGEST_ITEM]
        quantity = _quantity(cells.get("quantity"), words["unit"])
        if not item or isinstance(quantity, str):
            return [], "has an item without a name, or with a quantity that is no number"
        items.append({"item": item, "quantity": quantity, **words})
    return items, ""


def _quantity(value: Any, unit: str) -> float | str | None:
    """Check a quantity of a list; a text: it is none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "no number"
    try:
        number = float(value)
    except OverflowError:
        return "too large"
    return number if 0 <= number <= _most_of(unit) else "out of range"
