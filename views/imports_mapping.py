"""The columns that people choose, as a mapping; and what the first rows look like by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.imports.headings import fold_name
from geo.imports.mapping import Mapping
from geo.imports.record_fields import FIELDS
from geo.imports.rules import Rule, Sides

if TYPE_CHECKING:
    from collections.abc import Mapping as Dict

    from geo.imports.peek import Glance

NONE: Final = ""
"""No column gives the field."""

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "When and where": (
        *("date", "place", "district", "province", "country"),
        *("lat", "lon", "coordinates", "precision"),
    ),
    "What and who": (
        *("kind", "category", "group", "item", "quantity", "weight", "unit"),
        *("killed", "injured", "summary"),
    ),
    "Source": ("source_name", "source_url", "id"),
}
"""The fields that matter, as they are asked for."""

MAIN: Final = tuple(name for names in GROUPS.values() for name in names)
MORE: Final = tuple(name for name in FIELDS if name not in (*MAIN, "items_json", "other_urls"))

TITLES: Final = {
    "id": "Its id",
    "lat": "Latitude",
    "lon": "Longitude",
    "coordinates": "Both in one",
    "source_name": "Publisher",
    "source_url": "Link",
    "precision": "How precise",
    "kind": "Seizure or incident",
    "item": "Item seized",
}

BY_COLUMN: Final = "column"
KINDS: Final = {
    "incident": "Every row is an incident",
    "seizure": "Every row is a seizure",
    BY_COLUMN: "A column says which",
}
PRECISIONS: Final = {
    "site": "Exact, about 1 km",
    "town": "Of the town, 5 km",
    "district": "Of the district, 20 km",
    "province": "Of the province only",
}
ORDERS: Final = {
    "": "Told from the dates",
    "day": "Day first: 31/12",
    "month": "Month first: 12/31",
}
DECIMALS: Final = {"": "Told from the numbers", ".": "Point: 34.5", ",": "Comma: 34,5"}
LONGEST_TERMS: Final = 120


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What was chosen.

    Attributes
    ----------
    columns
        For each field the heading of its column; ``NONE`` or missing: none.
    kind
        A key of ``KINDS``.
    precision
        Of coordinates, where no column says: a key of ``PRECISIONS``.
    order, decimal
        Keys of ``ORDERS`` and ``DECIMALS``.
    publisher, licence
        Texts; empty: not stated.
    items
        Columns of one item each that are read; ``None``: all that are proposed.
    """

    columns: Dict[str, str]
    kind: str
    precision: str
    order: str = ""
    decimal: str = ""
    publisher: str = ""
    licence: str = ""
    items: frozenset[str] | None = None


def field_title(name: str) -> str:
    """Name a field for people."""
    return TITLES.get(name, name.replace("_", " ").capitalize())


def proposed_columns(proposal: Mapping) -> dict[str, str]:
    """Give for each field the heading that a proposal takes it from."""
    found = {}
    for name, rules in proposal.fields.items():
        columns = [column for rule in rules for column in rule.columns]
        if columns:
            found[name] = columns[0]
    return found


def make_mapping(proposal: Mapping, answers: Answers) -> Mapping:
    """Make the mapping that was chosen.

    Parameters
    ----------
    proposal
        What it was corrected from.
    answers
        What was chosen.

    Returns
    -------
    Mapping
        A field whose column was not changed keeps its rules.
    """
    before = proposed_columns(proposal)
    fields = {
        name: proposal.fields[name] if before.get(name) == column else (Rule(columns=(column,)),)
        for name, column in answers.columns.items()
        if column != NONE
    }
    if answers.kind != BY_COLUMN:
        fields.pop("kind", None)
    fields = {**_fixed(proposal, fields), **fields}
    group = answers.columns.get("group", NONE)
    return proposal.model_copy(
        update={
            "fields": fields,
            "kind": "" if answers.kind == BY_COLUMN else answers.kind,
            "precision": answers.precision,
            "day_first": {"day": True, "month": False}.get(answers.order),
            "decimal": answers.decimal,
            "items": tuple(
                each
                for each in proposal.items
                if answers.items is None or each.column in answers.items
            ),
            "publisher": answers.publisher.strip(),
            "licence": answers.licence.strip() or "not stated",
            # The vocabulary settles the group's name.
            "sides": None if group == NONE else Sides(a=(group,)),
        }
    )


def _fixed(proposal: Mapping, fields: Dict[str, tuple[Rule, ...]]) -> dict[str, tuple[Rule, ...]]:
    """Keep what a heading says beside its name, a unit or a role, where its column is kept."""
    kept = {}
    beside = {"unit": "quantity", "weight_unit": "weight", "role": "group"}
    for name, giver in beside.items():
        rules = proposal.fields.get(name, ())
        only = bool(rules) and not any(rule.columns for rule in rules)
        if only and fields.get(giver) == proposal.fields.get(giver, 0):
            kept[name] = rules
    return kept


def faults_of(mapping: Mapping) -> list[str]:
    """Say what a mapping lacks: a sentence for each thing, none if it will do."""
    there = mapping.fields
    faults = []
    if "date" not in there and "year" not in there:
        faults.append("Choose the column of the date.")
    if ("lat" in there) != ("lon" in there):
        faults.append("Choose both latitude and longitude, or neither.")
    if not {"lat", "coordinates", "place", "district", "province", "country"} & set(there):
        faults.append("Choose latitude and longitude, or the column of the place.")
    if not mapping.kind and "kind" not in there:
        faults.append("Choose the column that says seizure or incident, or that every row is one.")
    columns = proposed_columns(mapping)
    if "lat" in columns and columns["lat"] == columns.get("lon"):
        faults.append("Latitude and longitude are the same column; choose one for each.")
    return faults


def preview(glance: Glance, mapping: Mapping) -> pd.DataFrame:
    """Show the first rows of a table under the names of the fields.

    Returns
    -------
    pandas.DataFrame
        Texts; a column a field, in the order in which they are asked for.
    """
    at = {fold_name(column): number for number, column in reversed([*enumerate(glance.columns)])}
    chosen = proposed_columns(mapping)
    columns = {
        field_title(name): [row[at[fold_name(chosen[name])]] for row in glance.rows]
        for name in (*MAIN, *MORE)
        if name in chosen and fold_name(chosen[name]) in at
    }
    columns |= {
        each.column: [row[at[fold_name(each.column)]] for row in glance.rows]
        for each in mapping.items
        if fold_name(each.column) in at
    }
    return pd.DataFrame(columns, dtype="str")
