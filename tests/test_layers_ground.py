"""Borders, units, crossings and routes as features."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import LineString, box

from geo.crs import WGS84
from geo.seeds import Seeds
from layers.corridors import arrow_way, draw_crossings, draw_routes
from layers.data import LayerData
from layers.ground import draw_areas, draw_borders, draw_provinces, draw_unit
from layers.style import BLUE, COMMODITIES, GREEN
from tests import layers_small, small


def properties(drawn: LayerData) -> dict[str, object]:
    found: dict[str, object] = drawn.features[0]["properties"]
    return found


def test_a_border_tells_its_length_beside_the_published_one() -> None:
    drawn = properties(draw_borders(layers_small.seeds()))
    assert drawn["name"] == "Border with Neighbouria: Box Line"
    assert drawn["popup"] == {
        "title": "Box Line",
        "subtitle": "Border with Neighbouria",
        "rows": [
            {"label": "Neighbour", "text": "Neighbouria", "href": ""},
            {"label": "Length", "text": "111 km along the line drawn", "href": ""},
            {"label": "Published", "text": "111 km (Box Almanac)", "href": ""},
            {"label": "Status", "text": "In force.", "href": ""},
        ],
    }


def test_only_the_durand_line_carries_the_note() -> None:
    seeds = layers_small.seeds()
    plain = properties(draw_borders(seeds))["label"]
    seeds.borders["iso3"] = "PAK"
    durand = properties(draw_borders(seeds))["label"]
    assert isinstance(plain, dict)
    assert isinstance(durand, dict)
    assert "note" not in plain
    assert durand["note"] == "not recognised by Afghan governments"


def test_a_past_unit_is_drawn_by_its_own_layer_only() -> None:
    seeds = layers_small.seeds()
    seeds.provinces_light["country"] = "AFG"
    units = [each["properties"]["unit"] for each in draw_provinces(seeds).features]
    assert units == ["BX-W", "BX-E"]
    past = draw_unit(seeds, "BX-O", role="fata", text="Old East")
    assert properties(past)["role"] == "fata"
    assert set(draw_areas(seeds)) == {"BX-W", "BX-E"}


def test_torkham_is_the_larger_diamond() -> None:
    seeds = layers_small.seeds()
    main = properties(draw_crossings(seeds))
    seeds.crossings["id"] = "gate"
    other = properties(draw_crossings(seeds))
    assert main["sign"] == {"shape": "diamond", "colour": "#23211F", "fill": "full", "size": 16}
    assert other["sign"] == {"shape": "diamond", "colour": "#23211F", "fill": "open", "size": 10}


def test_a_route_has_a_strand_in_the_layer_of_each_class_of_its_commodities() -> None:
    seeds = layers_small.seeds()
    arms, drugs, *others = (draw_routes(seeds, commodity=commodity) for commodity in COMMODITIES)
    assert [(properties(each)["colour"], properties(each)["lane"]) for each in (arms, drugs)] == [
        (BLUE, -0.5),
        (GREEN, 0.5),
    ]
    assert properties(arms)["arrows"] == "on"
    assert properties(arms)["inferred"] is True
    assert [entry.label for entry in drugs.legend] == [
        "Opiates and other drugs",
        "Inferred by the source",
    ]
    assert "Schematic" in arms.note
    assert [each.features for each in others] == [(), (), ()]


def test_every_commodity_of_the_built_in_routes_has_a_layer(seeds: Seeds) -> None:
    classed = {member for commodity in COMMODITIES for member in commodity.members}
    assert set(seeds.routes["commodities"].explode()) <= classed


@pytest.mark.parametrize(
    ("direction", "way"),
    [
        ("BOX<>NBR", "both"),
        ("BOX>NBR", "on"),
        ("NBR>BOX", "back"),
        ("BOX>NBR>sea", "on"),
        ("BOX", ""),
    ],
)
def test_arrows_follow_the_direction_not_the_order_of_the_places(direction: str, way: str) -> None:
    rows = [
        {"iso3": "BOX", "geometry": box(60, 30, 62, 31)},
        {"iso3": "NBR", "geometry": box(62, 30, 64, 31)},
    ]
    countries: gpd.GeoDataFrame = small.frame(rows)
    assert countries.crs == WGS84
    assert arrow_way(direction, LineString([(60.5, 30.5), (63.5, 30.5)]), countries) == way
