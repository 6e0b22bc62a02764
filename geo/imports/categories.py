"""What was seized, in a word, where only the items tell."""

from __future__ import annotations

from typing import Final

import pandas as pd

OWN_CATEGORY: Final = frozenset({"opium", "heroin", "methamphetamine", "hashish"})
"""Items that are a category of their own."""

OTHER: Final = "other"
MIXED: Final = "mixed drugs"

CATEGORY_OF: Final = {
    "firearm": "firearms",
    "ammunition": "ammunition",
    "explosive": "explosives",
    "optics and equipment": "optics and equipment",
    "precursor": "precursors",
    "cash or gold": "cash or gold",
}
"""Class of an item: the category of a seizure of it."""

DRUG: Final = "drug"


def fill_categories(rows: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Give a category to records that have none.

    Of a seizure of several items: mixed drugs where there are several kinds of
    them, else the first kind in the order of :data:`CATEGORY_OF`, drugs first.

    Parameters
    ----------
    rows
        Records as texts, with ``id`` and ``category``.
    items
        As :func:`geo.imports.items.make_items` gives.
    """
    kinds: dict[str, set[tuple[str, str]]] = {}
    cells = (items[name].tolist() for name in ("record_id", "item", "class"))
    for record, item, class_ in zip(*cells, strict=True):
        kinds.setdefault(record, set()).add(_kind(item, class_))
    told = [_category(kinds.get(record, set())) for record in rows["id"]]
    category = rows["category"].where(rows["category"] != "", told)
    return rows.assign(category=category.where(category != "", OTHER).astype("str"))


def _kind(item: str, class_: str) -> tuple[str, str]:
    """Give the class of an item, and of drugs which one it is."""
    if class_ != DRUG:
        return class_, ""
    named = [each for each in OWN_CATEGORY if each in item]
    return DRUG, named[0] if len(named) == 1 and " and " not in item else item


def _category(kinds: set[tuple[str, str]]) -> str:
    drugs = {drug for class_, drug in kinds if class_ == DRUG}
    if len(drugs) > 1:
        return MIXED
    if drugs:
        only = drugs.pop()
        return only if only in OWN_CATEGORY else MIXED if " and " in only else ""
    return next((word for class_, word in CATEGORY_OF.items() if (class_, "") in kinds), "")
