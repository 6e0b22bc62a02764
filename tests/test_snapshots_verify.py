"""Verifying snapshots: true, altered, out of date, and no snapshot at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geo.errors import ManifestError
from geo.filters import Filters
from geo.snapshots.carriers import put_manifest
from geo.snapshots.fingerprints import Changes
from geo.snapshots.manifest import Manifest, data_checksums, manifest_text
from geo.snapshots.seal import seal_file
from geo.snapshots.verify import Outcome, Verdict, file_format, read_manifests, verify_snapshot
from tests.snapshot_case import built_in, make_snapshot
from tests.test_snapshots_carriers import plain

TORKHAM = Filters(kind="seizure", near="Torkham", within_km=10.0)
THEN = make_snapshot(filters=TORKHAM).manifest


def write(path: Path, *manifests: Manifest) -> Path:
    suffix = path.suffix.removeprefix(".")
    path.write_bytes(put_manifest(plain(suffix), suffix, manifest_text(manifests)))
    seal_file(path)
    return path


def judge(path: Path, joined: gpd.GeoDataFrame | None = None, **checksums: str) -> Verdict:
    seeds, records = built_in()
    known = data_checksums(seeds.package, seeds.checksum) | checksums
    found = verify_snapshot(path, seeds, records if joined is None else joined, known)
    assert found.intact
    return found.verdicts[0]


def altered() -> gpd.GeoDataFrame:
    """Give the records with one of those at Torkham gone, one changed, and one new."""
    _, joined = built_in()
    chosen = make_snapshot(filters=TORKHAM).selection.records
    gone, changed, doubled = chosen["id"].iloc[:3]
    records = joined[joined["id"] != gone].copy()
    records.loc[records["id"] == changed, "summary"] = "told anew"
    new = records[records["id"] == doubled].assign(id="s-new")
    return gpd.GeoDataFrame(pd.concat([records, new], ignore_index=True), crs=records.crs)


def test_the_same_data_gives_the_same_records(tmp_path: Path) -> None:
    verdict = judge(write(tmp_path / "map.png", THEN))
    assert verdict.outcome is Outcome.SAME
    assert verdict.files == ()
    assert (verdict.shown, verdict.total) == (34, 1123)


def test_an_altered_file_is_told(tmp_path: Path) -> None:
    seeds, joined = built_in()
    path = write(tmp_path / "map.html", THEN)
    path.write_bytes(path.read_bytes().replace(b"<body>x", b"<body>y"))
    checksums = data_checksums(seeds.package, seeds.checksum)
    found = verify_snapshot(path, seeds, joined, checksums)
    assert not found.intact
    assert not found.holds
    assert found.verdicts[0].outcome is Outcome.SAME


def test_changed_data_is_told_by_the_records_shown(tmp_path: Path) -> None:
    path = write(tmp_path / "map.svg", THEN)
    verdict = judge(path, altered(), **{"records/seizures.csv": "f" * 64})
    assert verdict.outcome is Outcome.CHANGED
    assert verdict.changes == Changes(added=1, removed=1, changed=1)
    assert verdict.files == ("records/seizures.csv",)
    assert (verdict.shown, verdict.total) == (34, 1123)


def test_changed_data_that_leaves_the_records_shown_alone_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "map.pdf", THEN)
    verdict = judge(path, **{"records/incidents.csv": "f" * 64, "records/new.csv": "a" * 64})
    assert verdict.outcome is Outcome.SAME_RECORDS
    assert verdict.files == ("records/incidents.csv", "records/new.csv")


def test_a_snapshot_whose_fingerprints_are_wrong_counts_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "map.png", replace(THEN, prints="AAAA"))
    assert judge(path, altered()).changes is None


def test_a_value_that_no_record_has_any_more_is_no_fault(tmp_path: Path) -> None:
    gone = replace(THEN, filters={"near": ["Nowhere"]})
    verdict = judge(write(tmp_path / "map.png", gone))
    assert verdict.outcome is Outcome.CHANGED
    assert verdict.changes == Changes(added=0, removed=34, changed=0)


@pytest.mark.parametrize("filters", [{"from": ["soon"]}, {"year": ["2022-13"]}])
def test_filters_that_cannot_be_used_are_told(
    filters: dict[str, list[str]], tmp_path: Path
) -> None:
    path = write(tmp_path / "map.png", replace(THEN, filters=filters))
    with pytest.raises(ManifestError, match=r"map\.png: its filters"):
        judge(path)


def test_each_slide_is_judged(tmp_path: Path) -> None:
    every = make_snapshot().manifest
    path = write(tmp_path / "map.pptx", THEN, every)
    assert read_manifests(path) == (THEN, every)
    seeds, _ = built_in()
    checksums = data_checksums(seeds.package, seeds.checksum)
    found = verify_snapshot(path, seeds, altered(), checksums)
    assert [each.changes for each in found.verdicts] == [
        Changes(added=1, removed=1, changed=1),
        Changes(added=1, removed=1, changed=1),
    ]


@pytest.mark.parametrize("suffix", ["png", "pdf", "svg", "html", "pptx"])
def test_a_file_is_known_by_its_content(suffix: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"map.{suffix}", THEN)
    renamed = path.rename(tmp_path / "renamed.bin")
    assert file_format(renamed) == suffix
    assert judge(renamed).outcome is Outcome.SAME


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", b"{}", b"{", b"\x00\xff\xfe", b"%PDF-1.7", b"PK\x05\x06" + b"\0" * 18,
     b"SQLite format 3\0", b"PAR1PAR1", b"<svg></svg>", b"<!DOCTYPE html>", b"<kml/>",
     b"\x89PNG\r\n\x1a\n\0\0\0\0", b"snapshot\n{}\n"],
)  # fmt: skip
def test_a_foreign_file_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.dat"
    path.write_bytes(content)
    with pytest.raises(ManifestError, match=r"other\.dat: .*manifest"):
        read_manifests(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"none\.pdf cannot be read"):
        read_manifests(tmp_path / "none.pdf")
