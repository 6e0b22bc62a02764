"""Filters as a sentence a person would say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from geo.dates import show_date
from geo.filters import DEFAULT_WITHIN_KM, Filters

_KINDS: Final = {None: "Records", "seizure": "Seizures", "incident": "Incidents"}
_ROLES: Final = {
    "perpetrator": "that the group carried out",
    "target": "aimed at the group",
    "party": "in which the group took part",
}


def describe_filters(filters: Filters, country_names: Mapping[str, str]) -> str:
    """Say in words what filters keep.

    Parameters
    ----------
    filters
        Resolved filters.
    country_names
        Names by ISO 3166-1 alpha-3 code.

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
        _phrase("that name", filters.groups),
        _either(_ROLES.get(role, role) for role in filters.roles),
        _either(filters.attributions),
        _phrase("in", (*filters.provinces, *named)),
        _where(filters, country_names),
    ]
    sentence = " ".join(part for part in parts if part)
    tail = [
        _when(filters),
        f"located to the {filters.precision} or better" if filters.precision else "",
        f"with the words “{filters.text}”" if filters.text else "",
    ]
    return ", ".join(part for part in (sentence, *tail) if part)


def _either(values: Iterable[str]) -> str:
    *most, last = [*values] or [""]
    return f"{', '.join(most)} or {last}" if most else last


def _phrase(preposition: str, values: Iterable[str]) -> str:
    words = _either(values)
    return f"{preposition} {words}" if words else ""


def _where(filters: Filters, country_names: Mapping[str, str]) -> str:
    parts = []
    borders = _either(country_names.get(code, code) for code in filters.borders)
    if borders and filters.within_km is not None and not filters.near:
        parts.append(f"within {filters.within_km:g} km of the border with {borders}")
    elif borders:
        parts.append(f"nearest to the border with {borders}")
    if filters.near:
        reach = filters.within_km or DEFAULT_WITHIN_KM
        parts.append(f"within {reach:g} km of {filters.near}")
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
