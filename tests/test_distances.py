"""Nearest things, geodesic distances, and what a radius supports."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString, Point

from geo.crs import WGS84
from geo.distances import geodesic_km, is_supported, location_radius_km, nearest
from tests import small

LINES = small.frame(
    [
        {"name": "b", "geometry": LineString([(60, 30), (61, 30), (62, 30)])},
        {"name": "a", "geometry": LineString([(60, 32), (62, 32)])},
    ]
)


def points(*places: tuple[float, float] | None) -> gpd.GeoSeries:
    return gpd.GeoSeries([p and Point(p) for p in places], crs=WGS84)


def test_distances_are_geodesic() -> None:
    """One degree of latitude at 30°N is 110.9 km on the WGS84 ellipsoid."""
    keys, km = nearest(points((61.3, 30.5), (61.3, 31.7)), LINES, "name")
    assert keys.tolist() == ["b", "a"]
    assert km == pytest.approx([55.43, 33.27], abs=0.05)


def test_a_tie_goes_to_the_lowest_key() -> None:
    here = small.frame(
        [{"name": "z", "geometry": Point(61, 30)}, {"name": "c", "geometry": Point(61, 30)}]
    )
    keys, km = nearest(points((61, 30), (60.5, 30)), here, "name")
    assert keys.tolist() == ["c", "c"]
    assert km[0] == 0


def test_a_missing_point_has_nothing_near() -> None:
    keys, km = nearest(points(None, (61, 30)), LINES, "name")
    assert keys.tolist() == ["", "b"]
    assert np.isnan(km[0])
    assert km[1] == pytest.approx(0, abs=1e-6)


def test_no_things_and_no_points_are_fine() -> None:
    assert nearest(points(), LINES, "name")[0].tolist() == []
    assert nearest(points((61, 30)), LINES.iloc[:0], "name")[0].tolist() == [""]


@given(st.floats(58, 75), st.floats(25, 40))
def test_no_vertex_is_nearer_than_the_nearest(lon: float, lat: float) -> None:
    _, km = nearest(points((lon, lat)), LINES, "name")
    geod = Geod(ellps="WGS84")
    vertices = [xy for line in LINES.geometry for xy in line.coords]
    to_vertices = [geod.inv(lon, lat, *xy)[2] / 1000 for xy in vertices]
    assert 0 <= km[0] <= min(to_vertices) * 1.001 + 1e-6


def test_jalalabad_is_60_to_75_km_from_torkham() -> None:
    assert 60 < geodesic_km(70.4515, 34.4265, 71.0927, 34.1265) < 75


@pytest.mark.parametrize(
    ("km", "radius", "precision", "supported"),
    [
        (0.2, 1, "site", True),
        (3.2, 5, "town", True),
        (3.2, 20, "district", False),
        (62, 20, "district", True),
        (62, 90, "province", False),
        (200, 90, "province", False),
        (float("nan"), 1, "site", False),
    ],
)
def test_a_radius_supports_distances_no_shorter_than_it(
    km: float, radius: float, precision: str, *, supported: bool
) -> None:
    answer = is_supported(np.array([km]), pd.Series([radius]), pd.Series([precision]))
    assert answer.tolist() == [supported]


def test_a_province_s_radius_reaches_its_farthest_corner() -> None:
    frame = small.records(
        {"precision": "site"},
        {"precision": "district"},
        {"precision": "province", "province": "West"},
        {"precision": "province", "province": "Atlantis"},
    )
    radius = location_radius_km(frame, small.provinces())
    assert radius[:2].tolist() == [1, 20]
    # From the middle of a box of one degree to its southern corners.
    assert radius[2] == pytest.approx(73.4, abs=0.3)
    assert np.isnan(radius[3])
