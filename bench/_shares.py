"""How often made-up records take each value: about as the built-in ones do."""

from __future__ import annotations

from typing import Final

import pandas as pd

SHARES: Final[dict[str, dict[str, dict[str, float]]]] = {
    "incident": {
        "role": {"perpetrator": 0.38, "": 0.37, "target": 0.16, "party": 0.09},
        "attribution": {"": 0.36, "claimed": 0.33, "attributed": 0.29, "suspected": 0.02},
        "category": {
            "suicide attack": 0.18,
            "armed assault": 0.17,
            "bombing": 0.15,
            "other": 0.1,
            "raid or operation": 0.08,
            "air or drone strike": 0.08,
            "clash": 0.06,
            "cross-border clash": 0.08,
            "leader killed": 0.05,
            "complex attack": 0.05,
        },
    },
    "seizure": {
        "role": {"": 1.0},
        "attribution": {"": 0.92, "attributed": 0.08},
        "category": {
            "firearms": 0.28,
            "explosives": 0.18,
            "mixed drugs": 0.17,
            "hashish": 0.1,
            "opium": 0.1,
            "ammunition": 0.06,
            "precursors": 0.04,
            "heroin": 0.04,
            "other": 0.03,
        },
    },
}
"""By kind and column, the shares of its values."""

ITEMS: Final = pd.DataFrame(
    [
        ("opium", 200, "kg", "drug"),
        ("hashish", 150, "kg", "drug"),
        ("heroin", 20, "kg", "drug"),
        ("AK-pattern rifle", 4, "count", "firearm"),
        ("pistol", 3, "count", "firearm"),
        ("machine gun", 1, "count", "firearm"),
        ("cartridge", 900, "rounds", "ammunition"),
        ("grenade", 9, "count", "ammunition"),
        ("rocket", 5, "count", "ammunition"),
        ("explosives", 100, "kg", "explosive"),
        ("landmine", 6, "count", "explosive"),
        ("IED", 2, "count", "explosive"),
    ],
    columns=["item", "quantity", "unit", "class"],
)
"""What is seized; the quantities made up vary about these."""
