"""Filters as a sentence a person would say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from geo.areas import describe_area, parse_area
from geo.dates import show_date
from geo.facet_words import direction_words
from geo.filters import Filters, reaches

_KINDS: Final = {None: "Records", "seizure": "Seizures", "incident": "Incidents"}
_AS: Final = {"reported": "as reported", "today": "as they are today"}
_ROLES: Final = {
    "perpetrator": "that the group carried out",
    "target": "aimed at the group",
    "party": "in which the group took part",
}


def describe_filters(
    filters: Filters,
    country_names: Mapping[str, str],
    route_names: Mapping[str, str] | None = None,
) -> str:
    """Say in words what filters keep.

    Parameters
    ----------
    filters
        Resolved filters.
    country_names
        Names by ISO 3166-1 alpha-3 code.
    route_names
        Names by id.

    Returns
    -------
    str
        One sentence without a full stop, such as ``Seizures of firearms within
        10 km of Torkham, 2022``.
    """
    named = [country_names.get(code, code) for code in filters.countries]
    parts = [
        _KINDS[filters.kind],
        _phrase("of", filters.categories),
        _phrase("with", filters.items),
        f"of at least {filters.at_least}" if filters.at_least else "",
        _phrase("that name", filters.groups),
        _either(_ROLES.get(role, role) for role in filters.roles),
        _either(filters.attributions),
        _phrase("by" if filters.kind == "seizure" else "involving", filters.actors),
        _either(direction_words(each, country_names) for each in filters.directions),
        _phrase("in", (*filters.provinces, *named)),
        _AS.get(filters.province_as or "", ""),
        _where(filters, country_names, route_names or {}),
    ]
    sentence = " ".join(part for part in parts if part)
    tail = [
        _when(filters),
        f"located to the {filters.precision} or better" if filters.precision else "",
        f"with the words “{filters.text}”" if filters.text else "",
        f"told by {_either(filters.sources)}" if filters.sources else "",
        f"of {_either(filters.files)}" if filters.files else "",
    ]
    return ", ".join(part for part in (sentence, *tail) if part)


def _either(values: Iterable[str]) -> str:
    *most, last = [*values] or [""]
    return f"{', '.join(most)} or {last}" if most else last


def _phrase(preposition: str, values: Iterable[str]) -> str:
    words = _either(values)
    return f"{preposition} {words}" if words else ""


def _where(
    filters: Filters, country_names: Mapping[str, str], route_names: Mapping[str, str]
) -> str:
    parts = []
    reach = reaches(filters)
    borders = _either(country_names.get(code, code) for code in filters.borders)
    if borders and reach["borders"] is not None:
        parts.append(f"within {reach['borders']:g} km of the border with {borders}")
    elif borders:
        parts.append(f"nearest to the border with {borders}")
    if filters.routes:
        routes = _either(route_names.get(each, each) for each in filters.routes)
        parts.append(f"within {reach['routes']:g} km of the route {routes}")
    if filters.near:
        parts.append(f"within {reach['near']:g} km of {filters.near}")
    if filters.area:
        parts.append(f"in {describe_area(parse_area(filters.area))}")
    return " and ".join(parts)


def _when(filters: Filters) -> str:
    parts = [filters.year] if filters.year else []
    if filters.date_from and filters.date_to:
        parts.append(f"{show_date(filters.date_from)} to {show_date(filters.date_to)}")
    elif filters.date_from:
        parts.append(f"since {show_date(filters.date_from)}")
    elif filters.date_to:
        parts.append(f"until {show_date(filters.date_to)}")
    return ", ".join(parts)
