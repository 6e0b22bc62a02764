"""Files of the atlas's own layout used as records: faults are named by row, column and value."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import choosing
from commands.choosing import read_source
from geo.errors import AtlasError
from geo.seeds import Seeds
from tests import small
from tests.imports_case import run_here

GOOD = small.record(id="s-2012-box", country="IRN")


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch, seeds: Seeds) -> None:
    monkeypatch.setattr(choosing, "load_seeds", lambda: seeds)
    monkeypatch.setattr(choosing, "run_job", run_here)


def write(path: Path, *rows: dict[str, str], encoding: str = "utf-8") -> Path:
    heading = ",".join(rows[0])
    lines = [",".join(f'"{value}"' for value in row.values()) for row in rows]
    path.write_text("\n".join([heading, *lines, ""]), encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_good_file_is_read(tmp_path: Path, encoding: str) -> None:
    read = read_source(write(tmp_path / "good.csv", GOOD, encoding=encoding)).joined
    assert read["id"].tolist() == ["s-2012-box"]
    assert read.geometry.iloc[0].coords[0] == (60.5, 30.5)


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("lat", "91", "91"),
        ("lat", "north", "north"),
        ("date", "2012-13", "2012-13"),
        ("date", "2012-02-30", "2012-02-30"),
        ("precision", "exact", "exact"),
        ("kind", "rumour", "rumour"),
        ("killed", "lots", "lots"),
        ("id", "s-2012-box", "repeats the id of row 2"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, column: str, value: str, told: str) -> None:
    bad = GOOD | {"id": "s-2012-bad", column: value}
    good = GOOD | {column: GOOD.get(column, "")}
    with pytest.raises(AtlasError) as caught:
        read_source(write(tmp_path / "bad.csv", good, bad))
    message = str(caught.value)
    assert message.startswith("bad.csv: 1 fault")
    for part in ("row 3", column, told):
        assert part in message


@pytest.mark.parametrize(
    ("column", "value"), [("country", "XXX"), ("source_url", "javascript:alert(1)")]
)
def test_what_is_left_out_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], column: str, value: str
) -> None:
    source = read_source(write(tmp_path / "odd.csv", GOOD | {column: value}))
    assert "odd.csv: 1 row with a note" in capsys.readouterr().err
    assert value not in source.joined[column].tolist()


def test_all_faults_are_counted_and_the_first_told(tmp_path: Path) -> None:
    rows = [GOOD | {"id": f"s-2012-{n}", "lat": "99"} for n in range(9)]
    with pytest.raises(AtlasError, match=r"9 faults.*and 4 more"):
        read_source(write(tmp_path / "many.csv", *rows))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01", b"\x00\x00", b'"open', b"id\n"])
def test_what_is_no_table_of_records_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "junk.csv"
    path.write_bytes(content)
    with pytest.raises(AtlasError, match=r"^junk\.csv"):
        read_source(path)
