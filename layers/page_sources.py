"""The sources of the records in the page, as a table that its scripts read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pandas as pd

from layers.popup import safe_href

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

_NAMED = ["name", "url", "date"]


def source_table(frames: Sequence[gpd.GeoDataFrame], sources: pd.DataFrame) -> dict[str, Any]:
    """List the sources of records, column by column.

    Parameters
    ----------
    frames
        Records by layer, in the order of the page.
    sources
        As ``seeds.sources``; a record that has none there is told by its own
        main source.

    Returns
    -------
    dict
        ``publishers``: names; then for each source, by record: ``publisher``
        (its position), ``record`` (the record's row, counted on from layer to
        layer), ``date`` as given and ``url`` (empty if it is no http(s) address).
    """
    records = pd.concat([pd.DataFrame(each) for each in frames], ignore_index=True)
    rows = dict(zip(records["id"].tolist(), range(len(records)), strict=True))
    listed = pd.DataFrame(
        {
            "row": [rows.get(key, -1) for key in sources["record_id"].tolist()],
            **{name: sources[name].tolist() for name in _NAMED},
        }
    )
    listed = listed[listed["row"] >= 0]
    told = pd.concat([listed, _own(records, set(listed["row"].tolist()))], ignore_index=True)
    told = told.sort_values("row", kind="stable")
    urls = [safe_href(url) for url in told["url"].tolist()]
    named = zip(told["name"].tolist(), urls, strict=True)
    codes, publishers = pd.factorize(pd.Series([_publisher(*each) for each in named], dtype="str"))
    return {
        "publishers": publishers.tolist(),
        "publisher": codes.tolist(),
        "record": told["row"].tolist(),
        "date": told["date"].tolist(),
        "url": urls,
    }


def _own(records: pd.DataFrame, known: set[int]) -> pd.DataFrame:
    """Give the main source of the records that are not listed."""
    missing = [row for row in range(len(records)) if row not in known]
    own = records.iloc[missing]
    frame = pd.DataFrame(
        {"row": missing, **{name: own[f"source_{name}"].tolist() for name in _NAMED}}
    )
    return frame[(frame["name"] != "") | (frame["url"] != "")]


def _publisher(name: str, url: str) -> str:
    return name or urlsplit(url).netloc.removeprefix("www.") or "not named"
