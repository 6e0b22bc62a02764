"""Records as signs, rings and washes."""

from __future__ import annotations

from typing import Any

import pytest

from layers.data import DrawOptions, LayerData
from layers.records import draw_incidents, draw_seizures, not_drawn
from layers.style import BLUE, DARK, GREEN, GREY, SKY, VERMILLION
from tests import layers_small

TTP = {"kind": "incident", "category": "bombing", "group": "TTP", "role": "perpetrator"}


def drawn(*rows: dict[str, Any], **options: Any) -> LayerData:
    """Draw records given as rows of text, all of the kind of the first."""
    draw = draw_incidents if rows[0].get("kind") == "incident" else draw_seizures
    return draw(layers_small.seeds(), layers_small.selection(*rows), DrawOptions(**options))


def signs(layer: LayerData) -> list[Any]:
    return [each["properties"]["sign"] for each in layer.features]


def test_one_seizure_of_a_town() -> None:
    assert drawn({}).features == (
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": (60.5, 30.5)},
            "properties": {
                "draw": "sign",
                "key": "seizure:town:30.5,60.5",
                "name": "1 seizure, Boxtown (Unattributed)",
                "sign": {
                    "shape": "square",
                    "colour": GREY,
                    "fill": "full",
                    "size": 11,
                    "count": 1,
                    "soft": True,
                },
                "ids": ["s-1"],
            },
        },
    )


def test_no_selection_draws_nothing() -> None:
    assert draw_seizures(layers_small.seeds(), None, DrawOptions()).features == ()


def test_records_of_one_spot_and_precision_are_one_sign_with_a_count() -> None:
    near = {"lat": "30.50001"}
    layer = drawn({}, {"id": "s-2", **near}, {"id": "s-3", "precision": "site"})
    assert [each["properties"]["ids"] for each in layer.features] == [["s-3"], ["s-1", "s-2"]]
    assert [sign["count"] for sign in signs(layer)] == [1, 2]


def test_sites_on_either_side_of_a_crossing_are_one_sign() -> None:
    """The gate lies at 62°E 30.5°N; the third site is 1.9 km from it."""
    rows = [
        {"id": f"s-{number}", "precision": "site", "lat": "30.5", "lon": lon}
        for number, lon in enumerate(("61.999", "62.001", "61.98"))
    ]
    layer = drawn(*rows)
    assert [each["properties"]["ids"] for each in layer.features] == [["s-2"], ["s-0", "s-1"]]


def test_a_district_is_a_ring_of_its_radius_not_a_point() -> None:
    (feature,) = drawn({"precision": "district"}).features
    assert feature["properties"]["draw"] == "ring"
    assert feature["properties"]["radius_km"] == 20.0
    assert feature["properties"]["name"].startswith("1 seizure, somewhere in the district about")


def test_a_province_is_a_wash_of_the_unit_of_today_without_a_point() -> None:
    rows = [{"precision": "province", "province": "West", "id": f"s-{n}"} for n in (1, 2)]
    (feature,) = drawn(*rows).features
    assert feature["geometry"] is None
    assert feature["properties"]["draw"] == "wash"
    assert feature["properties"]["unit"] == "BX-W"
    assert feature["properties"]["sign"]["count"] == 2


def test_a_strike_on_a_group_is_open_and_an_attack_by_it_filled() -> None:
    by = drawn(TTP)
    on = drawn({**TTP, "role": "target"})
    both = drawn(TTP, {**TTP, "id": "i-2", "role": "target"})
    assert [signs(layer)[0]["fill"] for layer in (by, on, both)] == ["full", "open", "half"]
    assert signs(by)[0]["shape"] == "circle"
    assert signs(by)[0]["colour"] == BLUE
    assert [entry.label for entry in both.legend if entry.heading == "Role"] == [
        "The group acted or took part",
        "The group was the target",
        "Both at one place",
    ]


def test_several_groups_at_one_spot_are_neutral_and_factions_have_a_hue_of_their_own() -> None:
    faction = drawn({**TTP, "group": "Jamaat-ul-Ahrar"})
    several = drawn(TTP, {**TTP, "id": "i-2", "group": "ISKP"})
    assert signs(faction)[0]["colour"] == SKY
    assert signs(several)[0]["colour"] == DARK
    assert signs(several)[0]["several"] is True


def test_seizures_may_be_coloured_by_goods() -> None:
    layer = drawn(
        {"category": "heroin"},
        {"id": "s-2", "category": "explosives", "lat": "30.6"},
        seizure_colour="goods",
    )
    assert [sign["colour"] for sign in signs(layer)] == [GREEN, VERMILLION]
    goods = [entry.label for entry in layer.legend if entry.heading == "Goods"]
    assert goods == ["Explosives", "Drugs"]


def test_kinds_at_one_spot_stand_side_by_side() -> None:
    chosen = layers_small.selection({}, TTP)
    seeds = layers_small.seeds()
    (seizure,) = draw_seizures(seeds, chosen, DrawOptions()).features
    (incident,) = draw_incidents(seeds, chosen, DrawOptions()).features
    assert seizure["properties"]["sign"]["shift"] == -1
    assert incident["properties"]["sign"]["shift"] == 1


def test_a_record_at_torkham_leaves_room_for_its_diamond() -> None:
    layer = drawn({"lat": "30.501", "lon": "61.999", "precision": "site"})
    assert (signs(layer)[0]["shift"], signs(layer)[0]["clear"]) == (-1, 8)


def test_sizes_go_by_area() -> None:
    layer = drawn(
        {**TTP, "killed": "100"},
        {**TTP, "id": "i-2", "lat": "30.6", "killed": "25"},
        {**TTP, "id": "i-3", "lat": "30.7"},
        incident_measure="killed",
    )
    assert [sign["size"] for sign in signs(layer)] == [30, 15, 7.5]
    assert [sign["hollow"] for sign in signs(layer)] == [False, False, True]
    sizes = [entry.label for entry in layer.legend if entry.heading == "Area: people killed"]
    assert sizes == [
        "10 killed",
        "50 killed",
        "100 killed",
        "Not stated, or none of it (1 of 3 records)",
    ]


def test_the_legend_says_what_is_too_large_to_scale() -> None:
    assert drawn({**TTP, "killed": "900"}, incident_measure="killed").note == ""
    assert drawn({**TTP, "killed": "901"}, incident_measure="killed").note == (
        "Signs of more than 900 killed are drawn no larger."
    )


def test_the_legend_names_only_what_is_drawn() -> None:
    labels = [entry.label for entry in drawn({}).legend]
    assert labels == ["Seizure", "Unattributed", "to the town, about 5 km"]


def test_what_cannot_be_drawn_is_told_with_the_reason() -> None:
    chosen = layers_small.selection(
        {},
        {"id": "s-2", "lat": "", "lon": ""},
        {"id": "s-3", "lat": "", "lon": "", "precision": "province"},
    )
    reasons = not_drawn(chosen.records)
    assert reasons.tolist() == ["no coordinates", "province not known"]
    layer = draw_seizures(layers_small.seeds(), chosen, DrawOptions())
    assert [each["properties"]["ids"] for each in layer.features] == [["s-1"]]


@pytest.mark.parametrize("kind", ["seizure", "incident"])
def test_an_unknown_measure_names_the_known(kind: str) -> None:
    with pytest.raises(ValueError, match="choose one of records, "):
        drawn({"kind": kind}, **{f"{kind}_measure": "weight"})
