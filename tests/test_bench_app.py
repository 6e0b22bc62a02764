"""The app's benchmark measures what it says; how fast is no matter of tests."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from bench import record_app
from bench._app_sides import SCRIPTS, Side, counts_of, lay_out
from bench._pages import Data
from bench.made import made_up_joined
from bench.record_app import Taken, flat_line, side_rows
from geo.seeds import Seeds

RECORDS = pd.DataFrame({"date": ["2004", "2004-05", "2005-01-02", "2007-12-31"]})


def taken(*seconds: float) -> Taken:
    return Taken(seconds=list(seconds), sent=[2000])


def test_records_are_counted_as_the_slider_keeps_them() -> None:
    assert counts_of(RECORDS, "year") == {2004: 2, 2005: 1, 2007: 1}
    assert counts_of(RECORDS, "since") == {2004: 4, 2005: 2, 2007: 1}


def test_a_row_has_all_sides_their_ratios_and_the_target() -> None:
    results = {
        ("records", 1000): taken(0.1, 0.2, 0.3),
        ("geojson", 1000): taken(1.0),
        ("deck", 1000): Taken(fault="no picture"),
        ("records", 60_000): taken(0.4),
    }
    few, many = side_rows("year", results)
    assert few[:6] == [
        *("that year", "1,000", "0.200 (0.100–0.300)", "1.00", "0.20 ×", "≤ 1/3: met"),
    ]
    assert few[6:] == ["no picture", "–", "2.0", "2.0", "–"]
    assert many[1:] == ["60,000", "0.400", "–", "–", "–", "–", "–", "2.0", "–", "–"]
    assert len(few) == len(record_app.HEAD)


@pytest.mark.parametrize(("many", "met"), [(0.3, "1.50 × the time of 1,000"), (0.4, "missed")])
def test_most_records_are_compared_with_fewest(many: float, met: str) -> None:
    results = {("records", 1000): taken(0.2), ("records", 400_000): taken(many)}
    assert met in flat_line("year", results)
    assert flat_line("year", {("records", 1000): taken(0.2)}) == ""


def test_each_app_finds_its_data(tmp_path: Path, seeds: Seeds) -> None:
    records, items = made_up_joined(60, seeds)
    data = Data(records=records, items=items, seeds=seeds)
    for way, script in SCRIPTS.items():
        side = Side(way=way, n=60, span="year", script=script, data=tmp_path / way)
        lay_out(tmp_path / way, side.script, data)
        assert (tmp_path / way / "app.py").read_text() == script.read_text()
    names = {path.name for path in (tmp_path / "records" / "static").iterdir()}
    assert names >= {"leaflet.js", "records.js", "areas.json", "incident.bin", "seizure.bin"}
    assert (tmp_path / "geojson" / "records.parquet").stat().st_size > 0
