"""Rows of a table as records: each field read, checked, and what was wrong told."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.imports.amounts import is_unknown
from geo.imports.fates import Fates
from geo.imports.groups import read_sides
from geo.imports.headings import fold_name
from geo.imports.items import Item, read_items
from geo.imports.marks import Marks
from geo.imports.meeting import give_ids, meet_rows
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
MOST_CODES: Final = 20
ROLES: Final = ("", "perpetrator", "target", "party")
ATTRIBUTIONS: Final = ("", "claimed", "attributed", "suspected")
_PLAIN: Final = (
    *("place", "district", "category", "direction", "conveyance", "summary"),
    *("source_name", "source_url", "source_date", "other_urls"),
)
_LINK: Final = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_OF_CROSSINGS: Final = frozenset(
    {"crossing", "bordercrossing", "bordercrossingpoint", "crossingpoint", "borderpoint", "bcp"}
)
"""Headings, folded."""
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
        For each id met so far, in all tables, its row and, of one with items, what it says.
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
    seen: dict[str, tuple[str | int, tuple[str, ...]]] = field(default_factory=dict)
    same: dict[int, str | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Read:
    """What became of some rows: records (texts), the items of those kept, and the fates."""

    records: pd.DataFrame
    items: list[Item]
    fates: Fates
    ids: pd.Series


def read_rows(
    chunk: Chunk, mapping: Mapping, context: Context, where: str, *, of: str = ""
) -> Read:
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
    of
        Name of the table that they were of before they were mended.

    Returns
    -------
    Read
        Records of the rows that are not rejected, in their order.
    """
    fields = Fields(chunk.rows, mapping)
    fates = Fates(chunk.rows.index)
    _check_codes(fields, fates)
    columns: dict[str, Any] = {name: fields.get(name) for name in _PLAIN}
    columns["kind"] = _kinds(fields, fates)
    columns["date"] = read_dates(fields, fates, context.day_first, context.today)
    columns |= {name: _known(columns[name]) for name in ("place", "district")}
    columns["summary"] = _remarked(columns["summary"], fields.remarks())
    columns |= read_people(fields, fates, context.marks)
    columns |= _places(fields, fates, context)
    sides = read_sides(fields, columns["country"])
    columns |= {name: sides[name] for name in ("group", "role", "actor", "attribution")}
    _check_words(columns, fields, fates)
    _mend_texts(columns, fields, fates, context.source)
    records = pd.DataFrame(columns, index=chunk.rows.index)
    ids = give_ids(fields, context, of or where)
    items = read_items(fields, ids, fates, context.items, context.marks)
    more = meet_rows(records, ids, fields, fates, context, where)
    kept = records.assign(id=ids).loc[~fates.rejected & ~more, list(RECORD_COLUMNS)]
    listed = [item for at, item in items if not fates.rejected[at]]
    return Read(records=kept, items=listed, fates=fates, ids=ids)


def _remarked(summary: pd.Series, remarks: pd.Series) -> pd.Series:
    if not (remarks != "").any():
        return summary
    return (summary + (" (" + remarks + ")").where(remarks != "", "")).str.strip()


def _kinds(fields: Fields, fates: Fates) -> pd.Series:
    fixed = fields.mapping.kind_of_all()
    if fixed:
        return pd.Series(fixed, index=fields.rows.index, dtype=object)
    kinds = fields.get("kind").str.casefold().str.removesuffix("s")
    strange = ~kinds.isin(KINDS).to_numpy()
    column, told = fields.column_of("kind"), fields.raw("kind")
    fates.reject(strange, column, told, "is not seizure or incident; write one of them")
    return kinds


def _check_codes(fields: Fields, fates: Fates) -> None:
    """Reject rows with a code that a strict rule does not list."""
    for name, rules in fields.mapping.fields.items():
        codes = [code for rule in rules if rule.strict for code in rule.values]
        if codes:
            told = f"is no code that is known here; use one of {', '.join(codes[:MOST_CODES])}"
            fates.reject(fields.strange(name), fields.column_of(name), fields.raw(name), told)


def _check_words(columns: dict[str, Any], fields: Fields, fates: Fates) -> None:
    for name, known in (("role", ROLES), ("attribution", ATTRIBUTIONS)):
        words = columns[name].str.casefold()
        strange = ~words.isin(known).to_numpy()
        told = f"is none of {', '.join(filter(None, known))}; left out"
        fates.note(strange, fields.column_of(name), fields.raw(name), told)
        columns[name] = words.where(~strange, "")
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


def _known(names: pd.Series) -> pd.Series:
    """Take out what says that a name is not known."""
    unknown = {name for name in names.unique() if is_unknown(name)}
    return names.where(~names.isin(unknown), "") if unknown else names


def _as_crossings(names: pd.Series, heading: str) -> pd.Series:
    """Look for crossings first where the heading says that they are such: Islam Qala."""
    if fold_name(heading) not in _OF_CROSSINGS:
        return names
    return (names + " crossing").where(names != "", "")


def _places(fields: Fields, fates: Fates, context: Context) -> dict[str, pd.Series]:
    places = Places(fields, fates, context.countries, context.marks.degrees)
    index = fields.rows.index
    provinces = [
        context.namer.province(name, country)
        for name, country in zip(_known(fields.get("province")), places.country, strict=True)
    ]
    names = pd.DataFrame(
        {
            "place": _as_crossings(_known(fields.get("place")), fields.column_of("place")),
            "district": _known(fields.get("district")),
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
