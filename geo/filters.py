"""Filters: one set of words for the command line, the address bar and manifests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final

DIGITS: Final = ".12g"
"""How a distance is written in an address."""

DEFAULT_WITHIN_KM: Final = 10.0
"""Distance in kilometres that ``near`` means when none is given."""

_MANY: Final[dict[str, Any]] = {"default": ()}


def _word(text: str, **kwargs: Any) -> Any:
    """Declare a field by the word people use for it."""
    return field(metadata={"word": text}, **kwargs)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What to keep. An empty field keeps everything.

    Values of one field are alternatives; fields are conditions that must all
    hold. Dates are texts of any precision, distances kilometres. ``within_km``
    measures from the crossing (``near``); without one, from the routes; without
    those, from the borders. ``province_as`` says whether provinces are those at
    the record's date (``reported``) or now (``today``); either, if it is empty.
    ``at_least`` is a quantity and its unit (:mod:`geo.quantity`), ``area`` a
    shape (:mod:`geo.areas`), and a source is the web site of the main one. A file is one
    that was brought; the built-in records are those of the program's name.
    """

    kind: str | None = _word("kind", default=None)
    date_from: str | None = _word("from", default=None)
    date_to: str | None = _word("to", default=None)
    year: str | None = _word("year", default=None)
    groups: tuple[str, ...] = _word("group", **_MANY)
    roles: tuple[str, ...] = _word("role", **_MANY)
    attributions: tuple[str, ...] = _word("attribution", **_MANY)
    categories: tuple[str, ...] = _word("category", **_MANY)
    items: tuple[str, ...] = _word("item", **_MANY)
    at_least: str | None = _word("at-least", default=None)
    actors: tuple[str, ...] = _word("actor", **_MANY)
    directions: tuple[str, ...] = _word("direction", **_MANY)
    countries: tuple[str, ...] = _word("country", **_MANY)
    provinces: tuple[str, ...] = _word("province", **_MANY)
    province_as: str | None = _word("province-as", default=None)
    borders: tuple[str, ...] = _word("border", **_MANY)
    routes: tuple[str, ...] = _word("route", **_MANY)
    near: str | None = _word("near", default=None)
    within_km: float | None = _word("within-km", default=None)
    area: str | None = _word("area", default=None)
    precision: str | None = _word("precision", default=None)
    sources: tuple[str, ...] = _word("source", **_MANY)
    files: tuple[str, ...] = _word("file", **_MANY)
    text: str | None = _word("text", default=None)


WORDS: Final = {each.metadata["word"]: each.name for each in fields(Filters)}
"""Word in the address bar or on the command line: field of :class:`Filters`."""

REPEATABLE: Final = frozenset(each.name for each in fields(Filters) if each.default == ())


def to_query(filters: Filters) -> dict[str, list[str]]:
    """Write filters as the address bar's parameters.

    Parameters
    ----------
    filters
        Any filters.

    Returns
    -------
    dict of str to list of str
        Only what is set; :func:`from_query` reads it back to equal filters.
    """
    query: dict[str, list[str]] = {}
    for word, name in WORDS.items():
        value = getattr(filters, name)
        if name in REPEATABLE and value:
            query[word] = list(value)
        elif name == "within_km" and value is not None:
            query[word] = [f"{value:{DIGITS}}"]
        elif name not in REPEATABLE and value is not None:
            query[word] = [value]
    return query


def from_query(query: Mapping[str, Sequence[str]]) -> tuple[Filters, list[str]]:
    """Read filters from the address bar's parameters.

    Only shapes are looked at here; whether the data knows a value is for
    :func:`geo.vocabulary.resolve_filters` to say.

    Parameters
    ----------
    query
        Parameters by word; other words than ``WORDS`` are left alone.

    Returns
    -------
    filters : Filters
        What could be read.
    complaints : list of str
        What could not, a sentence each.
    """
    values: dict[str, Any] = {}
    complaints: list[str] = []
    for word, name in WORDS.items():
        given = [text.strip() for text in query.get(word, ()) if text.strip()]
        if not given:
            continue
        if name in REPEATABLE:
            values[name] = tuple(dict.fromkeys(given))
        elif name == "within_km":
            number = _number(given[-1])
            if number is None:
                complaints.append(
                    f"within-km={given[-1]!r} is not a distance; give kilometres above 0."
                )
            else:
                values[name] = number
        else:
            values[name] = given[-1]
    return Filters(**values), complaints


def reaches(filters: Filters) -> dict[str, float | None]:
    """Give the distance that each kind of place asks for.

    Parameters
    ----------
    filters
        Any filters.

    Returns
    -------
    dict
        Kilometres for ``near``, ``routes`` and ``borders``; ``None`` for borders
        means: nearest to it, however far.
    """
    asked = filters.within_km
    near = asked or DEFAULT_WITHIN_KM
    to_route = DEFAULT_WITHIN_KM if filters.near or asked is None else asked
    to_border = None if filters.near or filters.routes else asked
    return {"near": near, "routes": to_route, "borders": to_border}


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    # As many digits as are written: what is read is written and read as the same.
    return float(f"{number:{DIGITS}}") if 0 < number < float("inf") else None
