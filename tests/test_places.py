"""Provinces at the record's date and today, on Boxland's two boxes."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import WGS84
from geo.errors import CRSError
from geo.places import NOWHERE, join_provinces, locate, successors, valid_on
from tests import small


def joined(*rows: dict[str, str], radius_km: float = 5) -> list[tuple[str, str]]:
    frame = small.records(*rows)
    radius = pd.Series(radius_km, index=frame.index, dtype=float)
    result = join_provinces(frame, small.provinces(), radius)
    return list(zip(result["adm1_reported"], result["adm1_today"], strict=True))


def test_units_are_valid_from_their_first_to_their_last_day() -> None:
    units = small.provinces()
    assert valid_on(units).tolist() == [True, True, False, False]
    assert valid_on(units, date(2009, 12, 31)).tolist() == [True, False, True, True]
    assert valid_on(units, date(2010, 1, 1)).tolist() == [True, True, False, False]


def test_a_point_on_a_shared_edge_has_one_unit_the_lowest_code() -> None:
    units = small.provinces().iloc[:2]
    edge = gpd.GeoSeries.from_xy([61, 60.2, 59, None], [30.5, 30.2, 30, None], crs=WGS84)
    assert units["unit"].iloc[locate(edge, units)[0]] == "BX-E"
    assert locate(edge, units).tolist() == [1, 0, NOWHERE, NOWHERE]


def test_past_units_belong_to_the_unit_on_their_land_today() -> None:
    assert successors(small.provinces()).tolist() == [0, 1, 1, 1]


def test_the_province_is_that_of_the_record_s_date() -> None:
    north_east = {"lon": "61.5", "lat": "30.7"}
    assert joined(north_east | {"date": "2009-12-31"}) == [("Old East", "East")]
    assert joined(north_east | {"date": "2010-01-01"}) == [("East", "East")]
    assert joined(north_east | {"date": "2010"}) == [("East", "East")]


def test_the_province_named_holds_within_the_radius() -> None:
    near_edge = {"lon": "60.98", "lat": "30.2"}
    assert joined(near_edge) == [("West", "West")]
    assert joined(near_edge | {"province": "East"}) == [("East", "East")]
    assert joined(near_edge | {"province": "East"}, radius_km=1) == [("West", "West")]
    assert joined(near_edge | {"province": "Atlantis"}) == [("West", "West")]


def test_a_point_just_over_the_border_stays_in_the_country_named() -> None:
    over = {"lon": "62.01", "lat": "30.2"}
    assert joined(over) == [("East", "East")]
    assert joined(over, radius_km=0.5) == [("", "")]
    assert joined(over | {"country": "NBR"}) == [("", "")]


def test_a_record_without_a_point_has_no_province() -> None:
    assert joined({"lat": "", "lon": ""}) == [("", "")]


def test_another_crs_is_refused() -> None:
    with pytest.raises(CRSError, match="EPSG:3857; expected EPSG:4326"):
        join_provinces(small.records({}).to_crs("EPSG:3857"), small.provinces(), pd.Series([5.0]))


@given(st.lists(st.tuples(st.floats(59, 63, width=32), st.floats(29, 32, width=32)), max_size=30))
def test_every_point_is_in_one_unit_at_most(places: list[tuple[float, float]]) -> None:
    units = small.provinces().iloc[:2]
    lon, lat = [lon for lon, _ in places], [lat for _, lat in places]
    points = gpd.GeoSeries.from_xy(lon, lat, crs=WGS84)
    found = locate(points, units)
    assert len(found) == len(places)
    inside = np.array([units.intersects(point).any() for point in points], dtype=bool)
    assert ((found != NOWHERE) == inside).all()
    for point, position in zip(points, found, strict=True):
        assert position == NOWHERE or units.geometry.iloc[position].intersects(point)
