"""What a browser may say of the map: anything; and what the app makes of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.areas import parse_area
from views.bridge import LONGEST_AREA, read_area, read_record
from views.data import Atlas, load_atlas

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def test_an_area_is_read_and_written_anew() -> None:
    assert read_area("circle:71.09,34.12,10") == "circle:71.09,34.12,10"
    assert read_area("box:70.000001,30,71,31.00000") == "box:70,30,71,31"
    assert read_area("") == ""


@pytest.mark.parametrize(
    "told",
    [
        None,
        7,
        True,
        ["box:1,2,3,4"],
        {"area": "box:1,2,3,4"},
        "box:1,2,3",
        "box:nan,2,3,4",
        "circle:71,34,-1",
        "circle:71,34,1e9",
        "polygon:" + ";".join(f"{at / 100},{(at % 2)}" for at in range(101)),
        "polygon:0,0;1,1;1,0;0,1",
        "x" * (LONGEST_AREA + 1),
        "<img src=x onerror=alert(1)>",
    ],
)
def test_what_is_no_area_is_left_alone(told: Any) -> None:
    assert read_area(told) is None


@settings(max_examples=60)
@given(JSON | st.from_regex(r"\A(box|circle|polygon):[-0-9.,;e]{0,40}\Z"))
def test_whatever_is_told_gives_an_area_or_nothing(told: Any) -> None:
    area = read_area(told)
    assert not area or parse_area(area).text == area


def test_a_polygon_of_the_most_corners_is_short_enough() -> None:
    corners = [f"{60 + at / 77:.4f},{30 + (at / 10) ** 2 / 77:.4f}" for at in range(100)]
    text = "polygon:" + ";".join(corners)
    assert len(text) < LONGEST_AREA
    assert read_area(text)


def test_a_record_is_found_by_layer_and_row(atlas: Atlas) -> None:
    joined = atlas.joined
    for layer, kind in (("seizures", "seizure"), ("incidents", "incident")):
        ids = joined.loc[joined["kind"] == kind, "id"].tolist()
        assert read_record([layer, 0], atlas) == ids[0]
        assert read_record((layer, len(ids) - 1), atlas) == ids[-1]
        assert read_record([layer, len(ids)], atlas) is None


@pytest.mark.parametrize(
    "told",
    [
        None,
        "seizures",
        [],
        ["seizures"],
        ["seizures", 0, 0],
        ["basemap", 0],
        ["seizures", -1],
        ["seizures", True],
        ["seizures", 0.5],
        ["seizures", float("nan")],
        ["seizures", 10**30],
        [["seizures"], 0],
        {"layer": "seizures", "row": 0},
    ],
)
def test_what_is_no_record_is_left_alone(told: Any, atlas: Atlas) -> None:
    assert read_record(told, atlas) is None


@settings(max_examples=60)
@given(JSON)
def test_whatever_is_told_gives_a_record_or_nothing(told: Any) -> None:
    assert read_record(told, load_atlas()) is None
