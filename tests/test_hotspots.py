"""Hot spots: which records hexagons count, and which of them are denser than chance."""

from __future__ import annotations

import h3
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point

from geo.filters import Filters
from geo.hotspots import HOT_Z, RESOLUTIONS, find_hot_spots, name_cells
from geo.select import filter_records
from tests.snapshot_case import built_in_records

EVERYTHING = np.ones(len(built_in_records()), dtype=bool)


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_every_record_is_counted_or_left_out_with_its_reason(resolution: int) -> None:
    spots = find_hot_spots(built_in_records(), EVERYTHING, resolution)
    assert spots.counted + spots.too_coarse + spots.no_place == 1123
    assert spots.cells["records"].sum() == spots.counted
    assert spots.cells["records"].is_monotonic_decreasing
    assert spots.cells["cell"].map(h3.get_resolution).unique().tolist() == [resolution]


def test_a_record_counts_where_its_radius_fits_the_cell() -> None:
    fine = find_hot_spots(built_in_records(), EVERYTHING, 5)
    middle = find_hot_spots(built_in_records(), EVERYTHING, 4)
    precision = built_in_records().joined["precision"].value_counts()
    assert fine.reach_km == pytest.approx(8.97, abs=0.01)
    assert fine.counted == precision["site"] + precision["town"]
    assert middle.reach_km == pytest.approx(23.74, abs=0.01)
    assert middle.counted == fine.counted + precision["district"]


def test_torkham_is_a_hot_spot_of_seizures() -> None:
    records = built_in_records()
    seizures = filter_records(records, Filters(kind="seizure")).surely
    cells = find_hot_spots(records, seizures, 5).cells
    gate = records.seeds.crossings.query("name == 'Torkham'").geometry.iloc[0]
    here = cells[[shape.contains(gate) for shape in cells["geometry"]]]
    assert here["hot"].tolist() == [True]
    assert here["records"].iloc[0] == 34
    assert here["z"].iloc[0] > HOT_Z


def test_a_cell_is_where_it_says() -> None:
    cells = find_hot_spots(built_in_records(), EVERYTHING, 4).cells
    for row in cells.head(20).to_dict("records"):
        assert row["geometry"].contains(Point(row["lon"], row["lat"]))


def test_one_record_makes_no_hot_spot_of_the_rest() -> None:
    records = built_in_records()
    one = np.zeros(len(records), dtype=bool)
    one[(records.joined["precision"] == "site").to_numpy().argmax()] = True
    spots = find_hot_spots(records, one, 5)
    assert spots.cells["records"].tolist() == [1]
    none = find_hot_spots(records, ~EVERYTHING, 5)
    assert none.cells.empty
    assert none.counted == none.too_coarse == 0


def test_cells_are_named_by_the_nearest_larger_town() -> None:
    towns = pd.DataFrame(
        {
            "name": ["Jalalabad", "Hamlet", "Kabul"],
            "lat": [34.43, 34.2, 34.53],
            "lon": [70.45, 71.0, 69.17],
            "population": [200_000, 300, 3_000_000],
        }
    )
    cells = pd.DataFrame({"lat": [34.43, 34.2], "lon": [70.46, 71.0]})
    assert name_cells(cells, towns) == ["about Jalalabad", "57 km from Jalalabad"]
    assert name_cells(cells, towns.iloc[:0]) == ["", ""]
