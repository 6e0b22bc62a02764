"""Areas drawn on a map: their texts, their size, and what is wrong with others."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.areas import MOST_CORNERS, describe_area, parse_area
from geo.crs import GEOD
from geo.errors import AreaError

TORKHAM = "circle:71.0921,34.126,10"


def test_a_circle_is_as_far_from_its_centre_everywhere() -> None:
    circle = parse_area(TORKHAM)
    assert circle.reach_km == 10
    ring = list(circle.polygon.exterior.coords)
    for lon, lat in ring:
        _, _, metres = GEOD.inv(71.0921, 34.126, lon, lat)
        assert metres == pytest.approx(10_000, abs=0.01)
    assert circle.text == TORKHAM
    assert describe_area(circle) == "a circle of 10 km round 34.13°N 71.09°E"


def test_a_box_reaches_as_far_as_a_circle_as_large() -> None:
    box = parse_area("box:70,34,71,35")
    # A degree by a degree at 34.5°N: 110.94 km by 91.87 km.
    assert math.pi * box.reach_km**2 == pytest.approx(110.94 * 91.87, rel=0.002)
    assert describe_area(box) == "a box from 34.00°N 70.00°E to 35.00°N 71.00°E"


def test_a_polygon_may_be_closed_or_not_and_run_either_way() -> None:
    open_one = parse_area("polygon:70,34;71,34;71,35")
    closed = parse_area("polygon:70,34;71,34;71,35;70,34")
    turned = parse_area("polygon:71,35;71,34;70,34")
    assert open_one.text == closed.text == "polygon:70,34;71,34;71,35"
    assert open_one.polygon.equals(turned.polygon)
    assert open_one.reach_km == pytest.approx(turned.reach_km)
    assert describe_area(open_one) == "a drawn area of 3 corners about 34.33°N 70.67°E"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is not an area"),
        ("71,34,10", "is not an area"),
        ("star:71,34,10", "is not an area"),
        ("circle:", "holds no numbers"),
        ("circle:71,34", "needs 3 numbers"),
        ("circle:71,34,0", "needs a radius above 0"),
        ("circle:71,34,-5", "needs a radius above 0"),
        ("circle:71,34,1e9", "needs a radius above 0"),
        ("circle:71,34,nan", "holds no numbers"),
        ("circle:inf,34,10", "holds no numbers"),
        ("circle:71,95,10", "must lie within"),
        ("box:71,34,70,35", "must run from west to east"),
        ("box:70,34,70,35", "must run from west to east"),
        ("box:1,2,3", "needs 4 numbers"),
        ("box:<script>,2,3,4", "holds no numbers"),
        ("polygon:70,34;71", "needs a longitude and a latitude"),
        ("polygon:70,34;71,34", "needs 3 to 100 corners"),
        ("polygon:70,34;71,34;70,34", "needs 3 to 100 corners"),
        ("polygon:70,34;71,35;71,34;70,35", "must not cross itself"),
        ("polygon:70,34;71,34;72,34", "must not cross itself"),
        ("polygon:" + ";".join("70,34" for _ in range(MOST_CORNERS + 2)), "needs 3 to 100"),
    ],
)
def test_what_is_no_area_says_how_to_write_one(text: str, complaint: str) -> None:
    with pytest.raises(AreaError, match=complaint) as raised:
        parse_area(text)
    assert len(str(raised.value)) < 300


degrees = st.floats(-80, 80).map(lambda number: round(number, 4))


@settings(max_examples=60)
@given(degrees, degrees, st.floats(0.001, 2000).map(lambda km: float(f"{km:.6g}")))
def test_a_circles_text_reads_back(lon: float, lat: float, km: float) -> None:
    circle = parse_area(f"circle:{lon},{lat},{km}")
    assert parse_area(circle.text).numbers == circle.numbers


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_any_text_is_an_area_or_an_area_error(text: str) -> None:
    for start in ("", "box:", "circle:", "polygon:"):
        try:
            parse_area(start + text)
        except AreaError:
            continue
