"""Where: coordinates checked against what the source says, or found by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.crs import WGS84
from geo.distances import PRECISIONS, RADIUS_KM
from geo.imports.table import EXTENT_COLUMN, NOTE_COLUMN
from geo.imports.values import Fields, find_decimal, read_numbers

if TYPE_CHECKING:
    from geo.imports.countries import Countries
    from geo.imports.fates import Fates
    from geo.imports.mapping import Mapping

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

REGION: Final = (38.0, 11.0, 96.0, 53.0)
"""West, south, east and north of the atlas's map, in degrees."""

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
        Decimal mark of the coordinates; empty: told from them.

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
        fates.note(strange, fields.column_of("country"), named, "is no country that is known")
        self._settle()
        self.precision = self._precision()

    @property
    def located(self) -> Mask:
        """Which rows have coordinates."""
        return ~np.isnan(self.lat)

    def _coordinates(self, decimal: str) -> tuple[Floats, Floats]:
        texts = [self.fields.get(name) for name in ("lat", "lon")]
        mark = decimal or find_decimal(pd.concat(texts))
        found = []
        for name, text in zip(("lat", "lon"), texts, strict=True):
            numbers, faults = read_numbers(text, mark)
            column = self.fields.column_of(name)
            self.fates.reject(faults, column, text, "is no number of degrees; write 34.1267")
            found.append(numbers)
        lat, lon = found
        half = np.isnan(lat) != np.isnan(lon)
        half &= ~self.fates.rejected
        column = self.fields.column_of("lat")
        self.fates.reject(half, column, texts[0], "latitude and longitude must both be given")
        return lat, lon

    def _settle(self) -> None:
        """Turn round what is swapped, refuse what is out of reach, find countries."""
        lat, lon = self.lat, self.lon
        there = self._countries_of(lon, lat)
        other = self._countries_of(lat, lon)
        named = self.country != ""
        inside = _in_region(lon, lat)
        swapped = self.located & _in_region(lat, lon) & (other != "")
        swapped &= np.where(named, (there != self.country) & (other == self.country), ~inside)
        column = self.fields.column_of("lat")
        texts = self.fields.get("lat") + " " + self.fields.get("lon")
        self.fates.note(swapped, column, texts, "latitude and longitude were swapped; turned round")
        self.lat, self.lon = np.where(swapped, lon, lat), np.where(swapped, lat, lon)
        there = np.where(swapped, other, there)
        impossible = (np.abs(self.lat) > 90) | (np.abs(self.lon) > 180)
        self.fates.reject(impossible, column, texts, "are no degrees of latitude and longitude")
        away = self.located & ~impossible & ~_in_region(self.lon, self.lat)
        west, south, east, north = REGION
        reach = f"{west:g} to {east:g}° E, {south:g} to {north:g}° N"
        self.fates.reject(away, column, texts, f"lies outside the region of the atlas ({reach})")
        apart = named & (there != "") & (there != self.country) & ~self.fates.rejected
        self._note_apart(apart, there, texts)
        self.country = np.where(named, self.country, there)

    def _note_apart(self, apart: Mask, there: Any, texts: pd.Series) -> None:
        column = self.fields.column_of("lat")
        rows = np.flatnonzero(apart)
        told = (
            (int(at), f"lies in {there[at]}, not in {self.country[at]} as the row says")
            for at in rows
        )
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
        strange = ~words.isin(known).to_numpy() | self.fields.strange("precision")
        self.fates.reject(
            strange,
            column,
            self.fields.raw("precision"),
            f"is none of {', '.join((*PRECISIONS, COUNTRY))}",
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


def decimal_of(fields: Fields, mapping: Mapping) -> str:
    """Tell the decimal mark of a table from the mapping or its first coordinates."""
    return mapping.decimal or find_decimal(pd.concat([fields.get("lat"), fields.get("lon")]))
