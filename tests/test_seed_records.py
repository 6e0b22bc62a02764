"""The record tables hold what they should, and nothing they should not."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import shapely

from seeds.build import records, schemas
from seeds.build.records import find_failures
from tests.seed_shapes import read_geometry

FOLDER = Path(__file__).resolve().parents[1] / "seeds" / "records"

Row = dict[str, str]


def read(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


SEIZURES = read("seizures.csv")
INCIDENTS = read("incidents.csv")
RECORDS = SEIZURES + INCIDENTS
ITEMS = read("seizure_items.csv")
SOURCES = read("sources.csv")
LEFT_OUT = read("left_out.csv")
BY_ID = {row["id"]: row for row in RECORDS}


def test_every_researched_row_is_here_or_left_out() -> None:
    gone = Counter(row["file"] for row in LEFT_OUT)
    assert len(SEIZURES) + gone["seizures"] == 382
    assert len(INCIDENTS) + gone["incidents"] == 743
    assert all(row["reason"] for row in LEFT_OUT)
    assert not {row["id"] for row in LEFT_OUT} & set(BY_ID)


def test_the_left_out_rows_are_the_known_two() -> None:
    assert [row["id"] for row in LEFT_OUT] == [
        "s-200506-baram-chah",
        "s-20251224-kavo-shamsiddin-shohin-d",
    ]


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(RECORDS) == 1123


def test_ids_begin_with_kind_and_date() -> None:
    for kind, rows in (("s", SEIZURES), ("i", INCIDENTS)):
        for row in rows:
            assert row["id"].startswith(f"{kind}-{row['date'].replace('-', '')}-"), row["id"]


def test_dates_parse_and_lie_in_the_period() -> None:
    for row in RECORDS:
        parts = [int(part) for part in row["date"].split("-")]
        year, month, day = [*parts, 1, 1][:3]
        assert date(2005, 1, 1) <= date(year, month, day) <= date(2026, 4, 30), row["id"]


def test_items_belong_to_seizures_only() -> None:
    seizures = {row["id"] for row in SEIZURES}
    assert {row["record_id"] for row in ITEMS} <= seizures
    without = seizures - {row["record_id"] for row in ITEMS}
    assert without == {"s-202302-qilla-abdullah", "s-202408-dilaram"}


def test_every_item_has_one_class() -> None:
    classes = {row["item"]: row["class"] for row in read("items.csv")}
    assert len(classes) == 84
    assert {row["item"] for row in ITEMS} == set(classes)
    assert classes["M16 rifle"] == "firearm"
    assert classes["cartridge"] == "ammunition"
    assert classes["night-vision device"] == "optics and equipment"
    assert classes["acetic anhydride"] == "precursor"


def test_one_item_has_one_unit_or_a_liquid_one_beside_it() -> None:
    units: dict[str, set[str]] = {}
    for row in ITEMS:
        units.setdefault(row["item"], set()).add(row["unit"])
    mixed = {item: found for item, found in units.items() if len(found) > 1}
    assert mixed == {
        "acetic anhydride": {"kg", "litres"},
        "liquid opium": {"kg", "litres"},
    }


def test_every_record_has_one_main_source() -> None:
    main = [row for row in SOURCES if row["rank"] == "1"]
    assert Counter(row["record_id"] for row in main) == Counter(list(BY_ID))
    assert all(row["name"] for row in main)


def test_links_are_web_links_and_not_repeated() -> None:
    for row in SOURCES:
        assert re.fullmatch(r"https?://[^\s]+", row["url"]), row
    assert len({(row["record_id"], row["url"]) for row in SOURCES}) == len(SOURCES)


@pytest.mark.parametrize(
    ("column", "allowed"),
    [
        ("country", schemas.COUNTRIES),
        ("precision", schemas.PRECISIONS),
        ("role", ["", *schemas.ROLES]),
        ("attribution", ["", *schemas.ATTRIBUTIONS]),
    ],
)
def test_vocabularies(column: str, allowed: list[str]) -> None:
    assert {row[column] for row in RECORDS} <= set(allowed)


def test_a_named_group_has_an_attribution_and_only_incidents_a_role() -> None:
    for row in RECORDS:
        assert (row["group"] == "Unattributed") == (row["attribution"] == ""), row["id"]
    assert {row["role"] for row in SEIZURES} == {""}
    roleless = {row["group"] for row in INCIDENTS if not row["role"]}
    assert roleless == {"Unattributed", "Other"}


def test_strikes_on_the_ttp_are_not_attacks_by_it() -> None:
    assert BY_ID["i-20131101-dande-darpa-khel"]["role"] == "target"
    assert BY_ID["i-20141216-army-public-school-pesha"]["role"] == "perpetrator"


def test_only_known_places_and_provinces_are_empty() -> None:
    assert [row["id"] for row in RECORDS if not row["place"]] == [
        "i-20140301-unknown",
        "i-20211209-unknown",
        "i-20221128-unknown",
    ]
    assert [row["id"] for row in RECORDS if not row["province"]] == [
        "s-202501-dushanbe-kulma-road-exac"
    ]


def test_points_lie_in_the_named_country_and_province() -> None:
    shapes = {
        (unit["country"], unit["name"]): shape
        for unit, shape in read_geometry("provinces.geojson")
        if unit["valid_to"] is None
    }
    for shape in shapes.values():
        shapely.prepare(shape)
    strays = []
    for row in RECORDS:
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        shape = shapes.get((row["country"], row["province"]))
        if row["province"] and (shape is None or not shape.intersects(point)):
            strays.append((row["id"], row["country"], row["province"]))
    assert strays == []


def test_the_torkham_rifles_of_december_2022() -> None:
    row = BY_ID["s-20221207-torkham"]
    assert (row["date"], row["country"], row["precision"]) == ("2022-12-07", "PAK", "site")
    items = [(i["item"], i["quantity"]) for i in ITEMS if i["record_id"] == row["id"]]
    assert items == [("rifle", "16"), ("cartridge", "15000")]


def test_tables_are_in_their_one_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in records.SCHEMAS:
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    monkeypatch.setattr(records, "RECORDS", tmp_path)
    records.build()
    for name in records.SCHEMAS:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def small_tables() -> dict[str, list[Row]]:
    record = {"id": "s-2020-a", "group": "TTP", "attribution": "claimed", "role": ""}
    return {
        "seizures.csv": [record],
        "incidents.csv": [],
        "seizure_items.csv": [{"record_id": "s-2020-a", "item": "pistol"}],
        "items.csv": [{"item": "pistol", "class": "firearm"}],
        "sources.csv": [{"record_id": "s-2020-a", "rank": "1", "url": "https://example.org/a"}],
        "left_out.csv": [],
    }


def test_good_tables_have_no_failure() -> None:
    assert find_failures(small_tables()) == []


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("seizures.csv", {"attribution": ""}, "give both or neither"),
        ("seizures.csv", {"group": "Unattributed", "attribution": "", "role": "party"}, "a role"),
        ("seizure_items.csv", {"record_id": "i-2020-a"}, "no seizure i-2020-a"),
        ("seizure_items.csv", {"item": "sabre"}, "not in items.csv"),
        ("sources.csv", {"url": "javascript:alert(1)"}, "no http(s) link"),
        ("sources.csv", {"rank": "2"}, "ranks must run"),
        ("sources.csv", {"record_id": "s-2020-b"}, "no record s-2020-b"),
    ],
)
def test_a_fault_is_named(table: str, change: Row, words: str) -> None:
    tables = small_tables()
    tables[table][0] = tables[table][0] | change
    assert any(words in failure for failure in find_failures(tables))


def test_a_repeated_id_is_named() -> None:
    tables = small_tables()
    tables["incidents.csv"] = [dict(tables["seizures.csv"][0])]
    assert any("used twice" in failure for failure in find_failures(tables))
