"""The benchmarks measure what they say; how fast is no matter of tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from playwright.sync_api import Browser

from bench import _visit, joins, made, record_files, start
from bench._record_tables import OURS, Results, browser_table, server_table, target_table
from bench._shares import SHARES
from bench._timing import markdown, ratio, spread, spread_of, take_turns
from bench._visit import MEASURES
from geo.crs import WGS84
from geo.distances import PRECISIONS, nearest
from geo.joins import join_records
from geo.seeds import Seeds
from tests.get_browser import find_browser

N = 240


@pytest.fixture(scope="module")
def records(seeds: Seeds) -> gpd.GeoDataFrame:
    return made.made_up_records(N, seeds)


def test_made_up_records_are_the_same_each_time(seeds: Seeds, records: gpd.GeoDataFrame) -> None:
    assert_geodataframe_equal(made.made_up_records(N, seeds), records)
    other = made.made_up_records(N, seeds, seed=made.SEED + 1)
    assert not other["lon"].equals(records["lon"])


def test_made_up_records_have_the_shape_of_records(seeds: Seeds, records: gpd.GeoDataFrame) -> None:
    assert records.crs == WGS84
    assert records.columns.tolist() == seeds.records.columns.tolist()
    assert records["id"].is_unique
    assert set(records["precision"]) == set(PRECISIONS)
    assert set(records["date"].str.len()) == set(made.DATE_LENGTHS)
    assert records["date_start"].dt.date.min() >= made.FIRST_DAY
    assert records["date_start"].dt.date.max() <= made.LAST_DAY


def test_made_up_records_say_so(records: gpd.GeoDataFrame) -> None:
    assert records["id"].str.startswith("made-up-").all()
    assert records["group"].str.startswith("Made-up").all()
    assert records["summary"].str.startswith("Made up").all()


def test_made_up_records_have_a_value_for_every_filter(records: gpd.GeoDataFrame) -> None:
    for kind, part in records.groupby("kind"):
        for column, shares in SHARES[str(kind)].items():
            assert set(part[column]) <= set(shares)
    assert set(records["group"]) == set(made.GROUPS)
    assert records["role"].nunique() > 3
    assert records["country"].nunique() >= 3


def test_made_up_items_are_those_of_seizures(seeds: Seeds, records: gpd.GeoDataFrame) -> None:
    items = made.made_up_items(records)
    assert items.columns.tolist() == seeds.items.columns.tolist()
    assert items.dtypes.astype(str).tolist() == seeds.items.dtypes.astype(str).tolist()
    assert set(items["record_id"]) == set(records.loc[records["kind"] == "seizure", "id"])
    assert not items.duplicated(["record_id", "item"]).any()
    pd.testing.assert_frame_equal(items, made.made_up_items(records))


def test_more_records_than_are_joined_are_copies(
    seeds: Seeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made, "MOST_JOINED", 40)
    records, items = made.made_up_joined(100, seeds)
    assert len(records) == 100
    assert records["id"].is_unique
    assert records["adm1_today"].iloc[:20].tolist() == records["adm1_today"].iloc[40:60].tolist()
    assert (records["lat"].iloc[:20].to_numpy() != records["lat"].iloc[40:60].to_numpy()).all()
    held = set(items["record_id"])
    assert set(records.loc[records["kind"] == "seizure", "id"]) <= held


@pytest.mark.parametrize("predicate", joins.PREDICATES)
def test_both_sides_find_the_same_provinces(
    seeds: Seeds, records: gpd.GeoDataFrame, predicate: str
) -> None:
    plain = joins.plain_sjoin(records, joins.provinces_today(seeds), predicate)
    same, comparable = joins.same_provinces(join_records(records, seeds), plain)
    assert same == comparable
    assert comparable > N / 2


def test_a_province_that_differs_is_counted(seeds: Seeds, records: gpd.GeoDataFrame) -> None:
    plain = joins.plain_sjoin(records, joins.provinces_today(seeds))
    joined = join_records(records, seeds)
    same, comparable = joins.same_provinces(joined.assign(adm1_today="Elsewhere"), plain)
    assert same == 0
    assert comparable > 0


def test_both_sides_find_the_same_border(seeds: Seeds, records: gpd.GeoDataFrame) -> None:
    keys, km = nearest(records.geometry, seeds.borders, "iso3")
    plain_keys, plain_km = joins.plain_nearest(records, seeds.borders)
    assert keys.tolist() == plain_keys.tolist()
    # The plain side measures in the plane of the metric CRS, ours on the ellipsoid.
    assert plain_km == pytest.approx(km, rel=0.02, abs=0.05)


@pytest.mark.parametrize("table", [joins.join_table, joins.border_table])
def test_a_table_has_both_sides_and_a_ratio(
    seeds: Seeds, table: Callable[[dict[int, int], Seeds], str]
) -> None:
    head, _, row = table({60: 1}, seeds).splitlines()
    assert "plain" in head or "whole lines" in head
    assert "ratio" in head
    assert row.startswith("| 60 made up | 1 | ")
    assert re.search(r"\| \d+\.\d+ \| \d+\.\d+ \| \d+\.\d\d × \|", row)


def test_the_start_table_has_both_sides_and_a_ratio() -> None:
    atlas = {name: [3.0, 2.0, 10.0] for name in start.MEASURES}
    bare = {**{name: [2.0, 1.0, 1.5] for name in start.MEASURES}, start.SETTLED: []}
    lines = start.start_table(atlas, bare).splitlines()
    assert lines[0] == "| what | rounds | atlas, s | bare page, s | ratio |"
    assert len(lines) == 2 + len(start.MEASURES)
    row = "| 3 | 3.00 (2.00–10.00) | 1.50 (1.00–2.00) | 2.00 × |"
    assert all(line.endswith(row) for line in lines[2:])


def test_saved_pages_show_the_same_records_and_are_measured(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable = find_browser()
    assert executable is not None
    # As few steps as for the most records, and no pause for the figures' sake.
    sides = [replace(side, once_from=60) for side in record_files.SIDES]
    monkeypatch.setattr(record_files, "SIDES", sides)
    monkeypatch.setattr(_visit, "SETTLE_MS", 1)
    bench = record_files.Bench(
        folder=tmp_path, chromium=browser.browser_type, executable=executable
    )
    measured = record_files.measure(bench, [60], [OURS, "GeoJson"], 1)
    server, pages, _ = record_files.tables(measured).split("\n\n")
    assert [row.split(" | ")[1] for row in server.splitlines()[2:]] == [
        OURS,
        "– its columns alone, as the app serves them",
        "GeoJson",
    ]
    ours, geojson = pages.splitlines()[2:]
    assert len(ours.split(" | ")) == 3 + len(MEASURES)
    assert geojson.count("×") == len(MEASURES)
    assert "not drawn" not in ours + geojson


def test_the_tables_of_records_have_targets_and_failures() -> None:
    taken = {name: [60.0, 40.0, 50.0] for name in MEASURES}
    sizes = {"page": 9e6, "inside": 20.0, "payload": 15.0}
    ours = Results(server=[2.0], payload=[0.05], sizes=sizes, taken=taken)
    plain = Results(server=[5.0], sizes=sizes, failed=["not drawn within 180 s"])
    measured = {n: {OURS: ours, "GeoJson": plain} for n in (60_000, 400_000)}
    assert "| 60,000 | GeoJson | 1 | 5.00 | 0.40 × | 9.00 | 20.0 |" in server_table(measured)
    assert "| GeoJson | 1 | not drawn within 180 s |" in browser_table(measured)
    assert "| 50 (40–60) |" in browser_table(measured)
    targets = target_table(measured)
    assert "60,000 records | ≤ 24 bytes | 15 bytes | yes |" in targets
    assert "60,000 records | ≤ 16 ms | 50 ms | **no** |" in targets
    assert "columns as the app serves them | ≤ 1/50 | 1/100 | yes |" in targets
    assert "whole page | ≤ 1/50 | 1/2 | **no** |" in targets


def test_sides_take_turns_and_change_about() -> None:
    order: list[str] = []

    def side(name: str) -> float:
        order.append(name)
        return float(len(order))

    timings = take_turns({name: partial(side, name) for name in "ab"}, 3)
    assert order == ["a", "b", "b", "a", "a", "b"]
    assert timings == {"a": [1.0, 4.0, 5.0], "b": [2.0, 3.0, 6.0]}


def test_numbers_and_tables_are_written_plainly() -> None:
    assert spread([0.25]) == "0.250"
    assert spread([1.0, 3.0, 0.5]) == "1.00 (0.500–3.00)"
    assert spread_of([9.94, 1234.0, 12.3]) == "12 (9.9–1,234)"
    assert spread_of([9.94, 1234.0, 12.3]) == "12 (9.9–1,234)"
    assert ratio([1.0, 2.0, 3.0], [4.0]) == "0.50 ×"
    assert markdown(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
