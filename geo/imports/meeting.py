"""The ids of records, and rows that meet: of one id, or word for word the same."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.brought import ID_MARK
from geo.imports.groups import UNATTRIBUTED
from geo.imports.items import has_items

if TYPE_CHECKING:
    from geo.imports.fates import Fates
    from geo.imports.rows import Context
    from geo.imports.values import Fields

LONGEST_ID: Final = 60
LONGEST_TABLE: Final = 20
_ODD: Final = re.compile(r"[^A-Za-z0-9._-]+")
_BY_NUMBER: Final = re.compile(r"(?:.*-)?row\d+")
"""An id as rows without one get it."""
_WORDS: Final = (
    *("category", "district", "province", "precision", "conveyance", "summary"),
    *("source_name", "source_url", "source_date", "other_urls"),
)
_OF_A_RECORD: Final = (
    *("kind", "date", "country", "place", "lat", "lon", "group", "role", "attribution", "actor"),
    *("killed", "killed_low", "killed_high", "injured", "direction", *_WORDS),
)
"""What rows that list the items of one record say alike; words may differ."""


def _plain(text: str, longest: int = LONGEST_ID) -> str:
    """Write a source's id in plain letters; one that must be changed stays one of a kind."""
    plain = _ODD.sub("-", text)
    if plain == text and len(text) <= longest and not _BY_NUMBER.fullmatch(text):
        return text
    return f"{plain[:longest]}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def give_ids(fields: Fields, context: Context, where: str) -> pd.Series:
    """Give each row an id: the source's own, or by its table and number."""
    own = fields.get("id")
    start = f"{_plain(where, LONGEST_TABLE)}-" if where else ""
    # A mark that no part has: sheet 2020, id 01-5 is not sheet 2020-01, id 5.
    own_start = f"{_plain(where, LONGEST_TABLE)}{ID_MARK}" if context.by_table and where else ""
    ids = [
        f"{context.key}{ID_MARK}{f'{own_start}{_plain(text)}' if text else f'{start}row{row}'}"
        for text, row in zip(own, own.index, strict=True)
    ]
    return pd.Series(ids, index=own.index, dtype=object)


def meet_rows(
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
    items = has_items(fields)
    told = records[list(_OF_A_RECORD)].to_numpy(object).tolist() if items.any() else []
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
        mine = tuple(told[at]) if items[at] else ()
        met, first = context.seen.setdefault(given[at], (row, mine))
        if met == row:
            continue
        other = _others(mine, first) if mine and first else ["id"]
        if set(other) <= set(_WORDS):
            more[at] = True
            notes.append((at, _further(met, other, fields)))
        else:
            faults.append((at, f"repeats the id of row {met}{_unlike_words(other, fields)}"))
    column = fields.column_of("id")
    fates.say_each(faults, column, own, fault=True)
    fates.say_each(notes, column if own.any() else "", own, fault=False)
    return more


def _others(mine: tuple[str, ...], first: tuple[str, ...]) -> list[str]:
    """Name what a row says otherwise than the first one of its record; to say nothing is alike."""
    pairs = zip(_OF_A_RECORD, mine, first, strict=True)
    return [name for name, text, before in pairs if text not in ("", UNATTRIBUTED, before)]


def _further(met: str | int, other: list[str], fields: Fields) -> str:
    said = f"a further item of the record of row {met}"
    names = ", ".join(repr(fields.column_of(name)) for name in other)
    return f"{said}, whose {names} it keeps" if other else said


def _unlike_words(other: list[str], fields: Fields) -> str:
    names = ", ".join(repr(fields.column_of(name)) for name in other if name != "id")
    return f", but not its {names}; give it an id of its own" if names else "; give each its own"
