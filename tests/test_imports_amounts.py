"""Amounts, numbers of people, items and degrees as people write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.amounts import find_mark, is_either, read_amount
from geo.imports.degrees import read_degree, split_pair
from geo.imports.fates import Fates
from geo.imports.item_names import item_name, known_items
from geo.imports.items import read_items
from geo.imports.mapping import Mapping
from geo.imports.marks import Marks, find_marks
from geo.imports.people import read_people
from geo.imports.rules import Rule
from geo.imports.values import Fields
from geo.seeds import Seeds

NOT_STATED = float("nan")


@pytest.mark.parametrize(
    ("text", "decimal", "low", "high", "bound", "unit"),
    [
        ("12", ".", 12, 12, "", ""),
        ("12.5 kg", ".", 12.5, 12.5, "", "kg"),
        ("1 250 kg", ".", 1250, 1250, "", "kg"),
        ("1.250,5", ",", 1250.5, 1250.5, "", ""),
        ("≈30", ".", 30, 30, "about", ""),
        ("ca. 30 kg", ".", 30, 30, "about", "kg"),
        ("at least 5", ".", 5, 5, "floor", ""),
        ("10+", ".", 10, 10, "floor", ""),
        ("5 or more", ".", 5, 5, "floor", ""),
        ("over 1,000 rounds", ".", 1000, 1000, "floor", "rounds"),
        ("up to 50", ".", 50, 50, "ceiling", ""),
        ("3-5", ".", 3, 5, "range", ""),
        ("3 to 5", ".", 3, 5, "range", ""),
        ("100–150 kg", ".", 100, 150, "range", "kg"),
        ("۱۲ کیلو", ".", 12, 12, "", "کیلو"),
        ("Unknown", ".", NOT_STATED, NOT_STATED, "unknown", ""),
        ("", ".", NOT_STATED, NOT_STATED, "", ""),
        ("-3", ".", -3, -3, "", ""),
    ],
)
def test_amounts_are_read_with_what_is_said_of_them(
    text: str, decimal: str, low: float, high: float, bound: str, unit: str
) -> None:
    found = read_amount(text, decimal)
    assert [found.low, found.high] == pytest.approx([low, high], nan_ok=True)
    assert (found.bound, found.unit, found.is_fault) == (bound, unit, False)


@pytest.mark.parametrize(
    "text",
    ["abc", "nan", "1e999", "0x10", "1_000", "5-3", "12..5", "9" * 50, "2; 3; 10", "5 (3 police)"],
)
def test_what_is_no_amount_is_a_fault(text: str) -> None:
    assert read_amount(text).is_fault


@given(st.floats(0, 1e6, allow_nan=False), st.sampled_from(".,"))
def test_a_number_with_its_unit_is_read_back(number: float, mark: str) -> None:
    text = f"{number:.6f}"
    found = read_amount(f"about {text.replace('.', mark)} kg", mark)
    assert (found.low, found.bound, found.unit) == (float(text), "about", "kg")


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["12,5 kg"], ","),
        (["12.5"], "."),
        (["1.250"], ""),
        (["1.250", "12,5"], ","),
        (["1,250", "3"], ""),
        (["1,250.75"], "."),
        (["1.000.000"], ","),
        (["1,000,000"], "."),
        (["12,5", "12.5"], ""),
        (["12", "abc"], ""),
    ],
)
def test_a_column_tells_its_decimal_mark_itself(texts: list[str], mark: str) -> None:
    assert find_mark(pd.Series(texts)) == mark
    assert is_either("1.250 kg")
    assert not is_either("12.5")


@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize(
    ("text", "number"),
    [("2,5", 2.5), ("2.5", 2.5), ("۱٫۲۵۰", 1.25), ("1.000.000", 1e6), ("1,250.75", 1250.75)],
)
def test_an_amount_that_tells_its_own_mark_needs_no_other(
    text: str, number: float, decimal: str
) -> None:
    assert read_amount(text, decimal).low == number


def fields_of(columns: dict[str, list[str]], **fixed: str) -> Fields:
    rules: dict[str, Any] = {name: (Rule(columns=(name,)),) for name in columns}
    rules |= {name: (Rule(fixed=text),) for name, text in fixed.items()}
    return Fields(pd.DataFrame(columns, dtype=object), Mapping(fields=rules))


def test_numbers_of_people_say_how_far_they_are_known() -> None:
    told = ["3", "", "at least 5", "3-5", "unknown", "0.5", "up to 4", "2 people", "lots", "-1"]
    fields = fields_of({"killed": told})
    fates = Fates(fields.rows.index)
    found = read_people(fields, fates, Marks())
    rows = pd.DataFrame(found)[["killed", "killed_low", "killed_high"]].to_numpy().tolist()
    assert rows[:8] == [
        *(["3", "", ""], ["", "", ""], ["5", "5", ""], ["3", "3", "5"], ["", "", ""]),
        *(["1", "", ""], ["", "", "4"], ["2", "", ""]),
    ]
    assert fates.rejected.tolist() == [False] * 8 + [True] * 2
    report = fates.report("a.csv", "", pd.Series([""] * 10))
    noted = ["accepted"] * 2 + ["noted"] * 5 + ["accepted"] + ["rejected"] * 2
    assert report["fate"].tolist() == noted


def test_a_number_outside_its_own_bounds_is_kept_and_said() -> None:
    columns = {
        "killed": ["5", "5", "5", ""],
        "killed_low": ["9", "5", "2", "9"],
        "killed_high": ["1", "", "7", "1"],
    }
    fields = fields_of(columns)
    fates = Fates(fields.rows.index)
    found = read_people(fields, fates, Marks())
    assert pd.DataFrame(found)[[*columns]].to_numpy().tolist() == [
        *(["5", "", ""], ["5", "5", ""], ["5", "2", "7"], ["", "", ""]),
    ]
    report = fates.report("a.csv", "", pd.Series([""] * 4))
    assert report["fate"].tolist() == ["noted", "accepted", "accepted", "noted"]
    assert report["reason"][0] == "is not between least, 9, and most, 1, which are left out"


def items_of(seeds: Seeds, fields: Fields) -> tuple[list[dict[str, Any]], pd.DataFrame]:
    classes = dict(zip(seeds.items["item"], seeds.items["class"], strict=True))
    fates = Fates(fields.rows.index)
    ids = pd.Series([str(at) for at in range(len(fields.rows))])
    marks = find_marks(fields, fields.mapping)
    found = read_items(fields, ids, fates, known_items(classes), marks)
    return [item for _, item in found], fates.report("a.csv", "", ids)


def test_quantities_are_read_in_the_atlas_s_units(seeds: Seeds) -> None:
    fields = fields_of(
        {
            "item": ["Charas", "AK-47s", "Ice (methamphetamine)", "opium", "heroin", "sand"],
            "quantity": ["750 g", "12", "ca. 3 kg", "100-150", "1.5 tons", "2 sacks"],
            "unit": ["", "nos.", "", "kg", "", ""],
        }
    )
    found, report = items_of(seeds, fields)
    assert [tuple(each.values())[:4] for each in found] == [
        ("hashish", 0.75, "kg", ""),
        ("AK-pattern rifle", 12, "count", ""),
        ("methamphetamine", 3, "kg", "about"),
        ("opium", 100, "kg", "floor"),
        ("heroin", 1500, "kg", ""),
        ("sand", 2, "sacks", ""),
    ]
    assert report["reason"].tolist()[3:] == [
        "is read as at least 100",
        "",
        "has the unit 'sacks', which the atlas does not know; kept as it is",
    ]


def test_a_weight_without_a_unit_is_no_count(seeds: Seeds) -> None:
    found, _ = items_of(seeds, fields_of({"item": ["opium"], "weight": ["50"]}))
    assert (found[0]["quantity"], found[0]["unit"]) == (50, "weight, unit not stated")
    found, _ = items_of(seeds, fields_of({"item": ["opium"], "weight": ["50"]}, unit="kg"))
    assert (found[0]["quantity"], found[0]["unit"]) == (50, "kg")


def test_a_number_of_thousands_or_of_thousandths_is_noted(seeds: Seeds) -> None:
    columns = {"item": ["heroin"], "quantity": ["1.250"]}
    _, report = items_of(seeds, fields_of(columns, unit="kg"))
    assert report["reason"][0] == "is read as 1.25; if that is wrong, name the decimal mark"
    columns = {"item": ["heroin", "heroin"], "quantity": ["1.250", "12,5"]}
    found, report = items_of(seeds, fields_of(columns, unit="kg"))
    assert [each["quantity"] for each in found] == [1250, 12.5]
    assert report["fate"].tolist() == ["accepted", "accepted"]


def test_names_of_items_are_those_of_the_atlas_or_stay(seeds: Seeds) -> None:
    known = known_items(dict(zip(seeds.items["item"], seeds.items["class"], strict=True)))
    names = ("Kalashnikov", "NVGs", "هیروئین", "hand grenades", "Explosives", "7.62mm rounds")
    assert [item_name(name, known) for name in names] == [
        *("AK-pattern rifle", "night-vision device", "heroin", "grenade", "explosives"),
        "7.62mm rounds",
    ]


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("34.1267", 34.1267),
        ("34.1267° N", 34.1267),
        ("N34.1267", 34.1267),
        ("34°07'36\"N", 34.12667),
        ("34°07′N", 34.11667),
        ("71° 5' 34\" E", 71.09278),
        ("34 07 36", 34.12667),
        ("S 34.5", -34.5),
        ("-34.5", -34.5),
        ("۳۴٫۵", 34.5),
    ],
)
def test_degrees_are_read_in_every_usual_way(text: str, degrees: float) -> None:
    assert read_degree(text) == pytest.approx(degrees, abs=1e-5)


@pytest.mark.parametrize("text", ["north", "34°61'", "N", "", "34d", "9" * 100, "nan", "34,1267"])
def test_what_is_no_degree_is_none(text: str) -> None:
    assert np.isnan(read_degree(text))


@given(st.floats(-90, 90), st.booleans())
def test_minutes_and_seconds_are_the_degrees_they_were_made_of(value: float, worded: bool) -> None:
    whole, rest = divmod(abs(value) * 3600, 3600)
    minutes, seconds = divmod(rest, 60)
    side = ("S" if value < 0 else "N") if worded else ""
    sign = "-" if value < 0 and not worded else ""
    text = f"{sign}{whole:.0f}°{minutes:.0f}'{min(seconds, 59.999):.3f}\"{side}"
    assert read_degree(text) == pytest.approx(value, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("34.12, 71.09", ("34.12", "71.09")),
        ("(34.12,71.09)", ("34.12", "71.09")),
        ("34,12; 71,09", ("34,12", "71,09")),
        ("34,12, 71,09", ("34,12", "71,09")),
        ("34.12 71.09", ("34.12", "71.09")),
        ("POINT (71.09 34.12)", ("34.12", "71.09")),
        ("71°05'E, 34°07'N", ("34°07'N", "71°05'E")),
    ],
)
def test_two_coordinates_in_one_cell_are_parted(text: str, pair: tuple[str, str]) -> None:
    assert split_pair(text) == pair
