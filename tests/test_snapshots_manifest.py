"""Manifests and fingerprints: what a snapshot says of itself."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import AtlasError, ManifestError
from geo.filters import Filters
from geo.notes import program_version
from geo.snapshots.fingerprints import (
    Changes,
    compare_fingerprints,
    decode_fingerprints,
    digest_of,
    encode_fingerprints,
    take_fingerprints,
)
from geo.snapshots.manifest import (
    UNSEALED,
    Manifest,
    manifest_text,
    parse_manifests,
    time_made,
)
from layers.data import DrawOptions
from layers.snapshot import Sheet
from tests.snapshot_case import built_in, make_snapshot

TORKHAM = Filters(kind="seizure", near="Torkham", within_km=10.0)
texts = st.text(max_size=40)


def test_a_manifest_says_what_made_a_snapshot() -> None:
    seeds, _ = built_in()
    manifest = make_snapshot(
        filters=TORKHAM,
        title="Torkham",
        layer_ids=("borders", "seizures"),
        options=DrawOptions(show_as="heat"),
        extent=(70.0, 33.5, 72.0, 35.0),
        sheet=Sheet(size="a3", landscape=False, dpi=300),
    ).manifest
    assert manifest.version == program_version()
    assert manifest.made == "2023-11-14T22:13:20Z"
    assert manifest.title == "Torkham"
    assert manifest.data["datapackage.json"] == seeds.checksum
    assert {"records/seizures.csv", "geometry/crossings.geojson"} < set(manifest.data)
    assert manifest.filters == {"kind": ["seizure"], "near": ["Torkham"], "within-km": ["10"]}
    assert manifest.layers == ("borders", "seizures")
    assert manifest.look == {"show": "heat"}
    assert manifest.extent == (70.0, 33.5, 72.0, 35.0)
    assert manifest.sheet == {"size": "a3", "landscape": False, "dpi": 300}
    assert (manifest.shown, manifest.total) == (34, 1123)
    assert len(decode_fingerprints(manifest.prints)) == 34


def test_a_file_of_data_tells_of_no_picture() -> None:
    manifest = make_snapshot(filters=TORKHAM, format_="xlsx").manifest
    assert (manifest.layers, manifest.look, manifest.extent) == ((), {}, None)
    assert (manifest.sheet, manifest.prints) == ({}, "")
    assert manifest.title == "Seizures within 10 km of Torkham"


@given(title=texts, words=st.dictionaries(texts, st.lists(texts)), undecided=st.integers(0, 9))
def test_manifests_read_back_equal(title: str, words: dict[str, list[str]], undecided: int) -> None:
    one = replace(_small(), title=title, filters=words, undecided=undecided)
    text = manifest_text([one, _small()])
    assert parse_manifests(text) == (one, _small())
    assert text.isascii()
    assert not set(text) & set("<>&\n")
    assert text.index(UNSEALED) == len('{"seal":"')


def _small() -> Manifest:
    return Manifest(
        version="1", made="2026-11-22T00:00:00Z", title="t", format="pdf", data={}, filters={},
        extent=(1.0, 2.0, 3.0, 4.0), shown=1, total=2, undecided=0, digest="d",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "khyber-atlas-manifest/1"}', "[" * 100_000, '{"format": 3}',
     '{"format": "khyber-atlas-manifest/1", "snapshots": []}',
     '{"format": "khyber-atlas-manifest/1", "snapshots": [{"version": 1}]}',
     '{"format": "khyber-atlas-manifest/1", "snapshots": "x"}'],
)  # fmt: skip
def test_what_is_no_manifest_is_told(text: str) -> None:
    with pytest.raises(ManifestError, match="manifest"):
        parse_manifests(text)


def test_a_later_layout_is_told() -> None:
    later = json.dumps({"format": "khyber-atlas-manifest/9", "snapshots": []})
    with pytest.raises(ManifestError, match="khyber-atlas-manifest/9"):
        parse_manifests(later)


@pytest.mark.parametrize("given", ["soon", "1e9", "-99999999999999999999"])
def test_a_time_that_is_none_is_told(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(AtlasError, match="seconds since 1970"):
        time_made()


def test_fingerprints_read_back_and_count_changes() -> None:
    seeds, joined = built_in()
    then = take_fingerprints(joined, seeds.items)
    assert len(then) == len(joined) == 1123
    assert decode_fingerprints(encode_fingerprints(then)) == then
    altered = joined.iloc[3:].copy()
    altered.loc[altered.index[:2], "summary"] = "other"
    now = take_fingerprints(altered, seeds.items)
    assert compare_fingerprints(then, now) == Changes(added=0, removed=3, changed=2)
    assert compare_fingerprints(now, then) == Changes(added=3, removed=0, changed=2)
    assert not compare_fingerprints(then, then)


def test_a_changed_item_changes_its_record_only() -> None:
    seeds, joined = built_in()
    items = seeds.items.copy()
    items.loc[items.index[0], "quantity"] = 12345.0
    then, now = take_fingerprints(joined, seeds.items), take_fingerprints(joined, items)
    assert compare_fingerprints(then, now) == Changes(added=0, removed=0, changed=1)


def test_the_order_of_records_does_not_matter() -> None:
    seeds, joined = built_in()
    turned = take_fingerprints(joined.iloc[::-1], seeds.items)
    assert digest_of(turned) == digest_of(take_fingerprints(joined, seeds.items))


@pytest.mark.parametrize("text", ["AAA", "AAAA", "é", "A" * 41])
def test_broken_fingerprints_are_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"fingerprints|base64|padding|ASCII|encoded"):
        decode_fingerprints(text)
