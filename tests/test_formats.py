"""Files of data: what each format holds, what it defuses, and what reads back."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq
import pyogrio
import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pandas.testing import assert_frame_equal
from python_calamine import CalamineWorkbook

from geo.errors import ExportError, ManifestError
from geo.fields import describe_fields
from geo.formats import (
    FORMATS,
    Dataset,
    excel,
    make_dataset,
    read_data,
    read_manifest_text,
    write_data,
)
from geo.formats.dataset import COLUMNS
from layers.exports import dataset_of
from tests.formats_case import ABOUT, MANIFEST, PACKAGE, dataset, written
from tests.snapshot_case import built_in, make_snapshot

pytestmark = pytest.mark.filterwarnings("ignore:'crs' was not provided:UserWarning")


def assert_equal(one: Dataset, two: Dataset) -> None:
    assert_geodataframe_equal(one.records, two.records)
    assert_frame_equal(one.items, two.items)
    assert_frame_equal(one.sources, two.sources)


@pytest.fixture(params=FORMATS)
def suffix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_all_built_in_records_read_back_equal(suffix: str, tmp_path: Path) -> None:
    data = dataset_of(make_snapshot(format_=suffix))
    assert len(data.records) == 1123
    assert (len(data.items), len(data.sources)) == (947, 2001)
    done: list[float] = []
    path = tmp_path / f"all.{suffix}"
    write_data(path, data, suffix, progress=done.append)
    assert done == sorted(done)
    assert 0 < done[0] <= done[-1] <= 1
    assert_equal(read_data(path, suffix), data)
    assert json.loads(read_manifest_text(path, suffix) or "") == json.loads(data.about.manifest)  # type: ignore[union-attr]


def test_the_same_records_give_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    data = dataset({"id": "s-1"}, {"id": "s-2", "lat": ""})
    first, second = (written(tmp_path / f"{name}.{suffix}", data) for name in "ab")
    # The clock plays no part: what a format keeps of the time is the manifest's.
    assert first.read_bytes() == second.read_bytes()
    if suffix == "gpkg":
        with closing(sqlite3.connect(first)) as base:
            times = base.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall()
        assert times == [("2023-11-14T22:13:20Z",)]


def test_no_records_read_back_as_none(suffix: str, tmp_path: Path) -> None:
    _, joined = built_in()
    seeds = built_in()[0]
    none = make_dataset(joined.iloc[:0], seeds.items, seeds.sources, ABOUT)
    back = read_data(written(tmp_path / f"none.{suffix}", none), suffix)
    assert len(back.records) == len(back.items) == len(back.sources) == 0
    assert list(back.records.columns) == list(none.records.columns)


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t"),
    max_size=12,
)


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=4)
@given(texts=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=3))
def test_any_text_reads_back_equal(
    suffix: str, tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]
) -> None:
    rows = [
        {"id": f"s-2012-{n}", "place": place.replace("\ufffe", ""), "summary": text}
        for n, (place, text) in enumerate(texts)
    ]
    data = dataset(*rows)
    path = tmp_path_factory.mktemp("formats") / f"any.{suffix}"
    assert_equal(read_data(written(path, data), suffix), data)


HOSTILE = ["=1+1", "'=1", "<script>x</script>", "]]>", "&amp;", "_x0041_", "a\nb", "  x  ",
           "1", "true", "NaN", "None", "12e3", "٣", "تورخم", "\\u003c", '"', "\u202ex"]  # fmt: skip


def test_texts_that_look_like_something_else_stay_texts(suffix: str, tmp_path: Path) -> None:
    rows = [
        {"id": f"s-{n}", "place": text, "summary": text, "actor": text}
        for n, text in enumerate(HOSTILE)
    ]
    data = dataset(*rows, title=HOSTILE[2])
    back = read_data(written(tmp_path / f"hostile.{suffix}", data), suffix)
    assert back.records["summary"].tolist() == HOSTILE
    assert_equal(back, data)


@pytest.mark.parametrize("content", [b"", b"junk", b"{}", b"[]", b"\xff\xfe\x00"])
def test_a_damaged_file_is_told(suffix: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"bad.{suffix}"
    path.write_bytes(content)
    assert read_manifest_text(path, suffix) is None
    with pytest.raises(ManifestError, match="cannot be read back"):
        read_data(path, suffix)


def test_geojson_holds_items_as_a_list_and_says_what_it_is(tmp_path: Path) -> None:
    path = written(tmp_path / "a.geojson", dataset({"id": "s-1"}, {"id": "s-2", "lat": ""}))
    loaded = json.loads(path.read_text(encoding="utf-8"))
    assert (loaded["type"], loaded["licence"]) == ("FeatureCollection", "CC BY 4.0")
    assert {"table": "records", "name": "radius_km", "type": "number"}.items() <= next(
        each for each in loaded["fields"] if each["name"] == "radius_km"
    ).items()
    first, second = loaded["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [60.5, 30.5]}
    assert first["properties"]["items"][0] == {
        "item": "rifle",
        "quantity": 12.0,
        "unit": "count",
        "approx": "floor",
        "class": "firearm",
    }
    assert second["geometry"] is None
    assert second["properties"]["items"] == []
    assert len(pyogrio.read_dataframe(path)) == 2


def test_a_workbook_has_a_sheet_for_each_table_and_no_formula(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", dataset({"id": "s-1", "summary": "=1+1"}))
    with CalamineWorkbook.from_path(str(path)) as book:
        assert book.sheet_names == ["Records", "Items", "Sources", "Fields", "About"]
        items = book.get_sheet_by_name("Items").to_python()
        about = book.get_sheet_by_name("About").to_python()
    assert items[1] == ["s-1", "rifle", 12.0, "count", "floor", "firearm"]
    assert ["Licence", "CC BY 4.0"] in about
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        sheets = [package.read(name) for name in package.namelist() if "sheet" in name]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_what_a_workbook_cannot_hold_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ExportError, match=r"Records, row 2: a text of 40000 letters"):
        written(tmp_path / "a.xlsx", dataset({"summary": "x" * 40_000}))
    monkeypatch.setattr(excel, "MOST_ROWS", 1)
    with pytest.raises(ExportError, match="Records: 2 rows are more than a sheet"):
        written(tmp_path / "a.xlsx", dataset({"id": "s-1"}, {"id": "s-2"}))


def test_a_geopackage_is_whole_and_describes_its_fields(tmp_path: Path) -> None:
    path = written(tmp_path / "a.gpkg", dataset({"id": "s-1"}, {"id": "s-2", "lat": ""}))
    layers = dict(pyogrio.list_layers(path).tolist())
    assert layers == {"records": "Point", "items": None, "sources": None, "fields": None}
    assert pyogrio.read_info(path, layer="records")["crs"] == "EPSG:4326"
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        described = base.execute(
            "SELECT description FROM gpkg_data_columns WHERE column_name = 'border'"
        ).fetchone()
        notes = base.execute("SELECT metadata FROM gpkg_metadata ORDER BY id").fetchall()
    assert described == ("Neighbour with the nearest border, ISO 3166-1 alpha-3",)
    assert "Licence: CC BY 4.0" in notes[0][0]
    assert notes[1] == (MANIFEST,)


def test_geoparquet_opens_with_its_fields_described(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", dataset({"id": "s-1"}))
    frame = gpd.read_parquet(path)
    assert frame.crs == "OGC:CRS84" or frame.crs.to_epsg() == 4326
    schema = pq.read_schema(path)
    assert schema.field("route_km").metadata[b"description"].startswith(b"Distance to it")
    assert schema.metadata[b"licence"] == b"CC BY 4.0"
    assert frame["items"][0][0]["item"] == "rifle"


def test_kml_shows_no_markup_of_a_record(tmp_path: Path) -> None:
    row = {"id": "s-1", "place": "<img src=x>", "summary": "<script>x</script>"}
    path = written(tmp_path / "a.kml", dataset(row, {"id": "s-2", "lat": ""}))
    root = etree.parse(path).getroot()
    space = {"k": "http://www.opengis.net/kml/2.2"}
    first = root.find(".//k:Placemark", space)
    # A globe takes these two for HTML: they are escaped twice.
    assert "&lt;img src=x&gt;" in first.findtext("k:name", namespaces=space)
    assert first.findtext("k:description", namespaces=space) == "&lt;script&gt;x&lt;/script&gt;"
    assert first.findtext("k:styleUrl", namespaces=space) == "#record"
    assert root.findtext(".//k:BalloonStyle/k:text", namespaces=space) == (
        "$[name]<br>$[description]"
    )
    assert "Licence: CC BY 4.0" in root.findtext("k:Document/k:description", namespaces=space)
    assert len(pyogrio.read_dataframe(path)) == 2


def test_every_field_is_described() -> None:
    fields = describe_fields(PACKAGE)
    assert [each.name for each in fields if each.table == "records"] == list(COLUMNS)
    assert all(each.description for each in fields)
    types = {each.name: each.type for each in fields}
    assert (types["killed"], types["lat"], types["border_supported"]) == (
        "integer",
        "number",
        "boolean",
    )
