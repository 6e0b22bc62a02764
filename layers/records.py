"""Which records the map cannot show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import geopandas as gpd


def not_drawn(records: gpd.GeoDataFrame) -> pd.Series:
    """Say why records cannot be drawn.

    Parameters
    ----------
    records
        Joined records.

    Returns
    -------
    pandas.Series of str
        The reason, by the index of those records that cannot be drawn.
    """
    reasons = pd.Series("", index=records.index, dtype="str")
    unplaced = records.geometry.isna()
    coarse = records["precision"] == "province"
    reasons[unplaced & ~coarse] = "no coordinates"
    reasons[coarse & (records["adm1_today_code"] == "")] = "province not known"
    return reasons[reasons != ""]
