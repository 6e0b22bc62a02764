"""Outlines of what the records are filtered by."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from geo.crs import WGS84
from geo.distances import geodesic_km, nearest
from geo.errors import AreaError
from geo.filters import Filters
from geo.seeds import Seeds
from layers.reach import LOOSE, LOOSE_KM, WIDEST_KM, outlines
from layers.view import View, view_data
from tests import small

SMALL = small.seeds()


def labels(filters: Filters) -> list[tuple[str, str]]:
    return [
        (each["properties"]["kind"], each["properties"]["label"])
        for each in outlines(filters, SMALL)
    ]


def test_nothing_is_outlined_where_no_place_is_asked_for() -> None:
    assert outlines(Filters(kind="seizure", provinces=("East",)), SMALL) == ()


def test_a_border_without_a_distance_has_no_outline() -> None:
    assert labels(Filters(borders=("NBR",))) == []
    assert labels(Filters(borders=("NBR",), within_km=5)) == [
        ("border", "5 km from the border with NBR")
    ]


def test_each_condition_is_named_with_its_distance() -> None:
    assert labels(Filters(area="box:60,30,61,31")) == [("area", "drawn box")]
    assert labels(Filters(area="polygon:60,30;61,30;61,31")) == [("area", "drawn area")]
    assert labels(Filters(area="circle:60,30,12.5")) == [("area", "circle of 12.5 km")]
    assert labels(Filters(near="Gate")) == [("crossing", "10 km round Gate")]
    assert labels(Filters(routes=("road",), within_km=2.5)) == [("route", "2.5 km from The road")]
    # The distance is to the crossing; a route keeps its own, and a border has none.
    everything = Filters(near="Gate", within_km=3, routes=("road",), borders=("NBR",))
    assert labels(everything) == [("crossing", "3 km round Gate"), ("route", "10 km from The road")]


def test_a_box_is_outlined_by_its_corners() -> None:
    (drawn,) = outlines(Filters(area="box:60,30,61.5,31"), SMALL)
    assert shape(drawn["geometry"]).bounds == (60.0, 30.0, 61.5, 31.0)
    assert shape(drawn["geometry"]).area == pytest.approx(1.5)


def test_the_ring_about_a_crossing_is_that_far_away() -> None:
    (drawn,) = outlines(Filters(near="Gate", within_km=30), SMALL)
    lon, lat = shapely.get_coordinates(shape(drawn["geometry"])).T
    assert geodesic_km(lon, lat, 62, 30.5) == pytest.approx(30, abs=0.02)


@settings(max_examples=8)
@given(km=st.floats(0.5, 300))
def test_the_outline_of_a_border_is_as_far_from_it_as_it_says(km: float) -> None:
    (drawn,) = outlines(Filters(borders=("NBR",), within_km=km), SMALL)
    lon, lat = shapely.get_coordinates(shape(drawn["geometry"])).T
    _, away = nearest(gpd.GeoSeries.from_xy(lon, lat, crs=WGS84), SMALL.borders, "iso3")
    # Twice simplified: the line, and its outline; and a polygon for a round end.
    off = 2 * max(LOOSE * km, LOOSE_KM) + 0.05 * km
    assert np.abs(away - km).max() <= off


def test_a_distance_beyond_the_map_is_not_drawn() -> None:
    assert outlines(Filters(borders=("NBR",), within_km=WIDEST_KM + 1), SMALL) == ()


def test_a_text_that_is_no_area_is_refused() -> None:
    with pytest.raises(AreaError):
        outlines(Filters(area="box:1,2"), SMALL)


def test_the_outline_of_a_long_border_is_small_and_whole(seeds: Seeds) -> None:
    (drawn,) = outlines(Filters(borders=("PAK",), within_km=30), seeds)
    around = shape(drawn["geometry"])
    assert around.is_valid
    assert len(json.dumps(drawn)) < 12_000
    line = seeds.borders.loc[seeds.borders["iso3"] == "PAK", "geometry"].iloc[0]
    assert around.covers(line)
    # Two sides of 2 762 km, less where the strip folds over itself.
    square_km = gpd.GeoSeries([around], crs=WGS84).to_crs("ESRI:102012").area.iloc[0] / 1e6
    assert 90_000 < square_km < 165_000


def test_a_view_has_outlines_only_where_it_is_given_some() -> None:
    assert "outlines" not in view_data(View(layer_ids=(), data_url="/x"))
    found = outlines(Filters(near="Gate"), SMALL)
    view = view_data(View(layer_ids=(), data_url="/x", outlines=found))
    assert json.loads(json.dumps(view["outlines"]))[0]["properties"] == {
        "kind": "crossing",
        "label": "10 km round Gate",
    }
