"""Hostile files: a clear error or a correct part of the rows, and never anything else."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import Final

import pyarrow as pa
import pytest

from geo.errors import AtlasError, ImportFileError
from geo.formulas import RUN
from geo.imports.job import Job, run_job
from geo.imports.limits import Limits
from geo.imports.result import Import
from geo.seeds import Seeds
from tests.conftest import Run
from tests.hostile_files import PARTLY, REFUSED
from tests.hostile_makers import GOOD, ROW, TEXTS, Maker, csv_of, parquet, workbook
from tests.hostile_shapes import (
    ELSEWHERE,
    PARTLY_TOO,
    REFUSED_TOO,
    item_rows,
    late_property,
    module_table,
)
from tests.imports_case import bring

LONGEST_S: Final = 20.0
EVERY_REFUSED: Final = REFUSED | REFUSED_TOO
EVERY_PARTLY: Final = PARTLY | PARTLY_TOO


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


@pytest.mark.parametrize("case", EVERY_REFUSED)
def test_a_file_is_refused_with_a_sentence(seeds: Seeds, folder: Path, case: str) -> None:
    name, make = EVERY_REFUSED[case]
    told = refusal(folder / name, make(), seeds)
    assert name.split(".")[0] in told
    assert len(told) < 500
    assert told.endswith(".")


@pytest.mark.parametrize("case", EVERY_PARTLY)
def test_what_can_be_read_is_read(seeds: Seeds, folder: Path, case: str) -> None:
    name, make, kept, rejected = EVERY_PARTLY[case]
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
        assert not [cell for cell in cells if cell.startswith(RUN)]


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


def test_a_database_reads_no_other_file_of_the_machine(seeds: Seeds, folder: Path) -> None:
    secret = folder / "secret.txt"
    secret.write_text(f"date|place\n2022-03-04|{ELSEWHERE}\n")
    content = module_table(str(secret))
    secret_free = folder / "a.gpkg"
    secret_free.write_bytes(content)
    with pytest.raises(ImportFileError, match="'v' is no table but a view or the like"):
        bring(secret_free, seeds)


def test_a_property_that_comes_late_is_read(seeds: Seeds, folder: Path) -> None:
    found = brought(folder / "a.geojson", late_property(), seeds)
    assert found.joined["killed"].iloc[-1] == 7
    assert found.counts.rejected == 0


def test_so_many_at_one_place_give_not_every_pair(seeds: Seeds, folder: Path) -> None:
    rows = b"".join(b"2022-03-04,34.5,69.2,heroin,%d,kg\n" % n for n in range(1200))
    first = brought(folder / "a.csv", item_rows() + rows, seeds)
    path = folder / "b.csv"
    path.write_bytes(item_rows() + rows)
    begun = time.monotonic()
    second = bring(path, seeds, others=first.joined)
    assert time.monotonic() - begun < LONGEST_S
    own = second.pairs[second.pairs["other_dataset"] == first.key]
    assert own["id"].value_counts().max() <= 10
    assert len(own) == 12_000


def test_what_is_kept_of_a_quantity_can_be_written_and_shown(
    seeds: Seeds, folder: Path, run: Run
) -> None:
    path = folder / "a.csv"
    path.write_bytes(item_rows("1e9,kg", "999999999,t", "1e13,irr"))
    out = folder / "out.geojson"
    done = run("import", str(path), "--out", str(out))
    assert done.returncode == 0
    assert "Infinity" not in out.read_text("utf-8")


def test_what_a_file_has_for_a_terminal_stays_in_the_file(
    seeds: Seeds, folder: Path, run: Run
) -> None:
    path = folder / "a.csv"
    path.write_bytes(b"date,place,\x1b[2J\x1b]0;PWNED\x07\n2022-03-04,Kab\x1b[2Jul,x\n")
    done = run("import", str(path), "--out", str(folder / "out.csv"))
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert "\x07" not in done.stderr


def test_few_bytes_that_unpack_to_texts_without_end_are_refused(seeds: Seeds, folder: Path) -> None:
    columns = {name: [value] * 3000 for name, value in ROW.items() if name != "notes"}
    notes = pa.array(["x" * 1500] * 3000).dictionary_encode()
    path = folder / "a.parquet"
    path.write_bytes(parquet(pa.table({**columns, "notes": notes})))
    assert path.stat().st_size < 20_000
    with pytest.raises(ImportFileError, match="texts have over 1 million letters"):
        bring(path, seeds, limits=Limits(text_letters=1_000_000))
