"""Joined records made ready to be asked many times: codes, days, places, distances."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.brought import files_of
from geo.distances import geodesic_km, least_km, nearest
from geo.facets import Facet, either_province, make_facet, nearby
from geo.search import haystack

if TYPE_CHECKING:
    from geo.seeds import Seeds

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Kept = TypeVar("Kept")

SEARCHED: Final = (
    *("summary", "place", "district", "province", "adm1_reported", "adm1_today"),
    *("group", "actor", "category", "conveyance", "source_name"),
)
"""Columns that the ``text`` filter looks in."""

MOST_NEARBY: Final = 8
"""Distances asked for of which the answers are kept: each is a few numbers a record."""

SITE: Final = r"^[a-zA-Z]+://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)"


class Coded(NamedTuple):
    """A column of text as numbers: record ``i`` has ``values[codes[i]]``, -1: none."""

    values: tuple[str, ...]
    codes: Codes


class Answer(NamedTuple):
    """For each record, whether it matches for sure and whether it may match."""

    surely: Mask
    maybe: Mask


class RecordSet:
    """Joined records, made ready to be asked many times.

    What a question needs is worked out when it is first asked and then kept, so
    one record set is shared by all who ask of the same data. It must not be
    changed.

    Parameters
    ----------
    joined
        Joined records (:func:`geo.joins.join_records`), WGS84.
    items
        Items seized: ``record_id``, ``item``, ``quantity``, ``unit``, ``approx``.
    seeds
        Crossings, borders, routes and provinces to ask about.
    """

    def __init__(self, joined: gpd.GeoDataFrame, items: pd.DataFrame, seeds: Seeds) -> None:
        self.joined = joined
        self.items = items
        self.seeds = seeds
        self._coded: dict[str, Coded] = {}
        self._km: dict[tuple[str, str], tuple[float, Floats]] = {}
        self._facets: dict[str, Facet] = {}
        self._kept: dict[Hashable, Any] = {}
        self._nearby: dict[tuple[str, float], Facet] = {}

    def __len__(self) -> int:
        """Count the records."""
        return len(self.joined)

    def coded(self, column: str) -> Coded:
        """Give a column of text as codes; values in order, no empty one.

        Parameters
        ----------
        column
            A column of the joined records; ``source``: the web site of the
            main source, without ``www.``; or ``file``: the one that brought it.
        """
        if column not in self._coded:
            if column == "source":
                texts = sites_of(self.joined["source_url"])
            elif column == "file":
                texts = files_of(self.joined, self.seeds.brought)
            else:
                texts = self.joined[column]
            self._coded[column] = _encode(texts)
        return self._coded[column]

    def facet(self, name: str) -> Facet:
        """Sort the records by a facet.

        Parameters
        ----------
        name
            Key of :data:`geo.facets.FACETS`.
        """
        if name not in self._facets:
            self._facets[name] = make_facet(self, name)
        return self._facets[name]

    def nearby(self, what: str, limit_km: float) -> Facet:
        """Sort the records by the things about them (:func:`geo.facets.nearby`)."""
        key = (what, limit_km)
        if key not in self._nearby:
            while len(self._nearby) >= MOST_NEARBY:
                self._nearby.pop(next(iter(self._nearby)), None)
            self._nearby[key] = nearby(self, what, limit_km)
        return self._nearby[key]

    @cached_property
    def provinces_either(self) -> Facet:
        """The records by province, as reported and today."""
        return either_province(self)

    def among(self, column: str, values: tuple[str, ...]) -> Mask:
        """Tell which records have one of some values in a column."""
        known, codes = self.coded(column)
        wanted = np.isin(np.array([*known, ""], dtype=object), values)
        # The last place is that of code -1, a record without a value.
        return np.asarray(wanted[codes])

    @cached_property
    def first_day(self) -> npt.NDArray[np.int64]:
        """First day that each date may mean, in days since 1970."""
        return _days(self.joined["date_start"])

    @cached_property
    def last_day(self) -> npt.NDArray[np.int64]:
        """Last day that each date may mean, in days since 1970."""
        return _days(self.joined["date_end"])

    @cached_property
    def radius_km(self) -> Floats:
        """Radius of each location in kilometres; NaN: not known."""
        return np.asarray(self.joined["radius_km"], dtype=float)

    @cached_property
    def coarse(self) -> Mask:
        """Whether each record is known to its province only."""
        return np.asarray(self.joined["precision"] == "province", dtype=bool)

    @cached_property
    def row_of(self) -> pd.Series:
        """Position of each record by its id."""
        return pd.Series(np.arange(len(self.joined)), index=self.joined["id"].to_numpy())

    @cached_property
    def item_rows(self) -> Codes:
        """Position of the record of each row of ``items``; -1: not among the records."""
        rows = self.row_of.reindex(self.items["record_id"]).fillna(-1)
        return rows.to_numpy(dtype=np.intp)

    @cached_property
    def texts(self) -> pd.Series:
        """All that the ``text`` filter looks in, a text a record."""
        return haystack(self.joined, SEARCHED)

    def kept(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Give what was made under a key before, or make it now and keep it.

        For what other modules work out of records that never change.
        """
        if key not in self._kept:
            self._kept[key] = make()
        found: Kept = self._kept[key]
        return found

    @property
    def places(self) -> gpd.GeoSeries:
        """The distinct points, WGS84."""
        return self._places[0]

    @property
    def place_of(self) -> Codes:
        """Position in ``places`` of each record's point; -1: it has none."""
        return self._places[1]

    @cached_property
    def _places(self) -> tuple[gpd.GeoSeries, Codes]:
        # Many records share a place, which needs to be measured once.
        lon = self.joined["lon"].to_numpy(dtype=float)
        lat = self.joined["lat"].to_numpy(dtype=float)
        known = ~(np.isnan(lon) | np.isnan(lat))
        xy, inverse = np.unique(lon[known] + 1j * lat[known], return_inverse=True)
        places = np.full(len(lon), -1, dtype=np.intp)
        places[known] = inverse
        return gpd.GeoSeries.from_xy(xy.real, xy.imag, crs=self.joined.crs), places

    @cached_property
    def _place_radius_km(self) -> Floats:
        """The longest radius of the records at each place."""
        longest = np.zeros(len(self.places))
        placed = self.place_of >= 0
        radius = np.nan_to_num(self.radius_km[placed])
        np.maximum.at(longest, self.place_of[placed], radius)
        return longest

    def km_to(self, what: str, key: str, up_to_km: float) -> Floats:
        """Measure how far each record's point is from a thing.

        Parameters
        ----------
        what
            ``crossing``, ``route`` or ``border``.
        key
            A crossing's name, a route's id, or a neighbour's ISO code.
        up_to_km
            What is for sure farther than this, whatever its radius, is not measured.

        Returns
        -------
        numpy.ndarray of float, shape (n records,)
            Geodesic kilometres; infinite where not measured, NaN for a record
            without a place.
        """
        measured, km = self._km.get((what, key), (-1.0, np.empty(0)))
        if measured < up_to_km:
            km = np.append(self._measure(what, key, up_to_km), np.nan)
            self._km[what, key] = (up_to_km, km)
        return km[self.place_of]

    def _measure(self, what: str, key: str, up_to_km: float) -> Floats:
        things, column = {
            "crossing": (self.seeds.crossings, "name"),
            "route": (self.seeds.routes, "id"),
            "border": (self.seeds.borders, "iso3"),
        }[what]
        thing = things[things[column] == key]
        least = least_km(self.places, thing.total_bounds)
        near = np.flatnonzero(least <= up_to_km + self._place_radius_km)
        km = np.full(len(self.places), np.inf)
        here = self.places.iloc[near]
        if what == "crossing":
            gate = thing.geometry.iloc[0]
            km[near] = geodesic_km(here.x.to_numpy(), here.y.to_numpy(), gate.x, gate.y)
        elif len(near):
            km[near] = nearest(here, thing, column)[1]
        return km

    def within(self, what: str, key: str, limit_km: float) -> Answer:
        """Tell which records lie within a distance of a thing.

        For sure where the point does and the location's radius is no longer
        than the distance; never for sure where only the province is known.

        Parameters
        ----------
        what, key
            As for :meth:`km_to`.
        limit_km
            Kilometres.
        """
        km = self.km_to(what, key, limit_km)
        surely = (km <= limit_km) & (self.radius_km <= limit_km) & ~self.coarse
        # A comparison with NaN is False: a record without a place never matches.
        maybe = km - np.nan_to_num(self.radius_km) <= limit_km
        return Answer(surely, maybe)


def sites_of(addresses: pd.Series) -> pd.Series:
    """Give the web site of each address: ``dawn.com``; empty: it has none."""
    sites = addresses.fillna("").astype("str").str.extract(SITE, expand=False)
    return sites.str.casefold().fillna("")


def _encode(texts: pd.Series) -> Coded:
    codes, found = pd.factorize(texts.to_numpy(dtype=object), use_na_sentinel=True)
    values = [str(value) for value in found]
    kept = sorted(value for value in values if value)
    place = {value: at for at, value in enumerate(kept)}
    # The last place is that of code -1, a missing text.
    order = np.array([*(place.get(value, -1) for value in values), -1], dtype=np.intp)
    return Coded(tuple(kept), order[codes])


def _days(dates: pd.Series) -> npt.NDArray[np.int64]:
    return dates.to_numpy(dtype="datetime64[D]").astype(np.int64)
