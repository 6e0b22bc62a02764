"""The built-in data as frames."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import orjson
import pandas as pd
import shapely

from geo.brought import Brought
from geo.crs import WGS84
from geo.errors import SeedError
from geo.records import add_sources, make_records

SEEDS: Final = Path(__file__).resolve().parent.parent / "seeds"
"""Folder of the built-in data."""

LAYER_FILES: Final = (
    *("countries", "countries_light", "borders", "disputed"),
    *("provinces", "provinces_light", "wakhan", "crossings", "routes"),
)
RECORD_FILES: Final = {"seizure": "seizures", "incident": "incidents"}
PLACE_COLUMNS: Final = (
    *("id", "name", "alt_names", "kind", "country", "province", "district"),
    *("lat", "lon", "precision", "population", "source"),
)
MEND: Final = "Restore the seeds/ folder from the repository, or run `make seeds`."


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Seeds:
    """The built-in data, all of it in WGS84.

    Attributes
    ----------
    countries, countries_light, borders, disputed, provinces,
    provinces_light, wakhan
        Polygons and lines; the light copies are for drawing at small zooms.
    crossings, routes
        Points on the borders, and schematic corridors.
    towns
        The gazetteer for labels and searches.
    places
        Towns and districts by name, for imports: ``id``, ``name``, ``alt_names``
        (separated by ``|``), ``kind``, ``country``, ``province``, ``district``, ``lat``,
        ``lon``, ``precision``, ``population``, ``source``.
    items
        What was seized, one row an item: ``record_id``, ``item``, ``quantity``
        (NaN: not stated), ``unit``, ``approx``, ``class``.
    sources
        One row a source of a record; ``rank`` 1 is the main one.
    records
        Seizures, then incidents, not yet joined.
    events
        Events that matter: ``id``, ``name``, ``start`` and ``end`` (days), ``note``,
        ``source_name``, ``source_url``; in the order of their start.
    background
        The background study's claims.
    package
        The Data Package descriptor.
    checksum
        SHA-256 of the descriptor, which holds those of all files.
    brought
        Sets of records that somebody brought beside these; their items and
        sources stand among those above.
    """

    countries: gpd.GeoDataFrame
    countries_light: gpd.GeoDataFrame
    borders: gpd.GeoDataFrame
    disputed: gpd.GeoDataFrame
    provinces: gpd.GeoDataFrame
    provinces_light: gpd.GeoDataFrame
    wakhan: gpd.GeoDataFrame
    crossings: gpd.GeoDataFrame
    routes: gpd.GeoDataFrame
    towns: pd.DataFrame
    places: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=PLACE_COLUMNS))
    items: pd.DataFrame
    sources: pd.DataFrame
    records: gpd.GeoDataFrame
    events: pd.DataFrame
    background: list[dict[str, Any]]
    package: dict[str, Any]
    checksum: str
    brought: tuple[Brought, ...] = ()

    @property
    def country_names(self) -> dict[str, str]:
        """Names of countries by ISO 3166-1 alpha-3 code."""
        return dict(zip(self.countries["iso3"], self.countries["name"], strict=True))

    @property
    def route_names(self) -> dict[str, str]:
        """Names of routes by id."""
        return dict(zip(self.routes["id"], self.routes["name"], strict=True))

    def __repr__(self) -> str:
        """Name the version; the frames would fill pages."""
        return f"Seeds({self.checksum[:12]})"


def load_seeds(folder: Path = SEEDS) -> Seeds:
    """Read the built-in data.

    Parameters
    ----------
    folder
        The Data Package's folder.

    Returns
    -------
    Seeds

    Raises
    ------
    SeedError
        If a file is missing or cannot be read. Whether the files are *right*
        is for :func:`geo.check.check_seeds` to say.
    """
    package_file = folder / "datapackage.json"
    layers = {name: _layer(folder, name) for name in LAYER_FILES}
    sources = _table(folder / "records" / "sources.csv")
    return Seeds(
        **layers,
        towns=_towns(folder),
        places=_places(folder),
        items=_items(folder),
        sources=sources,
        records=_records(folder, sources),
        events=_events(folder),
        background=_json(folder / "records" / "background.json")["claims"],
        package=_json(package_file),
        checksum=hashlib.sha256(package_file.read_bytes()).hexdigest(),
    )


def _layer(folder: Path, name: str) -> gpd.GeoDataFrame:
    path = folder / "geometry" / f"{name}.geojson"
    try:
        text = path.read_bytes()
        rows = [feature["properties"] for feature in orjson.loads(text)["features"]]
        # Four times as fast as `GeoDataFrame.from_features`, which every command waited for.
        shapes = shapely.get_parts(shapely.from_geojson(text))
    except (OSError, ValueError, shapely.errors.ShapelyError) as error:
        raise _unreadable(path, error) from error
    frame = gpd.GeoDataFrame(rows, geometry=shapes, crs=WGS84)
    for column in frame.columns.drop("geometry"):
        values = frame[column]
        given = values.dropna()
        # A column of nothing but missing texts counts as text too.
        if given.map(lambda value: isinstance(value, str)).all():
            frame[column] = values.fillna("").astype("str")
    return frame


def _records(folder: Path, sources: pd.DataFrame) -> gpd.GeoDataFrame:
    kinds = [
        _table(folder / "records" / f"{name}.csv").assign(kind=kind)
        for kind, name in RECORD_FILES.items()
    ]
    rows = pd.concat(kinds, ignore_index=True).fillna("")
    return make_records(add_sources(rows, sources))


def _items(folder: Path) -> pd.DataFrame:
    items = _table(folder / "records" / "seizure_items.csv")
    classes = _table(folder / "records" / "items.csv").set_index("item")["class"]
    quantity = pd.to_numeric(items["quantity"].replace("", None)).astype("float64")
    named = items["item"].map(classes).fillna("other").astype("str")
    return items.assign(quantity=quantity, **{"class": named})


def _events(folder: Path) -> pd.DataFrame:
    events = _table(folder / "records" / "events.csv")
    days = {name: pd.to_datetime(events[name]) for name in ("start", "end")}
    return events.assign(**days).sort_values("start", ignore_index=True)


def _towns(folder: Path) -> pd.DataFrame:
    towns = _table(folder / "geometry" / "gazetteer.csv")
    numbers = ["geonameid", "lat", "lon", "population", "min_zoom"]
    return towns.assign(**{name: pd.to_numeric(towns[name]) for name in numbers})


def _places(folder: Path) -> pd.DataFrame:
    places = _table(folder / "geometry" / "places.csv")
    numbers = ["lat", "lon", "population"]
    return places.assign(**{name: pd.to_numeric(places[name]) for name in numbers})


def _table(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype="str", keep_default_na=False)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _json(path: Path) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = orjson.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return loaded


def _unreadable(path: Path, error: Exception) -> SeedError:
    return SeedError(f"{path.name} cannot be read ({error}). {MEND}")
