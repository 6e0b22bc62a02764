"""Records as CSV: columns, manifest, no formulas."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from commands.choosing import read_source
from geo.formats import (
    read_manifest_text,
)
from geo.formats.dataset import COLUMNS
from layers.exports import dataset_of
from tests.formats_case import MANIFEST, dataset, written
from tests.snapshot_case import built_in, make_snapshot


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_holds_every_column_in_order(tmp_path: Path) -> None:
    row = {"id": "s-1", "date": "2012-03", "lon": "61.5", "lat": "30.5"}
    [told] = csv_rows(written(tmp_path / "a.csv", dataset(row)))
    assert tuple(told) == (*COLUMNS, "items", "items_json", "sources_json", "snapshot")
    assert told["date"] == "2012-03"
    assert told["adm1_today"] == "East"
    assert told["border"] == "NBR"
    assert float(told["border_km"]) == pytest.approx(48.0, abs=0.2)
    assert told["killed"] == ""
    assert told["items"] == "rifle: at least 12; opium: amount not stated"
    assert told["snapshot"] == MANIFEST


def test_csv_without_a_manifest_has_no_column_for_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", dataset({}, manifest=""))
    assert "snapshot" not in csv_rows(path)[0]
    assert read_manifest_text(path, "csv") is None


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1"])
def test_no_text_of_a_csv_is_a_formula(text: str, tmp_path: Path) -> None:
    data = dataset({"summary": text, "group": text, "lon": "-61.5"})
    [row] = csv_rows(written(tmp_path / "a.csv", data))
    assert row["summary"] == row["group"] == f"'{text}"
    assert row["lon"] == "-61.5"


def test_a_csv_can_be_used_instead_of_the_built_in_records(tmp_path: Path) -> None:
    seeds, _ = built_in()
    path = written(tmp_path / "all.csv", dataset_of(make_snapshot(format_="csv")))
    again = read_source(path).joined
    assert_frame_equal(again[seeds.records.columns], seeds.records)
