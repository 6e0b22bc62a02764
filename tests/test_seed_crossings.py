"""Crossings stand on their line, between the provinces they join; routes pass them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from pyproj import Geod
from shapely.ops import nearest_points

from seeds.build import schemas
from seeds.build.crossings import place
from tests.seed_shapes import read_geometry

BUILD = Path(__file__).resolve().parents[1] / "seeds" / "build"
GEOD = Geod(ellps="WGS84")

CROSSINGS = read_geometry("crossings.geojson")
BY_ID = {properties["id"]: (properties, point) for properties, point in CROSSINGS}
ROUTES = read_geometry("routes.geojson")
LINES = {properties["iso3"]: line for properties, line in read_geometry("borders.geojson")}
TODAY = {
    (unit["country"], unit["name"]): shape
    for unit, shape in read_geometry("provinces.geojson")
    if unit["valid_to"] is None
}

every_crossing = pytest.mark.parametrize("crossing", list(BY_ID))


def distance_km(point: shapely.Geometry, shape: shapely.Geometry) -> float:
    """Geodesic km from a point to the planar nearest point of a shape near by."""
    near = nearest_points(shape, point)[0]
    return float(GEOD.inv(point.x, point.y, near.x, near.y)[2]) / 1000


def test_there_are_32_with_torkham_first() -> None:
    assert len(BY_ID) == len(CROSSINGS) == 32
    assert CROSSINGS[0][0]["id"] == "torkham"


def test_torkham() -> None:
    properties, point = BY_ID["torkham"]
    assert properties["name"] == "Torkham"
    assert properties["neighbour"] == "PAK"
    assert properties["afghan_province"] == "Nangarhar"
    assert properties["neighbour_province"] == "Khyber Pakhtunkhwa"
    assert (properties["published_lat"], properties["published_lon"]) == (34.1265, 71.0927)
    assert properties["moved_km"] == 0.08
    assert point.distance(shapely.Point(71.0921, 34.1260)) < 0.0001


@every_crossing
def test_it_stands_on_its_line(crossing: str) -> None:
    properties, point = BY_ID[crossing]
    assert distance_km(point, LINES[properties["neighbour"]]) < 0.005


@every_crossing
def test_it_joins_the_right_provinces(crossing: str) -> None:
    properties, point = BY_ID[crossing]
    afghan = TODAY["AFG", properties["afghan_province"]]
    assert distance_km(point, afghan) < 0.02
    if properties["neighbour"] == "CHN":
        assert properties["neighbour_province"] == "Xinjiang"  # no Chinese provinces here
        return
    other = TODAY[properties["neighbour"], properties["neighbour_province"]]
    assert distance_km(point, other) < 0.02


@every_crossing
def test_it_says_how_far_it_was_moved(crossing: str) -> None:
    properties, point = BY_ID[crossing]
    lon, lat = properties["published_lon"], properties["published_lat"]
    assert properties["moved_km"] == pytest.approx(
        GEOD.inv(lon, lat, point.x, point.y)[2] / 1000, abs=0.006
    )
    assert properties["placed_by"].endswith(".")
    assert properties["source_url"].startswith(("http://", "https://"))
    assert all(url.startswith(("http://", "https://")) for url in properties["other_urls"])


def test_the_crossings_that_moved_most() -> None:
    moved = {key: properties["moved_km"] for key, (properties, _) in BY_ID.items()}
    assert {key for key, km in moved.items() if km > 2.0} == {
        "angoor-adda",
        "badini",
        "chaman-spin-boldak",
        "ghulam-khan",
        "ishkashim",
        "islam-qala-dogharun",
        "kharlachi-dand-e-patan",
        "sher-khan-bandar-panji-poyon",
        "zaranj-milak",
    }
    assert max(moved, key=moved.__getitem__) == "badini"


# A border along the 34th parallel, and towns on either side of it.
LINE = shapely.LineString([(70.0, 34.0), (72.0, 34.0)])
TOWNS = [
    {"name": "North", "country": "AFG", "lat": 34.1, "lon": 71.1},
    {"name": "South", "country": "PAK", "lat": 33.9, "lon": 71.1},
]


def crossing_row(**changes: Any) -> dict[str, Any]:
    row = {
        "id": "x",
        "neighbour": "PAK",
        "afghan_province": "Nangarhar",
        "precision": "site",
        "published_lat": 34.05,
        "published_lon": 71.0,
        "towns": TOWNS,
    }
    return row | changes


def test_a_point_near_the_line_goes_to_its_nearest_point() -> None:
    placed = place(crossing_row(published_lat=34.005), LINE)
    assert (placed.lon, placed.lat) == pytest.approx((71.0, 34.0), abs=1e-3)
    assert placed.moved_km == pytest.approx(0.55, abs=0.02)
    assert placed.placed_by.startswith("Nearest point of the line")


def test_a_point_off_the_line_goes_where_the_road_meets_it() -> None:
    placed = place(crossing_row(), LINE)
    assert (placed.lon, placed.lat) == pytest.approx((71.1, 34.0), abs=1e-3)
    assert placed.placed_by == (
        "Where the line between North and South meets the border: "
        "the published point lies 5.5 km from it."
    )


def test_without_towns_it_goes_to_the_nearest_point_and_says_so() -> None:
    placed = place(crossing_row(towns=[]), LINE)
    assert (placed.lon, placed.lat) == pytest.approx((71.0, 34.0), abs=1e-3)
    assert "the province the source names" in placed.placed_by


def test_routes() -> None:
    assert len(ROUTES) == 31
    assert len({properties["id"] for properties, _ in ROUTES}) == 31
    for properties, line in ROUTES:
        assert len(properties["waypoints"]) == shapely.get_num_coordinates(line)
        assert set(properties["commodities"]) <= set(schemas.COMMODITIES)
        assert properties["source_url"].startswith(("http://", "https://"))


def test_inferred_routes_are_the_two_whose_source_gives_no_road() -> None:
    inferred = [properties["id"] for properties, _ in ROUTES if properties["inferred"]]
    assert inferred == ["kunar-bajaur", "precursors-peshawar-tajikistan"]


def test_routes_pass_the_border_at_the_crossings() -> None:
    rows = json.loads((BUILD / "routes.json").read_text(encoding="utf-8"))
    passed = 0
    for row, (_, line) in zip(rows, ROUTES, strict=True):
        for waypoint, place_ in zip(row["waypoints"], line.coords, strict=True):
            if "crossing" in waypoint:
                assert place_ == BY_ID[waypoint["crossing"]][1].coords[0]
                passed += 1
    assert passed == 28
