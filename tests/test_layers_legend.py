"""The style of records and the words of their legend, as the page gets them."""

from __future__ import annotations

from typing import Any

import pytest

from layers.data import DrawOptions
from layers.ramp import ramp_json
from layers.recordstyle import record_style
from layers.style import BLACK, BLUE, DARK, GREY, VERMILLION

NEUTRAL = {"colour": DARK, "size": 11}


def entries(style: dict[str, Any], heading: str) -> list[tuple[str, str]]:
    return [(each["when"], each["label"]) for each in style["legend"] if each["heading"] == heading]


def test_the_style_of_seizures() -> None:
    style = record_style("seizure", DrawOptions())
    assert {name: value for name, value in style.items() if name not in {"colour", "legend"}} == {
        "kind": "seizure",
        "singular": "seizure",
        "plural": "seizures",
        "shape": "square",
        "open": {"column": "role", "values": ["target"]},
        "measure": None,
        "steps": [[1, 11], [2, 18], [10, 22], [100, 27], [1000, 33], [10000, 40]],
        "cap": None,
        "ramp": ramp_json(),
    }


def test_colour_tells_the_group_and_a_new_one_is_among_the_others() -> None:
    colour = record_style("incident", DrawOptions())["colour"]
    assert (colour["column"], colour["heading"], colour["other"]) == ("group", "Group", 7)
    assert colour["classes"][:2] == [
        {"name": "ISKP", "colour": VERMILLION, "members": ["ISKP"]},
        {"name": "TTP", "colour": BLUE, "members": ["TTP"]},
    ]
    assert colour["classes"][7:] == [
        {
            "name": "Al-Qaeda and other groups",
            "colour": BLACK,
            "members": ["al-Qaeda", "IMU", "ETIM/TIP", "Jamaat Ansarullah", "Other"],
        },
        {"name": "Unattributed", "colour": GREY, "members": ["Unattributed", ""]},
    ]


def test_colour_may_tell_the_goods_of_seizures_only() -> None:
    options = DrawOptions(seizure_colour="goods")
    colour = record_style("seizure", options)["colour"]
    assert (colour["column"], colour["heading"], colour["other"]) == ("category", "Goods", 7)
    assert colour["classes"][colour["other"]] == {
        "name": "Other goods",
        "colour": GREY,
        "members": ["other"],
    }
    assert record_style("incident", options)["colour"]["column"] == "group"


def test_a_measure_gives_its_scale() -> None:
    style = record_style("incident", DrawOptions(incident_measure="killed"))
    assert style["measure"] == {
        "column": "killed",
        "name": "People killed",
        "unit": "killed",
        "full": 100,
        "full_px": 30,
        "smallest_px": 7.5,
        "largest_px": 90,
    }
    assert style["cap"] == {
        "above": 900,
        "note": "Signs of more than 900 killed are drawn no larger.",
    }
    assert entries(style, "Area: people killed") == [
        ("any", "10 killed"),
        ("any", "50 killed"),
        ("any", "100 killed"),
        ("missing", "Not stated, or none of it ({missing} of {shown} records)"),
    ]
    sizes = [each["sign"]["size"] for each in style["legend"] if "Area" in each["heading"]]
    assert sizes == [9.5, 21.2, 30, 7.5]


def test_a_measure_of_the_other_kind_is_none_of_this() -> None:
    assert record_style("seizure", DrawOptions(incident_measure="killed"))["measure"] is None
    with pytest.raises(ValueError, match="no measure of a seizure"):
        record_style("seizure", DrawOptions(seizure_measure="killed"))


def test_the_legend_has_words_for_all_that_may_be_shown() -> None:
    style = record_style("incident", DrawOptions())
    assert [each["heading"] for each in style["legend"]] == [
        "Records",
        *["Group"] * 10,
        *["Role"] * 3,
        *["Place known"] * 4,
        "Too close to tell apart",
    ]
    assert style["legend"][0] == {
        "when": "any",
        "heading": "Records",
        "label": "Incident",
        "order": 0,
        "sign": {"shape": "circle", **NEUTRAL},
    }
    assert style["legend"][2] == {
        "when": "class",
        "at": 1,
        "heading": "Group",
        "label": "TTP",
        "order": 1,
        "sign": {"shape": "circle", "colour": BLUE, "size": 11},
    }
    assert entries(style, "Role") == [
        ("acted", "The group acted or took part"),
        ("target", "The group was the target"),
        ("both", "Both at one place"),
    ]
    assert entries(style, "Too close to tell apart") == [("counted", "5 records and their groups")]


def test_doubt_about_a_place_is_drawn_as_on_the_map() -> None:
    legend = record_style("seizure", DrawOptions(seizure_colour="goods"))["legend"]
    known = [each for each in legend if each["when"] == "rank"]
    assert [(each["at"], each["label"], each["sign"]) for each in known] == [
        (0, "to about 1 km", {"shape": "square", **NEUTRAL}),
        (1, "to the town, about 5 km", {"shape": "square", **NEUTRAL, "soft": True}),
        (
            2,
            "to the district: in this ring",
            {"shape": "ring", "of": "square", "colour": DARK},
        ),
        (3, "only to the province", {"shape": "area", "of": "square", "colour": DARK}),
    ]
