"""What a file of data holds, and the way from its plain tables back to frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import pandas as pd

from geo.fields import ITEM_COLUMNS, SOURCE_TABLE_COLUMNS, Field
from geo.joins import JOINED_COLUMNS
from geo.records import RECORD_COLUMNS, make_records

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS: Final = (*RECORD_COLUMNS, *JOINED_COLUMNS)
"""Columns of a record in every format, in this order."""

CHUNK_ROWS: Final = 5_000
"""Rows turned into Python's own values at a time: memory does not grow with their number."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What a file says of itself beside its records.

    Attributes
    ----------
    title, words, count, caveat
        What it shows, in words.
    licence
        Terms of the records.
    credits
        For each file of data it was made from: title, source, licence.
    fields
        What the columns mean.
    made
        When, in UTC: ``2026-11-22T23:40:00Z``; formats that keep a time get it.
    manifest
        Text of the manifest; empty: none.
    """

    title: str
    words: str
    count: str
    caveat: str
    licence: str
    credits: tuple[tuple[str, str, str], ...]
    fields: tuple[Field, ...]
    made: str
    manifest: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """List what there is to say, apart from fields and manifest, for people to read."""
        credited = [(title, f"{source}. {terms}") for title, source, terms in self.credits]
        return [
            ("Title", self.title),
            ("Records", self.words),
            ("Count", self.count),
            ("Made", self.made),
            ("Licence", self.licence),
            ("Note", self.caveat),
            *credited,
        ]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Dataset:
    """Joined records with what belongs to them.

    Attributes
    ----------
    records
        As :func:`geo.joins.join_records` gives them.
    items, sources
        Their items and sources: ``ITEM_COLUMNS`` and ``SOURCE_TABLE_COLUMNS``.
    about
        What the file says of itself; ``None`` in one that was read back.
    """

    records: gpd.GeoDataFrame
    items: pd.DataFrame
    sources: pd.DataFrame
    about: About | None = None


def make_dataset(
    records: gpd.GeoDataFrame, items: pd.DataFrame, sources: pd.DataFrame, about: About
) -> Dataset:
    """Collect records and what belongs to them.

    Parameters
    ----------
    records
        Joined records.
    items, sources
        Of these and other records, with ``record_id``.
    about
        What the file is to say of itself.

    Returns
    -------
    Dataset
        Items and sources in the order of the records; fresh indexes from 0.
    """
    return Dataset(
        records=records.reset_index(drop=True),
        items=_belonging(items, records)[list(ITEM_COLUMNS)],
        sources=_belonging(sources, records)[list(SOURCE_TABLE_COLUMNS)],
        about=about,
    )


def _belonging(rows: pd.DataFrame, records: gpd.GeoDataFrame) -> pd.DataFrame:
    order = {key: at for at, key in enumerate(records["id"])}
    kept = rows[rows["record_id"].isin(order)]
    places = pd.Series([order[key] for key in kept["record_id"]], kept.index, dtype="int64")
    return kept.loc[places.sort_values(kind="stable").index].reset_index(drop=True)


def plain_rows(table: pd.DataFrame) -> Iterator[list[tuple[Any, ...]]]:
    """Turn a frame into rows of Python's own values, some at a time.

    Parameters
    ----------
    table
        Any frame without geometry.

    Yields
    ------
    list of tuple
        Up to ``CHUNK_ROWS`` rows; a missing value is ``None``.
    """
    for start in range(0, len(table), CHUNK_ROWS):
        chunk = table.iloc[start : start + CHUNK_ROWS]
        columns = []
        for name in chunk:
            missing, values = chunk[name].isna().tolist(), chunk[name].tolist()
            columns.append([None if m else v for m, v in zip(missing, values, strict=True)])
        yield [*zip(*columns, strict=True)]


def restore(records: pd.DataFrame, items: pd.DataFrame, sources: pd.DataFrame) -> Dataset:
    """Give tables that were read from a file the types they had.

    Parameters
    ----------
    records
        Columns ``COLUMNS``; texts, numbers or booleans, whatever the format
        made of them.
    items, sources
        As in :class:`Dataset`.

    Returns
    -------
    Dataset
        Equal to what was written.
    """
    own = records[list(RECORD_COLUMNS)]
    frame = make_records(own.apply(_as_text))
    for name in JOINED_COLUMNS:
        frame[name] = _typed(records[name], name)
    joined = frame[
        [*frame.columns.drop(["geometry", *JOINED_COLUMNS]), *JOINED_COLUMNS, "geometry"]
    ]
    return Dataset(
        records=joined,
        items=pd.DataFrame({name: _typed(items[name], name) for name in ITEM_COLUMNS}),
        sources=pd.DataFrame({name: _as_text(sources[name]) for name in SOURCE_TABLE_COLUMNS}),
    )


def _typed(column: pd.Series, name: str) -> pd.Series:
    if name.endswith("_km") or name == "quantity":
        return pd.to_numeric(column.replace("", None)).astype("float64").reset_index(drop=True)
    if name.endswith("_supported"):
        return _as_text(column).str.casefold().isin(["true", "1", "1.0"])
    return _as_text(column)


def _as_text(column: pd.Series) -> pd.Series:
    """Write a column as text; a whole number has no point, a missing value is empty."""
    plain = column.reset_index(drop=True)
    if pd.api.types.is_string_dtype(plain) and not pd.api.types.is_object_dtype(plain):
        return plain.fillna("").astype("str")
    missing = plain.isna().tolist()
    texts = ["" if gone else _text(each) for gone, each in zip(missing, plain, strict=True)]
    return pd.Series(texts, dtype="str")


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def nested(table: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Gather the rows of items or sources by their record.

    Parameters
    ----------
    table
        With ``record_id``.

    Returns
    -------
    dict
        For each record its rows, without ``record_id``, missing values ``None``.
    """
    names = [str(name) for name in table if name != "record_id"]
    rows: dict[str, list[dict[str, Any]]] = {}
    for chunk in plain_rows(table[["record_id", *names]]):
        for key, *values in chunk:
            rows.setdefault(key, []).append(dict(zip(names, values, strict=True)))
    return rows


def unnested(ids: pd.Series, lists: list[Any], columns: tuple[str, ...]) -> pd.DataFrame:
    """Make a table of items or sources again of what :func:`nested` gathered.

    Parameters
    ----------
    ids
        Of the records.
    lists
        For each record its rows; ``None``: none.
    columns
        Of the table.
    """
    rows = [
        {"record_id": key, **row}
        for key, each in zip(ids, lists, strict=True)
        for row in (each if each is not None else ())
    ]
    return pd.DataFrame(rows, columns=list(columns))
