"""The map and the intervals of a comparison: what they draw, and words for numbers."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from geo.compare import Comparison, compare
from geo.filters import Filters
from layers.charts.difference import (
    CLASSES,
    NO_RATIO,
    class_names,
    difference_map,
    interval_chart,
    interval_words,
    ratio_words,
)
from layers.charts.shapes import Shapes, make_shapes
from tests.snapshot_case import built_in_records

HOSTILE = "</script>${alert(1)}{{7*7}}'\"`=cmd|' /C"


@cache
def shapes() -> Shapes:
    return make_shapes(built_in_records().seeds)


@cache
def comparison(by: str) -> Comparison:
    split = Filters(date_to="2021-08-14"), Filters(date_from="2021-08-15")
    return compare(built_in_records(), *split, by)


def drawn(spec: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Read the features of a layer."""
    layer = next(each for each in spec["layer"] if each["data"].get("name") == name)
    features: list[dict[str, Any]] = json.loads(layer["data"]["values"])
    return features


def test_ratios_fall_into_classes_about_no_change() -> None:
    names = [name for name, _, _ in CLASSES]
    ratios = [0, 1 / 3, 0.5, 2 / 3, 1, 1.5, 2, 3, np.inf]
    places = [0, 0, 1, 2, 2, 2, 3, 4, 4]
    assert class_names(ratios) == [names[place] for place in places]
    assert class_names([np.nan]) == [NO_RATIO[0]]


@pytest.mark.parametrize(
    ("ratio", "words"),
    [(2.54, "×2.5"), (0.068, "×0.07"), (12.4, "×12"), (np.inf, "new"), (0, "none"), (np.nan, "–")],
)
def test_a_ratio_in_words(ratio: float, words: str) -> None:
    assert ratio_words(ratio) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (1.24, 5.06, "×1.2 to ×5.1"),
        (0, 0.4, "×0 to ×0.40"),
        (1.5, np.inf, "×1.5 or more"),
        (0, np.inf, "any"),
        (np.nan, np.nan, "–"),
    ],
)
def test_an_interval_in_words(low: float, high: float, words: str) -> None:
    assert interval_words(low, high) == words


def test_the_map_has_each_province_near_home_with_its_numbers() -> None:
    spec = difference_map(comparison("province"), shapes(), "province").to_dict()
    told = {each["name"]: each for each in drawn(spec, "compared")}
    kabul = told["Kabul"]
    assert (kabul["records_a"], kabul["records_b"], kabul["told"]) == (39, 57, "×5.2")
    assert kabul["sure"] == 2
    assert told["Nangarhar"]["sure"] == 0
    # Far from home, and so on no map, but in the table.
    assert "Hormozgan" not in told
    assert "Hormozgan" in set(comparison("province").rows["name"])
    assert len({each["value"] for each in drawn(spec, "ground")}) >= 35
    assert len(json.dumps(spec)) < 400_000


def test_the_map_of_borders_draws_lines() -> None:
    spec = difference_map(comparison("border"), shapes(), "border").to_dict()
    features = drawn(spec, "compared")
    assert {each["value"] for each in features} == {"PAK", "IRN", "TJK", "TKM", "UZB"}
    assert {each["geometry"]["type"] for each in features} <= {"LineString", "MultiLineString"}


def test_the_intervals_are_in_order_and_within_the_axis() -> None:
    spec = interval_chart(comparison("border")).to_dict()
    rows = next(each for each in spec["datasets"].values() if "ratio" in each[0])
    ratios = [each["ratio"] for each in rows]
    assert ratios == sorted(ratios, reverse=True)
    assert all(1 / 32 <= each["ratio_low"] <= each["ratio_high"] <= 32 for each in rows)


def test_names_of_places_are_only_ever_data() -> None:
    told = comparison("border")
    rows = told.rows.assign(name=HOSTILE)
    for chart in (
        difference_map(replace(told, rows=rows), shapes(), "border"),
        interval_chart(replace(told, rows=rows)),
    ):
        spec = chart.to_dict()
        kept = json.dumps(
            [spec.pop("datasets", None), *(e.pop("data", None) for e in spec["layer"])]
        )
        assert "alert(1)" in kept
        for layer in spec["layer"]:
            # The order of an axis is a list of values too.
            layer.get("encoding", {}).get("y", {}).pop("sort", None)
        assert "alert(1)" not in json.dumps(spec)
