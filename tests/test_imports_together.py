"""Several sources in one file, rejected rows brought back, own files with their items."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.imports.merge import brought_of, merge_imports
from geo.imports.reading import Reading, read_reading, reading_text
from geo.imports.rejects import join_rejects
from geo.seeds import Seeds
from tests.conftest import Run
from tests.imports_case import bring, write_csv

SAMPLES = Path(__file__).parent / "imports"
KABUL = {"date": "2022-03-04", "lat": "34.53", "lon": "69.17", "country": "Afghanistan"}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """An archive of three sources."""
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("ucdp-ged", "acled", "gtd"):
            archive.write(SAMPLES / f"{name}.csv", f"{name}.csv")
    return path


def test_each_source_in_an_archive_keeps_its_terms(bundle: Path, seeds: Seeds) -> None:
    found = bring(bundle, seeds)
    assert [each.id for each in found.mappings] == ["ucdp-ged", "acled", "gtd"]
    brought = brought_of(found)
    for words in ("Uppsala", "Armed Conflict Location", "Study of Terrorism"):
        assert words in brought.publisher
    for words in ("CC BY 4.0", "ACLED Terms of Use", "GTD End User Agreement"):
        assert words in brought.licence


def test_one_event_told_by_two_sources_of_an_archive_is_a_pair(
    seeds: Seeds, tmp_path: Path
) -> None:
    day, place = "2013-02-03", {"latitude": "31.61", "longitude": "65.71"}
    ged = {
        "id": "7",
        "type_of_violence": "1",
        "side_a": "Taleban",
        "side_b": "Civilians",
        "where_prec": "1",
        "date_start": day,
        "date_end": day,
        "best": "4",
        "country": "Afghanistan",
        **place,
    }
    acled = {
        "event_id_cnty": "AFG7",
        "event_date": day,
        "event_type": "Battles",
        "actor1": "Taliban",
        "actor2": "",
        "geo_precision": "1",
        "fatalities": "4",
        "country": "Afghanistan",
        **place,
    }
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for name, row in (("ged.csv", ged), ("acled.csv", acled)):
            archive.write(write_csv(tmp_path / name, row), name)
    found = bring(tmp_path / "two.zip", seeds)
    own = found.pairs[found.pairs["other_dataset"] == found.key]
    first, second = found.joined["id"]
    assert own[["id", "other_id", "strength"]].to_numpy().tolist() == [[second, first, 4]]


def test_rejected_rows_of_several_sources_come_back_each_by_its_own_preset(
    seeds: Seeds, tmp_path: Path
) -> None:
    path = tmp_path / "two.zip"
    first = pd.read_csv(SAMPLES / "ucdp-ged.csv", dtype="str", keep_default_na=False).head(1)
    second = pd.read_csv(SAMPLES / "gtd.csv", dtype="str", keep_default_na=False).head(1)
    first["where_prec"], second["specificity"] = "77", "88"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ged.csv", first.to_csv(index=False))
        archive.writestr("gtd.csv", second.to_csv(index=False))
    found = bring(path, seeds)
    assert (found.counts.kept, found.counts.rejected) == (0, 2)
    assert found.rejects is not None
    text = found.rejects.read_text("utf-8-sig")
    mended = tmp_path / "mended.csv"
    mended.write_text(text.replace(",77,", ",1,").replace(",88,", ",1,"), "utf-8")
    again = bring(mended, seeds)
    assert [each.id for each in again.mappings] == ["ucdp-ged", "gtd"]
    assert (again.counts.kept, again.counts.rejected) == (2, 0)


def test_mended_rows_are_read_as_the_file_that_they_are_from(seeds: Seeds, tmp_path: Path) -> None:
    rows = [
        {"when": "08/25/2021", "Breite": "34,53", "Laenge": "69,17", "killed": "1"},
        {"when": "03/04/2021", "Breite": "34,53", "Laenge": "69,17", "killed": "lots"},
    ]
    found = bring(write_csv(tmp_path / "a.csv", *rows), seeds)
    assert found.rejects is not None
    mended = tmp_path / "mended.csv"
    mended.write_text(found.rejects.read_text("utf-8-sig").replace("lots", "2"), "utf-8")
    again = bring(mended, seeds)
    assert again.joined[["date", "lat", "source_name"]].to_numpy().tolist() == [
        ["2021-03-04", 34.53, "a.csv"]
    ]
    assert again.report["reason"].tolist() == [""]


def test_the_whole_line_of_a_row_that_is_no_row_is_kept(seeds: Seeds, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "date,place,notes\n2021-01-01,Kabul city,hello, world\n2021-01-02,Kabul city,x\n", "utf-8"
    )
    found = bring(path, seeds)
    assert found.rejects is not None
    table = pd.read_csv(found.rejects, dtype="str", keep_default_na=False)
    assert table["import line"].tolist() == ["2021-01-01,Kabul city,hello, world"]
    mended = tmp_path / "mended.csv"
    table["notes"] = "hello, world"
    table.to_csv(mended, index=False)
    again = bring(mended, seeds)
    assert again.joined["summary"].tolist() == ["hello, world"]


def test_rejected_rows_of_two_imports_are_one_file(seeds: Seeds, tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        found = bring(
            write_csv(tmp_path / f"{name}.csv", {**KABUL, "date": "never", name: "x"}), seeds
        )
        assert found.rejects is not None
        files.append(found.rejects)
    join_rejects(files, tmp_path / "all.csv")
    table = pd.read_csv(tmp_path / "all.csv", dtype="str", keep_default_na=False)
    assert table[["a", "b", "import file"]].to_numpy().tolist() == [
        ["x", "", "a.csv"],
        ["", "x", "b.csv"],
    ]
    join_rejects([], tmp_path / "none.csv")
    assert (tmp_path / "none.csv").read_bytes() == b""


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", '{"layout": 7}', '{"layout": []}', '{"mapping": {"x": 1}}'),
        *('{"decimals": 5}', '{"decimals": [1]}', '{"day_first": "yes"}', "[" * 5000),
    ],
)
def test_a_reading_that_somebody_spoiled_tells_nothing(text: str) -> None:
    found = read_reading(text)
    assert (found.mapping, found.day_first, found.marks.degrees) == (None, None, "")
    assert read_reading(reading_text(Reading())) == Reading()


def test_the_same_row_twice_is_noted(seeds: Seeds, tmp_path: Path) -> None:
    found = bring(write_csv(tmp_path / "a.csv", KABUL, {**KABUL, "lat": "35"}, KABUL), seeds)
    assert found.report["reason"].tolist() == ["", "", "is the same as row 2; both are kept"]


def test_a_seizure_of_several_drugs_is_mixed(seeds: Seeds, tmp_path: Path) -> None:
    row = {**KABUL, "ref": "7", "item": "opium", "quantity": "2", "unit": "kg"}
    rows = [
        row,
        {**row, "item": "heroin"},
        {**row, "ref": "8"},
        {**row, "ref": "9", "item": "AK-47"},
    ]
    rows += [{**row, "ref": "9", "item": "cartridges"}, {**row, "ref": "10", "item": "sand"}]
    found = bring(write_csv(tmp_path / "a.csv", *rows), seeds)
    assert found.joined["category"].tolist() == ["mixed drugs", "opium", "firearms", "other"]
    assert len(found.items) == 6


def test_items_of_a_row_that_is_rejected_are_nobodys(seeds: Seeds, tmp_path: Path) -> None:
    row = {**KABUL, "ref": "7", "item": "opium", "quantity": "lots of it", "unit": "kg"}
    found = bring(write_csv(tmp_path / "a.csv", row, {**row, "quantity": "2"}), seeds)
    assert found.report["fate"].tolist() == ["rejected", "accepted"]
    assert found.items["record_id"].tolist() == found.joined["id"].tolist()


def test_a_row_known_to_its_country_only_is_kept_and_on_no_map(
    seeds: Seeds, tmp_path: Path
) -> None:
    rows = [{"date": "2021-01-01", "place": "", "country": "افغانستان"}]
    found = bring(write_csv(tmp_path / "a.csv", *rows), seeds)
    assert found.joined[["country", "precision"]].to_numpy().tolist() == [["AFG", "province"]]
    assert found.joined.geometry.isna().all()


def test_a_point_in_no_country_is_noted_where_the_row_names_one(
    seeds: Seeds, tmp_path: Path
) -> None:
    found = bring(write_csv(tmp_path / "a.csv", {**KABUL, "lat": "13.6", "lon": "65.7"}), seeds)
    assert found.report["reason"][0] == "lies outside AFG, which the row names"


@pytest.mark.parametrize("suffix", ["xlsx", "gpkg"])
def test_own_workbooks_and_geopackages_come_back_with_their_items(
    seeds: Seeds, tmp_path: Path, run: Run, suffix: str
) -> None:
    path = tmp_path / f"own.{suffix}"
    asked = ("--near", "Torkham", "--within-km", "1", "--kind", "seizure")
    assert run("records", *asked, "--out", str(path)).returncode == 0
    found = bring(path, seeds)
    assert (found.mapping.id, found.counts.rejected) == ("khyber-atlas", 0)
    ids = found.joined["id"].str.removeprefix(f"{found.key}~")
    wanted = seeds.items[seeds.items["record_id"].isin(ids)]
    columns = ["item", "quantity", "unit", "approx", "class"]
    pd.testing.assert_frame_equal(
        found.items[columns].reset_index(drop=True), wanted[columns].reset_index(drop=True)
    )


def test_an_export_of_imports_alone_claims_none_of_the_atlas_s_terms(
    tmp_path: Path, run: Run, bundle: Path
) -> None:
    out = tmp_path / "b.geojson"
    assert run("import", str(bundle), "--out", str(out)).returncode == 0
    text = out.read_text("utf-8")
    licence = json.loads(text)["licence"]
    assert "Khyber Atlas contributors" not in licence
    assert "GTD End User Agreement" in licence
    done = run("records", "--also", str(bundle), "--out", str(out))
    assert done.returncode == 0
    assert "Khyber Atlas contributors" in json.loads(out.read_text("utf-8"))["licence"]


def test_imports_of_one_session_lie_side_by_side(seeds: Seeds, joined: Any, tmp_path: Path) -> None:
    found = [bring(write_csv(tmp_path / f"{name}.csv", KABUL), seeds) for name in ("a", "b")]
    _, together = merge_imports(seeds, joined, found)
    assert together["id"].is_unique


def test_two_seizures_are_a_pair_for_their_day_and_not_for_their_month(
    seeds: Seeds, tmp_path: Path
) -> None:
    torkham = seeds.records[seeds.records["place"] == "Torkham"]
    seized = torkham[torkham["kind"] == "seizure"].set_index("id")
    assert seized.loc["s-202002-torkham", "date"] == "2020-02"
    day = next(date for date in seized["date"] if len(date) == 10)
    rows = [{"date": each, "place": "Torkham", "item": "opium"} for each in ("2020-02-20", day)]
    found = bring(write_csv(tmp_path / "a.csv", *rows), seeds)
    paired = found.pairs.groupby("id")["other_id"].agg(list)
    first, second = found.joined["id"]
    assert first not in paired
    assert seized.loc[paired[second], "date"].eq(day).any()
