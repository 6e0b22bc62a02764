"""A record's facts in words, claiming no more than its location carries."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

PRECISION_WORDS: Final = {
    "site": "known to about 1 km",
    "town": "known to the town (about 5 km)",
    "district": "known to the district (about 20 km)",
    "province": "known to the province only",
}
ROLE_WORDS: Final = {
    "perpetrator": "acted",
    "target": "was the target",
    "party": "took part",
    "": "",
}
ATTRIBUTION_WORDS: Final = {
    "claimed": "claimed by the group",
    "attributed": "attributed by officials or the source",
    "suspected": "suspected, not confirmed",
    "": "",
}
UNIT_WORDS: Final = {"count": "", "sar": "SAR", "usd": "USD", "eur": "EUR"}


def distance_phrase(
    km: float, radius_km: float, name: str, *, supported: bool, precision: str
) -> str:
    """Say how far a record is from something.

    Parameters
    ----------
    km
        Distance from the record's point in kilometres.
    radius_km
        Radius of the record's location in kilometres.
    name
        What it is far from, with its article: ``Torkham``, ``the border``.
    supported
        Whether the location is precise enough for the distance.
    precision
        ``site``, ``town``, ``district`` or ``province``.

    Returns
    -------
    str
        Empty if there is no distance or a province-level location.

    Examples
    --------
    >>> distance_phrase(62.4, 5, "Torkham", supported=True, precision="town")
    'about 62 km from Torkham'
    >>> distance_phrase(3.2, 20, "Torkham", supported=False, precision="district")
    'somewhere within 23 km of Torkham'
    """
    if math.isnan(km) or math.isnan(radius_km) or precision == "province":
        return ""
    if not supported:
        return f"somewhere within {km + radius_km:.0f} km of {name}"
    if km <= radius_km:
        return f"within {max(radius_km, 1):.0f} km of {name}"
    return f"about {km:.0f} km from {name}"


def quantity_phrase(item: str, quantity: float, unit: str, approx: str) -> str:
    """Say what was seized and how much.

    Parameters
    ----------
    item
        Name of the item.
    quantity
        How much; NaN if the source does not say.
    unit
        ``count``, ``rounds``, ``kg``, ``litres``, ``m`` or a currency's code.
    approx
        ``floor``, ``about`` or empty.

    Returns
    -------
    str

    Examples
    --------
    >>> quantity_phrase("opium", 2500.0, "kg", "about")
    'opium: about 2\u202f500 kg'
    >>> quantity_phrase("pistol", float("nan"), "count", "")
    'pistol: number not stated'
    """
    if pd.isna(quantity):
        return f"{item}: {'number' if unit == 'count' else 'amount'} not stated"
    # A narrow no-break space keeps a number on one line and needs no locale.
    number = f"{quantity:,.10g}".replace(",", "\u202f")
    bound = {"floor": "at least ", "about": "about "}.get(approx, "")
    return f"{item}: {bound}{number} {UNIT_WORDS.get(unit, unit)}".rstrip()


def item_phrases(items: pd.DataFrame) -> dict[str, list[str]]:
    """Say what was seized in each seizure.

    Parameters
    ----------
    items
        The items table: ``record_id``, ``item``, ``quantity``, ``unit``, ``approx``.

    Returns
    -------
    dict of str to list of str
        By record, a phrase for each item, in the table's order.
    """
    phrases: dict[str, list[str]] = {}
    columns = items[["record_id", "item", "quantity", "unit", "approx"]]
    for record_id, *rest in columns.itertuples(index=False):
        phrases.setdefault(record_id, []).append(quantity_phrase(*rest))
    return phrases
