"""CSV files as people make them: encodings, delimiters, quotes, titles, rows of another length."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import ImportFileError
from geo.imports.source import open_tables
from tests.readers_case import read, tables, write

ROWS = "date;place;lat\n2021-08-15;Kabul;34,53\n2022-01-02;کابل;34,5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "utf-32"])
def test_any_common_encoding_is_told(tmp_path: Path, encoding: str) -> None:
    text = ROWS if encoding != "cp1256" else ROWS.replace("ی", "ي") * 3
    rows, bad = read(write(tmp_path / "a.csv", text.encode(encoding)))
    assert list(rows.columns) == ["date", "place", "lat"]
    assert rows["place"].tolist()[:2] == ["Kabul", "کابل"]
    assert bad == []


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("cp1252", "déjà vu à l’école"),
        ("cp1252", "Grüße aus Österreich"),
        ("cp1252", "Kabul – 3 killed, “attack” in Karte’s area"),
        ("cp1252", "El País"),
        ("cp1254", "Anadolu Ajansı, İstanbul şehri"),
        ("cp1250", "Zażółć gęślą jaźń, żołnierze"),
        ("cp1251", "Изъято 12 кг героина на границе"),
        ("cp1256", "ضبط 3 كيلو هيروئين"),
    ],
)
def test_a_line_in_an_old_encoding_is_enough(tmp_path: Path, encoding: str, note: str) -> None:
    text = f"date;place;note\n2021-03-04;Kabul;{note}\n"
    rows, bad = read(write(tmp_path / "a.csv", text.encode(encoding)))
    assert rows["note"].tolist() == [note]
    assert bad == []


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_common_delimiter_is_told(tmp_path: Path, mark: str) -> None:
    text = mark.join(["date", "place", "note"]) + "\n"
    text += "".join(mark.join([f"2021-01-0{n}", "Kabul", "a b"]) + "\r\n" for n in range(1, 5))
    rows, bad = read(write(tmp_path / "a.csv", text))
    assert rows.iloc[3].tolist() == ["2021-01-04", "Kabul", "a b"]
    assert rows.index.tolist() == [2, 3, 4, 5]
    assert bad == []


def test_a_delimiter_that_the_file_names_holds(tmp_path: Path) -> None:
    rows, _ = read(write(tmp_path / "a.csv", "sep=^\na^b\n1^2\n"))
    assert rows.to_dict("records") == [{"a": "1", "b": "2"}]


def test_quotes_line_breaks_and_the_delimiter_within_them(tmp_path: Path) -> None:
    text = 'a,b,c\n1,"x, ""y""\nz",3\n\n4,5,6\n'
    rows, bad = read(write(tmp_path / "a.csv", text))
    assert rows["b"].tolist() == ['x, "y"\nz', "5"]
    # Empty lines count, as they do in a spreadsheet.
    assert rows.index.tolist() == [2, 4]
    assert bad == []


def test_rows_of_another_length_are_told_and_the_others_read(tmp_path: Path) -> None:
    rows, bad = read(write(tmp_path / "a.csv", "a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,\n"))
    assert rows["a"].tolist() == ["1", "10"]
    assert [(each.row, each.cells["a"]) for each in bad] == [(3, "4"), (4, "6")]
    assert "the row has 2 cells and the heading 3" in bad[0].reason


def test_a_bad_byte_costs_its_row_alone(tmp_path: Path) -> None:
    text = "a,b\nکابل,1\nهرات,2\n".encode() + b"x\xff,3\n" + "قندهار,4\n".encode()
    rows, bad = read(write(tmp_path / "a.csv", text))
    assert rows["b"].tolist() == ["1", "2", "4"]
    assert (bad[0].row, bad[0].column, bad[0].value) == (4, "a", "x\ufffd")


def test_a_quote_left_open_is_told(tmp_path: Path) -> None:
    rows, bad = read(write(tmp_path / "a.csv", 'a,b\n1,2\n3,"4\n5,6\n'))
    assert rows["a"].tolist() == ["1", "5"]
    assert "never closed" in bad[0].reason
    assert (bad[0].row, bad[0].raw, bad[0].cells) == (3, '3,"4', {"a": "3", "b": "4"})


def test_a_stray_quote_costs_its_own_line_however_long_the_file(tmp_path: Path) -> None:
    lines = [f"2021-01-01,Kabul,{at},said\n" for at in range(3000)]
    lines[100] = '2021-01-01,Kabul,100,"He said\n'
    lines[200] = '2021-01-01,Kabul,200,he said"\n'
    lines[300] = '2021-01-01,Kabul,300,"two\nlines"\n'
    lines[400] = '2021-01-01,"Kabul,400,\n'
    rows, bad = read(write(tmp_path / "a.csv", "date,place,n,note\n" + "".join(lines)))
    assert len(rows) + len(bad) == 3000
    assert [each.row for each in bad] == [102, 402]
    assert [each.raw for each in bad] == [line.rstrip() for line in (lines[100], lines[400])]
    assert rows["n"].tolist() == [str(at) for at in range(3000) if at not in (100, 400)]
    assert rows.loc[302, "note"] == "two\nlines"
    assert rows.loc[202, "note"] == 'he said"'


def test_what_is_more_than_the_heading_is_kept_to_be_mended(tmp_path: Path) -> None:
    _, bad = read(write(tmp_path / "a.csv", "a,b\n1,2\n3,hello, world\n"))
    assert (bad[0].cells, bad[0].raw) == ({"a": "3", "b": "hello"}, "3,hello, world")


@pytest.mark.parametrize(
    "above", ["Seizures 2021,,,\n,,,\n", "Seizures by Customs\n\nof 2021\n", "sep=,\n"]
)
def test_titles_above_the_headings_are_left_out(tmp_path: Path, above: str) -> None:
    text = f"{above}Date,Place,Item,Quantity\n2021-01-01,Torkham,opium,3\n,,,\n"
    (table,) = tables(write(tmp_path / "a.csv", text))
    assert table.columns == ("Date", "Place", "Item", "Quantity")
    (chunk,) = table.read()
    assert chunk.rows["Place"].tolist() == ["Torkham"]
    assert any("the headings are in row" in note for note in table.notes) is (above[0] == "S")


@pytest.mark.parametrize("encoding", ["utf-16", "idna"])
def test_an_encoding_that_a_mapping_names_in_vain_is_told(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "a.csv", "date,place\n2021-03-01,کابل\n")
    with pytest.raises(ImportFileError, match=f"a.csv is no {encoding} text as the mapping says"):
        open_tables(path, tmp_path, encoding=encoding)
