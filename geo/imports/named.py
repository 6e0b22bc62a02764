"""Places by name: rows without coordinates, and provinces under the names of today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.distances import PRECISIONS
from geo.imports.gazetteer import Candidate
from geo.imports.place import COUNTRY
from geo.imports.result import NAMES, UNPLACED_COLUMNS

if TYPE_CHECKING:
    from geo.imports.fates import Fates
    from geo.imports.gazetteer import Finding, Gazetteer
    from geo.imports.place import Places


def place_key(place: str, district: str, province: str, country: str) -> str:
    """Name a place as a row does, for the choices that people make."""
    return "|".join((place, district, province, country))


def _naming(named: list[str]) -> str:
    """Tell which of its fields says where a row is: the finest that it names."""
    return next((name for name, text in zip(NAMES, named, strict=True) if text), NAMES[0])


def candidate_words(candidate: Candidate) -> str:
    """Say what a candidate is: ``Jalalabad, town, Nangarhar, AFG``."""
    parts = (candidate.name, candidate.kind, candidate.province, candidate.country)
    return ", ".join(dict.fromkeys(part for part in parts if part))


class Namer:
    """Finds places by name, with the choices that people have made.

    Parameters
    ----------
    gazetteer
        Knows places.
    choices
        For each :func:`place_key` the id of a candidate.
    """

    def __init__(self, gazetteer: Gazetteer, choices: Mapping[str, str]) -> None:
        self._gazetteer = gazetteer
        self._choices = choices
        self._provinces: dict[tuple[str, str], str] = {}
        self._found: dict[str, Finding | Candidate] = {}
        self._unplaced: dict[str, tuple[tuple[str, ...], int]] = {}

    def province(self, name: str, country: str) -> str:
        """Give a province its name of today; one that is not known stays as it is."""
        if not name:
            return ""
        if (name, country) not in self._provinces:
            finding = self._gazetteer.find(place="", province=name, country=country)
            is_one = finding.status == "found" and finding.candidates[0].kind == "province"
            self._provinces[name, country] = finding.candidates[0].province if is_one else name
        return self._provinces[name, country]

    def place_rows(self, names: pd.DataFrame, places: Places, fates: Fates) -> None:
        """Place the rows that have no coordinates.

        Parameters
        ----------
        names
            ``NAMES`` of each row; countries by code.
        places
            Filled where a name is found.
        fates
            Told of what was found how, and of what was not.
        """
        rows = np.flatnonzero(~places.located & ~fates.rejected & (places.precision != COUNTRY))
        if not len(rows):
            return
        said: dict[tuple[str, bool], list[tuple[int, str]]] = {}
        for at, named in zip(rows.tolist(), names.iloc[rows].to_numpy().tolist(), strict=True):
            if not any(named[:3]) and named[3]:
                places.precision[at] = COUNTRY
                continue
            found, words = self._find(named)
            said.setdefault((_naming(named), found is None), []).append((at, words))
            if found is None:
                continue
            places.lat[at], places.lon[at] = found.lat, found.lon
            places.country[at] = places.country[at] or found.country
            places.precision[at] = _coarser(found.precision, places.precision[at])
            if not named[2]:
                names.iat[at, 2] = found.province
        for (name, fault), told in said.items():
            fates.say_each(
                told, places.fields.column_of(name), places.fields.get(name), fault=fault
            )

    def _find(self, named: list[str]) -> tuple[Candidate | None, str]:
        """Find one row's place; without one, say why."""
        key = place_key(*named)
        if not any(named[:3]):
            return None, "has no coordinates and names no place; give one of them"
        if key not in self._found:
            chosen = self._gazetteer.get(self._choices.get(key, ""))
            place, district, province, country = named
            self._found[key] = chosen or self._gazetteer.find(
                place=place, district=district, province=province, country=country
            )
        found = self._found[key]
        if isinstance(found, Candidate):
            return found, f"placed as chosen: {candidate_words(found)}"
        if found.status == "found":
            only = found.candidates[0]
            return only, f"placed by name: {found.note or candidate_words(only)}"
        names, count = self._unplaced.get(key, (tuple(named), 0))
        self._unplaced[key] = (names, count + 1)
        listed = " or ".join(candidate_words(each) for each in found.candidates[:4])
        if found.status == "ambiguous":
            return None, f"names more than one place ({listed}); choose one or give coordinates"
        if not listed:
            return None, "is no place that is known; give coordinates or another name"
        return None, f"is no place that is known; is it {listed}? Choose one or give coordinates"

    def unplaced(self) -> pd.DataFrame:
        """List the names that need a choice, those of most rows first.

        Returns
        -------
        pandas.DataFrame
            ``UNPLACED_COLUMNS``; ``candidates`` are ids, ``candidate_words``
            what they are, both lists.
        """
        lines = []
        for key, (names, count) in self._unplaced.items():
            found = self._found[key]
            if isinstance(found, Candidate):
                continue
            candidates = found.candidates
            ids = [each.id for each in candidates]
            words = [candidate_words(each) for each in candidates]
            lines.append((*names, count, found.status, ids, words))
        frame = pd.DataFrame(lines, columns=list(UNPLACED_COLUMNS))
        return frame.sort_values("rows", ascending=False, kind="stable", ignore_index=True)


def _coarser(found: str, said: str) -> str:
    if said not in PRECISIONS:
        return found
    return max(found, said, key=PRECISIONS.index)
