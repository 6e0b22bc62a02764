"""The columns of records that the page filters, draws and counts by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from layers.measures import MEASURES, measure_values
from layers.payload import Column

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.payload import Integers

DEGREE_PLACES: Final = 7
"""Of coordinates: about 1 cm."""

KM_PLACES: Final = 3
MEASURE_PLACES: Final = 3

LONGEST_MONTH_DAYS: Final = 31


TEXTS_AFTER: Final = {
    "country": "country",
    "adm1_reported": "adm1_reported",
    "adm1_today": "adm1_today",
    "unit": "adm1_today_code",
    "border": "border",
}
"""Name in the page: column of the records."""


def record_columns(records: gpd.GeoDataFrame, items: pd.DataFrame) -> list[Column]:
    """Give the columns that the page keeps of records, in the order it reads them.

    Parameters
    ----------
    records
        Joined records of one kind; the rows of every column are in their order.
    items
        Items seized: ``record_id``, ``item``, ``quantity``, ``unit``, ``class``.

    Returns
    -------
    list of Column
        What filters ask, then the measures of the kind (for no records, of every
        kind). Coordinates in WGS84 degrees, ``radius_km`` in kilometres. A date is
        the first day that it may mean and how precisely it was told.
    """
    kinds = set(records["kind"].unique())
    # Only seizures have items: looking each incident up among them would take long.
    items = items if "seizure" in kinds else items.iloc[:0]
    # No records are of any kind: the page finds the column that it sizes signs by.
    measures = [each for each in MEASURES if each.kind in kinds or not kinds]
    return [
        _text("kind", records["kind"]),
        _number("lat", records["lat"], DEGREE_PLACES),
        _number("lon", records["lon"], DEGREE_PLACES),
        Column(name="date", type="day", values=records["date_start"]),
        _text("date_precision", date_precisions(records)),
        _text("precision", records["precision"]),
        _number("radius_km", records["radius_km"], KM_PLACES),
        *(_text(name, records[name]) for name in ("group", "role", "attribution", "category")),
        Column(name="items", type="set", values=item_sets(records["id"], items)),
        *(_text(name, records[source]) for name, source in TEXTS_AFTER.items()),
        *(
            _number(name, values, MEASURE_PLACES)
            for name, values in measure_values(records, items, measures).items()
        ),
    ]


def date_precisions(records: pd.DataFrame) -> pd.Series:
    """Tell how precisely each date was told, by how many days it may mean.

    Parameters
    ----------
    records
        With ``date_start`` and ``date_end``.

    Returns
    -------
    pandas.Series of str
        ``day``, ``month``, ``year``, or, from and to any other day, ``7 days``;
        index of ``records``.
    """
    first, last = records["date_start"], records["date_end"]
    days = (last - first).dt.days + 1
    begun = first.dt.is_month_start
    month = begun & last.dt.is_month_end & (days <= LONGEST_MONTH_DAYS)
    year = first.dt.is_year_start & last.dt.is_year_end & (first.dt.year == last.dt.year)
    named = np.select([days <= 1, month, year], ["day", "month", "year"], "")
    counted = days.astype("str") + " days"
    return pd.Series(named, records.index, dtype="str").where(named != "", counted).astype("str")


def item_sets(ids: pd.Series, items: pd.DataFrame) -> pd.Series:
    """Collect the items of each record.

    Parameters
    ----------
    ids
        Ids of records, each once.
    items
        Items seized: ``record_id``, ``item``.

    Returns
    -------
    pandas.Series of tuple of str
        Index of ``ids``; the distinct items in order, an empty tuple for none.
    """
    if items.empty or ids.empty:
        return pd.Series([()] * len(ids), index=ids.index, dtype="object")
    distinct = items[["record_id", "item"]].drop_duplicates().sort_values("item", kind="stable")
    holder_of, holders = pd.factorize(distinct["record_id"])
    sets, set_of = _grow_sets(holder_of, distinct["item"])
    # Those that hold nothing are at -1, where the empty set is added.
    where = pd.Index(holders.astype("object")).get_indexer(ids.to_numpy(dtype="object"))
    chosen = np.append(set_of, 0)[where]
    return pd.Series(sets, dtype="object").take(chosen).set_axis(ids.index)


def _grow_sets(holder_of: Integers, items: pd.Series) -> tuple[list[tuple[str, ...]], Integers]:
    """Give the distinct sets, the empty one first, and for each holder which is its own."""
    codes, names = pd.factorize(items)
    turn = pd.Series(holder_of).groupby(holder_of).cumcount().to_numpy()
    sets: list[tuple[str, ...]] = [()]
    set_of = np.zeros(int(holder_of.max(initial=-1)) + 1, dtype=np.int64)
    # One round for each first, second, third … item of the holders: sets of one item
    # become sets of two, and so on; as many rounds as the longest set has items.
    for number in range(int(turn.max(initial=-1)) + 1):
        now = turn == number
        holders = holder_of[now]
        steps, pairs = pd.factorize(set_of[holders] * len(names) + codes[now])
        set_of[holders] = len(sets) + steps
        sets += [(*sets[pair // len(names)], str(names[pair % len(names)])) for pair in pairs]
    return sets, set_of


def _text(name: str, values: pd.Series) -> Column:
    return Column(name=name, type="text", values=values)


def _number(name: str, values: pd.Series, places: int) -> Column:
    return Column(name=name, type="number", values=values, places=places)
