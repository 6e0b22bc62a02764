"""How much was seized: sums by item and unit, never of unlike units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from geo.recordset import Mask, RecordSet

COLUMNS: Final = (
    *("class", "item", "unit", "quantity", "bound", "records"),
    *("stated", "not_stated", "lower_bounds"),
)


def sum_quantities(records: RecordSet, mask: Mask, by: str = "item") -> pd.DataFrame:
    """Add up what was seized.

    Parameters
    ----------
    records
        Joined records.
    mask
        Which of them to look at.
    by
        ``item``, or ``class`` for the classes of items.

    Returns
    -------
    pandas.DataFrame
        ``COLUMNS`` (without ``item`` for classes), the most records first: the sum
        of what is stated; ``bound`` is ``at least`` where a source gives a lower
        bound or no amount, else ``about`` where one is approximate, else empty;
        the records, and how many of their rows state an amount, do not, or give
        a lower bound.
    """
    rows = records.item_rows
    kept = (rows >= 0) & mask[rows]
    items = records.items[kept].assign(row=rows[kept])
    keys = ["class", "item", "unit"] if by == "item" else ["class", "unit"]
    stated = items["quantity"].notna()
    marked = items.assign(
        stated=stated,
        not_stated=~stated,
        lower_bounds=stated & (items["approx"] == "floor"),
        about=stated & (items["approx"] == "about"),
    )
    sums = marked.groupby(keys, sort=True).agg(
        quantity=("quantity", "sum"),
        records=("row", "nunique"),
        stated=("stated", "sum"),
        not_stated=("not_stated", "sum"),
        lower_bounds=("lower_bounds", "sum"),
        about=("about", "sum"),
    )
    table = sums.reset_index()
    open_ended = (table["not_stated"] + table["lower_bounds"]) > 0
    bound = np.where(open_ended, "at least", np.where(table["about"] > 0, "about", ""))
    # A sum of nothing stated is no zero.
    quantity = table["quantity"].where(table["stated"] > 0)
    table = table.assign(bound=bound, quantity=quantity)
    columns = [name for name in COLUMNS if name in table]
    return table.sort_values(
        ["records", *keys], ascending=[False, *(True for _ in keys)], ignore_index=True
    )[columns]
