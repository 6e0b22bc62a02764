"""Where a name is looked for, and places of names like it there, for people to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from geo.imports.folding import fold, sound, split_kind
from geo.imports.gazetteer_choose import one_side, order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.imports.gazetteer_places import Match, Place, PlaceIndex

LIKENESS: Final = 75.0
"""Least likeness of a candidate's name, of 100 (``rapidfuzz.fuzz.ratio`` of the sounds)."""

MOST_ALIKE: Final = 8
SHORTEST_SOUND: Final = 3
"""Shorter names sound like too many others."""

SHORTEST_SOUND_ANYWHERE: Final = 5
"""The same where neither country nor province is known."""

_LONGEST_RUN: Final = 3
_MOST_WORDS: Final = 12


@dataclass(frozen=True)
class Scope:
    """Where to look.

    Attributes
    ----------
    country
        ISO 3166-1 alpha-3; empty: anywhere.
    provinces
        Country and name of each; empty: all of the country.
    """

    country: str = ""
    provinces: frozenset[tuple[str, str]] = frozenset()

    def has(self, place: Place) -> bool:
        """Tell whether a place lies in it."""
        found = place.candidate
        if self.country and found.country != self.country:
            return False
        return not self.provinces or (found.country, found.province) in self.provinces


def names_of(provinces: Iterable[Place]) -> frozenset[tuple[str, str]]:
    """Give provinces as a :class:`Scope` has them."""
    return frozenset((p.candidate.country, p.candidate.province) for p in provinces)


class Alike:
    """Finds places whose names stand in a text, or are like it.

    Parameters
    ----------
    index
        The places.
    """

    def __init__(self, index: PlaceIndex) -> None:
        self._index = index
        self._names: dict[tuple[Scope, bool], list[str]] = {}

    def inside(self, text: str, scope: Scope, only: str = "") -> list[Place]:
        """Give places whose names stand in a text: Gardez for "Gardez outskirts".

        Parameters
        ----------
        text
            Of which the first words are read.
        scope
            Where they lie.
        only
            Their kind; empty: any.
        """
        words = fold(text).split()[:_MOST_WORDS]
        found: list[Match] = []
        for length in range(min(_LONGEST_RUN, len(words) - 1), 0, -1):
            for start in range(len(words) - length + 1):
                name = "".join(words[start : start + length])
                found += self._index.by_key.get(name, ())
        return _in_scope(found, scope, only)

    def around(self, text: str, scope: Scope, only: str = "") -> list[Place]:
        """Give places whose names have a text as one of their words: Khost wa Firing for "Khost".

        Parameters
        ----------
        text
            A name.
        scope
            Where they lie.
        only
            Their kind; empty: any.
        """
        wanted = split_kind(fold(text))[0]
        if len(wanted) < SHORTEST_SOUND or " " in wanted:
            return []
        return _in_scope(self._index.by_word.get(wanted, ()), scope, only)

    def like(self, text: str, scope: Scope, only: str = "") -> list[Place]:
        """Give places of names like a text, the likest first.

        Parameters
        ----------
        text
            A name.
        scope
            Where they lie.
        only
            Their kind; empty: any.
        """
        wanted = sound(split_kind(fold(text))[0])
        if len(wanted) < SHORTEST_SOUND:
            return []
        hits = process.extract(
            wanted,
            self._names_in(scope, latin=wanted.isascii()),
            scorer=fuzz.ratio,
            processor=None,
            score_cutoff=LIKENESS,
            limit=MOST_ALIKE,
        )
        places: dict[str, Place] = {}
        for name, _, _ in hits:
            for place in _in_scope(self._index.by_sound[name], scope, only):
                places.setdefault(place.candidate.id, place)
        return list(places.values())

    def _names_in(self, scope: Scope, *, latin: bool) -> list[str]:
        """Give the sounds of all names in a scope and script, kept for the next call."""
        if scope.country and scope.country not in self._index.countries:
            return []
        if (scope, latin) not in self._names:
            self._names[scope, latin] = [
                name
                for name, matches in self._index.by_sound.items()
                if name.isascii() == latin and any(scope.has(match.place) for match in matches)
            ]
        return self._names[scope, latin]


def _in_scope(matches: Iterable[Match], scope: Scope, only: str) -> list[Place]:
    places = {match.place.candidate.id: match.place for match in matches if scope.has(match.place)}
    kept = order(one_side(list(places.values())))
    return [place for place in kept if only in ("", place.candidate.kind)]
