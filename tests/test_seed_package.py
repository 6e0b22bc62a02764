"""The Data Package says what the files are."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from geo.seeds import load_seeds

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
PACKAGE: dict[str, Any] = json.loads((SEEDS / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES: list[dict[str, Any]] = PACKAGE["resources"]
PATHS = [resource["path"] for resource in RESOURCES]

every_resource = pytest.mark.parametrize("resource", RESOURCES, ids=PATHS)


def test_every_file_is_a_resource() -> None:
    files = {
        path.relative_to(SEEDS).as_posix()
        for folder in ("geometry", "records")
        for path in (SEEDS / folder).iterdir()
    }
    assert files == set(PATHS)
    assert len(PATHS) == 20


@every_resource
def test_checksum_and_size_match_the_file(resource: dict[str, Any]) -> None:
    data = (SEEDS / resource["path"]).read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert resource["bytes"] == len(data)


@every_resource
def test_a_resource_says_all_it_must(resource: dict[str, Any]) -> None:
    for key in ("title", "description", "sources", "licenses", "retrieved"):
        assert resource[key], key
    assert all(source["title"] and source["path"] for source in resource["sources"])
    assert resource["licenses"][0]["name"] in {"ODbL-1.0", "CC-BY-4.0"}
    if not resource["path"].endswith(".json"):
        fields = resource["schema"]["fields"]
        assert all(field["type"] and field["description"] for field in fields)


@every_resource
def test_counts_match_the_file(resource: dict[str, Any]) -> None:
    path = SEEDS / resource["path"]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            assert resource["rows"] == sum(1 for _ in csv.DictReader(stream))
        return
    content = json.loads(path.read_text(encoding="utf-8"))
    if path.suffix == ".geojson":
        assert resource["crs"] == "EPSG:4326"
        assert resource["features"] == len(content["features"])
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert all(sorted(f["properties"]) == sorted(names) for f in content["features"])
    else:
        assert resource["claims"] == len(content["claims"]) == 19


def test_known_counts() -> None:
    counts = {r["path"]: r.get("rows", r.get("features")) for r in RESOURCES}
    assert counts["records/seizures.csv"] == 380
    assert counts["records/incidents.csv"] == 743
    assert counts["records/left_out.csv"] == 2
    assert counts["records/events.csv"] == 5
    assert counts["geometry/crossings.geojson"] == 32
    assert counts["geometry/routes.geojson"] == 31
    assert counts["geometry/borders.geojson"] == 6


def test_data_from_openstreetmap_stay_odbl() -> None:
    for resource in RESOURCES:
        from_osm = any("OpenStreetMap" in source["title"] for source in resource["sources"])
        assert (resource["licenses"][0]["name"] == "ODbL-1.0") == from_osm, resource["path"]


def test_frictionless_finds_no_error() -> None:
    report = Package(str(SEEDS / "datapackage.json")).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []
    assert report.valid
    assert report.stats["tasks"] == len(PATHS)


def test_the_readme_lists_every_file_with_its_count() -> None:
    text = (SEEDS / "README.md").read_text(encoding="utf-8")
    for resource in RESOURCES:
        section = text.split(f"### `{resource['path']}`", 1)[1].split("###", 1)[0]
        assert resource["title"] in section
        assert f"{resource['bytes']} bytes" in section
        assert resource["licenses"][0]["title"] in section


def test_the_readme_of_the_seeds_says_how_many_points_are_not_known() -> None:
    text = " ".join((SEEDS / "README.md").read_text(encoding="utf-8").split())
    places = load_seeds().places
    districts = places[places["kind"] == "district"]
    for country, possessive in (("AFG", "Afghanistan's"), ("PAK", "Pakistan's")):
        own = districts[districts["country"] == country]
        unknown = int((own["precision"] == "province").sum())
        assert f"{unknown} of {possessive} {len(own)}" in text
    recorded = (places["kind"] == "town") & (places["source"] != "GeoNames")
    assert f"{int(recorded.sum())} towns that GeoNames lacks" in text
