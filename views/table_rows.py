"""Records as rows for reading: every field, in words where a field has codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.brought import files_of
from geo.dates import show_date
from geo.facet_words import direction_words
from geo.phrases import item_phrases
from layers.popup import KIND_WORDS, safe_href

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import geopandas as gpd

    from geo.recordset import Codes, RecordSet


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column that the table may show.

    Attributes
    ----------
    id
        A field of a joined record, or ``items``.
    label
        Its heading.
    kind
        ``text``, ``whole``, ``number``, ``yes`` (a truth) or ``link``.
    help
        What its heading says when asked; empty: what the field's description says.
    """

    id: str
    label: str
    kind: str = "text"
    help: str = ""


_KNOWN: Final = "Only where the place is known well enough"
_ENOUGH: Final = "Whether the place is known well enough for the distance"
COLUMNS: Final = {
    column.id: column
    for column in (
        Column(id="date", label="Date", help="As precise as the source gives it"),
        Column(id="kind", label="Kind", help="A seizure, or an armed incident"),
        Column(id="category", label="Category"),
        Column(id="place", label="Place", help="The district where no place is named"),
        Column(id="district", label="District"),
        Column(id="adm1_reported", label="Province then", help="At the record's date"),
        Column(id="adm1_today", label="Province today"),
        Column(id="province", label="Province named", help="By the source, as it is called today"),
        Column(id="country", label="Country", help="Where it happened"),
        Column(id="group", label="Group"),
        Column(id="role", label="Role", help="What the group did"),
        Column(id="attribution", label="Attribution"),
        Column(id="actor", label="Force or actor"),
        Column(id="items", label="Items", help="What was seized, each with its own unit"),
        Column(id="direction", label="Direction"),
        Column(id="conveyance", label="Conveyance"),
        Column(id="killed", label="Killed", kind="whole"),
        Column(id="injured", label="Injured", kind="whole"),
        Column(id="summary", label="Summary"),
        Column(id="border", label="Nearest border", help=_KNOWN),
        Column(id="border_km", label="Km to border", kind="whole", help=_KNOWN),
        Column(id="border_supported", label="Border known", kind="yes", help=_ENOUGH),
        Column(id="crossing", label="Nearest crossing", help=_KNOWN),
        Column(id="crossing_km", label="Km to crossing", kind="whole", help=_KNOWN),
        Column(id="crossing_supported", label="Crossing known", kind="yes", help=_ENOUGH),
        Column(id="route", label="Nearest route", help=_KNOWN),
        Column(id="route_km", label="Km to route", kind="whole", help=_KNOWN),
        Column(id="route_supported", label="Route known", kind="yes", help=_ENOUGH),
        Column(id="precision", label="Place known to"),
        Column(id="radius_km", label="Radius, km", kind="whole"),
        Column(id="lat", label="Latitude", kind="number"),
        Column(id="lon", label="Longitude", kind="number"),
        Column(id="adm1_reported_code", label="Code then"),
        Column(id="adm1_today_code", label="Code today"),
        Column(id="source_url", label="Source", kind="link", help="The main source's web site"),
        Column(id="source_name", label="Publisher"),
        Column(id="source_date", label="Source dated"),
        Column(id="other_urls", label="Other sources"),
        Column(id="file", label="File", help="The built-in records, or a file that was brought"),
        Column(id="id", label="Record", help="The record's lasting name"),
    )
}
"""Columns by id, in the order in which they are offered."""

USUAL: Final = (
    *("date", "kind", "category", "place", "adm1_reported", "country", "group", "role"),
    *("items", "killed", "injured", "border", "border_km", "precision", "source_url"),
)
JOINS: Final = ("border", "crossing", "route")
"""Joins whose distance a location may be too coarse for."""


def record_rows(records: RecordSet, rows: Codes, columns: Iterable[str] = USUAL) -> pd.DataFrame:
    """Write what the table shows of some records.

    Parameters
    ----------
    records
        The joined records.
    rows
        Positions of the records to write, in the order wanted.
    columns
        Ids of ``COLUMNS``.

    Returns
    -------
    pandas.DataFrame
        A row for each of ``rows``, with a fresh index; columns by id. Text is
        empty, and a number missing, where a record has nothing to say; a
        distance, too, where the location does not support it.
    """
    part = records.joined.iloc[rows].reset_index(drop=True)
    found = {column: _write(records, part, rows, column) for column in columns}
    return pd.DataFrame(found, index=part.index)


def place_words(joined: gpd.GeoDataFrame) -> pd.Series:
    """Name where each record happened: the place, or else the district."""
    places: pd.Series = joined["place"].where(joined["place"] != "", joined["district"])
    return places


def _write(
    records: RecordSet, part: gpd.GeoDataFrame, rows: Codes, column: str
) -> pd.Series | Sequence[Any]:
    if column == "items":
        return _items(records, part, rows)
    words = _words(records, column)
    if words is not None:
        values = [words(value) for value in part[column].tolist()]
    elif column in ("place", "file"):
        is_file = column == "file"
        return files_of(part, records.seeds.brought) if is_file else place_words(part)
    elif column == "source_url":
        return [safe_href(url) or None for url in part[column].tolist()]
    else:
        return _supported(part, column)
    join = column if column in JOINS else ""
    if not join:
        return values
    known = part[f"{join}_supported"].tolist()
    return [value if sure else "" for value, sure in zip(values, known, strict=True)]


def _supported(part: gpd.GeoDataFrame, column: str) -> pd.Series:
    values: pd.Series = part[column]
    if COLUMNS[column].kind == "whole":
        values = values.astype("Float64").round(0).astype("Int64")
    join = column.removesuffix("_km")
    if join != column and join in JOINS:
        values = values.where(part[f"{join}_supported"].astype(bool))
    if column in JOINS:
        values = values.where(part[f"{column}_supported"].astype(bool), "")
    return values


def _words(records: RecordSet, column: str) -> Callable[[str], str] | None:
    """Give what puts a column's codes into words; ``None``: it has none."""
    names = records.seeds.country_names
    if column in ("country", "border"):
        return lambda code: names.get(code, code)
    if column == "route":
        routes = records.seeds.route_names
        return lambda code: routes.get(code, code)
    if column == "direction":
        return lambda text: direction_words(text, names) if text else ""
    if column == "kind":
        return lambda text: KIND_WORDS.get(text, text)
    return show_date if column == "date" else None


def _items(records: RecordSet, part: gpd.GeoDataFrame, rows: Codes) -> list[str]:
    wanted = np.zeros(len(records) + 1, dtype=bool)
    wanted[rows] = True
    # The last place is that of -1, an item of none of these records.
    phrases = item_phrases(records.items[wanted[records.item_rows]])
    return ["; ".join(phrases.get(key, ())) for key in part["id"].tolist()]
