"""What was seized, from a row's own columns: item, quantity, unit."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.fields import ITEM_COLUMNS
from geo.imports.amounts import MONEY, Amount, is_either, known_units, read_amount
from geo.imports.item_names import item_name
from geo.imports.limits import MOST_MONEY, MOST_OF_A_UNIT
from geo.imports.readers.cells import cell_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.imports.fates import Fates
    from geo.imports.marks import Marks
    from geo.imports.values import Fields

LONGEST_ITEM: Final = 200
LONGEST_WORD: Final = 40
UNWEIGHED: Final = "weight, unit not stated"
NOT_NAMED: Final = "goods not named"

Item = dict[str, Any]
"""Cells of a row of the table of items."""

_UNWEIGHTY: Final = MONEY | {"count", "rounds", "litres", "m"}
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
        As :func:`geo.imports.item_names.known_items` gives.
    marks
        Decimal marks of the table.

    Returns
    -------
    list of (int, dict)
        Position of the row and cells of the item, for :func:`make_items`. A row may list
        items of its own in JSON, as the atlas's files do, name one in its columns, or have
        a column for each.
    """
    listed = fields.get("items_json")
    found: list[tuple[int, Item]] = []
    for at in np.flatnonzero((listed != "").to_numpy() & ~fates.rejected).tolist():
        told, fault = _listed(listed.iloc[at])
        if fault:
            fates.say_each([(at, fault)], fields.column_of("items_json"), listed, fault=True)
        found += [(at, item) for item in told]
    cells = _Cells(fields, fates, marks)
    measured = _measured(fields) & ~_is_incident(fields)
    own = (has_items(fields) | measured) & (listed == "").to_numpy() & ~fates.rejected
    for at in np.flatnonzero(own).tolist():
        found += [
            (at, {**item, "item": item_name(item["item"], known)[:LONGEST_ITEM]})
            for item in (*_named(cells, at), *_in_columns(cells, at))
        ]
    return [(at, {**item, "record_id": ids.iloc[at]}) for at, item in found]


def has_items(fields: Fields) -> npt.NDArray[np.bool_]:
    """Tell which rows name an item, in whichever way."""
    texts = [fields.get("item"), fields.get("items_json")]
    texts += [fields.column(each.column) for each in fields.mapping.items]
    named: npt.NDArray[np.bool_] = np.any([(text != "").to_numpy() for text in texts], axis=0)
    return named


def _measured(fields: Fields) -> npt.NDArray[np.bool_]:
    """Tell which rows give an amount."""
    given: npt.NDArray[np.bool_] = np.any(
        [(fields.get(name) != "").to_numpy() for name in ("quantity", "weight")], axis=0
    )
    return given


def _is_incident(fields: Fields) -> npt.NDArray[np.bool_]:
    if kind := fields.mapping.kind_of_all():
        return np.full(len(fields.rows), kind == "incident")
    told: npt.NDArray[np.bool_] = fields.get("kind").str.casefold().str.startswith("i").to_numpy()
    return told


class _Cells(NamedTuple):
    """Where amounts are read from, and who is told of them."""

    fields: Fields
    fates: Fates
    marks: Marks

    def note(self, at: int, named: list[str], reason: str) -> None:
        """Note something of some fields of a row."""
        for name in named:
            texts = self.fields.get(name)
            self.fates.say_each([(at, reason)], self.fields.column_of(name), texts, fault=False)

    def amount(self, at: int, texts: pd.Series, column: str, asked: str, mark: str) -> Item | None:
        """Read an amount of a row; ``None``: it is none, which rejects the row.

        ``asked`` is the unit beside it, ``mark`` the field whose decimal mark it has.
        """
        text = texts.iloc[at]
        amount = read_amount(text, self.marks.of(mark))
        unit, factor = _unit(amount.unit or asked)
        if amount.is_fault or amount.low < 0 or amount.low * factor > _most_of(unit):
            reason = "is no quantity; write a number, or leave it empty"
            self.fates.say_each([(at, reason)], column, texts, fault=True)
            return None
        notes = _notes(amount, text, unit, asked, is_open=self.marks.is_open(mark))
        self.fates.say_each(((at, note) for note in notes), column, texts, fault=False)
        number = amount.low * factor
        return {"quantity": number, "unit": unit, "approx": _APPROX.get(amount.bound, "")}


def _named(cells: _Cells, at: int) -> list[Item]:
    """Read the item that a row names in columns: once by quantity, once by weight."""
    fields = cells.fields
    name, unit = (fields.get(each).iloc[at] for each in ("item", "unit"))
    asked = {"quantity": unit, "weight": fields.get("weight_unit").iloc[at] or _weighed(unit)}
    given = [field for field in asked if fields.get(field).iloc[at]]
    if not name and any(fields.column(each.column).iloc[at] for each in fields.mapping.items):
        cells.note(at, given, "is left out: the items have columns of their own")
        return []
    if not name:
        cells.note(at, given, "is an amount of nothing that is named")
    fixed = next((rule.fixed for rule in fields.mapping.fields.get("unit", ()) if rule.fixed), "")
    if fixed and unit and _unit(unit) != _unit(fixed):
        cells.note(at, ["unit"], f"is taken, and not {fixed!r} as the heading says")
    found: list[Item] = []
    for field in given or ["quantity"]:
        column = fields.column_of(field)
        item = cells.amount(at, fields.get(field), column, asked[field], field)
        if item is None:
            return []
        same = [
            each
            for each in found
            if each["unit"] == item["unit"] and not np.isnan(each["quantity"])
        ]
        stated = not np.isnan(item["quantity"])
        if same and stated and not np.isclose(same[0]["quantity"], item["quantity"], rtol=0.01):
            cells.note(at, [field], "is left out: another column gives another amount")
        if not same:
            found.append({"item": name or NOT_NAMED, **item})
    return [each for each in found if not np.isnan(each["quantity"])] or found[:1]


def _weighed(unit: str) -> str:
    """Give the unit of a weight: that of the row, unless it is one of other things."""
    return UNWEIGHED if not unit or _unit(unit)[0] in _UNWEIGHTY else unit


def _in_columns(cells: _Cells, at: int) -> list[Item]:
    """Read the items that have a column each: what is empty or 0 was not there."""
    found = []
    for each in cells.fields.mapping.items:
        texts = cells.fields.column(each.column)
        if texts.iloc[at]:
            item = cells.amount(at, texts, each.column, each.unit, each.column)
            if item is not None and item["quantity"] != 0:
                found.append({"item": each.item, **item})
    return found


def _most_of(unit: str) -> float:
    return MOST_MONEY if unit in MONEY else MOST_OF_A_UNIT


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
    if amount.unit and asked not in ("", UNWEIGHED) and _unit(amount.unit) != _unit(asked):
        notes.append(f"is read in {amount.unit!r}, and not in {asked!r} as the column says")
    if unit not in _units_here():
        notes.append(f"has the unit {unit[:40]!r}, which the atlas does not know; kept as it is")
    return notes


@cache
def _units_here() -> frozenset[str]:
    return frozenset({UNWEIGHED, *(known for known, _ in known_units().values())})


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
