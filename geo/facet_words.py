"""Values of facets as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from geo.crosstab import NOT_STATED
from geo.dates import show_date
from geo.filters import DEFAULT_WITHIN_KM

if TYPE_CHECKING:
    from geo.recordset import RecordSet


def value_words(records: RecordSet, name: str, values: Iterable[str]) -> list[str]:
    """Say a facet's values as people read them.

    Parameters
    ----------
    records
        For the names of countries and routes.
    name
        Key of ``FACETS``.
    values
        Values of that facet.

    Returns
    -------
    list of str
        Names for codes and ids, months in words; other values as they are.
    """
    if name in ("country", "border"):
        names = records.seeds.country_names
    elif name in ("route", "crossing"):
        names = records.seeds.route_names if name == "route" else {}
        names = names | {NOT_STATED: f"None within {DEFAULT_WITHIN_KM:g} km"}
    elif name == "month":
        return [show_date(value) for value in values]
    elif name == "direction":
        return [direction_words(value, records.seeds.country_names) for value in values]
    else:
        names = {}
    return [names.get(value, value) for value in values]


def direction_words(direction: str, names: Mapping[str, str]) -> str:
    """Say ``AFG>PAK`` as ``Afghanistan to Pakistan``."""
    return " to ".join(names.get(code, code) for code in direction.split(">"))
