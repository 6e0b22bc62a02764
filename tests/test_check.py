"""The checks find what they are there to find."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pandas as pd

from geo.check_geometry import border_lines, crossing_lines, tiling_lines, wakhan_lines
from geo.check_records import item_faults, place_faults, source_faults
from geo.seeds import Seeds


def moved(frame: gpd.GeoDataFrame, row: int, east: float) -> gpd.GeoDataFrame:
    copy = frame.copy()
    shape = copy.geometry.iloc[[row]].translate(xoff=east).iloc[0]
    copy.loc[copy.index[row], "geometry"] = shape
    return copy


def test_a_border_too_long_is_found(seeds: Seeds) -> None:
    wrong = replace(seeds, borders=seeds.borders.assign(published_km=100.0))
    assert not any(holds for holds, _ in border_lines(wrong))


def test_a_gap_between_provinces_is_found(seeds: Seeds) -> None:
    kabul = int((seeds.provinces["unit"] == "AF-KAB").to_numpy().argmax())
    wrong = replace(seeds, provinces=moved(seeds.provinces, kabul, 0.01))
    holds = [holds for holds, line in tiling_lines(wrong) if line.startswith("AFG")]
    assert holds == [False, False]


def test_a_missing_province_is_found(seeds: Seeds) -> None:
    wrong = replace(seeds, provinces=seeds.provinces.query("unit != 'PK-TA'"))
    assert [holds for holds, _ in tiling_lines(wrong)] == [True, False, True, True]


def test_a_corridor_off_its_borders_is_found(seeds: Seeds) -> None:
    wrong = replace(seeds, wakhan=moved(seeds.wakhan, 0, 0.5))
    assert [holds for holds, _ in wakhan_lines(wrong)] == [False]


def test_a_crossing_off_the_line_or_in_another_province_is_found(seeds: Seeds) -> None:
    wrong = replace(seeds, crossings=moved(seeds.crossings, 0, 0.05))
    assert [holds for holds, _ in crossing_lines(wrong)][:2] == [False, True]
    named = seeds.crossings.copy()
    named.loc[0, "afghan_province"] = "Hirat"
    assert not next(iter(crossing_lines(replace(seeds, crossings=named))))[0]


def test_records_out_of_their_country_or_province_are_found(seeds: Seeds) -> None:
    first = seeds.records["id"].iloc[0]
    abroad = replace(seeds, records=moved(seeds.records, 0, 5))
    assert {fault.split(":")[0] for fault in place_faults(abroad)} == {first}
    named = seeds.records.assign(province=["Atlantis", *seeds.records["province"].iloc[1:]])
    [fault] = place_faults(replace(seeds, records=named))
    assert fault == f"{first}: 'Atlantis' is no province of IRN"


def test_items_of_no_seizure_and_doubled_ids_are_found(seeds: Seeds) -> None:
    incident = seeds.records.query("kind == 'incident'")["id"].iloc[0]
    row = pd.DataFrame({"record_id": [incident], "item": ["opium"]})
    [fault] = item_faults(replace(seeds, items=pd.concat([seeds.items, row])))
    assert fault == f"{incident}: 'opium' is an item of no seizure"
    doubled = pd.concat([seeds.records, seeds.records.iloc[[5]]])
    [fault] = item_faults(replace(seeds, records=doubled))
    assert "more than one record has this id" in fault


def test_records_without_a_source_and_bad_links_are_found(seeds: Seeds) -> None:
    bare = seeds.records.assign(source_url=["", *seeds.records["source_url"].iloc[1:]])
    [fault] = source_faults(replace(seeds, records=bare))
    assert "has no source of rank 1" in fault
    bad = seeds.sources.assign(url=["ftp://x", *seeds.sources["url"].iloc[1:]])
    [fault] = source_faults(replace(seeds, sources=bad))
    assert "'ftp://x' is no http or https link" in fault
