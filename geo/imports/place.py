"""Where: coordinates checked against what the source says, or found by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.crs import WGS84
from geo.distances import PRECISIONS, RADIUS_KM, geodesic_km
from geo.imports.degrees import read_degrees, split_pair
from geo.imports.table import EXTENT_COLUMN, LAT_COLUMN, LON_COLUMN, NOTE_COLUMN
from geo.imports.values import Fields, read_numbers

if TYPE_CHECKING:
    from geo.imports.countries import Countries
    from geo.imports.fates import Fates

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

REGION: Final = (38.0, 11.0, 96.0, 53.0)
"""West, south, east and north of the atlas's map, in degrees."""

_OF_SHAPES: Final = (LAT_COLUMN, LON_COLUMN)

COUNTRY: Final = "country"
"""Precision of what is known to its country only: it has no place on the map."""


class Places:
    """Where the records of some rows are.

    Parameters
    ----------
    fields
        The rows and their mapping.
    fates
        What becomes of them; told of all that is wrong or mended.
    countries
        For the names of countries, and which one a point is in.
    decimal
        Decimal mark of the coordinates; empty: a point.

    Attributes
    ----------
    lat, lon
        Degrees; NaN: no coordinates.
    country
        ISO 3166-1 alpha-3: what the source names, else where the point is.
    precision
        One of ``PRECISIONS``, ``country``, or empty where coordinates are missing.
    """

    def __init__(
        self, fields: Fields, fates: Fates, countries: Countries, decimal: str = ""
    ) -> None:
        self.fields, self.fates, self.countries = fields, fates, countries
        self.lat, self.lon = self._coordinates(decimal)
        named = fields.get("country")
        codes = {text: countries.code(text) for text in named.unique()}
        self.country = named.map(codes).to_numpy(dtype=object)
        strange = (named != "").to_numpy() & (self.country == "")
        told = "is no country that is known; left out"
        fates.note(strange, fields.column_of("country"), named, told)
        self._settle()
        self._note_geometry(decimal)
        self.precision = self._precision()

    @property
    def located(self) -> Mask:
        """Which rows have coordinates."""
        return ~np.isnan(self.lat)

    def _coordinates(self, decimal: str) -> tuple[Floats, Floats]:
        lat, lon = self._whole(*(self.fields.get(name) for name in ("lat", "lon")))
        pairs = self.fields.get("coordinates")
        in_one = ((lat == "") & (lon == "") & (pairs != "")).to_numpy()
        both = zip(pairs, in_one, strict=True)
        parted = [split_pair(text) if one else ("", "") for text, one in both]
        found = []
        for at, (name, own) in enumerate((("lat", lat), ("lon", lon))):
            texts = own.where(~in_one, [pair[at] for pair in parted])
            numbers, faults = read_degrees(texts, decimal)
            column = self.fields.column_of(name)
            told = "is no number of degrees; write 34.1267"
            self.fates.reject(faults & ~in_one, column, own, told)
            if at == 0:
                told = "is no latitude and longitude; write 34.1267, 71.0927"
                column = self.fields.column_of("coordinates")
                self.fates.reject(faults & in_one, column, pairs, told)
            found.append(numbers)
        half = (np.isnan(found[0]) != np.isnan(found[1])) & ~self.fates.rejected
        column = self.fields.column_of("lat")
        self.fates.reject(half, column, lat, "latitude and longitude must both be given")
        return found[0], found[1]

    def _settle(self) -> None:
        """Turn round what is swapped, refuse what is out of reach, find countries."""
        lat, lon = self.lat, self.lon
        there = self._countries_of(lon, lat)
        other = self._countries_of(lat, lon)
        named = self.country != ""
        inside = _in_region(lon, lat)
        swapped = self.located & _in_region(lat, lon) & (other != "")
        swapped &= np.where(named, (there != self.country) & (other == self.country), ~inside)
        swapped &= ~self.fates.rejected
        column, texts = self._told()
        self.fates.note(swapped, column, texts, "latitude and longitude were swapped; turned round")
        self.lat, self.lon = np.where(swapped, lon, lat), np.where(swapped, lat, lon)
        there = np.where(swapped, other, there)
        whole = ~(np.isnan(self.lat) | np.isnan(self.lon))
        impossible = whole & ((np.abs(self.lat) > 90) | (np.abs(self.lon) > 180))
        self.fates.reject(
            impossible, column, texts, "are no degrees; latitude goes to 90, longitude to 180"
        )
        away = whole & ~impossible & ~_in_region(self.lon, self.lat)
        west, south, east, north = REGION
        reach = f"{west:g} to {east:g}° E, {south:g} to {north:g}° N"
        self.fates.reject(away, column, texts, f"lies outside the region of the atlas ({reach})")
        known = (there != "") | np.isin(self.country, [*self.countries.outlined])
        apart = whole & named & known & (there != self.country) & ~self.fates.rejected
        self._note_apart(apart, there)
        self.country = np.where(named, self.country, there)

    def _told(self) -> tuple[str, pd.Series]:
        """Name the column that coordinates are from, and give what stands there."""
        lat, lon, pairs = (self.fields.get(name) for name in ("lat", "lon", "coordinates"))
        texts = (lat + " " + lon).where(lat != "", pairs)
        field = "lat" if (lat != "").any() or not (pairs != "").any() else "coordinates"
        return self.fields.column_of(field), texts

    def _note_apart(self, apart: Mask, there: Any) -> None:
        column, texts = self._told()
        told = (
            (
                int(at),
                f"lies in {there[at]}, not in {self.country[at]} as the row says"
                if there[at]
                else f"lies outside {self.country[at]}, which the row names",
            )
            for at in np.flatnonzero(apart)
        )
        self.fates.say_each(told, column, texts, fault=False)

    def _own(self, name: str) -> pd.Series:
        """Give a coordinate by the columns of its own, without the geometry."""
        rules = self.fields.mapping.fields.get(name, ())
        names = [each for rule in rules for each in rule.names()]
        return self.fields.first_of(tuple(each for each in names if each not in _OF_SHAPES))[0]

    def _whole(self, lat: pd.Series, lon: pd.Series) -> tuple[pd.Series, pd.Series]:
        """Take both coordinates from the geometry where columns have but one."""
        shape_lat, shape_lon = (self.fields.column(name) for name in _OF_SHAPES)
        half = ((self._own("lat") == "") != (self._own("lon") == "")) & (shape_lat != "")
        return lat.where(~half, shape_lat), lon.where(~half, shape_lon)

    def _note_geometry(self, decimal: str) -> None:
        """Say where a row's own coordinates are not those of its geometry."""
        shape = [read_numbers(self.fields.column(name))[0] for name in _OF_SHAPES]
        own = [read_degrees(self._own(name), decimal)[0] for name in ("lat", "lon")]
        known = ~np.isnan(np.vstack([*shape, *own])).any(axis=0) & ~self.fates.rejected
        rows = np.flatnonzero(known & (np.abs(own[0]) <= 90))
        if not len(rows):
            return
        km = geodesic_km(shape[1][rows], shape[0][rows], own[1][rows], own[0][rows])
        used = np.isclose(self.lat[rows], shape[0][rows]) & np.isclose(
            self.lon[rows], shape[1][rows]
        )
        told = (
            (int(at), f"lies {far:.0f} km from the geometry of the row, which is {word}")
            for at, far, word in zip(rows, km, np.where(used, "used", "not used"), strict=True)
            if far > RADIUS_KM["site"]
        )
        column, _ = self._told()
        texts = self._own("lat") + " " + self._own("lon")
        self.fates.say_each(told, column, texts, fault=False)

    def _countries_of(self, lon: Floats, lat: Floats) -> npt.NDArray[np.object_]:
        codes = np.full(len(lon), "", dtype=object)
        rows = np.flatnonzero(_in_region(lon, lat))
        if not len(rows):
            return codes
        # Many rows share a place.
        xy, place_of = np.unique(lon[rows] + 1j * lat[rows], return_inverse=True)
        points = gpd.GeoSeries.from_xy(xy.real, xy.imag, crs=WGS84)
        codes[rows] = self.countries.at(points)[place_of]
        return codes

    def _precision(self) -> npt.NDArray[np.object_]:
        texts = self.fields.get("precision")
        column = self.fields.column_of("precision")
        known = {*PRECISIONS, COUNTRY, ""}
        words = texts.str.casefold()
        strange = ~words.isin(known).to_numpy()
        self.fates.reject(
            strange,
            column,
            self.fields.raw("precision"),
            f"is none of {', '.join((*PRECISIONS, COUNTRY))}; write one of them",
        )
        precision = np.array(words, dtype=object)
        unsaid = (precision == "") & self.located
        precision[unsaid] = self.fields.mapping.precision
        if self.fields.mapping.placed:
            nameless = (self.fields.get("province") == "").to_numpy() & (self.country != "")
            precision[~self.located & nameless & (precision == "province")] = COUNTRY
        return self._no_finer_than_shapes(precision)

    def _no_finer_than_shapes(self, precision: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
        extent, _ = read_numbers(self.fields.column(EXTENT_COLUMN))
        rows = np.flatnonzero(extent > 0)
        finest = [
            next((word for word in RADIUS_KM if extent[at] <= RADIUS_KM[word]), "province")
            for at in rows
        ]
        order = (*PRECISIONS, COUNTRY)
        for at, word in zip(rows, finest, strict=True):
            if precision[at] in order and order.index(word) > order.index(precision[at]):
                precision[at] = word
        notes = self.fields.column(NOTE_COLUMN)
        told = ((int(at), notes.iloc[at]) for at in np.flatnonzero(notes != ""))
        self.fates.say_each(told, "geometry", notes, fault=False)
        return precision


def _in_region(lon: Floats, lat: Floats) -> Mask:
    west, south, east, north = REGION
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
