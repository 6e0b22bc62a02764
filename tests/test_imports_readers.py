"""Files of every format as tables of text; what cannot be read is told, row by row."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from shapely.geometry import LineString, MultiPoint, Point, Polygon

from geo.errors import ImportFileError
from geo.imports.limits import Limits
from geo.imports.table import EXTENT_COLUMN, LAT_COLUMN, LON_COLUMN, NOTE_COLUMN
from tests.readers_case import read, tables, write


def test_a_title_in_a_workbook_is_left_out_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("One")
    sheet.write_row(0, 0, ["Seizures by Customs"])
    sheet.write_row(2, 0, ["Date", "Ort", "Ware"])
    sheet.write_row(3, 0, ["2021-01-01", "Torkham", "opium"])
    book.close()
    (table,) = tables(path)
    assert table.columns == ("Date", "Ort", "Ware")
    (chunk,) = table.read()
    assert chunk.rows.to_dict("index") == {
        4: {"Date": "2021-01-01", "Ort": "Torkham", "Ware": "opium"}
    }


def test_a_file_of_an_archive_that_is_no_table_is_left_out_and_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("codebook.pdf", "%PDF-1.7")
        archive.writestr("a.csv", "a,b\n1,2\n")
    (table,) = tables(tmp_path / "a.zip")
    assert any("codebook.pdf is a PDF" in note for note in table.notes)


def test_headings_are_named_each_once(tmp_path: Path) -> None:
    rows, _ = read(write(tmp_path / "a.csv", "a,,a,b \n1,2,3,4\n"))
    assert list(rows.columns) == ["a", "column 2", "a (2)", "b"]


def test_a_workbook_gives_a_table_a_sheet_and_its_cells_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    first, _, third = (book.add_worksheet(name) for name in ("One", "Empty", "Three"))
    first.write_row(0, 0, ["day", "n", "x"])
    first.write_datetime(1, 0, datetime(2021, 8, 15))
    first.write_row(1, 1, [12.0, 3.25])
    first.write_row(3, 0, ["2022", True, "text"])
    third.write_row(2, 0, ["a"])
    third.write_row(3, 0, ["b"])
    book.close()
    one, three = tables(path)
    (chunk,) = one.read()
    assert (one.name, three.name) == ("One", "Three")
    assert chunk.rows.to_dict("index") == {
        2: {"day": "2021-08-15", "n": "12", "x": "3.25"},
        4: {"day": "2022", "n": "true", "x": "text"},
    }
    (chunk,) = three.read()
    assert chunk.rows.to_dict("index") == {4: {"a": "b"}}


def collection(*features: dict[str, Any], **members: Any) -> str:
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)})


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def test_features_become_rows_with_a_point(tmp_path: Path) -> None:
    square = [[[69, 34], [69.2, 34], [69.2, 34.2], [69, 34.2], [69, 34]]]
    bow_tie = [[[69, 34], [69.2, 34.2], [69.2, 34], [69, 34.2], [69, 34]]]
    text = collection(
        feature({"type": "Point", "coordinates": [69.17, 34.53]}, n=1, tags=["a", "b"]),
        feature({"type": "Polygon", "coordinates": square}, n=2),
        feature({"type": "Polygon", "coordinates": bow_tie}, n=3),
        feature(None, n=4),
        feature({"type": "Point", "coordinates": ["x", 1]}, n=5),
        feature({"type": "Nothing", "coordinates": []}, n=6),
    )
    rows, bad = read(write(tmp_path / "a.geojson", text))
    assert rows["n"].tolist() == ["1", "2", "3", "4"]
    assert rows["tags"].iloc[0] == '["a", "b"]'
    assert rows[[LON_COLUMN, LAT_COLUMN]].iloc[0].tolist() == ["69.1700000", "34.5300000"]
    assert rows[EXTENT_COLUMN].iloc[0] == ""
    # A fifth of a degree: some 18 by 22 km, so 14 km from the middle to a corner.
    assert 13 < float(rows[EXTENT_COLUMN].iloc[1]) < 15
    assert "crosses itself" in rows[NOTE_COLUMN].iloc[2]
    assert rows[LAT_COLUMN].iloc[3] == ""
    assert [(each.row, each.column) for each in bad] == [(5, "geometry"), (6, "geometry")]


def test_a_broken_end_costs_no_feature_before_it(tmp_path: Path) -> None:
    text = collection(*(feature(None, n=n) for n in range(3)))
    rows, bad = read(write(tmp_path / "a.geojson", text[:-20]))
    assert rows["n"].tolist() == ["0", "1"]
    assert "cannot be read beyond here" in bad[0].reason


def test_an_old_geojson_in_another_crs_is_brought_to_wgs84(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    point = {"type": "Point", "coordinates": [7_700_000, 4_100_000]}
    rows, _ = read(write(tmp_path / "a.geojson", collection(feature(point), crs=crs)))
    assert float(rows[LON_COLUMN].iloc[0]) == pytest.approx(69.170, abs=0.001)
    assert float(rows[LAT_COLUMN].iloc[0]) == pytest.approx(34.5286, abs=0.001)


def test_a_crs_may_stand_behind_the_features_and_an_id_beside_them(tmp_path: Path) -> None:
    place = {"type": "Point", "coordinates": [516000.0, 3821000.0]}
    padding = "x" * 5000
    text = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [{**feature(place, notes=padding), "id": "EV-9"}],
            "crs": {"type": "name", "properties": {"name": "EPSG:32642"}},
        }
    )
    rows, _ = read(write(tmp_path / "a.geojson", text))
    assert rows["feature id"].tolist() == ["EV-9"]
    assert float(rows[LAT_COLUMN].iloc[0]) == pytest.approx(34.53, abs=0.01)


def test_text_that_a_program_left_unmarked_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"date": [b"2021-03-01"], "notes": ["کابل".encode()], "raw": [b"\xff\x00"]})
    pq.write_table(table, path)
    rows, _ = read(path)
    assert rows.iloc[0].tolist() == ["2021-03-01", "کابل", "ff00"]


def test_a_geometry_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    frame = gpd.GeoDataFrame({"date": ["2021-03-01"]}, geometry=[Point(69, 34)], crs=4326)
    frame.to_parquet(path, geometry_encoding="geoarrow")
    with pytest.raises(ImportFileError, match="encoded as 'point'; save it with WKB"):
        tables(path)


def test_a_list_of_objects_is_a_table_too(tmp_path: Path) -> None:
    rows, _ = read(write(tmp_path / "a.json", '[{"a": 1.5, "b": null}, {"a": true}]'))
    assert rows[["a", "b"]].to_numpy().tolist() == [["1.5", ""], ["true", ""]]


def test_layers_of_a_geopackage_each_in_its_own_crs(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    frame = gpd.GeoDataFrame({"n": [1, 2]}, geometry=[Point(70, 34), None], crs=4326)
    frame.to_file(path, layer="one", engine="pyogrio")
    frame.to_crs(3857).to_file(path, layer="two", engine="pyogrio")
    one, two = tables(path)
    for table in (one, two):
        (chunk,) = [each for each in table.read() if len(each.rows)]
        assert float(chunk.rows[LON_COLUMN].iloc[0]) == pytest.approx(70, abs=1e-6)
        assert chunk.rows[LAT_COLUMN].iloc[1] == ""
        assert chunk.rows["n"].tolist() == ["1", "2"]


def test_parquet_with_and_without_geometry(tmp_path: Path) -> None:
    plain = tmp_path / "a.parquet"
    pd.DataFrame(
        {
            "n": [1, None],
            "day": [pd.Timestamp("2021-08-15"), pd.NaT],
            "kept": [{"a": [1]}, None],
            "word": pd.Categorical(["x", None]),
        }
    ).to_parquet(plain)
    rows, _ = read(plain)
    assert rows.iloc[0].tolist() == ["1", "2021-08-15", '{"a": [1]}', "x"]
    assert rows.iloc[1].tolist() == ["", "", "", ""]
    shaped = tmp_path / "b.parquet"
    line = LineString([(70, 34), (70.1, 34)])
    shapes = [line, MultiPoint([(70, 34)]), Polygon()]
    gpd.GeoDataFrame({"n": [1, 2, 3]}, geometry=shapes, crs=4326).to_parquet(shaped)
    rows, _ = read(shaped)
    # A tenth of a degree at 34°N is 9.2 km.
    assert 4 < float(rows[EXTENT_COLUMN].iloc[0]) < 9.3
    assert rows[LAT_COLUMN].tolist()[1:] == ["34.0000000", ""]


def test_archives_give_the_tables_of_all_their_files(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2021/one.csv", "a,b\n1,2\n")
        archive.writestr("../../two.csv", "a,b\n3,4\n")
        archive.writestr("__MACOSX/x", "junk")
    assert [table.file for table in tables(path)] == ["a.zip/2021/one.csv", "a.zip/two.csv"]
    assert {each.name for each in tmp_path.rglob("*") if each.is_file()} == {"a.zip", "a-1", "a-2"}
    packed = tmp_path / "b.csv.gz"
    packed.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert [table.file for table in tables(packed)] == ["b.csv"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\n \n", "is empty"),
        ("a.bin", bytes(range(256)) * 50, "is no text file"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "save it as XLSX or CSV"),
        ("a.pdf", b"%PDF-1.7 ...", "is a PDF"),
        ("a.html", b"<!doctype html><p>", "is a web page"),
        ("a.geojson", b'{"type": "Polygon", "coordinates": []}', "holds no features"),
        ("a.parquet", b"PAR1 and then nothing", "cannot be read as Parquet"),
        ("a.gpkg", b"SQLite format 3\0" + b"\1" * 100, "cannot be read as GeoPackage"),
        ("a.zip", b"PK\x03\x04 broken", "cannot be unpacked"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(ImportFileError, match=said) as caught:
        tables(write(tmp_path / name, content))
    assert str(caught.value).startswith(name)


def test_limits_are_told_with_their_number(tmp_path: Path) -> None:
    wide = write(tmp_path / "wide.csv", ",".join(f"c{n}" for n in range(1001)) + "\n")
    with pytest.raises(ImportFileError, match="1001 columns, more than 1000"):
        tables(wide)
    small = Limits(file_bytes=1_000_000)
    with pytest.raises(ImportFileError, match="2 megabytes, more than 1"):
        tables(write(tmp_path / "long.csv", b"a,b\n" + b"1,2\n" * 500_000), small)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 30_000_000)
    with pytest.raises(ImportFileError, match="more than is allowed"):
        tables(bomb)
