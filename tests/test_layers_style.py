"""Colours, sizes and measures."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.measures import MEASURES, get_measure, measure_values, size_px
from layers.style import (
    COMMODITIES,
    DARK,
    GOODS,
    GREY,
    GROUPS,
    OKABE_ITO,
    Swatch,
    css_variables,
)
from tests import layers_small

# Okabe and Ito, Color Universal Design, 2002; grey and dark differ in lightness alone.
SAFE = {
    *("#000000", "#E69F00", "#56B4E9", "#009E73"),
    *("#F0E442", "#0072B2", "#D55E00", "#CC79A7"),
    *(GREY, DARK),
}


@pytest.mark.parametrize("swatches", [GROUPS, GOODS, COMMODITIES])
def test_each_class_has_a_safe_colour_of_its_own(swatches: tuple[Swatch, ...]) -> None:
    colours = [swatch.colour for swatch in swatches]
    assert set(colours) <= SAFE
    assert len(set(colours)) == len(colours)


def test_the_set_is_okabe_and_itos() -> None:
    assert {*OKABE_ITO, GREY, DARK} == SAFE


def test_no_value_is_in_two_classes() -> None:
    for swatches in (GROUPS, GOODS, COMMODITIES):
        members = [member for swatch in swatches for member in swatch.members]
        assert len(set(members)) == len(members)


def test_the_page_gets_the_ground_colours() -> None:
    assert "--land: #FBF8F1;" in css_variables()


def test_kilograms_and_counts_are_never_added() -> None:
    items = [
        {"item": "opium", "quantity": 5.0, "unit": "kg", "class": "drug"},
        {"item": "heroin", "quantity": 2.0, "unit": "kg", "class": "drug"},
        {"item": "pills", "quantity": 900.0, "unit": "count", "class": "drug"},
        {"item": "pistol", "quantity": 3.0, "unit": "count", "class": "firearm"},
        {"item": "rifle", "quantity": math.nan, "unit": "count", "class": "firearm"},
        {"item": "cartridge", "quantity": 70.0, "unit": "rounds", "class": "ammunition"},
    ]
    table = pd.DataFrame(items).assign(record_id="s-1", approx="")
    chosen = layers_small.selection({}, {"id": "s-2"})
    measures = [measure for measure in MEASURES if measure.kind == "seizure"]
    values = {
        name: column.tolist()
        for name, column in measure_values(chosen.records, table, measures).items()
    }
    known = {
        name: [value for value in both if not math.isnan(value)] for name, both in values.items()
    }
    assert known == {
        "drugs_kg": [7.0],
        "firearms_count": [3.0],
        "rounds": [70.0],
        "explosives_kg": [],
    }


@given(st.floats(min_value=80, max_value=400))
def test_twice_the_value_is_twice_the_area(value: float) -> None:
    measure = get_measure("killed", "incident")
    assert measure is not None
    ratio = (size_px(2 * value, measure) / size_px(value, measure)) ** 2
    assert ratio == pytest.approx(2, rel=0.02)


def test_a_size_has_bounds() -> None:
    measure = get_measure("killed", "incident")
    assert measure is not None
    assert [size_px(value, measure) for value in (0, 1, 25, 100, 5000)] == [7.5, 7.5, 15, 30, 90]


def test_records_is_no_measure() -> None:
    assert get_measure("records", "seizure") is None


@pytest.mark.parametrize("kind", ["seizure", "incident"])
def test_an_unknown_measure_names_the_known(kind: str) -> None:
    with pytest.raises(ValueError, match="choose one of records, "):
        get_measure("weight", kind)
