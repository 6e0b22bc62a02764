"""What the size of a sign may say: one measure, one unit, one scale each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A quantity that signs can show by area.

    Attributes
    ----------
    id, name, kind
        ``kind`` is the kind of record that it is for.
    unit
        What the legend writes after a number.
    full
        The value drawn ``FULL_PX`` wide; others follow by area.
    item_class, item_unit
        For seizures, which items are added up.
    """

    id: str
    name: str
    kind: str
    unit: str
    full: float
    item_class: str = ""
    item_unit: str = ""


FULL_PX: Final = 30
"""Width in CSS pixels of the sign of a measure's ``full`` value."""

SMALLEST_PX: Final = 7.5
"""No sign is smaller, or it could not be seen or hit."""

LARGEST_PX: Final = 90
"""No sign grows beyond this, or one record would cover a country; the legend says so."""

MEASURES: Final = (
    Measure(id="killed", name="People killed", kind="incident", unit="killed", full=100),
    Measure(
        id="drugs_kg",
        name="Drugs (kg)",
        kind="seizure",
        unit="kg of drugs",
        full=10_000,
        item_class="drug",
        item_unit="kg",
    ),
    Measure(
        id="firearms_count",
        name="Firearms (number)",
        kind="seizure",
        unit="firearms",
        full=200,
        item_class="firearm",
        item_unit="count",
    ),
    Measure(
        id="rounds",
        name="Cartridges (rounds)",
        kind="seizure",
        unit="rounds",
        full=50_000,
        item_class="ammunition",
        item_unit="rounds",
    ),
    Measure(
        id="explosives_kg",
        name="Explosives (kg)",
        kind="seizure",
        unit="kg of explosives",
        full=5_000,
        item_class="explosive",
        item_unit="kg",
    ),
)
"""All measures but "records", which needs no value."""


def get_measure(measure_id: str, kind: str) -> Measure | None:
    """Find a measure.

    Parameters
    ----------
    measure_id
        Its id; "records" means none.
    kind
        ``seizure`` or ``incident``.

    Returns
    -------
    Measure or None
        ``None`` for "records".

    Raises
    ------
    ValueError
        If there is no such measure for that kind.
    """
    if measure_id == "records":
        return None
    known = {each.id: each for each in MEASURES if each.kind == kind}
    if measure_id not in known:
        choices = ", ".join(["records", *known])
        msg = f"{measure_id!r} is no measure of a {kind}; choose one of {choices}."
        raise ValueError(msg)
    return known[measure_id]


def measure_values(
    records: gpd.GeoDataFrame, items: pd.DataFrame, measures: Sequence[Measure]
) -> dict[str, pd.Series]:
    """Give each record its values of some measures.

    Parameters
    ----------
    records
        Records of the measures' kind with ``id`` (and ``killed``).
    items
        Seized items: ``record_id``, ``quantity``, ``unit``, ``class``.
    measures
        The measures.

    Returns
    -------
    dict of str to pandas.Series of float
        By the id of the measure: index of ``records``, in the measure's unit;
        NaN where no source states one. Only items of the measure's class *and*
        unit are added up.
    """
    quantity = items["quantity"].to_numpy(dtype=float)
    # Once for all measures: finding ids among ids takes longer than all the rest.
    holder_of, holders = pd.factorize(items["record_id"])
    place = pd.Index(holders).get_indexer(records["id"])
    values = {}
    for measure in measures:
        if not measure.item_class:
            values[measure.id] = records["killed"].astype("Float64").astype(float)
            continue
        is_of = (items["class"] == measure.item_class) & (items["unit"] == measure.item_unit)
        chosen = is_of.to_numpy() & ~np.isnan(quantity)
        totals = np.full(len(holders) + 1, np.nan)
        totals[holder_of[chosen]] = 0
        np.add.at(totals, holder_of[chosen], quantity[chosen])
        # Who holds nothing is at -1, where the last, missing total is.
        values[measure.id] = pd.Series(totals[place], index=records.index)
    return values


def size_px(value: float, measure: Measure) -> float:
    """Width in CSS pixels of a sign whose *area* is in proportion to a value.

    Parameters
    ----------
    value
        In the measure's unit.
    measure
        Sets the scale, which no filter changes.
    """
    px = FULL_PX * math.sqrt(value / measure.full)
    return round(min(max(px, SMALLEST_PX), LARGEST_PX), 1)


def largest_shown(measure: Measure) -> float:
    """Give the value from which signs grow no more, in the measure's unit."""
    return measure.full * (LARGEST_PX / FULL_PX) ** 2


def scale_steps(measure: Measure) -> tuple[float, ...]:
    """Values that the legend shows the size of."""
    return (measure.full / 10, measure.full / 2, measure.full)
