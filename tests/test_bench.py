"""The benchmarks measure what they say; how fast is no matter of tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import geopandas as gpd
import pytest
from geopandas.testing import assert_geodataframe_equal

from bench import joins, made, start
from bench._timing import markdown, ratio, spread, take_turns
from geo.crs import WGS84
from geo.distances import PRECISIONS, nearest
from geo.joins import join_records
from geo.seeds import Seeds, load_seeds

N = 240


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return load_seeds()


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
    assert ratio([1.0, 2.0, 3.0], [4.0]) == "0.50 ×"
    assert markdown(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
