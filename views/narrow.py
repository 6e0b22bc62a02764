"""From a bar or cell of a chart to the filter that keeps its records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo.dates import parse_period
from geo.filters import DEFAULT_WITHIN_KM, REPEATABLE, Filters

if TYPE_CHECKING:
    from geo.vocabulary import Vocabulary

FIELD_OF: Final = {
    "kind": "kind",
    "category": "categories",
    "item": "items",
    "group": "groups",
    "role": "roles",
    "attribution": "attributions",
    "actor": "actors",
    "direction": "directions",
    "country": "countries",
    "province": "provinces",
    "province_today": "provinces",
    "border": "borders",
    "crossing": "near",
    "route": "routes",
    "source": "sources",
    "file": "files",
}
"""Facet: the field of the filters that keeps one of its values."""

SEVERAL: Final = frozenset({"item", "crossing", "route", "province", "province_today"})
"""Facets of which a record that a filter keeps may have another value than the filter's."""


def narrow(filters: Filters, facet: str, value: str, vocabulary: Vocabulary) -> Filters:
    """Keep just the records that a facet counts under a value.

    Parameters
    ----------
    filters
        Filters that are on.
    facet
        Key of :data:`geo.facets.FACETS`.
    value
        One of its values; anything else changes nothing.
    vocabulary
        The values that the data knows.

    Returns
    -------
    Filters
        As many records match as the facet counts. As given, where filters cannot say
        that: those with one item, say, that have another one too.
    """
    if facet in ("year", "month"):
        return _dated(filters, facet, value)
    name = FIELD_OF.get(facet)
    if name is None or value not in vocabulary.values(name):
        return filters
    if not _can_say(filters, facet, name, value):
        return filters
    kept: Any = (value,) if name in REPEATABLE else value
    narrowed = replace(filters, **{name: kept})
    if name == "provinces":
        narrowed = replace(narrowed, province_as=_province_as(facet))
    if facet == "crossing" or (facet == "route" and not filters.near):
        # These are counted by the usual distance, and it is theirs that the filter has.
        narrowed = replace(narrowed, within_km=None)
    return narrowed


def _can_say(filters: Filters, facet: str, name: str, value: str) -> bool:
    """Tell whether filters can say: what they keep now, and of it this value."""
    present = getattr(filters, name)
    listed = present if name in REPEATABLE else (present,) if present else ()
    if facet in SEVERAL and listed and value not in listed:
        return False
    if facet == "item":
        return not filters.at_least
    if name == "provinces":
        return not listed or filters.province_as in (None, _province_as(facet))
    return _measures_alike(filters, facet, already=bool(listed))


def _measures_alike(filters: Filters, facet: str, *, already: bool) -> bool:
    """Tell whether the distance that is on can stay, or go, without changing what is kept."""
    if filters.within_km is None or facet not in ("crossing", "route", "border"):
        return True
    if facet == "border":
        return bool(filters.near or filters.routes)
    if facet == "route" and filters.near:
        return True
    return already and filters.within_km >= DEFAULT_WITHIN_KM


def _province_as(facet: str) -> str:
    return "today" if facet.endswith("today") else "reported"


def _dated(filters: Filters, facet: str, value: str) -> Filters:
    """Keep the part of a year or month that lies in the present period."""
    if not value[:4].isdigit():
        return filters
    since = [text for text in (value, filters.year, filters.date_from) if text]
    until = [text for text in (value, filters.year, filters.date_to) if text]
    first = max(since, key=lambda text: parse_period(text).start)
    last = min(until, key=lambda text: parse_period(text).end)
    if first == last == value and facet == "year":
        return replace(filters, year=value, date_from=None, date_to=None)
    return replace(filters, year=None, date_from=first, date_to=last)
