"""One place out of several of a name, where one covers the others; else none is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.crs import GEOD
from geo.distances import PRECISIONS, RADIUS_KM
from geo.imports.gazetteer_places import AFGHANISTAN, Candidate, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

DISTRICT_REACH_KM: Final = 30.0
"""How far, in km, a place may lie from the point of a district that is not said to be its own."""

PRECISION_OF: Final = {
    "crossing": "site",
    "town": "town",
    "district": "district",
    "province": "province",
}
"""How precise a place of each kind is, where its own point is known."""

_KINDS: Final = ("town", "district", "crossing", "province")


def settle(places: Sequence[Place]) -> Candidate | None:
    """Choose the coarsest of places of one name, if its radius covers the others.

    Parameters
    ----------
    places
        One or more, of one name.

    Returns
    -------
    Candidate or None
        With the precision that covers them all; ``None`` where they lie apart.
    """
    if len(places) == 1:
        return places[0].candidate
    places = one_side(places)
    coarsest = max(places, key=_coarseness)
    found = coarsest.candidate
    for place in places:
        precision = _covering(coarsest, place)
        if precision is None:
            return None
        found = replace(found, precision=coarser(found.precision, precision))
    return found


def one_side(places: Sequence[Place]) -> list[Place]:
    """Keep one side of each crossing: that of the other places, else the Afghan one.

    Parameters
    ----------
    places
        In which a crossing may stand once for each of its sides.
    """
    on_land = [place for place in places if place.candidate.kind != "crossing"]
    country = max(on_land, key=_coarseness).candidate.country if on_land else AFGHANISTAN
    sides: dict[tuple[float, float], Place] = {}
    for place in places:
        found = place.candidate
        if found.kind == "crossing":
            at = (found.lat, found.lon)
            if at not in sides or found.country == country:
                sides[at] = place
    return [*on_land, *sides.values()]


def order(places: Sequence[Place]) -> list[Place]:
    """Put places to choose from in order: towns first, the most populous before others."""

    def rank(place: Place) -> tuple[int, int, str]:
        found = place.candidate
        return _KINDS.index(found.kind), -place.population, found.id

    return sorted(places, key=rank)


def within(places: Sequence[Place], districts: Sequence[Place]) -> tuple[Place, ...]:
    """Keep the places that lie in one of some districts.

    Parameters
    ----------
    places
        Places of one name.
    districts
        Places of kind ``district``.

    Returns
    -------
    tuple of Place
        Those that are one of the districts or lie in it by their source; if none does,
        those that may: within ``DISTRICT_REACH_KM`` of its point, or of no known
        district, in its province.
    """
    ids = {district.candidate.id for district in districts}
    sure = tuple(p for p in places if p.candidate.id in ids or p.district in ids)
    return sure or tuple(p for p in places if any(_may_lie_in(p, each) for each in districts))


def _may_lie_in(place: Place, district: Place) -> bool:
    found, unit = place.candidate, district.candidate
    if found.kind in ("district", "province") or found.country != unit.country:
        return False
    if not place.district and found.province == unit.province:
        return True
    return unit.precision == "district" and apart_km(found, unit) <= DISTRICT_REACH_KM


def coarser(one: str, other: str) -> str:
    """Return the coarser of two precisions."""
    return max(one, other, key=PRECISIONS.index)


def apart_km(one: Candidate, other: Candidate) -> float:
    """Return the geodesic distance of two places in kilometres."""
    return float(GEOD.inv(one.lon, one.lat, other.lon, other.lat)[2]) / 1000


def _coarseness(place: Place) -> tuple[int, int, str]:
    found = place.candidate
    return PRECISIONS.index(found.precision), place.population, found.id


def _covering(coarse: Place, place: Place) -> str | None:
    """Give the precision with which one place's point also stands for another."""
    one, other = coarse.candidate, place.candidate
    if one.country != other.country:
        return None
    if one.precision == "province" and one.province == other.province:
        return "province"
    if one.id == place.district:
        return one.precision
    km = apart_km(one, other)
    fine = [word for word, radius in RADIUS_KM.items() if km <= radius]
    return fine[0] if fine else None
