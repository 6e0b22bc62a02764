"""The projection of the sheets, and fitting an extent to a box."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import GEOD
from layers.ground import FRAME
from layers.sheet.frame import Box, paper_of
from layers.sheet.furniture import bar_km, degree_words, degrees_of, scale_words
from layers.sheet.projection import BORDERLANDS, fit_map
from layers.snapshot import Sheet

BOX = Box(x0=40, y0=90, x1=640, y1=490)


def edge_of(extent: tuple[float, float, float, float]) -> tuple[np.ndarray, np.ndarray]:
    outline = shapely.segmentize(shapely.box(*extent), 0.1)
    lon, lat = shapely.get_coordinates(outline).T
    return lon, lat


@given(
    st.floats(FRAME[0], FRAME[2] - 0.5),
    st.floats(FRAME[1], FRAME[3] - 0.5),
    st.floats(0.001, 20),
    st.floats(0.001, 20),
    st.floats(0.4, 2.5),
)
def test_all_that_was_asked_for_is_on_the_map(
    west: float, south: float, wide: float, high: float, aspect: float
) -> None:
    extent = (west, south, min(west + wide, FRAME[2]), min(south + high, FRAME[3]))
    box = Box(x0=10, y0=20, x1=10 + 500 * aspect, y1=520)
    frame = fit_map(extent, box)
    x, y = frame.place(*edge_of(extent))
    assert frame.inside(x, y, 0.5).all()


@pytest.mark.parametrize(
    "extent",
    [(-180, -90, 180, 90), (71, 34, 71, 34), (75, 38, 60, 29), (0, 0, 10, 10), None],
)
def test_odd_extents_give_a_map_of_the_region(extent: tuple[float, ...] | None) -> None:
    frame = fit_map(extent, BOX)  # type: ignore[arg-type]
    west, south, east, north = degrees_of(frame)
    assert 0.01 < east - west < 90
    assert 0.01 < north - south < 60


def test_without_an_extent_afghanistan_fills_the_map() -> None:
    frame = fit_map(None, BOX)
    x, y = frame.place(*edge_of(BORDERLANDS))
    assert max(np.ptp(x) / BOX.width, np.ptp(y) / BOX.height) == pytest.approx(1, abs=0.01)
    assert frame.scale == pytest.approx(7_985_000, rel=0.001)


@pytest.mark.parametrize("south", [25.0, 31.0, 34.0, 38.0])
def test_areas_are_true(south: float) -> None:
    frame = fit_map(None, BOX)
    cell = shapely.segmentize(shapely.box(66, south, 67, south + 1), 0.01)
    (drawn,) = shapely.area(frame.shapes(np.array([cell])))
    true_m2 = abs(GEOD.geometry_area_perimeter(cell)[0])
    assert drawn / frame.metre**2 == pytest.approx(true_m2, rel=1e-4)


def test_degrees_come_back() -> None:
    frame = fit_map(None, BOX)
    lon, lat = frame.degrees(*frame.place([62.0, 71.1], [30.0, 34.1]))
    assert lon == pytest.approx([62.0, 71.1])
    assert lat == pytest.approx([30.0, 34.1])


def test_a_scale_bar_is_round_and_not_too_long() -> None:
    frame = fit_map(None, BOX)
    km = bar_km(frame, 80)
    assert km == 200
    assert km * 1000 * frame.metre <= 80


@pytest.mark.parametrize(
    ("value", "words"), [(66, "66° E"), (34.5, "34° 30\u2032 E"), (71.0833333, "71° 05\u2032 E")]
)
def test_degrees_and_minutes_are_written(value: float, words: str) -> None:
    assert degree_words(value, "E") == words


def test_the_scale_names_its_paper_where_it_has_one() -> None:
    frame = fit_map(None, BOX)
    assert scale_words(frame, paper_of(Sheet())) == "1 : 8\u202f000\u202f000 on A4"
    assert scale_words(frame, paper_of(Sheet(size="16:9"))) == "1 : 8\u202f000\u202f000"


@pytest.mark.parametrize(
    ("size", "inches"), [("a4", (11.69, 8.27)), ("a3", (16.54, 11.69)), ("16:9", (13.33, 7.5))]
)
def test_papers_lie_and_stand(size: str, inches: tuple[float, float]) -> None:
    lying = paper_of(Sheet(size=size))  # type: ignore[arg-type]
    standing = paper_of(Sheet(size=size, landscape=False))  # type: ignore[arg-type]
    assert (lying.width / 72, lying.height / 72) == pytest.approx(inches, abs=0.01)
    assert (standing.width, standing.height) == (lying.height, lying.width)
    assert lying.landscape
    assert not standing.landscape
