"""A record's joins in words and on a small map: nothing is said that its location cannot carry."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd
import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.distances import geodesic_km
from geo.explain import Explained, explain_joins, nearest_place
from geo.joins import join_records
from geo.seeds import Seeds
from layers.charts.joins import joins_map
from tests import small


def explained(**fields: Any) -> tuple[pd.Series, Seeds, Explained]:
    seeds = small.seeds(small.records(fields))
    record = join_records(seeds.records, seeds).iloc[0]
    return record, seeds, explain_joins(record, seeds)


def test_each_join_is_told_with_its_reason() -> None:
    _, _, told = explained(lon="61.5", lat="30.3", province="East")
    assert told.location == ("Known to the town: somewhere within about 5 km of 30.3000, 61.5000.")
    assert told.province == "East, then and today. The source names the province."
    assert [leg.what for leg in told.legs] == ["border", "crossing", "route"]
    assert [round(leg.km) for leg in told.legs] == [48, 53, 22]
    assert told.legs[0].words == (
        "About 48 km from the Afghanistan–NBR border. The location is known to about 5 km, "
        "fine enough for that distance."
    )
    assert told.legs[2].words.endswith("Routes are schematic between their waypoints.")


def test_a_location_too_rough_for_a_distance_says_so() -> None:
    _, _, told = explained(lon="61.95", precision="district")
    assert not told.legs[0].supported
    assert told.legs[0].words == (
        "Somewhere within 25 km of the Afghanistan–NBR border. The point itself is 5 km away, "
        "but the location is known only to about 20 km, too roughly for that."
    )


def test_of_a_province_only_no_distance_is_told() -> None:
    _, _, told = explained(precision="province", province="West")
    assert "no distance is told from it" in told.location
    for leg in told.legs:
        assert leg.words.startswith("The middle of the province is nearest to ")
        assert "km" not in leg.words


def test_a_province_of_the_past_and_its_heir_are_both_told() -> None:
    _, _, told = explained(lon="61.5", lat="30.8", date="2005-06", province="East")
    assert told.province == (
        "In June 2005 this was Old East, whose land belongs to East today. "
        "The source names the province."
    )
    assert told.then is not None
    assert told.today is not None
    assert told.then.bounds == (61, 30.5, 62, 31)
    assert told.today.bounds == (61, 30, 62, 31)


def test_a_record_without_a_place_has_no_ways() -> None:
    _, _, told = explained(lat="", lon="")
    assert told.legs == ()
    assert "on no map" in told.location


def test_a_location_of_no_stated_precision_carries_no_distance() -> None:
    record, seeds, told = explained(precision="")
    assert told.location.startswith("How precisely the place is known is not stated.")
    assert all("km" not in leg.words for leg in told.legs)
    assert joins_map(record, told, seeds)["layer"]


@given(st.floats(60.05, 61.95), st.floats(30.05, 30.95))
@settings(max_examples=15)
def test_the_nearest_place_is_as_far_as_the_join_says(lon: float, lat: float) -> None:
    record, seeds, told = explained(lon=f"{lon}", lat=f"{lat}")
    for leg in told.legs:
        km = geodesic_km(record["lon"], record["lat"], *leg.place)
        assert float(km) == pytest.approx(leg.km, abs=0.01)
    assert nearest_place(lon, lat, seeds.crossings.geometry) == pytest.approx((62, 30.5))


@pytest.mark.parametrize("precision", ["site", "town", "district", "province"])
def test_the_map_draws_what_the_words_say(precision: str) -> None:
    record, seeds, told = explained(
        lon="61.5", lat="30.8", date="2005-06", precision=precision, province="East"
    )
    spec = joins_map(record, told, seeds)
    text = json.dumps(spec)
    assert ("Gate" in text) == (precision != "province")
    assert "url" not in spec["layer"][0]["data"]
    svg = vl_convert.vegalite_to_svg({**spec, "width": 500}, allowed_base_urls=[])
    assert svg.startswith("<svg")
    alt.LayerChart.from_dict(spec, validate=True)


def test_names_stay_data_and_are_never_part_of_an_expression() -> None:
    record, seeds, told = explained(lon="61.5", place="datum.place")
    hostile = "'];alert(1)//</script>"
    legs = tuple(replace(leg, name=hostile) for leg in told.legs)
    spec = joins_map(record, replace(told, legs=legs), seeds)
    said = [
        row["said"] for layer in spec["layer"] for row in layer["data"]["values"] if "said" in row
    ]
    assert hostile in said
    expressions = set(re.findall(r'"expr": "(.*?)"[,}]', json.dumps(spec)))
    assert expressions == {"[width / 2, height / 2]", "min(width, height) / 115.1976"}
