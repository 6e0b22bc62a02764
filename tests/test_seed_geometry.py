"""The geometry seeds against published figures, known places and their own topology."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyproj
import pytest
import shapely

from seeds.build.geojson import GEOMETRY, write_features
from tests.seed_shapes import read_geometry

BEFORE_MERGER, SINCE_MERGER = "2018-05-30", "2018-05-31"
BOTH_DATES = pytest.mark.parametrize("day", [BEFORE_MERGER, SINCE_MERGER])
BOTH_COPIES = pytest.mark.parametrize(
    ("copy", "outlines"),
    [
        ("provinces.geojson", "countries.geojson"),
        ("provinces_light.geojson", "countries_light.geojson"),
    ],
)
PUBLISHED_KM = {"IRN": 921, "TKM": 804, "UZB": 144, "TJK": 1357, "CHN": 91, "PAK": 2670}
PUBLISHED_KM2 = {"AF-NAN": 7727, "PK-KP.2018": 74521, "PK-TA": 27220, "PK-KP": 101741}
NAMES = (
    *("countries", "countries_light", "borders", "borders_light", "disputed"),
    *("provinces", "provinces_light", "wakhan"),
)
WGS84 = pyproj.Geod(ellps="WGS84")

Pairs = list[tuple[dict[str, Any], shapely.Geometry]]


@cache
def features(name: str) -> Pairs:
    return read_geometry(name)


def by(key: str, name: str) -> dict[str, shapely.Geometry]:
    return {properties[key]: shape for properties, shape in features(name)}


def area_km2(shape: shapely.Geometry) -> float:
    return abs(float(WGS84.geometry_area_perimeter(shape)[0])) / 1e6


def valid_on(day: str, name: str = "provinces.geojson") -> Pairs:
    return [
        (properties, shape)
        for properties, shape in features(name)
        if (properties["valid_from"] or "0") <= day <= (properties["valid_to"] or "9")
    ]


def units_at(lon: float, lat: float, day: str) -> list[str]:
    place = shapely.Point(lon, lat)
    return [properties["unit"] for properties, shape in valid_on(day) if shape.intersects(place)]


@pytest.mark.parametrize(("iso3", "published_km"), PUBLISHED_KM.items())
def test_border_length_is_within_four_per_cent_of_the_published(
    iso3: str, published_km: int
) -> None:
    properties, line = next(f for f in features("borders.geojson") if f[0]["iso3"] == iso3)
    measured_km = WGS84.geometry_length(line) / 1000
    assert measured_km == pytest.approx(published_km, rel=0.04)
    assert properties["length_km"] == pytest.approx(measured_km, abs=0.1)
    assert properties["published_km"] == published_km


@pytest.mark.parametrize("name", ["borders.geojson", "borders_light.geojson"])
def test_borders_run_clockwise_from_tri_point_to_tri_point(name: str) -> None:
    found = features(name)
    assert [properties["iso3"] for properties, _ in found] == list(PUBLISHED_KM)
    lines = [line for _, line in found]
    assert all(line.geom_type == "LineString" and line.is_simple for line in lines)
    for line, following in pairwise([*lines, lines[0]]):
        assert line.coords[-1] == following.coords[0]
        shared = shapely.intersection(line, following)
        assert shared.equals(shapely.Point(line.coords[-1]))


@pytest.mark.parametrize("kind", ["", "_light"])
def test_the_six_borders_together_are_the_outline_of_afghanistan(kind: str) -> None:
    lines = [line for _, line in features(f"borders{kind}.geojson")]
    ring = shapely.Polygon([xy for line in lines for xy in line.coords[:-1]])
    assert ring.normalize() == by("iso3", f"countries{kind}.geojson")["AFG"].normalize()


def test_the_durand_line_says_what_it_is() -> None:
    line = next(p for p, _ in features("borders.geojson") if p["iso3"] == "PAK")
    assert line["name"] == "Durand Line"
    assert "In force" in line["status"]
    assert "not recognised" in line["status"]


def test_light_borders_stay_within_300_m_of_the_full_ones() -> None:
    light = by("iso3", "borders_light.geojson")
    for iso3, line in by("iso3", "borders.geojson").items():
        off_deg = shapely.distance(shapely.points(line.coords), light[iso3]).max()
        assert off_deg < 0.0027, iso3


@BOTH_COPIES
@BOTH_DATES
def test_units_tile_and_make_up_their_country(copy: str, outlines: str, day: str) -> None:
    countries = by("iso3", outlines)
    units = valid_on(day, copy)
    whole = [shape for _, shape in units] + [countries["CHN"]]
    assert all(shapely.is_valid(whole))
    assert shapely.coverage_is_valid(whole)
    for iso3 in sorted({properties["country"] for properties, _ in units}):
        own = [shape for properties, shape in units if properties["country"] == iso3]
        assert shapely.union_all(own).equals(countries[iso3]), iso3


@pytest.mark.parametrize("name", ["countries.geojson", "countries_light.geojson"])
def test_countries_neither_overlap_nor_leave_a_gap_along_afghanistan(name: str) -> None:
    countries = by("iso3", name)
    assert shapely.coverage_is_valid(list(countries.values()))
    around = shapely.union_all([countries[iso3] for iso3 in ["AFG", *PUBLISHED_KM]])
    assert not around.boundary.intersects(countries["AFG"])


@BOTH_COPIES
def test_copies_hold_the_same_units(copy: str, outlines: str) -> None:
    full = [properties for properties, _ in features("provinces.geojson")]
    assert [properties for properties, _ in features(copy)] == full
    assert set(by("iso3", outlines)) == set(by("iso3", "countries.geojson"))


def test_afghanistan_has_34_provinces_with_codes_of_their_own() -> None:
    afghan = [p for p, _ in features("provinces.geojson") if p["country"] == "AFG"]
    codes = {properties["iso_3166_2"]: properties["name"] for properties in afghan}
    assert len(afghan) == len(codes) == 34
    assert codes["AF-PKA"] == "Paktika"
    assert codes["AF-PIA"] == "Paktya"
    assert all(p["name_fa"] and p["name_ur"] for p in afghan)
    persian = {properties["unit"]: properties["name_fa"] for properties in afghan}
    assert persian["AF-DAY"].endswith("دایکندی")
    assert persian["AF-PAN"].endswith("پنجشیر")


def test_unit_ids_are_unique_and_codes_are_so_on_any_day() -> None:
    ids = [properties["unit"] for properties, _ in features("provinces.geojson")]
    assert max(Counter(ids).values()) == 1
    for day in (BEFORE_MERGER, SINCE_MERGER):
        codes = Counter(properties["iso_3166_2"] for properties, _ in valid_on(day))
        assert max(codes.values()) == 1


def test_pakistan_has_eight_units_before_the_merger_and_seven_since() -> None:
    before, since = (
        {p["unit"] for p, _ in valid_on(day) if p["country"] == "PAK"}
        for day in (BEFORE_MERGER, SINCE_MERGER)
    )
    assert (len(before), len(since)) == (8, 7)
    assert before - since == {"PK-KP.2018", "PK-TA"}
    assert since - before == {"PK-KP"}


def test_khyber_pakhtunkhwa_today_is_that_before_and_fata() -> None:
    units = by("unit", "provinces.geojson")
    assert units["PK-KP"].equals(units["PK-KP.2018"].union(units["PK-TA"]))


@pytest.mark.parametrize(("unit", "published"), PUBLISHED_KM2.items())
def test_areas_are_near_the_published(unit: str, published: int) -> None:
    properties, shape = next(f for f in features("provinces.geojson") if f[0]["unit"] == unit)
    assert properties["area_km2"] == pytest.approx(area_km2(shape), abs=0.1)
    assert properties["area_km2"] == pytest.approx(published, rel=0.04)


def test_area_of_afghanistan_is_near_the_published() -> None:
    assert area_km2(by("iso3", "countries.geojson")["AFG"]) == pytest.approx(652864, rel=0.02)


@pytest.mark.parametrize(
    ("place", "lon", "lat", "before", "since"),
    [
        ("Jalalabad", 70.4515, 34.4265, "AF-NAN", "AF-NAN"),
        ("Asadabad", 71.147, 34.873, "AF-KNR", "AF-KNR"),
        ("Khost", 69.920, 33.339, "AF-KHO", "AF-KHO"),
        ("Spin Boldak", 66.400, 31.005, "AF-KAN", "AF-KAN"),
        ("Nili", 66.1302, 33.7218, "AF-DAY", "AF-DAY"),
        ("Tarin Kot", 65.873, 32.633, "AF-URU", "AF-URU"),
        ("Bazarak", 69.515, 35.313, "AF-PAN", "AF-PAN"),
        ("Charikar", 69.171, 35.013, "AF-PAR", "AF-PAR"),
        ("Gardez", 69.226, 33.597, "AF-PIA", "AF-PIA"),
        ("Sharana", 68.787, 33.176, "AF-PKA", "AF-PKA"),
        ("Peshawar", 71.5785, 34.008, "PK-KP.2018", "PK-KP"),
        ("Miranshah", 70.0713, 33.0044, "PK-TA", "PK-KP"),
        ("Parachinar", 70.1009, 33.899, "PK-TA", "PK-KP"),
        ("Khar in Bajaur", 71.500, 34.733, "PK-TA", "PK-KP"),
        ("Quetta", 66.990, 30.180, "PK-BA", "PK-BA"),
        ("Islamabad", 73.050, 33.700, "PK-IS", "PK-IS"),
        ("Gilgit", 74.310, 35.920, "PK-GB", "PK-GB"),
        ("Muzaffarabad", 73.470, 34.370, "PK-JK", "PK-JK"),
        ("Zahedan", 60.863, 29.496, "IR-11", "IR-11"),
        ("Khorog", 71.550, 37.490, "TJ-GB", "TJ-GB"),
        ("Termez", 67.278, 37.224, "UZ-SU", "UZ-SU"),
    ],
)
def test_towns_lie_in_their_units(
    place: str, lon: float, lat: float, before: str, since: str
) -> None:
    assert units_at(lon, lat, BEFORE_MERGER) == [before], place
    assert units_at(lon, lat, SINCE_MERGER) == [since], place


def test_torkham_lies_between_nangarhar_and_fata() -> None:
    torkham = shapely.Point(71.0927, 34.1265)
    units = by("unit", "provinces.geojson")
    assert units["AF-NAN"].distance(torkham) < 0.005  # about 500 m
    assert units["PK-TA"].distance(torkham) < 0.005


def test_every_province_of_the_records_has_a_unit() -> None:
    known = {(p["country"], p["name"]) for p, _ in valid_on(SINCE_MERGER)}
    folder = Path(GEOMETRY).parent / "records"
    for name in ("seizures.csv", "incidents.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            named = {(row["country"], row["province"]) for row in csv.DictReader(stream)}
        assert {pair for pair in named if pair[1]} <= known


def test_the_wakhan_corridor_lies_in_badakhshan_and_touches_three_neighbours() -> None:
    properties, corridor = features("wakhan.geojson")[0]
    shared = {
        iso3
        for iso3, line in by("iso3", "borders.geojson").items()
        if shapely.intersection(line, corridor.boundary).length > 0
    }
    assert shared == {"TJK", "CHN", "PAK"}
    badakhshan = by("unit", "provinces.geojson")["AF-BDS"]
    assert shapely.difference(corridor, badakhshan).area < 1e-8
    assert 250 < properties["length_km"] < 350
    assert 13 < properties["mean_width_km"] < 65
    assert properties["length_km"] * properties["mean_width_km"] == pytest.approx(
        area_km2(corridor), rel=0.01
    )


def test_disputed_lines_hold_the_line_of_control() -> None:
    names = [properties["name"] for properties, _ in features("disputed.geojson")]
    assert names[0] == "Line of Control"
    assert all(properties["note"] for properties, _ in features("disputed.geojson"))
    assert all(line.geom_type == "LineString" for _, line in features("disputed.geojson"))


@pytest.mark.parametrize("name", NAMES)
def test_files_are_written_the_same_way_again(name: str, tmp_path: Path) -> None:
    again = write_features(f"{name}.geojson", features(f"{name}.geojson"), folder=tmp_path)
    assert again.read_bytes() == (GEOMETRY / f"{name}.geojson").read_bytes()
