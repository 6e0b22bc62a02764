"""Exports: what they hold, what they defuse, and what reads back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.export import EXPORT_COLUMNS, to_csv, to_geojson, write_whole
from geo.joins import join_records
from geo.seeds import SEEDS, load_seeds
from geo.tables import read_records
from tests import small

PACKAGE = json.loads((SEEDS / "datapackage.json").read_text(encoding="utf-8"))
ITEMS = pd.DataFrame(
    {
        "record_id": ["s-1", "s-1"],
        "item": ["rifle", "opium"],
        "quantity": [12.0, None],
        "unit": ["count", "kg"],
        "approx": ["floor", ""],
        "class": ["firearm", "drug"],
    }
)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_holds_every_column_in_order() -> None:
    frame = small.records({"date": "2012-03", "lon": "61.5", "lat": "30.5"})
    joined = join_records(frame, small.seeds(frame))
    [row] = rows_of(to_csv(joined, ITEMS))
    assert tuple(row) == EXPORT_COLUMNS
    assert row["date"] == "2012-03"
    assert row["adm1_today"] == "East"
    assert row["border"] == "NBR"
    assert float(row["border_km"]) == pytest.approx(48.0, abs=0.2)
    assert row["killed"] == ""
    assert row["items"] == "rifle: at least 12; opium: amount not stated"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1"])
def test_no_text_is_a_formula_in_a_spreadsheet(text: str) -> None:
    frame = small.records({"summary": text, "group": text})
    [row] = rows_of(to_csv(join_records(frame, small.seeds(frame)), ITEMS))
    assert row["summary"] == row["group"] == f"'{text}"


def test_numbers_are_not_taken_for_formulas() -> None:
    frame = small.records({"lon": "-61.5"})
    [row] = rows_of(to_csv(join_records(frame, small.seeds(frame)), ITEMS))
    assert row["lon"] == "-61.5"


def test_geojson_holds_items_as_a_list_and_its_licence() -> None:
    frame = small.records({}, {"id": "s-2", "lat": ""})
    loaded = json.loads(to_geojson(join_records(frame, small.seeds(frame)), ITEMS))
    assert loaded["type"] == "FeatureCollection"
    assert "CC BY 4.0" in loaded["licence"]
    first, second = loaded["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [60.5, 30.5]}
    assert first["properties"]["items"][0] == {
        "item": "rifle",
        "quantity": 12.0,
        "unit": "count",
        "approx": "floor",
        "class": "firearm",
    }
    assert second["geometry"] is None
    assert second["properties"]["items"] == []


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=12)


@settings(max_examples=25)
@given(st.lists(st.tuples(TEXT, TEXT.map(str.strip)), min_size=1, max_size=4))
def test_exported_records_read_back_equal(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]
) -> None:
    rows = [
        {"id": f"s-2012-{n}", "country": "AFG", "place": place or "x", "summary": text or "x"}
        for n, (place, text) in enumerate(texts)
    ]
    frame = small.records(*rows)
    path = tmp_path_factory.mktemp("export") / "records.csv"
    path.write_text(to_csv(join_records(frame, small.seeds(frame)), ITEMS), encoding="utf-8")
    assert read_records(path, PACKAGE).equals(frame)


def test_all_built_in_records_read_back_equal(tmp_path: Path) -> None:
    seeds = load_seeds()
    path = tmp_path / "all.csv"
    write_whole(path, to_csv(join_records(seeds.records, seeds), seeds.items))
    assert read_records(path, seeds.package).equals(seeds.records)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]
