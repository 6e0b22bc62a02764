"""Samples of UCDP GED, ACLED and GTD become the records that their codebooks mean."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geo.imports.mapping import presets
from geo.imports.result import Import
from geo.imports.run import Plan, import_file
from geo.seeds import Seeds
from tests.presets_case import NAMES, SAMPLES, TODAY, Row, sample, write_workbook

COUNTED = ("killed", "killed_low", "killed_high", "injured")


def bring_in(path: Path, folder: Path, seeds: Seeds) -> Import:
    folder.mkdir(exist_ok=True)
    return import_file(Plan(path=path, name=path.name, folder=folder, today=TODAY), seeds)


@pytest.fixture(scope="module")
def imports(tmp_path_factory: pytest.TempPathFactory, seeds: Seeds) -> dict[str, Import]:
    folder = tmp_path_factory.mktemp("presets")
    paths = {name: SAMPLES / f"{name}.csv" for name in NAMES}
    paths["gtd"] = write_workbook("gtd", folder / "globalterrorismdb.xlsx")
    return {name: bring_in(path, folder / name, seeds) for name, path in paths.items()}


def told(found: Import) -> dict[str, Row]:
    """Give the records as texts, by their ids in the source."""
    records = {}
    for row in found.joined.to_dict("records"):
        texts = {str(name): "" if pd.isna(value) else str(value) for name, value in row.items()}
        texts |= {name: texts[name].removesuffix(".0") for name in COUNTED}
        records[texts["id"].removeprefix(f"{found.key}~")] = texts
    return records


@pytest.mark.parametrize("name", NAMES)
def test_each_row_becomes_the_expected_record(name: str, imports: dict[str, Import]) -> None:
    found = told(imports[name])
    expected = sample(f"{name}-expected")
    assert list(found) == [row["id"] for row in expected]
    for row in expected:
        record = found[row["id"]]
        nowhere = row["precision"] == "country"
        assert (record["lat"] == "") is nowhere
        # Records have no precision of a country: a province, with no point and no name.
        wanted = row | {"id": record["id"]} | ({"precision": "province"} if nowhere else {})
        assert {key: record[key] for key in row} == wanted
        assert not nowhere or record["province"] == ""


@pytest.mark.parametrize("name", NAMES)
def test_no_row_is_rejected(name: str, imports: dict[str, Import]) -> None:
    counts = imports[name].counts
    assert counts.rejected == 0
    assert counts.accepted + counts.noted == counts.read == len(sample(name))


@pytest.mark.parametrize(
    ("samples", "column", "preset", "field"),
    [
        (["ucdp-ged"], "where_prec", "ucdp-ged", "precision"),
        (["ucdp-ged"], "date_prec", "ucdp-ged", "date_precision"),
        (["ucdp-ged"], "type_of_violence", "ucdp-ged", "category"),
        (["acled"], "geo_precision", "acled", "precision"),
        (["acled"], "time_precision", "acled", "date_precision"),
        (["acled", "acled-2021"], "sub_event_type", "acled", "category"),
        (["gtd"], "specificity", "gtd", "precision"),
        (["gtd"], "attacktype1_txt", "gtd", "category"),
    ],
)
def test_the_samples_have_every_code(
    samples: list[str], column: str, preset: str, field: str
) -> None:
    met = {row[column] for name in samples for row in sample(name)}
    rules = [rule for rule in presets()[preset].fields[field] if column in rule.columns]
    assert met == set().union(*(rule.values for rule in rules))


def test_ucdp_texts_come_as_they_are(imports: dict[str, Import]) -> None:
    found = told(imports["ucdp-ged"])
    assert found["900019"]["summary"] == (
        "Government of Afghanistan - Taleban, نزدیک شهر اسعدآباد، ولایت کنر\n(two villages)"
    )
    assert found["900004"]["summary"].startswith(
        'IS - Civilians, Jalalabad city, near a "made-up" bazaar; west gate: Bomb at bazaar, off'
    )
    assert found["900004"]["source_name"] == "Example News Agency;Example Wire"
    assert found["900019"]["source_name"] == (
        'Example Radio 12 Feb 2013 "Fighting reported near Asadabad; Kunar"'
    )
    assert found["900021"]["source_url"] == "https://ucdp.uu.se/downloads/"


def test_acled_texts_come_as_they_are(imports: dict[str, Import]) -> None:
    found = told(imports["acled"])
    assert found["AFG900105"]["summary"] == (
        "A made-up suicide bomber struck a queue in Kabul;\nISKP claimed it."
    )
    assert found["AFG900114"]["source_name"] == "رادیوی نمونه"
    assert found["AFG900105"]["source_url"] == "https://acleddata.com/"


def test_gtd_texts_come_as_they_are(imports: dict[str, Import]) -> None:
    found = told(imports["gtd"])
    assert found["201406099007"]["source_name"] == (
        '"Attack on college," Example Daily, June 9, 2014.'
    )
    assert found["201406099007"]["source_url"] == (
        "https://www.start.umd.edu/gtd/search/IncidentSummary.aspx?gtdid=201406099007"
    )
    assert found["199200009004"]["summary"] == "Unknown, Police"
    assert (found["199200009004"]["killed"], found["201206089009"]["killed"]) == ("", "0")


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("ucdp-ged", "where_prec", "9"),
        ("ucdp-ged", "date_prec", "0"),
        ("ucdp-ged", "type_of_violence", "4"),
        ("ucdp-ged", "best", "lots"),
        ("acled", "geo_precision", "4"),
        ("acled", "time_precision", "x"),
        ("acled", "fatalities", "-1"),
    ],
)
def test_a_code_that_nobody_knows_rejects_its_row_alone(
    name: str, column: str, value: str, tmp_path: Path, seeds: Seeds
) -> None:
    rows = sample(name)[:3]
    rows[1][column] = value
    path = tmp_path / "download.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    found = bring_in(path, tmp_path / "work", seeds)
    assert (found.counts.read, found.counts.rejected) == (3, 1)
    gone = found.report[found.report["fate"] == "rejected"].iloc[0]
    assert (gone["row"], gone["column"], gone["value"]) == (3, column, value)
    assert gone["reason"]
    if column in ("where_prec", "type_of_violence", "geo_precision"):
        assert "is no code that is known here; use one of 1, 2, 3" in gone["reason"]


def test_what_gtd_doubts_or_says_failed_is_in_the_summary(tmp_path: Path, seeds: Seeds) -> None:
    (row, *_) = sample("gtd")
    plain = {"success": "1", "doubtterr": "0", "alternative_txt": "", "multiple": "0"}
    doubted = {"success": "0", "doubtterr": "1", "alternative_txt": "Other Crime Type"}
    path = tmp_path / "gtd.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(row))
        writer.writeheader()
        writer.writerow({**row, **plain, "summary": "A shot."})
        writer.writerow({**row, **plain, **doubted, "eventid": "1", "summary": "A shot."})
    found = bring_in(path, tmp_path / "work", seeds)
    first, second = found.joined["summary"]
    assert first == "A shot."
    doubts = "GTD doubts that it was terrorism; perhaps Other Crime Type"
    assert second == f"A shot. (the attack did not succeed; {doubts})"


def test_a_layer_of_a_source_keeps_its_geometry(tmp_path: Path, seeds: Seeds) -> None:
    rows = pd.DataFrame(sample("acled")[:2])
    points = gpd.GeoSeries.from_xy([70.9, 70.9], [34.0, 34.0], crs=4326)
    place = rows.drop(columns=["latitude", "longitude"])
    for name, frame in (("bare", place), ("both", rows)):
        layer = gpd.GeoDataFrame(frame, geometry=points).to_crs(32642)
        layer.to_file(tmp_path / f"{name}.gpkg", engine="pyogrio")
    bare = bring_in(tmp_path / "bare.gpkg", tmp_path / "work", seeds)
    assert bare.mapping.id == "acled"
    assert bare.joined.geometry.x.tolist() == pytest.approx([70.9, 70.9])
    both = bring_in(tmp_path / "both.gpkg", tmp_path / "work", seeds)
    assert both.report["reason"].str.contains("km from the geometry of the row").all()


def test_half_of_a_place_is_never_joined_to_another_half(tmp_path: Path, seeds: Seeds) -> None:
    row = {**sample("acled")[0], "latitude": "34.5", "longitude": ""}
    points = gpd.GeoSeries.from_xy([71.1], [34.1], crs=4326)
    gpd.GeoDataFrame([row], geometry=points).to_file(tmp_path / "a.geojson", engine="pyogrio")
    found = bring_in(tmp_path / "a.geojson", tmp_path / "work", seeds)
    place = found.joined.geometry.iloc[0]
    assert (place.x, place.y) == pytest.approx((71.1, 34.1))
    own = gpd.GeoDataFrame(
        {"date": ["2021-03-01"], "lat": ["34.5"], "lon": ["71.1"]}, geometry=points
    )
    own.to_file(tmp_path / "b.geojson", engine="pyogrio")
    found = bring_in(tmp_path / "b.geojson", tmp_path / "work", seeds)
    assert found.joined.geometry.iloc[0].y == pytest.approx(34.1)
    assert (
        "lies 44 km from the geometry of the row, which is used" in found.report["reason"].iloc[0]
    )
