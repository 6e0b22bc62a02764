"""Rows of a table as records: each field read, checked, and what was wrong told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.brought import ID_MARK
from geo.imports.fates import Fates
from geo.imports.groups import read_sides
from geo.imports.items import Item, read_items
from geo.imports.marks import Marks
from geo.imports.people import read_people
from geo.imports.place import COUNTRY, Places
from geo.imports.values import Fields
from geo.imports.when import read_dates
from geo.records import RECORD_COLUMNS

if TYPE_CHECKING:
    from geo.imports.countries import Countries
    from geo.imports.mapping import Mapping
    from geo.imports.named import Namer
    from geo.imports.table import Chunk

KINDS: Final = ("seizure", "incident")
LONGEST_ID: Final = 60
ROLES: Final = ("", "perpetrator", "target", "party")
ATTRIBUTIONS: Final = ("", "claimed", "attributed", "suspected")
_PLAIN: Final = (
    *("place", "district", "category", "direction", "conveyance", "summary"),
    *("source_name", "source_url", "source_date", "other_urls"),
)
_LINK: Final = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_ODD: Final = re.compile(r"[^A-Za-z0-9._-]+")
_DIRECTION: Final = re.compile(r"[A-Z]{3}>[A-Z]{3}")


@dataclass(kw_only=True, eq=False)
class Context:
    """What all rows of an import share.

    Attributes
    ----------
    key
        Start of the ids of its records.
    source
        What is named as the source of a record that names none.
    countries, namer
        Who knows countries and places.
    classes
        Class of each item that the atlas knows.
    today
        The last day that a record can be of.
    day_first, marks
        How dates and numbers of the table are written.
    by_table
        Whether ids of the source are told apart by table: several have numbers of their own.
    seen
        For each id met so far, in all tables, its row and a mark of its date and place.
    same
        For each row without an id met so far a mark of all its cells, and its number.
    """

    key: str
    source: str
    countries: Countries
    namer: Namer
    items: Dict[str, str]
    today: date
    day_first: bool | None = None
    marks: Marks = field(default_factory=Marks)
    by_table: bool = False
    seen: dict[str, tuple[str | int, int]] = field(default_factory=dict)
    same: dict[int, str | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Read:
    """What became of some rows: records (texts), the items of those kept, and the fates."""

    records: pd.DataFrame
    items: list[Item]
    fates: Fates
    ids: pd.Series


def read_rows(chunk: Chunk, mapping: Mapping, context: Context, where: str) -> Read:
    """Make records of rows.

    Parameters
    ----------
    chunk
        The rows.
    mapping
        Which columns give which fields.
    context
        What all rows of the import share.
    where
        Name of the table, for ids that repeat.

    Returns
    -------
    Read
        Records of the rows that are not rejected, in their order.
    """
    fields = Fields(chunk.rows, mapping)
    fates = Fates(chunk.rows.index)
    columns: dict[str, Any] = {name: fields.get(name) for name in _PLAIN}
    columns["kind"] = _kinds(fields, fates)
    columns["date"] = read_dates(fields, fates, context.day_first, context.today)
    columns |= read_people(fields, fates, context.marks)
    columns |= _places(fields, fates, context)
    sides = read_sides(fields, columns["country"])
    columns |= {name: sides[name] for name in ("group", "role", "actor", "attribution")}
    _check_words(columns, fields, fates)
    _mend_texts(columns, fields, fates, context.source)
    records = pd.DataFrame(columns, index=chunk.rows.index)
    ids = _ids(fields, context, where)
    items = read_items(fields, ids, fates, context.items, context.marks)
    more = _meet(records, ids, fields, fates, context, where)
    kept = records.assign(id=ids).loc[~fates.rejected & ~more, list(RECORD_COLUMNS)]
    listed = [item for at, item in items if not fates.rejected[at]]
    return Read(records=kept, items=listed, fates=fates, ids=ids)


def _kinds(fields: Fields, fates: Fates) -> pd.Series:
    fixed = fields.mapping.kind
    if fixed:
        return pd.Series(fixed, index=fields.rows.index, dtype=object)
    kinds = fields.get("kind").str.casefold().str.removesuffix("s")
    strange = ~kinds.isin(KINDS).to_numpy()
    column, told = fields.column_of("kind"), fields.raw("kind")
    fates.reject(strange, column, told, "is not seizure or incident")
    return kinds


def _check_words(columns: dict[str, Any], fields: Fields, fates: Fates) -> None:
    for name, known in (("role", ROLES), ("attribution", ATTRIBUTIONS)):
        words = columns[name].str.casefold()
        strange = ~words.isin(known).to_numpy() | fields.strange(name)
        told = ", ".join(filter(None, known))
        fates.reject(strange, fields.column_of(name), fields.raw(name), f"is none of {told}")
        columns[name] = words
    direction = columns["direction"]
    odd = _unlike(direction, _DIRECTION)
    column = fields.column_of("direction")
    fates.note(odd, column, direction, "is no direction like AFG>PAK; left out")
    columns["direction"] = direction.where(~odd, "")


def _unlike(texts: pd.Series, pattern: re.Pattern[str]) -> Any:
    """Tell where a text that is given does not match a pattern."""
    known = {text for text in texts.unique() if not text or pattern.fullmatch(text)}
    return np.array([text not in known for text in texts.tolist()], dtype=bool)


def _mend_texts(columns: dict[str, Any], fields: Fields, fates: Fates, source: str) -> None:
    """Give each record a source, and keep only links that are web addresses."""
    links = columns["source_url"]
    odd = _unlike(links, _LINK)
    fates.note(odd, fields.column_of("source_url"), links, "is no http or https link; left out")
    url = fields.mapping.url
    columns["source_url"] = links.where(~odd, "").where(lambda text: text != "", url)
    named = columns["source_name"]
    columns["source_name"] = named.where(named != "", fields.mapping.publisher or source)
    others = columns["other_urls"]
    columns["other_urls"] = others.map(lambda text: " ".join(_LINK.findall(text)) if text else "")


def _plain(text: str) -> str:
    """Write a source's id in plain letters; one that must be changed stays one of a kind."""
    plain = _ODD.sub("-", text)
    if plain == text and len(text) <= LONGEST_ID:
        return text
    return f"{plain[:LONGEST_ID]}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _ids(fields: Fields, context: Context, where: str) -> pd.Series:
    """Give each row an id: the source's own, or by its number."""
    own = fields.get("id")
    start = f"{_ODD.sub('-', where).strip('-')[:20]}-".lstrip("-")
    own_start = start if context.by_table else ""
    ids = [
        f"{context.key}{ID_MARK}{f'{own_start}{_plain(text)}' if text else f'{start}row{row}'}"
        for text, row in zip(own, own.index, strict=True)
    ]
    return pd.Series(ids, index=own.index, dtype=object)


def _meet(
    records: pd.DataFrame,
    ids: pd.Series,
    fields: Fields,
    fates: Fates,
    context: Context,
    where: str,
) -> Any:
    """Tell which rows add an item to a record met before; note those met word for word."""
    own = fields.get("id")
    more = np.zeros(len(ids), dtype=bool)
    items = ((fields.get("item") != "") | (fields.get("items_json") != "")).to_numpy()
    events = records[["date", "place", "lat", "lon"]].to_numpy().tolist()
    given, rows, named = ids.tolist(), own.index.tolist(), (own != "").tolist()
    whole = pd.util.hash_pandas_object(fields.rows, index=False).tolist()
    faults, notes = [], []
    for at in np.flatnonzero(~fates.rejected).tolist():
        row = f"{where} {rows[at]}" if where else rows[at]
        if not named[at]:
            met = context.same.setdefault(whole[at], row)
            if met != row:
                notes.append((at, f"is the same as row {met}; both are kept"))
            continue
        event = hash(tuple(events[at])) if items[at] else 0
        met, event_met = context.seen.setdefault(given[at], (row, event))
        if met == row:
            continue
        if items[at] and event == event_met:
            more[at] = True
            notes.append((at, f"a further item of the record of row {met}"))
        else:
            faults.append((at, f"repeats the id of row {met}; give each its own"))
    column = fields.column_of("id")
    fates.say_each(faults, column, own, fault=True)
    fates.say_each(notes, column if own.any() else "", own, fault=False)
    return more


def _places(fields: Fields, fates: Fates, context: Context) -> dict[str, pd.Series]:
    places = Places(fields, fates, context.countries, context.marks.degrees)
    index = fields.rows.index
    provinces = [
        context.namer.province(name, country)
        for name, country in zip(fields.get("province"), places.country, strict=True)
    ]
    names = pd.DataFrame(
        {
            "place": fields.get("place"),
            "district": fields.get("district"),
            "province": pd.Series(provinces, index=index, dtype=object),
            "country": places.country,
        },
        index=index,
        dtype=object,
    )
    context.namer.place_rows(names, places, fates)
    nowhere = places.precision == COUNTRY
    column = fields.column_of("precision")
    told = "known to its country only: not on the map"
    fates.note(nowhere, column, fields.raw("precision"), told)
    lat = np.where(nowhere, np.nan, places.lat)
    lon = np.where(nowhere, np.nan, places.lon)
    return {
        "lat": pd.Series(_degrees(lat), index=index, dtype=object),
        "lon": pd.Series(_degrees(lon), index=index, dtype=object),
        "precision": pd.Series(np.where(nowhere, "province", places.precision), index=index),
        "province": names["province"].where(~nowhere, ""),
        "country": pd.Series(places.country, index=index, dtype=object),
    }


def _degrees(numbers: Any) -> list[str]:
    texts = [f"{number:.6f}".rstrip("0").rstrip(".") for number in numbers.tolist()]
    return ["" if text == "nan" else text for text in texts]
