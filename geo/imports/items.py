"""What was seized, from a row's own columns: item, quantity, unit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.imports.values import read_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.imports.fates import Fates
    from geo.imports.values import Fields

ITEM_COLUMNS: Final = ("record_id", "item", "quantity", "unit", "approx", "class")
OWN_CATEGORY: Final = frozenset({"opium", "heroin", "methamphetamine", "hashish"})
"""Items that are a category of their own."""

CATEGORY_OF: Final = {
    "firearm": "firearms",
    "ammunition": "ammunition",
    "explosive": "explosives",
    "optics and equipment": "optics and equipment",
    "precursor": "precursors",
    "cash or gold": "cash or gold",
}
"""Class of an item: the category of a seizure of it."""

UNITS: Final[dict[str, tuple[str, float]]] = {
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "کیلو"), ("kg", 1.0)),
    **dict.fromkeys(("g", "gr", "gram", "grams"), ("kg", 0.001)),
    **dict.fromkeys(("t", "ton", "tons", "tonne", "tonnes", "mt"), ("kg", 1000.0)),
    **dict.fromkeys(("l", "litre", "litres", "liter", "liters"), ("litres", 1.0)),
    **dict.fromkeys(("round", "rounds", "cartridges", "bullets"), ("rounds", 1.0)),
    **dict.fromkeys(("", "count", "piece", "pieces", "pcs", "pc", "unit", "units"), ("count", 1.0)),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), ("m", 1.0)),
    **{code: (code, 1.0) for code in ("usd", "eur", "sar")},
}
"""Unit as people write it: the atlas's unit, and how many of it."""


def read_items(
    fields: Fields, ids: pd.Series, fates: Fates, classes: dict[str, str], decimal: str
) -> pd.DataFrame:
    """Read the items of some rows.

    Parameters
    ----------
    fields
        The rows and their mapping.
    ids
        The ids of their records.
    fates
        What becomes of the rows; a bad quantity rejects its row.
    classes
        Class of each item that the atlas knows, by its name.
    decimal
        Decimal mark of the table.

    Returns
    -------
    pandas.DataFrame
        ``ITEM_COLUMNS``, of rows that are not rejected. A row may list items of
        its own in JSON, as the atlas's files do, or name one in its columns.
    """
    listed = fields.get("items_json")
    named = fields.get("item")
    texts = fields.get("quantity")
    numbers, faults = read_numbers(texts, decimal)
    faults |= np.nan_to_num(numbers) < 0
    column = fields.column_of("quantity")
    fates.reject(faults & (named != "").to_numpy(), column, texts, "is no quantity; write 12.5")
    known = {name.casefold(): name for name in classes}
    rows: list[dict[str, Any]] = []
    for at in np.flatnonzero((listed != "").to_numpy() & ~fates.rejected):
        told, fault = _listed(listed.iloc[at])
        if fault:
            fates.say_each([(int(at), fault)], fields.column_of("items_json"), listed, fault=True)
        rows += [{**item, "record_id": ids.iloc[at]} for item in told]
    units = fields.get("unit").str.casefold()
    own = (named != "").to_numpy() & (listed == "").to_numpy()
    for at in np.flatnonzero(own & ~fates.rejected):
        name = known.get(named.iloc[at].casefold(), " ".join(named.iloc[at].split()))
        unit, factor = UNITS.get(units.iloc[at], (units.iloc[at], 1.0))
        quantity = float(numbers[at]) * factor
        rows.append({"record_id": ids.iloc[at], "item": name, "quantity": quantity, "unit": unit})
    return make_items(rows, classes)


def categories(fields: Fields, classes: Mapping[str, str]) -> pd.Series:
    """Say what was seized, where only the item does.

    Parameters
    ----------
    fields
        The rows and their mapping.
    classes
        Class of each item that the atlas knows, by its name.

    Returns
    -------
    pandas.Series of str
        Empty where no item tells.
    """
    folded = {name.casefold(): name for name in classes}

    def category(item: str) -> str:
        name = folded.get(item.casefold(), "")
        return name if name in OWN_CATEGORY else CATEGORY_OF.get(classes.get(name, ""), "")

    named = fields.get("item")
    return named.map({item: category(item) for item in named.unique()})


def make_items(rows: list[dict[str, Any]], classes: dict[str, str]) -> pd.DataFrame:
    """Make the table of items as the seeds have it."""
    frame = pd.DataFrame(rows, columns=list(ITEM_COLUMNS))
    texts = [name for name in ITEM_COLUMNS if name != "quantity"]
    frame[texts] = frame[texts].astype("str").fillna("")
    frame["quantity"] = pd.to_numeric(frame["quantity"]).astype("float64")
    known = frame["item"].map(classes)
    given = frame["class"].where(frame["class"] != "", "other")
    return frame.assign(**{"class": known.fillna(given).astype("str")})


def _listed(text: str) -> tuple[list[dict[str, Any]], str]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return [], "is no list of items in JSON"
    if not isinstance(content, list) or len(content) > 1000:
        return [], "is no list of items in JSON"
    items = []
    for each in content:
        item = each.get("item") if isinstance(each, dict) else None
        quantity = each.get("quantity") if isinstance(each, dict) else None
        if not isinstance(item, str) or not item or isinstance(quantity, dict | list | str | bool):
            return [], "has an item without a name, or with a quantity that is no number"
        words = {name: str(each.get(name) or "")[:40] for name in ("unit", "approx", "class")}
        items.append({"item": item[:200], "quantity": quantity, **words})
    return items, ""
