"""The values that filters may take, and what to say of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import geopandas as gpd
import pandas as pd
from rapidfuzz import fuzz, process, utils

from geo.areas import parse_area
from geo.brought import BUILT_IN
from geo.dates import parse_period
from geo.distances import PRECISIONS
from geo.errors import AreaError, DateError, QuantityError
from geo.filters import WORDS, Filters
from geo.quantity import parse_quantity
from geo.recordset import sites_of
from geo.seeds import Seeds

KINDS: Final = ("seizure", "incident")
PROVINCE_AS: Final = ("reported", "today")
_WORD_OF: Final = {name: word for word, name in WORDS.items()}
_ALIKE: Final = 60
_LONGEST: Final = 60
_MOST: Final = 8


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """For each field of the filters: what people may write → what it means.

    ``units`` are those that the data measures quantities in.
    """

    terms: dict[str, dict[str, str]]
    units: tuple[str, ...] = ()

    def values(self, name: str) -> list[str]:
        """List the values of a field, in order, each once.

        Parameters
        ----------
        name
            A field of :class:`geo.filters.Filters`.

        Returns
        -------
        list of str
        """
        return list(dict.fromkeys(self.terms[name].values()))


def make_vocabulary(joined: gpd.GeoDataFrame, items: pd.DataFrame, seeds: Seeds) -> Vocabulary:
    """Collect the values that the data knows.

    Parameters
    ----------
    joined
        Joined records.
    items
        Items seized.
    seeds
        For the names of countries, provinces and crossings.

    Returns
    -------
    Vocabulary
    """
    countries = seeds.countries.query("role != 'other'")
    named = dict(zip(countries["name"], countries["iso3"], strict=True))
    neighbours = seeds.borders.set_index("neighbour")["iso3"].to_dict()
    provinces = pd.concat([seeds.provinces["name"], joined["adm1_today"], joined["province"]])
    return Vocabulary(
        terms={
            "kind": _same(KINDS),
            "groups": _same(_distinct(joined["group"])),
            "roles": _same(_distinct(joined["role"])),
            "attributions": _same(_distinct(joined["attribution"])),
            "categories": _same(_distinct(joined["category"])),
            "items": _same(_distinct(items["item"])),
            "countries": _same(_distinct(joined["country"])) | _coded(named),
            "provinces": _same(_distinct(provinces)),
            "borders": _coded(neighbours),
            "near": _crossing_names(seeds.crossings),
            "actors": _same(_distinct(joined["actor"])),
            "directions": _same(_distinct(joined["direction"])),
            "routes": _routes(seeds.routes),
            "sources": _same(_sites(joined["source_url"])),
            "files": _same([BUILT_IN, *(each.title for each in seeds.brought)]),
            "province_as": _same(PROVINCE_AS),
            "precision": _same(PRECISIONS),
        },
        units=tuple(_distinct(items["unit"])),
    )


def resolve_filters(filters: Filters, vocabulary: Vocabulary) -> tuple[Filters, list[str]]:
    """Settle the spelling of every value, and find those nobody knows.

    Parameters
    ----------
    filters
        As people wrote them: case does not matter, countries and borders go by
        code or name, crossings by any of their names.
    vocabulary
        The values that the data knows.

    Returns
    -------
    filters : Filters
        With canonical values; what is not known is left out.
    complaints : list of str
        A sentence for each thing left out, with the nearest known values.
    """
    complaints: list[str] = []
    settled: dict[str, object] = {}
    for name, terms in vocabulary.terms.items():
        given = getattr(filters, name)
        if not given:
            continue
        wanted = (given,) if isinstance(given, str) else given
        known = [_settle(value, terms, _WORD_OF[name], complaints) for value in wanted]
        kept = tuple(dict.fromkeys(value for value in known if value is not None))
        settled[name] = kept if not isinstance(given, str) else (kept or (None,))[0]
    settled |= _settle_dates(filters, complaints)
    settled |= _settle_shapes(filters, vocabulary, complaints)
    result = replace(filters, **settled)  # type: ignore[arg-type]
    if result.within_km is not None and not (result.near or result.borders or result.routes):
        complaints.append("within-km needs a crossing (near), a route or a border to measure from.")
        result = replace(result, within_km=None)
    if result.province_as and not result.provinces:
        result = replace(result, province_as=None)
    return result, complaints


def _settle_shapes(
    filters: Filters, vocabulary: Vocabulary, complaints: list[str]
) -> dict[str, object]:
    """Settle what has a form of its own: a quantity and an area."""
    settled: dict[str, object] = {}
    if filters.area:
        try:
            settled["area"] = parse_area(filters.area).text
        except AreaError as error:
            complaints.append(f"area: {error}")
            settled["area"] = None
    if filters.at_least:
        try:
            quantity = parse_quantity(filters.at_least)
        except QuantityError as error:
            complaints.append(f"at-least: {error}")
            settled["at_least"] = None
        else:
            known = quantity.unit in vocabulary.units
            settled["at_least"] = quantity.text if known else None
            if not known:
                units = {each: each for each in vocabulary.units}
                complaints.append(unknown("at-least: the unit", quantity.unit, units))
    return settled


def _settle(value: str, terms: dict[str, str], word: str, complaints: list[str]) -> str | None:
    folded = {term.casefold(): meaning for term, meaning in terms.items()}
    if value.casefold() in folded:
        return folded[value.casefold()]
    complaints.append(unknown(word, value, terms))
    return None


def unknown(word: str, value: str, terms: Mapping[str, str]) -> str:
    """Say that nobody knows a value, and which ones are like it.

    Parameters
    ----------
    word
        What the value was given for.
    value
        What was given; a long one is cut.
    terms
        What people may write, and what it means.

    Returns
    -------
    str
        A sentence.
    """
    meant = [terms[term] for term in _alike(value, terms)] or list(terms.values())[:_MOST]
    hints = list(dict.fromkeys(meant))
    advice = f"try {_either(hints)}" if hints else "the data has none"
    return f"{word}={quoted(value)} is not known; {advice}."


def _settle_dates(filters: Filters, complaints: list[str]) -> dict[str, object]:
    settled: dict[str, object] = {}
    for name in ("date_from", "date_to", "year"):
        value = getattr(filters, name)
        if value is None:
            continue
        try:
            period = parse_period(value)
        except DateError as error:
            complaints.append(f"{_WORD_OF[name]}: {error}")
            settled[name] = None
            continue
        if name == "year" and period.precision != "year":
            complaints.append(f"year={value!r} is not a year; write YYYY.")
            settled[name] = None
    first, last = (settled.get(name, getattr(filters, name)) for name in ("date_from", "date_to"))
    if first and last and parse_period(str(first)).start > parse_period(str(last)).end:
        complaints.append(f"from={first!r} is after to={last!r}; turn them round.")
        settled |= {"date_from": None, "date_to": None}
    return settled


def _alike(value: str, terms: Iterable[str]) -> list[str]:
    """Find terms spelt like a value, or if there are none, terms that hold its words."""
    for scorer in (fuzz.ratio, fuzz.WRatio):
        matches = process.extract(
            value,
            terms,
            scorer=scorer,
            processor=utils.default_process,
            limit=3,
            score_cutoff=_ALIKE,
        )
        if matches:
            return [match[0] for match in matches]
    return []


def quoted(value: str) -> str:
    """Quote what somebody wrote, cutting it if it is long.

    Parameters
    ----------
    value
        Any text.

    Returns
    -------
    str
    """
    return repr(value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…")


def _either(values: Iterable[str]) -> str:
    *most, last = (f"{value!r}" for value in values)
    return f"{', '.join(most)} or {last}" if most else last


def _distinct(column: pd.Series) -> list[str]:
    return sorted(value for value in column.unique() if value)


def _same(values: Iterable[str]) -> dict[str, str]:
    return {value: value for value in values}


def _sites(addresses: pd.Series) -> list[str]:
    return _distinct(sites_of(addresses))


def _routes(routes: gpd.GeoDataFrame) -> dict[str, str]:
    ids = sorted(routes["id"])
    return _same(ids) | dict(zip(routes["name"], routes["id"], strict=True))


def _coded(names: dict[str, str]) -> dict[str, str]:
    codes = {code: code for code in sorted(names.values())}
    return codes | names


def _crossing_names(crossings: gpd.GeoDataFrame) -> dict[str, str]:
    terms = {name: name for name in crossings["name"]}
    for column in ("id", "alt_names"):
        for name, others in zip(crossings["name"], crossings[column], strict=True):
            for other in [others] if isinstance(others, str) else others:
                terms.setdefault(other, name)
    return terms
