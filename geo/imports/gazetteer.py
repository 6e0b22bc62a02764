"""Places by name, offline: found where the name allows one answer, else to be chosen.

A name is looked up by its folded letters, then by its sound (:mod:`geo.imports.folding`).
Names that are only alike are never taken: they are candidates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from geo.imports.countries import Countries
from geo.imports.folding import MOST_LETTERS, fold, key, sound, split_kind
from geo.imports.gazetteer_choose import (
    PRECISION_OF,
    coarser,
    one_side,
    order,
    settle,
    within,
)
from geo.imports.gazetteer_places import Candidate, Match, Place, PlaceIndex
from geo.imports.gazetteer_scope import (
    SHORTEST_SOUND,
    SHORTEST_SOUND_ANYWHERE,
    Alike,
    Scope,
    names_of,
)

if TYPE_CHECKING:
    from geo.seeds import Seeds

__all__ = ["Candidate", "Finding", "Gazetteer"]

MOST_CANDIDATES: Final = 8
NEAR: Final = (59.0, 23.5, 78.0, 39.5)
"""West, south, east and north of Afghanistan, Pakistan, and a degree around."""

_COMMA: Final = re.compile(r"[,،;؛/]")
_MOST_QUOTED: Final = 60


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a name means.

    Attributes
    ----------
    status
        ``found``; ``ambiguous``: it names several places; ``unknown``: it names none.
    candidates
        Found: exactly the one; else those to choose from, best first, 8 at most.
    note
        A sentence for the report, empty if there is nothing to say.
    """

    status: Literal["found", "ambiguous", "unknown"]
    candidates: tuple[Candidate, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class _Reading:
    """Places that bear a name, the kind that the name says, and how it was read."""

    places: tuple[Place, ...] = ()
    kind: str = ""
    by_sound: bool = False


class Gazetteer:
    """Finds places by any of their names.

    Parameters
    ----------
    seeds
        The built-in data, whose towns, districts, provinces and crossings it knows.
    """

    def __init__(self, seeds: Seeds) -> None:
        self._index = PlaceIndex(seeds)
        self._alike = Alike(self._index)
        self._country_names = seeds.country_names
        self._countries = Countries(seeds)

    def find(
        self, *, place: str, district: str = "", province: str = "", country: str = ""
    ) -> Finding:
        """Find the place that names mean.

        Parameters
        ----------
        place, district, province
            Names in any spelling and script; where ``place`` is empty the district is
            looked for, and without that the province. A district or province that is
            not known restricts nothing; the note says so.
        country
            ISO 3166-1 alpha-3, or empty.

        Returns
        -------
        Finding
            Nothing in it lies outside the country and province given.
        """
        code = country.strip().upper()
        wide = Scope(code)
        units = self._read(province, wide, only="province")
        scope = Scope(code, names_of(units.places))
        unknown = []
        if _is_new(province, units.places):
            unknown = [f"the province {_quoted(province)} is not known"]
        if fold(place):
            return self._find_place(place, district, scope, unknown)
        if fold(district):
            reading = self._read(district, scope, only="district")
            reading = reading if reading.places else self._read(district, scope)
            return self._answer(district, replace(reading, kind="district"), scope, unknown)
        if fold(province):
            return self._answer(province, replace(units, kind=""), wide, [], only="province")
        return Finding(status="unknown")

    def get(self, candidate_id: str) -> Candidate | None:
        """Return the place of an id, for a person's choice; ``None`` if there is none."""
        found = self._index.by_id.get(candidate_id)
        return found.candidate if found else None

    def _find_place(self, place: str, district: str, scope: Scope, told: list[str]) -> Finding:
        whole, reading = place, self._read(place, scope)
        if not reading.places:
            place, district, scope, passed = self._parts(place, district, scope)
            told = [*told, *passed]
            reading = self._read(place, scope)
        inner = tuple(p for p in reading.places if p.candidate.kind != "province")
        if scope.provinces and inner and reading.kind != "province":
            # The province is said beside it: the place is something in it.
            reading = replace(reading, places=inner)
        named = self._read(district, scope, only="district").places
        if _is_new(district, named):
            told = [*told, f"the district {_quoted(district)} is not known"]
        elsewhere = reading.places if named else ()
        if named:
            reading = replace(reading, places=within(reading.places, named))
        wider = (*elsewhere, *named)
        return self._answer(place, reading, scope, told, whole=whole, wider=wider)

    def _parts(self, place: str, district: str, scope: Scope) -> tuple[str, str, Scope, list[str]]:
        """Read ``Torkham, Nangarhar, Afghanistan`` as a place and where it is."""
        first, *rest = _COMMA.split(place[:MOST_LETTERS])
        told = []
        for part in reversed(rest):
            code = self._countries.code(part)
            if code and code == (scope.country or code):
                scope = replace(scope, country=code)
            elif not scope.provinces and (units := self._read(part, scope, only="province").places):
                scope = replace(scope, provinces=names_of(units))
            elif not district and self._read(part, scope, only="district").places:
                district = part
            elif fold(part):
                told.append(f"what is said beside it, {_quoted(part)}, is not known there")
        return first, district, scope, told

    def _read(self, text: str, scope: Scope, only: str = "") -> _Reading:
        """Look a name up: as it stands, without words for its kind, by its sound."""
        folded = fold(text)
        bare, kind = split_kind(folded)
        by_key = self._index.by_key
        # A word for a kind that belongs to the name (Velayat Rud) says nothing about it.
        if places := _meant(by_key.get(key(folded), ()), scope, only):
            return _Reading(_own_first(places), kind="")
        if bare != folded and (places := _meant(by_key.get(key(bare), ()), scope, only)):
            return _Reading(_own_first(places), kind)
        narrow = bool(scope.country or scope.provinces)
        sounds = sound(bare)
        shortest = SHORTEST_SOUND if narrow else SHORTEST_SOUND_ANYWHERE
        alike = self._index.by_sound.get(sounds, ()) if len(key(sounds)) >= shortest else ()
        # Other names are many, and in many languages: anywhere, one of them sounds like any word.
        if places := [m for m in _meant(alike, scope, only) if narrow or m.own]:
            # By sound a place's own name and its others count alike.
            return _Reading(tuple(match.place for match in places), kind, by_sound=True)
        return _Reading(kind=kind)

    def _answer(
        self,
        text: str,
        reading: _Reading,
        scope: Scope,
        told: list[str],
        *,
        only: str = "",
        whole: str = "",
        wider: tuple[Place, ...] = (),
    ) -> Finding:
        """Make an answer of the places that bear a name.

        Where there is none, those of kind ``only`` that the ``whole`` text names or that
        are alike can be chosen, or else the ``wider`` ones that it may lie in.
        """
        places = _of_kind(reading)
        one = settle(places) if places else None
        if one is None and places:
            listed = order(one_side(places))[:MOST_CANDIDATES]
            found = tuple(place.candidate for place in listed)
            return Finding(status="ambiguous", candidates=found, note=_sentence(told))
        if one is None:
            alike = self._alike.inside(whole or text, scope, only)
            alike += self._alike.like(text, scope, only)
            alike += self._alike.around(text, scope, only)
            wider += () if only else self._provinces_of(scope)
            room = max(MOST_CANDIDATES - len(wider), MOST_CANDIDATES // 2)
            listed = [*reading.places, *alike[:room], *wider]
            unique = {place.candidate.id: place.candidate for place in listed}
            best = tuple(unique.values())[:MOST_CANDIDATES]
            return Finding(status="unknown", candidates=best, note=_sentence(told))
        if not (scope.country or scope.provinces) and _is_far(one):
            return Finding(status="unknown", candidates=(one,), note=_sentence(told))
        if reading.kind == "district":
            one = replace(one, precision=coarser(one.precision, "district"))
        words = self._found_words(text, one, reading, len(one_side(places)))
        note = _sentence([words, *told])
        return Finding(status="found", candidates=(one,), note=note)

    def _provinces_of(self, scope: Scope) -> tuple[Place, ...]:
        """Give the one province of a scope, to be chosen where nothing finer is known."""
        names = {name for _, name in scope.provinces} if len(scope.provinces) == 1 else set()
        return tuple(p for name in names for p in self._read(name, scope, only="province").places)

    def _found_words(self, text: str, found: Candidate, reading: _Reading, count: int) -> str:
        """Say what a name was found as: "'Jalalabad' found as the town in Nangarhar"."""
        same = key(fold(text)) == key(fold(found.name))
        name = found.kind if same else f"{found.kind} {found.name}"
        country = self._country_names.get(found.country, found.country)
        where = country if found.kind == "province" else found.province or country
        words = f"{_quoted(text)} found as the {name} in {where}"
        if reading.by_sound:
            words += ", by its sound"
        if count > 1:
            words += ", the coarsest of the places of that name there"
        if found.precision == "province" and found.kind != "province":
            words += ", at the centre of the province: its own point is not known"
        elif PRECISION_OF[found.kind] != found.precision:
            words += f", no more precise than a {found.precision}"
        return words


def _is_far(found: Candidate) -> bool:
    """Tell whether a place lies away from Afghanistan and Pakistan: a name alone is not enough."""
    west, south, east, north = NEAR
    return found.kind in ("town", "district") and not (
        west <= found.lon <= east and south <= found.lat <= north
    )


def _meant(matches: tuple[Match, ...], scope: Scope, only: str) -> list[Match]:
    found = [match for match in matches if scope.has(match.place)]
    return [m for m in found if m.place.candidate.kind == only] if only else found


def _own_first(found: list[Match]) -> tuple[Place, ...]:
    """Prefer towns and districts whose own name it is."""
    settled = [match.place.candidate.kind in ("town", "district") for match in found]
    pairs = list(zip(found, settled, strict=True))
    if any(match.own and among for match, among in pairs):
        return tuple(match.place for match, among in pairs if match.own or not among)
    return tuple(match.place for match in found)


def _of_kind(reading: _Reading) -> tuple[Place, ...]:
    """Keep the places of the kind that the name says; a district may be its town."""
    if not reading.kind:
        return reading.places
    kept = tuple(p for p in reading.places if p.candidate.kind == reading.kind)
    if kept or reading.kind == "province":
        return kept
    return tuple(p for p in reading.places if p.candidate.kind != "province")


def _is_new(text: str, places: tuple[Place, ...]) -> bool:
    return bool(fold(text)) and not places


def _quoted(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in text[:_MOST_QUOTED])
    return f"'{' '.join(plain.split())}'"


def _sentence(parts: list[str]) -> str:
    return "; ".join(parts)
