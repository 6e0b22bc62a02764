"""Records from files: faults are named by row, column and value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo.errors import RecordError
from geo.records import RECORD_COLUMNS
from geo.seeds import SEEDS
from geo.tables import read_records, record_schema
from tests import small

PACKAGE = json.loads((SEEDS / "datapackage.json").read_text(encoding="utf-8"))
GOOD = small.record(id="s-2012-box", country="AFG")


def write(path: Path, *rows: dict[str, str], encoding: str = "utf-8") -> Path:
    heading = ",".join(rows[0])
    lines = [",".join(f'"{value}"' for value in row.values()) for row in rows]
    path.write_text("\n".join([heading, *lines, ""]), encoding=encoding)
    return path


def test_the_schema_has_every_column_and_both_vocabularies() -> None:
    fields = {field["name"]: field for field in record_schema(PACKAGE)["fields"]}
    assert tuple(fields) == RECORD_COLUMNS
    categories = fields["category"]["constraints"]["enum"]
    assert {"firearms", "suicide attack"} <= set(categories)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    frame = read_records(write(tmp_path / "good.csv", GOOD), PACKAGE)
    assert frame["id"].tolist() == ["s-2012-box"]
    assert frame.geometry.iloc[0].coords[0] == (60.5, 30.5)


def test_a_byte_order_mark_is_no_part_of_the_heading(tmp_path: Path) -> None:
    path = write(tmp_path / "bom.csv", GOOD, encoding="utf-8-sig")
    assert read_records(path, PACKAGE)["id"].tolist() == ["s-2012-box"]


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("lat", "91", "91"),
        ("lat", "north", "north"),
        ("date", "2012-13", "2012-13"),
        ("date", "2012-02-30", "2012-02-30"),
        ("country", "XXX", "XXX"),
        ("precision", "exact", "exact"),
        ("category", "kittens", "kittens"),
        ("source_url", "javascript:alert(1)", "javascript"),
        ("kind", "rumour", "rumour"),
        ("killed", "many", "many"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, column: str, value: str, told: str) -> None:
    bad = GOOD | {"id": "s-2012-bad", column: value}
    with pytest.raises(RecordError) as caught:
        read_records(
            write(tmp_path / "bad.csv", GOOD | {column: GOOD.get(column, "")}, bad), PACKAGE
        )
    message = str(caught.value)
    assert message.startswith("bad.csv: ")
    for part in ("row 3", column, told):
        assert part in message


def test_all_faults_are_counted_and_the_first_told(tmp_path: Path) -> None:
    rows = [GOOD | {"id": f"s-2012-{n}", "lat": "99"} for n in range(9)]
    with pytest.raises(RecordError, match=r"9 faults.*and 4 more"):
        read_records(write(tmp_path / "many.csv", *rows), PACKAGE)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    short = {key: value for key, value in GOOD.items() if key != "precision"}
    with pytest.raises(RecordError, match="no column 'precision'"):
        read_records(write(tmp_path / "short.csv", short), PACKAGE)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01", b"\x00\x00", b'"open', b"id\n"])
def test_what_is_no_csv_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "junk.csv"
    path.write_bytes(content)
    with pytest.raises(RecordError, match=r"^junk\.csv"):
        read_records(path, PACKAGE)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"none\.csv: no such file"):
        read_records(tmp_path / "none.csv", PACKAGE)
