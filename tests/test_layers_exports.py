"""Snapshots as files: whole, sealed, the same bytes for the same input."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import ExportError
from geo.filters import Filters
from geo.snapshots.manifest import data_checksums
from geo.snapshots.verify import Outcome, file_format, verify_snapshot
from layers.exports import format_of, write_snapshot
from layers.snapshot import FORMATS, Sheet
from tests.snapshot_case import built_in, make_snapshot

TORKHAM = Filters(kind="seizure", near="Torkham", within_km=10.0)


def write(path: Path, **asked: object) -> list[float]:
    snapshot = make_snapshot(
        filters=TORKHAM,
        format_=path.suffix.removeprefix("."),
        layer_ids=("borders", "seizures"),
        extent=(70.0, 33.5, 72.0, 35.0),
        sheet=Sheet(dpi=72),
        **asked,
    )
    done: list[float] = []
    write_snapshot(path, [snapshot], done.append)
    return done


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_format_proves_itself_and_is_made_alike_again(suffix: str, tmp_path: Path) -> None:
    seeds, joined = built_in()
    first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    done = write(first)
    assert done[0] == 0
    assert done[-1] == 1
    assert done == sorted(done)
    write(second)
    assert first.read_bytes() == second.read_bytes()
    assert file_format(first) == suffix
    checksums = data_checksums(seeds.package, seeds.checksum)
    found = verify_snapshot(first, seeds, joined, checksums)
    assert found.holds
    assert found.verdicts[0].manifest.format == suffix
    changed = verify_snapshot(first, seeds, joined.iloc[::2], checksums).verdicts[0]
    assert changed.outcome is Outcome.CHANGED
    assert changed.changes is not None
    assert (changed.changes.added, changed.changes.changed) == (0, 0)
    assert changed.changes.removed == 34 - changed.shown


def test_a_file_that_cannot_be_made_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "map.csv"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("layers.exports.seal_file", fail)
    with pytest.raises(ExportError, match=r"map\.csv cannot be written \(No space left"):
        write(path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["map.csv"]


def test_only_slides_hold_several_snapshots(tmp_path: Path) -> None:
    one = make_snapshot(filters=TORKHAM, format_="pdf")
    with pytest.raises(ExportError, match=r"only \.pptx holds several"):
        write_snapshot(tmp_path / "map.pdf", [one, one])


@pytest.mark.parametrize("name", ["map.docx", "map", "map.PDFX", ".csv"])
def test_a_suffix_that_is_no_format_is_told(name: str) -> None:
    with pytest.raises(ExportError, match="not a format of snapshots"):
        format_of(Path(name))


def test_the_case_of_a_suffix_does_not_matter() -> None:
    assert format_of(Path("Map.PDF")) == "pdf"
