"""Who: the names that sources use for groups, in the words of the atlas."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from geo.imports.rules import Sides
from geo.imports.values import code_of
from geo.seeds import SEEDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.imports.values import Fields

GROUPS: Final = SEEDS / "imports" / "groups.csv"
UNATTRIBUTED: Final = "Unattributed"


@dataclass(frozen=True, kw_only=True)
class Side:
    """A side of an event: its name in the atlas, and whether it is an armed group.

    ``kind`` is ``group``, ``state``, ``civilians`` or ``unknown``.
    """

    name: str
    kind: str


KINDS: Final = ("group", "state", "civilians", "unknown")
_ALL: Final[frozenset[str]] = frozenset()
_SHORT: Final = r"[A-Z][A-Za-z]{0,4}-?[A-Z][A-Za-z]{0,4}"
_ABBREVIATED: Final = re.compile(rf"\s*\({_SHORT}\)\s*$|^{_SHORT}:\s+")
"""``National Resistance Front (NRF)`` and ``NRF: National Resistance Front``."""

NOBODY: Final = Side(name="", kind="unknown")


class _Name(NamedTuple):
    """A line of the table: what a name means, and in which countries alone."""

    kind: str
    group: str
    countries: frozenset[str]


def name_side(name: str, country: str = "", told: str = "", path: Path = GROUPS) -> Side:
    """Settle the name of a side.

    Parameters
    ----------
    name
        As a source writes it; a name that nobody knows is an armed group's, and
        kept as it is.
    country
        Where it acted, ISO 3166-1 alpha-3: some names mean a group of the atlas
        only in some countries. Empty: not known.
    told
        What kind the source says it is; for names that the table does not have.
    path
        The table of names.
    """
    folded = _fold(name)
    if not folded:
        return NOBODY
    exact, prefixes = _names(path)
    known = exact.get(folded)
    if known is None:
        begun = [prefix for prefix in prefixes if folded.startswith(prefix)]
        known = prefixes[max(begun, key=len)] if begun else None
    if known is None:
        known = exact.get(_fold(_ABBREVIATED.sub("", name))) or _Name(told or "group", "", _ALL)
    abroad = bool(known.countries and country and country not in known.countries)
    group = known.group if known.kind == "group" and not abroad else ""
    return Side(name=group or " ".join(name.split()), kind=known.kind)


@cache
def _names(path: Path) -> tuple[dict[str, _Name], dict[str, _Name]]:
    """Read the table: names that must be met exactly, and beginnings of names."""
    exact: dict[str, _Name] = {}
    prefixes: dict[str, _Name] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = prefixes if row["match"] == "prefix" else exact
            countries = frozenset(filter(None, (row.get("countries") or "").split(";")))
            names[_fold(row["name"])] = _Name(row["class"], row["group"], countries)
    return exact, prefixes


@lru_cache(maxsize=100_000)
def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name[:300]).casefold().replace("-", " ")
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(bare.split()).removeprefix("the ")


def read_sides(fields: Fields, countries: Sequence[str]) -> pd.DataFrame:
    """Tell which group each record is about, what it did, and which force met it.

    Of two sides the armed group is the one that the record is about; of two
    groups, the first. One-sided violence makes the first side the one that
    acted; in a fight both took part. The actor is a force that acted or fought:
    civilians and unknown people are none. What columns of their own say holds
    over this.

    Parameters
    ----------
    fields
        The rows and their mapping.
    countries
        Where each row's event was, ISO 3166-1 alpha-3 or empty.

    Returns
    -------
    pandas.DataFrame of str
        ``group``, ``role``, ``actor``, ``attribution``; index of the rows.
    """
    mapping = fields.mapping
    sides = mapping.sides or Sides(a=())
    own = {name: fields.get(name) for name in ("group", "role", "actor", "attribution")}
    first, _ = fields.first_of(sides.a)
    first = first.where(first != "", own["group"])
    second, _ = fields.first_of(sides.b)
    one_sided = _one_sided(fields, sides)
    against = bool(sides.b) or bool(sides.one_sided)
    kinds = [_kinds(fields, columns, sides) for columns in (sides.a_kind, sides.b_kind)]
    told = [
        _tell(*each, against=against)
        for each in zip(first, second, one_sided, countries, *kinds, strict=True)
    ]
    found = pd.DataFrame(told, index=fields.rows.index, columns=["group", "role", "actor"])
    found = found.astype(object)
    for name in ("role", "actor"):
        found[name] = own[name].where(own[name] != "", found[name])
    nobody = found["group"] == ""
    found["group"] = found["group"].where(~nobody, UNATTRIBUTED)
    found["role"] = found["role"].where(~nobody, "")
    claim = own["attribution"].where(own["attribution"] != "", mapping.attribution)
    found["attribution"] = claim.where(~nobody, "")
    return found


def _kinds(fields: Fields, columns: tuple[str, ...], sides: Sides) -> list[str]:
    """Tell what kind of side the source says that each is; empty: it does not."""
    known = {value.casefold(): kind for value, kind in sides.kinds.items()}
    return [known.get(code_of(text).casefold(), "") for text in fields.first_of(columns)[0]]


def _one_sided(fields: Fields, sides: Sides) -> pd.Series:
    holds = pd.Series(sides.one_sided is True, index=fields.rows.index)
    if isinstance(sides.one_sided, bool):
        return holds
    for condition in sides.one_sided:
        wanted = {value.casefold() for value in condition.values}
        holds |= fields.column(condition.column).map(code_of).str.casefold().isin(wanted)
    return holds


@lru_cache(maxsize=100_000)
def _tell(
    first: str,
    second: str,
    one_sided: bool,
    country: str,
    first_kind: str,
    second_kind: str,
    *,
    against: bool,
) -> tuple[str, str, str]:
    """Tell group, role and actor of two named sides."""
    a, b = name_side(first, country, first_kind), name_side(second, country, second_kind)
    if a.kind == "group":
        role = "perpetrator" if one_sided else "party" if against else ""
        fought = not one_sided and b.kind in {"group", "state"}
        return a.name, role, b.name if fought else ""
    acted = a.name if a.kind == "state" else ""
    if b.kind == "group":
        return b.name, "target" if one_sided else "party", acted
    if one_sided:
        return "", "", acted
    return "", "", "; ".join(side.name for side in (a, b) if side.kind == "state")
