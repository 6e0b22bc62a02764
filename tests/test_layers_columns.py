"""The columns of records that the page keeps."""

from __future__ import annotations

import zlib
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from bench.made import made_up_records
from geo.joins import join_records
from geo.seeds import Seeds
from layers.columns import date_precisions, item_sets, record_columns
from layers.payload import Column, columns_frame, decode_columns, encode_columns
from tests import small

WORLD = small.seeds()
NO_ITEMS = pd.DataFrame(columns=["record_id", "item", "quantity", "unit", "class"])


def item(record_id: str, name: str, quantity: float, unit: str, of: str) -> dict[str, Any]:
    held = {"record_id": record_id, "item": name, "quantity": quantity}
    return held | {"unit": unit, "class": of}


def joined(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    return join_records(small.records(*rows), WORLD)


def columns_of(*rows: dict[str, Any], items: pd.DataFrame = NO_ITEMS) -> list[Column]:
    return record_columns(joined(*rows), items)


SHARED = [
    *("kind", "lat", "lon", "date", "date_precision", "precision", "radius_km"),
    *("group", "role", "attribution", "category", "items", "country"),
    *("adm1_reported", "adm1_today", "unit", "border"),
]

SEIZED = ["drugs_kg", "firearms_count", "rounds", "explosives_kg"]


def test_an_incident_has_what_filters_ask_and_the_people_killed() -> None:
    row = {
        "kind": "incident",
        "date": "2008-02",
        "lat": "30.75",
        "lon": "61.5",
        "province": "East",
        "group": "TTP",
        "role": "target",
        "attribution": "claimed",
        "category": "raid",
        "killed": "3",
    }
    frame = columns_frame(columns_of(row))
    assert list(frame) == [*SHARED, "killed"]
    assert frame.iloc[0].to_dict() == {
        "kind": "incident",
        "lat": 30.75,
        "lon": 61.5,
        "date": pd.Timestamp("2008-02-01"),
        "date_precision": "month",
        "precision": "town",
        "radius_km": 5.0,
        "group": "TTP",
        "role": "target",
        "attribution": "claimed",
        "category": "raid",
        "items": (),
        "country": "BOX",
        "adm1_reported": "Old East",
        "adm1_today": "East",
        "unit": "BX-E",
        "border": "NBR",
        "killed": 3.0,
    }


def test_a_seizure_has_its_items_and_their_measures() -> None:
    items = pd.DataFrame(
        [
            item("s-1", "rifle", 3, "count", "firearm"),
            item("s-1", "opium", 2.5, "kg", "drug"),
            item("s-1", "heroin", 0.25, "kg", "drug"),
            item("s-1", "opium", float("nan"), "kg", "drug"),
            item("s-9", "opium", 9, "kg", "drug"),
        ]
    )
    frame = columns_frame(columns_of({"id": "s-1"}, {"id": "s-2"}, items=items))
    assert list(frame) == [*SHARED, *SEIZED]
    assert frame["items"].tolist() == [("heroin", "opium", "rifle"), ()]
    assert frame["drugs_kg"].fillna(-1).tolist() == [2.75, -1]
    assert frame["firearms_count"].fillna(-1).tolist() == [3, -1]
    assert frame["rounds"].isna().all()


def test_a_record_without_a_place_has_no_numbers_but_its_texts() -> None:
    frame = columns_frame(columns_of({"lat": "", "lon": ""}, {"precision": "province"}))
    assert frame[["lat", "lon"]].isna().all(axis="columns").tolist() == [True, False]
    assert frame["border"].tolist() == ["", "NBR"]
    # No province is named: how far it reaches is not known.
    assert frame["radius_km"].fillna(-1).tolist() == [5, -1]


def test_no_records_have_columns_too() -> None:
    columns = record_columns(joined({}).iloc[:0], NO_ITEMS)
    assert [each.name for each in columns] == [*SHARED, "killed", *SEIZED]
    assert_frame_equal(decode_columns(encode_columns(columns)), columns_frame(columns))


def test_the_rows_of_a_part_keep_its_order() -> None:
    part = joined({"id": "a"}, {"id": "b", "group": "TTP"}, {"id": "c"}).iloc[[2, 1]]
    items = pd.DataFrame([item("b", "opium", 1, "kg", "drug")])
    frame = columns_frame(record_columns(part, items))
    assert frame["group"].tolist() == ["Unattributed", "TTP"]
    assert frame["items"].tolist() == [(), ("opium",)]
    assert frame["drugs_kg"].fillna(0).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("date", "precision"),
    [
        *[("2024-02-29", "day"), ("2024-02", "month"), ("2023-02", "month"), ("2023-12", "month")],
        *[("2024", "year"), ("1999", "year"), (" 2001-01 ", "month")],
    ],
)
def test_a_date_is_told_as_precisely_as_its_source_did(date: str, precision: str) -> None:
    assert date_precisions(joined({"date": date})).tolist() == [precision]


held_items = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["opium", "rifle", "Waffe", "تریاک", ""])),
    max_size=15,
)


@given(held_items)
def test_items_are_collected_as_a_set_for_each_record(held: list[tuple[str, str]]) -> None:
    items = pd.DataFrame(held, columns=["record_id", "item"], dtype="str")
    ids = pd.Series(["c", "a", "x", "b"], dtype="str", index=[5, 3, 9, 0])
    expected = [tuple(sorted({name for owner, name in held if owner == each})) for each in ids]
    found = item_sets(ids, items)
    assert found.tolist() == expected
    assert found.index.tolist() == ids.index.tolist()


names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=6)
coordinates = st.tuples(
    st.floats(-90, 90).map(lambda number: f"{number:.7f}"),
    st.floats(-180, 180).map(lambda number: f"{number:.7f}"),
)
rows_of_text = st.fixed_dictionaries(
    {
        "at": st.just(("", "")) | coordinates,
        "date": st.dates().map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]])),
        "precision": st.sampled_from(["site", "town", "district", "province"]),
        "province": st.sampled_from(["", "West", "East"]),
        "group": names,
        "category": names,
        "killed": st.just("") | st.integers(0, 10**6).map(str),
    }
)


@settings(max_examples=20)
@given(st.lists(rows_of_text, min_size=1, max_size=8))
def test_records_read_back_as_they_were(rows: list[dict[str, Any]]) -> None:
    given_rows = [
        {**row, "id": f"i-{number}", "kind": "incident", "lat": row["at"][0], "lon": row["at"][1]}
        for number, row in enumerate(rows)
    ]
    records = joined(*given_rows)
    columns = record_columns(records, NO_ITEMS)
    read = decode_columns(encode_columns(columns))
    assert_frame_equal(read, columns_frame(columns), check_exact=True)
    for name in ("lat", "lon", "radius_km"):
        pd.testing.assert_series_equal(read[name], records[name], check_exact=True)
    for name in ("group", "category", "border", "adm1_today"):
        assert read[name].tolist() == records[name].tolist()
    assert (read["date"] == records["date_start"]).all()
    lengths = {"day": 10, "month": 7, "year": 4}
    assert read["date_precision"].map(lengths).tolist() == records["date"].str.len().tolist()


def test_sixty_thousand_records_take_few_bytes_each(seeds: Seeds) -> None:
    records = join_records(made_up_records(60_000, seeds), seeds)
    incidents = records[records["kind"] == "incident"]
    payload = encode_columns(record_columns(incidents, seeds.items))
    assert len(payload) <= 14 * len(incidents)
    # Each coordinate and distance takes 3, a day 2, every other column 1 or 0.
    columns = zlib.decompress(payload)
    header = int.from_bytes(columns[4:8], "little")
    assert len(columns) - header - 8 <= 24.01 * len(incidents)
