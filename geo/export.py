"""Joined records as files: CSV and GeoJSON."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.joins import JOINED_COLUMNS
from geo.phrases import item_phrases
from geo.records import RECORD_COLUMNS

EXPORT_COLUMNS: Final = (*RECORD_COLUMNS, *JOINED_COLUMNS, "items")
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""First characters that make a spreadsheet run a text, and the mark against it."""

LICENCE: Final = (
    "Records: CC BY 4.0, Khyber Atlas contributors; joins from OpenStreetMap (ODbL 1.0) "
    "and Natural Earth (public domain)"
)


def to_csv(records: gpd.GeoDataFrame, items: pd.DataFrame) -> str:
    """Write joined records as CSV.

    Text that a spreadsheet would run as a formula is marked with a leading
    apostrophe, which :func:`geo.tables.read_records` takes off again.

    Parameters
    ----------
    records
        Joined records.
    items
        Items seized; a record's are written into one column in words.

    Returns
    -------
    str
        UTF-8 text with a heading, columns ``EXPORT_COLUMNS``, rows as given.
    """
    table = _with_items(records, items)[list(EXPORT_COLUMNS)]
    texts = table.select_dtypes(include=["object", "str"]).columns
    table[texts] = table[texts].map(_defused)
    # RFC 4180 line ends; with them a lone CR or LF in a text is quoted too.
    return str(table.to_csv(index=False, lineterminator="\r\n"))


def _with_items(records: gpd.GeoDataFrame, items: pd.DataFrame) -> pd.DataFrame:
    phrases = item_phrases(items)
    told = pd.array(["; ".join(phrases.get(key, ())) for key in records["id"]], dtype="str")
    return pd.DataFrame(records.drop(columns="geometry")).assign(items=told)


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def to_geojson(records: gpd.GeoDataFrame, items: pd.DataFrame) -> str:
    """Write joined records as GeoJSON.

    Parameters
    ----------
    records
        Joined records, WGS84.
    items
        Items seized; a record's are a list in its ``items`` property.

    Returns
    -------
    str
        A FeatureCollection, one feature a line, with a ``licence`` member.
    """
    columns = [*RECORD_COLUMNS, *JOINED_COLUMNS]
    lists = _item_lists(items[items["record_id"].isin(records["id"])])
    plain = json.loads(records[columns].to_json(orient="records"))
    features = [
        {
            "type": "Feature",
            "id": row["id"],
            "properties": row | {"items": lists.get(row["id"], [])},
            "geometry": None if point is None else point.__geo_interface__,
        }
        for row, point in zip(plain, records.geometry, strict=True)
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    head = json.dumps({"type": "FeatureCollection", "licence": LICENCE})[:-1]
    return f'{head}, "features": [\n{lines}\n]}}\n'


def _item_lists(items: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    columns = ["item", "quantity", "unit", "approx", "class"]
    return {
        str(key): json.loads(group[columns].to_json(orient="records"))
        for key, group in items.groupby("record_id")
    }


WRITERS: Final[dict[str, Callable[[gpd.GeoDataFrame, pd.DataFrame], str]]] = {
    "csv": to_csv,
    "geojson": to_geojson,
}
"""Formats of :func:`write_records` and what makes each."""


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    path
        Where to; a file there is replaced only once the new one is complete.
    content
        Text (written as UTF-8) or bytes.

    Raises
    ------
    OSError
        If the folder is missing or cannot be written to.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
