"""Joins: invariants on made-up records, and facts of the real world."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.crs import REGION
from geo.errors import CRSError
from geo.joins import JOINED_COLUMNS, join_records
from geo.seeds import Seeds
from tests import small


def test_every_record_is_kept_once_in_order(seeds: Seeds, joined: gpd.GeoDataFrame) -> None:
    assert joined["id"].tolist() == seeds.records["id"].tolist()
    assert joined.columns.tolist() == [
        *seeds.records.columns.drop("geometry"),
        *JOINED_COLUMNS,
        "geometry",
    ]


def test_inputs_are_left_alone_and_records_know_nothing_of_each_other(
    seeds: Seeds, joined: gpd.GeoDataFrame
) -> None:
    some = seeds.records.iloc[::7]
    before = some.copy(deep=True)
    assert_geodataframe_equal(join_records(some, seeds), joined.iloc[::7])
    assert some.equals(before)


def scatter(seed: int, count: int) -> list[dict[str, str]]:
    """Scatter records over the region: many at once, for a join has a fixed cost."""
    rng = np.random.default_rng(seed)
    columns = {
        "lon": rng.uniform(58, 76, count).round(4).astype(str),
        "lat": rng.uniform(24, 40, count).round(4).astype(str),
        "precision": rng.choice(["site", "town", "district", "province"], count),
        "country": rng.choice(["AFG", "PAK", "TJK", "BOX"], count),
        "date": rng.choice(["2009", "2018-05-30", "2018-05-31"], count),
    }
    return [
        {"id": f"s-{number}"} | {name: str(column[number]) for name, column in columns.items()}
        for number in range(count)
    ]


@settings(max_examples=4)
@given(st.integers(0, 2**32 - 1))
def test_invariants(seeds: Seeds, seed: int) -> None:
    rows = scatter(seed, 200)
    result = join_records(small.records(*rows), seeds)
    assert result["id"].tolist() == [row["id"] for row in rows]
    for name in ("border", "crossing", "route"):
        assert (result[f"{name}_km"] >= 0).all()
        coarse = result["precision"] == "province"
        assert not result.loc[coarse, f"{name}_supported"].any()
    # A crossing lies on a border, so that no crossing is nearer than the border.
    assert (result["border_km"] <= result["crossing_km"] + 0.1).all()
    known = seeds.provinces.groupby("country")["name"].agg(set)
    for row in result.itertuples():
        assert row.adm1_today in known.get(row.country, set()) | {""}


@settings(max_examples=4)
@given(st.integers(0, 2**32 - 1))
def test_what_is_near_a_border_from_inside_is_near_that_neighbour(seeds: Seeds, seed: int) -> None:
    """A record inside Afghanistan within r of a border is within r of that country."""
    result = join_records(small.records(*scatter(seed, 100)), seeds)
    countries = seeds.countries.set_index("iso3").geometry
    inside = result[result.within(countries["AFG"])]
    flat = countries.to_crs(REGION)
    for row, point in zip(inside.itertuples(), inside.to_crs(REGION).geometry, strict=True):
        apart_km = flat[row.border].distance(point) / 1000
        # The planar distance differs from the geodesic one by less than 1 %.
        assert apart_km <= row.border_km * 1.01 + 0.05


def test_another_crs_is_refused(seeds: Seeds) -> None:
    with pytest.raises(CRSError, match="records is in EPSG:3857"):
        join_records(seeds.records.to_crs("EPSG:3857"), seeds)


def join_place(seeds: Seeds, **fields: str) -> dict[str, Any]:
    row: dict[str, Any] = join_records(small.records(fields), seeds).iloc[0].to_dict()
    return row


def test_a_torkham_seizure_of_december_2022_is_on_the_pakistan_border_at_torkham(
    joined: gpd.GeoDataFrame,
) -> None:
    at_torkham = joined[
        (joined["kind"] == "seizure")
        & joined["date"].str.startswith("2022-12")
        & (joined["place"] == "Torkham")
    ]
    assert len(at_torkham) >= 1
    assert set(at_torkham["border"]) == {"PAK"}
    assert set(at_torkham["crossing"]) == {"Torkham"}
    assert (at_torkham["crossing_km"] < 1).all()
    assert at_torkham["border_supported"].all()


def test_jalalabad_is_60_to_75_km_from_torkham(seeds: Seeds) -> None:
    torkham = seeds.crossings.set_index("name").geometry["Torkham"]
    metres = Geod(ellps="WGS84").inv(70.4515, 34.4265, torkham.x, torkham.y)[2]
    assert 60_000 < metres < 75_000
    jalalabad = join_place(seeds, country="AFG", lon="70.4515", lat="34.4265")
    assert jalalabad["adm1_today"] == "Nangarhar"
    assert jalalabad["border"] == "PAK"


def test_ishkashim_lies_on_the_tajik_border(seeds: Seeds) -> None:
    there = join_place(seeds, country="AFG", lon="71.6133", lat="36.7248")
    assert there["border"] == "TJK"
    assert there["border_km"] < 5
    assert there["adm1_today_code"] == "AF-BDS"


@pytest.mark.parametrize(
    ("date", "reported", "code"),
    [
        ("2012-03-01", "FATA", "PK-TA"),
        ("2018-05-30", "FATA", "PK-TA"),
        ("2018-05-31", "Khyber Pakhtunkhwa", "PK-KP"),
        ("2023", "Khyber Pakhtunkhwa", "PK-KP"),
    ],
)
def test_bajaur_was_in_fata_until_the_merger(
    seeds: Seeds, date: str, reported: str, code: str
) -> None:
    bajaur = join_place(
        seeds,
        country="PAK",
        province="Khyber Pakhtunkhwa",
        lon="71.52",
        lat="34.73",
        date=date,
    )
    assert bajaur["adm1_reported"] == reported
    assert bajaur["adm1_reported_code"] == code
    assert bajaur["adm1_today"] == "Khyber Pakhtunkhwa"


def test_peshawar_was_never_in_fata(seeds: Seeds) -> None:
    there = join_place(seeds, country="PAK", lon="71.5785", lat="34.008", date="2009")
    assert there["adm1_reported"] == there["adm1_today"] == "Khyber Pakhtunkhwa"


def test_both_sides_of_torkham_keep_the_country_their_source_names(seeds: Seeds) -> None:
    gate = {"lon": "71.0927", "lat": "34.1265", "precision": "site", "date": "2022"}
    assert join_place(seeds, country="AFG", **gate)["adm1_today"] == "Nangarhar"
    assert join_place(seeds, country="PAK", **gate)["adm1_today"] == "Khyber Pakhtunkhwa"


def test_a_record_without_a_place_is_kept(seeds: Seeds) -> None:
    lost = join_place(seeds, lat="", lon="")
    assert lost["adm1_today"] == lost["border"] == lost["crossing"] == ""
    assert np.isnan(lost["border_km"])
    assert not lost["border_supported"]
