"""Records as frames: typed columns, points, sources and items in words."""

from __future__ import annotations

from typing import Final, Literal

import geopandas as gpd
import pandas as pd

from geo.crs import WGS84
from geo.dates import record_period

SHARED: Final = (
    *("id", "date", "place", "district", "province", "country", "lat", "lon"),
    *("precision", "group", "role", "attribution", "actor", "category"),
    *("direction", "summary"),
)
"""Columns of both kinds of record."""

OWN: Final = {
    "seizure": ("conveyance",),
    "incident": ("killed", "injured", "killed_low", "killed_high"),
}
"""Columns of one kind only."""

SOURCE_COLUMNS: Final = ("source_name", "source_url", "source_date", "other_urls")

RECORD_COLUMNS: Final = (
    "id",
    "kind",
    *SHARED[1:-1],
    *OWN["seizure"],
    *OWN["incident"],
    "summary",
    *SOURCE_COLUMNS,
)
"""Columns of a record in exports and imported files, in this order."""

NUMBERS: Final[dict[str, Literal["float64", "Int64"]]] = {
    "lat": "float64",
    "lon": "float64",
    "killed": "Int64",
    "injured": "Int64",
    "killed_low": "Int64",
    "killed_high": "Int64",
}
"""Columns that are not text."""


def make_records(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Turn rows of text into a frame of records.

    Parameters
    ----------
    rows
        Text columns, valid by the schema; those of ``RECORD_COLUMNS`` that
        are missing are empty.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``RECORD_COLUMNS`` and ``date_start``, ``date_end``; text never
        missing but empty; people killed and injured nullable integers; WGS84
        points, missing where a coordinate is; a fresh index from 0, and the
        rows in the order given.

    Raises
    ------
    DateError
        If a date does not parse.
    """
    known = rows[[column for column in RECORD_COLUMNS if column in rows]]
    frame = known.astype("str").fillna("").reset_index(drop=True)
    frame = frame.reindex(columns=list(RECORD_COLUMNS), fill_value="").astype("str")
    for column, dtype in NUMBERS.items():
        frame[column] = pd.to_numeric(frame[column].replace("", None)).astype(dtype)
    codes, texts = pd.factorize(frame["date"].to_numpy(dtype=object))
    periods = [record_period(text) for text in texts]
    for column, days in (
        ("date_start", [period.start for period in periods]),
        ("date_end", [period.end for period in periods]),
    ):
        frame[column] = pd.to_datetime(days).take(codes)
    points = gpd.GeoSeries.from_xy(frame["lon"], frame["lat"], crs=WGS84)
    located = frame["lat"].notna() & frame["lon"].notna()
    return gpd.GeoDataFrame(frame, geometry=points.where(located, None), crs=WGS84)


def add_sources(rows: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Write each record's sources into its row.

    Parameters
    ----------
    rows
        Records with a unique ``id``.
    sources
        ``record_id``, ``rank`` (text; 1 is the main one), ``name``, ``url``, ``date``.

    Returns
    -------
    pandas.DataFrame
        The same rows with ``SOURCE_COLUMNS``; ``other_urls`` are separated by
        spaces, in the order of their rank.
    """
    ranked = sources.assign(rank=sources["rank"].astype(int)).sort_values(
        ["record_id", "rank"], kind="stable"
    )
    main = ranked[ranked["rank"] == 1].set_index("record_id")
    others = ranked[ranked["rank"] > 1].groupby("record_id")["url"].agg(" ".join)
    return rows.assign(
        source_name=rows["id"].map(main["name"]),
        source_url=rows["id"].map(main["url"]),
        source_date=rows["id"].map(main["date"]),
        other_urls=rows["id"].map(others),
    )
