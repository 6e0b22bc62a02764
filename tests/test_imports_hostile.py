"""Hostile files: a clear error or a correct part of the rows, and never anything else."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import Final

import pytest

from geo.errors import AtlasError, ImportFileError
from geo.formulas import STARTS
from geo.imports.job import Job, run_job
from geo.imports.limits import Limits
from geo.imports.result import Import
from geo.seeds import Seeds
from tests.hostile_files import GOOD, PARTLY, REFUSED, ROW, TEXTS, Maker, csv_of, workbook
from tests.imports_case import bring

LONGEST_S: Final = 20.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in a folder, to see that nothing is written beside it."""
    inner = tmp_path / "outer" / "inner"
    inner.mkdir(parents=True)
    return inner


def brought(path: Path, content: bytes, seeds: Seeds) -> Import:
    """Import a file, and see that it takes no longer and writes nowhere else than it may."""
    path.write_bytes(content)
    begun = time.monotonic()
    try:
        return bring(path, seeds)
    finally:
        assert time.monotonic() - begun < LONGEST_S
        outside = path.parent.parent
        assert [each.name for each in outside.iterdir()] == [path.parent.name]
        assert {each.name for each in path.parent.iterdir()} <= {path.name, f"work-{path.name}"}


def sound(found: Import) -> None:
    counts = found.counts
    assert counts.read == counts.accepted + counts.noted + counts.rejected
    rejected = found.report[found.report["fate"] == "rejected"]
    assert (rejected["reason"] != "").all()
    assert (found.joined.geometry.isna() | found.joined.geometry.is_valid).all()


def refusal(path: Path, content: bytes, seeds: Seeds) -> str:
    """Give the sentence that a file is refused with, or of a report without a kept row."""
    try:
        found = brought(path, content, seeds)
    except AtlasError as error:
        return str(error)
    sound(found)
    assert found.counts.kept == 0
    return f"{path.name}: no row was kept."


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_is_refused_with_a_sentence(seeds: Seeds, folder: Path, case: str) -> None:
    name, make = REFUSED[case]
    told = refusal(folder / name, make(), seeds)
    assert name.split(".")[0] in told
    assert len(told) < 500
    assert told.endswith(".")


@pytest.mark.parametrize("case", PARTLY)
def test_what_can_be_read_is_read(seeds: Seeds, folder: Path, case: str) -> None:
    name, make, kept, rejected = PARTLY[case]
    found = brought(folder / name, make(), seeds)
    sound(found)
    assert (found.counts.kept, found.counts.rejected) == (kept, rejected)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_cut_anywhere_is_an_error_or_a_part(seeds: Seeds, folder: Path, name: str) -> None:
    make: Maker = GOOD[name]
    whole = make()
    found = brought(folder / name, whole, seeds)
    sound(found)
    assert found.counts.kept == 2
    for part in range(1, 10):
        told, kept = outcome(folder / f"{part}-{name}", whole[: len(whole) * part // 10], seeds)
        assert told.startswith(f"{part}-a") or kept <= 2


def outcome(path: Path, content: bytes, seeds: Seeds) -> tuple[str, int]:
    """Import a file: give the error, or how many rows were kept."""
    path.write_bytes(content)
    try:
        found = bring(path, seeds)
    except ImportFileError as error:
        return str(error), 0
    sound(found)
    return "", found.counts.kept


@pytest.mark.parametrize("column", ROW)
def test_any_text_in_any_field_stays_a_text(seeds: Seeds, folder: Path, column: str) -> None:
    lines = b"".join(csv_of(**{column: text}).partition(b"\n")[2] for text in TEXTS)
    found = brought(folder / "a.csv", ",".join(ROW).encode() + b"\n" + lines, seeds)
    sound(found)
    assert found.counts.kept >= len(TEXTS)
    if column == "notes":
        plain = [text.replace("\0", "").strip() for text in TEXTS]
        assert found.joined["summary"].tolist()[1::2] == plain
    if found.rejects is not None:
        with found.rejects.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.startswith(STARTS[:-1])]


def test_formulas_and_links_of_a_workbook_are_not_followed(seeds: Seeds, folder: Path) -> None:
    texts = ['=HYPERLINK("http://x")', "file:///etc/passwd"]
    rows = [[*[*ROW.values()][:3], text] for text in texts]
    found = brought(folder / "a.xlsx", workbook([*ROW], *rows, name="=1+1"), seeds)
    assert found.joined["summary"].tolist() == texts
    assert (found.joined["source_url"] == "").all()


def test_a_hostile_name_of_a_file_is_only_a_name(seeds: Seeds, folder: Path) -> None:
    path = folder / "a.csv"
    path.write_bytes(csv_of())
    found = bring(path, seeds, name="<img src=x>\n=1+1|\u202e" + "x" * 300 + ".csv")
    assert found.title.startswith("<img src=x> =1+1| x")
    assert len(found.title) <= 61
    assert found.key.startswith("img-src-x-1-1-x")


def test_a_bomb_in_a_process_of_its_own_leaves_the_caller_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(
        b'{"features": [' + b'{"type":"Feature","properties":{"a":"' + b"x" * 30_000_000
    )
    running = run_job(Job(path=path, name="a.geojson", limits=Limits(memory_bytes=400_000_000)))
    with pytest.raises(ImportFileError):
        running.result()
