"""Records as rows for reading: words, not codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.dates import parse_period, show_date
from geo.phrases import item_phrases
from layers.popup import KIND_WORDS, safe_href

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.seeds import Seeds

_AFTER_HOURS: Final = {"day": 0, "month": 1, "year": 2}


def table_rows(joined: gpd.GeoDataFrame, seeds: Seeds) -> pd.DataFrame:
    """Write what the table shows of each record.

    Parameters
    ----------
    joined
        Joined records.
    seeds
        For the items and the names of countries and neighbours.

    Returns
    -------
    pandas.DataFrame
        Index of ``joined``. ``when`` is a date to sort by: the first day that
        the date may mean, at an hour that tells a day (0) from a month (1) and
        a year (2); ``when_words`` is the date as people write it. ``border_km``
        is missing where the location does not support a distance.
    """
    periods = [parse_period(text) for text in joined["date"]]
    names = seeds.country_names
    phrases = item_phrases(seeds.items)
    supported = joined["border_supported"].astype(bool)
    return pd.DataFrame(
        {
            "id": joined["id"],
            "when": pd.to_datetime(
                [
                    pd.Timestamp(each.start) + pd.Timedelta(hours=_AFTER_HOURS[each.precision])
                    for each in periods
                ]
            ),
            "when_words": [show_date(text) for text in joined["date"]],
            "kind": joined["kind"].map(KIND_WORDS),
            "category": joined["category"],
            "place": joined["place"].where(joined["place"] != "", joined["district"]),
            "province": joined["adm1_reported"].where(
                joined["adm1_reported"] != "", joined["province"]
            ),
            "country": joined["country"].map(names).fillna(joined["country"]),
            "group": joined["group"],
            "role": joined["role"],
            "items": ["; ".join(phrases.get(key, ())) for key in joined["id"]],
            "killed": joined["killed"],
            "injured": joined["injured"],
            "border": joined["border"].map(names).fillna("").where(supported, ""),
            "border_km": joined["border_km"].where(supported).round(0),
            "precision": joined["precision"],
            "source": [safe_href(url) or None for url in joined["source_url"]],
        },
        index=joined.index,
    )
