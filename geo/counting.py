"""How many records each choice of a filter would give, under the other filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from geo.conditions import CONDITIONS, answers, enough_rows
from geo.facets import Facet, item_facet
from geo.filters import Filters, reaches
from geo.quantity import parse_quantity
from geo.recordset import Answer, Mask, RecordSet


@dataclass(frozen=True, kw_only=True)
class FacetCounts:
    """Counts of one field's values under all other conditions.

    Attributes
    ----------
    counts
        Records that choosing this value alone would give, by value.
    none
        Records that have none of the values.
    unsure
        Records whose value cannot be told.
    total
        Records that match all other conditions.
    """

    counts: Mapping[str, int]
    none: int
    unsure: int
    total: int


_ANY: Final = "any"
"""Stands for a place that is about to be chosen."""


def _plain(facet: str) -> Callable[[RecordSet, Filters], Facet]:
    return lambda records, _: records.facet(facet)


def _provinces(records: RecordSet, filters: Filters) -> Facet:
    chosen = {"reported": "province", "today": "province_today"}.get(filters.province_as or "")
    return records.facet(chosen) if chosen else records.provinces_either


def _items(records: RecordSet, filters: Filters) -> Facet:
    """Sort by item; with a quantity, by the items of which there is as much."""
    facet = records.facet("item")
    if not filters.at_least:
        return facet
    enough = enough_rows(records.items, parse_quantity(filters.at_least))
    return item_facet(records, "item", enough, facet.values)


def _near(records: RecordSet, filters: Filters) -> Facet:
    return records.nearby("crossing", reaches(filters)["near"] or 0)


def _routes(records: RecordSet, filters: Filters) -> Facet:
    return records.nearby("route", reaches(filters)["routes"] or 0)


def _borders(records: RecordSet, filters: Filters) -> Facet:
    limit_km = reaches(filters)["borders"]
    return records.facet("border") if limit_km is None else records.nearby("border", limit_km)


COUNTED: Final[dict[str, Callable[[RecordSet, Filters], Facet]]] = {
    "kind": _plain("kind"),
    "categories": _plain("category"),
    "items": _items,
    "groups": _plain("group"),
    "roles": _plain("role"),
    "attributions": _plain("attribution"),
    "actors": _plain("actor"),
    "directions": _plain("direction"),
    "countries": _plain("country"),
    "provinces": _provinces,
    "borders": _borders,
    "near": _near,
    "routes": _routes,
    "precision": _plain("precision"),
    "sources": _plain("source"),
    "files": _plain("file"),
}
"""Fields of the filters whose values are counted: the facet that holds them."""


def count_facets(
    records: RecordSet, filters: Filters, names: Iterable[str] = tuple(COUNTED)
) -> dict[str, FacetCounts]:
    """Count what each value of some fields would give under the other filters.

    Parameters
    ----------
    records
        Joined records.
    filters
        Resolved filters.
    names
        Keys of ``COUNTED``.

    Returns
    -------
    dict of str to FacetCounts
        By field. A precision counts the records located at least as precisely.
    """
    given = answers(records, filters)
    every = np.ones(len(records), dtype=bool)
    found = {}
    for name in names:
        asked = _if_chosen(filters, name)
        others = [
            _again(records, asked, other, answer).surely if asked != filters else answer.surely
            for other, answer in given.items()
            if other != name and (name, other) != ("items", "at_least")
        ]
        mask = np.logical_and.reduce(others) if others else every
        found[name] = _count(COUNTED[name](records, asked), mask, at_least=name == "precision")
    return found


def _if_chosen(filters: Filters, name: str) -> Filters:
    """Set a place that is about to be chosen: the distance asked for turns to it."""
    if name == "near":
        return replace(filters, near=_ANY)
    return replace(filters, routes=(_ANY,)) if name == "routes" else filters


def _again(records: RecordSet, asked: Filters, other: str, answer: Answer) -> Answer:
    """Ask a condition anew whose distance may have turned to another place."""
    turned = CONDITIONS[other](records, asked) if other in ("routes", "borders") else None
    return turned or answer


def _count(facet: Facet, mask: Mask, *, at_least: bool) -> FacetCounts:
    counts = facet.count(mask)
    total = int(np.count_nonzero(mask))
    unsure = int(np.count_nonzero(mask & facet.unsure))
    none = int(np.count_nonzero(mask & ~facet.has_value & ~facet.unsure))
    if at_least:
        counts = counts.cumsum()
    values = dict(zip(facet.values, counts.tolist(), strict=True))
    return FacetCounts(counts=values, none=none, unsure=unsure, total=total)
