"""What the gazetteer knows: towns, districts, provinces and crossings, by folded name."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.imports.folding import fold, key, sound, split_kind
from geo.imports.gazetteer_spellings import CROSSINGS, PROVINCES
from geo.places import successors, valid_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import geopandas as gpd

    from geo.seeds import Seeds

AFGHANISTAN: Final = "AFG"
_IN_BRACKETS: Final = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A place that a name may mean.

    Attributes
    ----------
    id
        ``geonames:…``, ``town:…``, ``district:…``, ``province:…``, ``crossing:…``.
    name
        In English.
    kind
        ``town``, ``district``, ``province`` or ``crossing``.
    country
        ISO 3166-1 alpha-3; a crossing's is that of the side meant.
    province
        Name of today as in the seeds; empty if none is held.
    lat, lon
        Degrees, WGS84.
    precision
        What the point stands for: ``site``, ``town``, ``district`` or ``province``.
    """

    id: str
    name: str
    kind: str
    country: str
    province: str
    lat: float
    lon: float
    precision: str


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate with what settles between places of one name."""

    candidate: Candidate
    district: str = ""
    population: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A place that has a name: as its own, or as one of its others."""

    place: Place
    own: bool


class PlaceIndex:
    """Places by key and by sound.

    Parameters
    ----------
    seeds
        The built-in data.

    Attributes
    ----------
    by_key
        Matches of each folded name.
    by_id
        Places by id of their candidate.
    countries
        Codes of all countries that it has places of.
    """

    def __init__(self, seeds: Seeds) -> None:
        self.by_id: dict[str, Place] = {}
        found: dict[str, dict[str, Match]] = defaultdict(dict)
        self._bare: list[tuple[str, Match]] = []
        for place, names, count in _places(seeds):
            self.by_id[place.candidate.id] = place
            for number, name in enumerate(names):
                match = Match(place, own=number < count)
                folded = fold(name)
                # A word for its kind in its first name belongs to the name: Tashkent City.
                bare = split_kind(folded)[0] if number else folded
                for text in (folded, bare):
                    found[key(text)].setdefault(place.candidate.id, match)
                self._bare.append((bare, match))
        self.countries = frozenset(place.candidate.country for place in self.by_id.values())
        self.by_key = {name: tuple(of.values()) for name, of in found.items() if name}

    @cached_property
    def by_word(self) -> dict[str, tuple[Match, ...]]:
        """Matches of each word of names that have several."""
        found: dict[str, dict[str, Match]] = defaultdict(dict)
        for bare, match in self._bare:
            words = bare.split()
            for word in words if len(words) > 1 else ():
                found[word].setdefault(match.place.candidate.id, match)
        return {word: tuple(of.values()) for word, of in found.items()}

    @cached_property
    def by_sound(self) -> dict[str, tuple[Match, ...]]:
        """Made when a name is first asked for that nothing bears as it stands."""
        alike: dict[str, dict[str, Match]] = defaultdict(dict)
        for bare, match in self._bare:
            alike[sound(bare)].setdefault(match.place.candidate.id, match)
        return {name: tuple(of.values()) for name, of in alike.items() if name}


def _places(seeds: Seeds) -> Iterator[tuple[Place, list[str], int]]:
    """Give each place with its names, and how many of them, the first, are its own."""
    yield from _listed(seeds)
    yield from _provinces(seeds.provinces)
    yield from _crossings(seeds.crossings)


def _listed(seeds: Seeds) -> Iterator[tuple[Place, list[str], int]]:
    table = seeds.places
    columns = ("id", "name", "kind", "country", "province", "lat", "lon", "precision")
    more = (table[name].tolist() for name in ("alt_names", "district", "population"))
    rows = zip(*(table[name].tolist() for name in columns), *more, strict=True)
    for *values, others, district, population in rows:
        candidate = Candidate(**dict(zip(columns, values, strict=True)))
        names = [candidate.name, *(others.split("|") if others else ())]
        yield Place(candidate, district, population), names, 1


def _provinces(units: gpd.GeoDataFrame) -> Iterator[tuple[Place, list[str], int]]:
    heirs = successors(units)
    names: dict[int, list[str]] = defaultdict(list)
    # A past unit's names lead to the unit of today that its land belongs to.
    for at in np.argsort(~valid_on(units), kind="stable").tolist():
        row = units.iloc[at]
        own = [str(row.get(name) or "") for name in ("name", "name_fa", "name_ur")]
        names[int(heirs[at])] += [*own, *PROVINCES.get(str(row["unit"]), ())]
    for at, own in names.items():
        row = units.iloc[at]
        inner = row.geometry.representative_point()
        candidate = Candidate(
            id=f"province:{row['unit']}",
            name=str(row["name"]),
            kind="province",
            country=str(row["country"]),
            province=str(row["name"]),
            lat=float(row.get("label_lat", inner.y)),
            lon=float(row.get("label_lon", inner.x)),
            precision="province",
        )
        yield Place(candidate), own, len(own)


def _crossings(crossings: gpd.GeoDataFrame) -> Iterator[tuple[Place, list[str], int]]:
    """Give each crossing twice: for its Afghan side and for the other."""
    for _, row in crossings.iterrows():
        name = _IN_BRACKETS.sub("", str(row["name"]))
        names = [name, *_texts(row.get("alt_names")), *CROSSINGS.get(str(row["id"]), ())]
        other = str(row.get("neighbour", ""))
        sides = (
            (AFGHANISTAN, str(row.get("afghan_province", "")), ""),
            (other, str(row.get("neighbour_province", "")), f":{other}"),
        )
        for country, province, suffix in sides:
            candidate = Candidate(
                id=f"crossing:{row['id']}{suffix}",
                name=name,
                kind="crossing",
                country=country,
                province=province,
                lat=float(row.geometry.y),
                lon=float(row.geometry.x),
                precision="site",
            )
            yield Place(candidate), names, len(names)


def _texts(value: object) -> Iterable[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple | np.ndarray) else []
