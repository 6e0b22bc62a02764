"""Makers of hostile files: each gives the bytes of one, made in code."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from shapely.geometry import Point, Polygon

Maker = Callable[[], bytes]

ROW: Final = {"date": "2022-03-04", "lat": "34.53", "lon": "69.17", "notes": "fine"}
HEADING: Final = "date,lat,lon,notes\n"
LINE: Final = "2022-03-04,34.53,69.17,fine\n"


def csv_of(**cells: str) -> bytes:
    """Write a good row, and one with other cells."""
    rows = pd.DataFrame([ROW, ROW | cells])
    return rows.to_csv(index=False).encode("utf-8", "replace")


def collection(*features: Any, **members: Any) -> bytes:
    """Write a FeatureCollection."""
    content = {"type": "FeatureCollection", **members, "features": list(features)}
    return json.dumps(content).encode()


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    """Make a feature with a date."""
    return {"type": "Feature", "geometry": geometry, "properties": {**ROW, **properties}}


def zip_of(*members: tuple[str, bytes], packed: bool = True) -> bytes:
    """Write a ZIP archive; names are taken as they are."""
    out = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, kind)
    return out.getvalue()


def broken_lzma() -> bytes:
    """Write a ZIP archive whose member is packed by LZMA, and damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", HEADING + LINE * 50)
    content = bytearray(out.getvalue())
    content[50:70] = b"\xff" * 20
    return bytes(content)


def workbook(*rows: list[Any], name: str = "One") -> bytes:
    """Write an XLSX workbook of one sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(name)
    for number, cells in enumerate(rows):
        sheet.write_row(number, 0, cells)
    book.close()
    return out.getvalue()


def changed_workbook(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Write a good workbook, one part of which is changed."""
    good = workbook([*ROW], [*ROW.values()])
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[part] = change(members[part])
    return zip_of(*members.items())


def written(name: str, write: Callable[[Path], Any]) -> bytes:
    """Give the bytes of a file that is written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()


def geopackage(layers: dict[str, gpd.GeoDataFrame], sql: str = "") -> bytes:
    """Write a GeoPackage, and run a script in it."""

    def write(path: Path) -> None:
        for name, frame in layers.items():
            frame.to_file(path, layer=name, engine="pyogrio")
        with sqlite3.connect(path) as database:
            database.executescript(sql)
        database.close()

    return written("a.gpkg", write)


def points(crs: int = 4326) -> gpd.GeoDataFrame:
    """Make two good records as points."""
    frame = gpd.GeoDataFrame(
        [{**ROW, "lat": "", "lon": ""}] * 2, geometry=[Point(69.17, 34.53)] * 2, crs=4326
    )
    return frame.to_crs(crs)


def parquet(table: pa.Table) -> bytes:
    """Write Parquet."""
    return written("a.parquet", lambda path: pq.write_table(table, path))


def geoparquet(frame: gpd.GeoDataFrame) -> bytes:
    """Write GeoParquet."""
    return written("a.parquet", frame.to_parquet)


def many_corners(count: int) -> dict[str, Any]:
    """Make a polygon of so many corners."""
    angle = np.linspace(0, 2 * np.pi, count)
    ring = np.column_stack([69 + np.cos(angle) / 10, 34 + np.sin(angle) / 10])
    return {"type": "Polygon", "coordinates": [[*ring.tolist(), ring[0].tolist()]]}


GOOD: Final[dict[str, Maker]] = {
    "a.csv": lambda: csv_of(notes="also fine"),
    "a.xlsx": lambda: workbook([*ROW], [*ROW.values()], [*ROW.values()]),
    "a.geojson": lambda: collection(feature(None), feature(None)),
    "a.gpkg": lambda: geopackage({"one": points()}),
    "a.parquet": lambda: parquet(pa.Table.from_pylist([ROW, ROW])),
    "a.zip": lambda: zip_of(("a.csv", csv_of(notes="also fine"))),
    "a.csv.gz": lambda: gzip.compress(csv_of(notes="also fine")),
}
"""A good file of each format, of two records."""

TEXTS: Final = (
    *("<script>alert(1)</script>", "{{7*7}}", "${7*7}", "`x`", "</textarea><img src=x onerror=y>"),
    *("=1+1", "+1", "-1+1", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0", "'; DROP TABLE records; --"),
    *(
        "../../etc/passwd",
        "\u202eevil",
        "a\x00b",
        "\ufeff",
        "%s%n",
        "javascript:alert(1)",
        "😀" * 50,
    ),
)

REFUSED: Final[dict[str, tuple[str, Maker]]] = {
    "bomb in an archive": ("a.zip", lambda: zip_of(("a.csv", b"0" * 40_000_000))),
    "bomb in gzip": ("a.csv.gz", lambda: gzip.compress(b"0" * 40_000_000)),
    "archive in an archive": ("a.zip", lambda: zip_of(("b.zip", zip_of(("c.csv", b"a,b\n"))))),
    "many members": ("a.zip", lambda: zip_of(*((f"{n}.csv", b"a\n") for n in range(1200)))),
    "empty archive": ("a.zip", zip_of),
    "archive of a version to come": (
        "a.zip",
        lambda: zip_of(("a.csv", b"a,b\n")).replace(b"PK\1\2\x14\3\x14", b"PK\1\2\x14\3\xc9"),
    ),
    "broken LZMA in an archive": ("a.zip", broken_lzma),
    "bomb of a sheet": (
        "a.xlsx",
        lambda: changed_workbook(
            "xl/worksheets/sheet1.xml",
            lambda text: text.replace(b'r="A2"', b'r="XFD1048576"', 1),
        ),
    ),
    "sheet of nothing but spaces": (
        "a.xlsx",
        lambda: changed_workbook("xl/worksheets/sheet1.xml", lambda text: b" " * 30_000_000),
    ),
    "entities in a sheet": (
        "a.xlsx",
        lambda: changed_workbook(
            "xl/workbook.xml",
            lambda text: (
                b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
                + b"".join(
                    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10)
                    for n in range(9)
                )
                + b"]><x>&a8;</x>"
            ),
        ),
    ),
    "a million columns": ("a.csv", lambda: b",".join([b"x"] * 1_000_000) + b"\n1\n"),
    "one endless line": ("a.csv", lambda: b"a" * 25_000_000),
    "only a heading": ("a.csv", HEADING.encode),
    "empty": ("a.csv", lambda: b""),
    "spaces": ("a.csv", lambda: b" \n\r\n\t"),
    "binary": ("a.csv", lambda: bytes(range(256)) * 400),
    "NULs": ("a.csv", lambda: b"\0" * 5000),
    "deep JSON": ("a.json", lambda: b"[" * 100_000),
    "deep feature": (
        "a.geojson",
        lambda: b'{"features":[' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"]}",
    ),
    "JSON of a number": ("a.json", lambda: b"[1, 2, 3]"),
    "JSON of NaN": ("a.json", lambda: b'{"features": NaN}'),
    "unknown CRS": (
        "a.geojson",
        lambda: collection(
            feature(None), crs={"type": "name", "properties": {"name": "EPSG:999999"}}
        ),
    ),
    "SQLite of other tables": (
        "a.gpkg",
        lambda: written("a.db", lambda path: _database(path, "CREATE TABLE a(b); ")),
    ),
    "no table": ("a.parquet", lambda: parquet(pa.table({}))),
    "too many columns": (
        "a.parquet",
        lambda: parquet(pa.table({f"c{n}": [1] for n in range(1001)})),
    ),
}
"""Files that are refused as a whole: what they are, their name and their bytes."""


def _database(path: Path, sql: str) -> None:
    database = sqlite3.connect(path)
    database.executescript(sql)
    database.close()


def _odd_columns() -> bytes:
    moment = pd.Timestamp("2022-03-04", tz="Asia/Kabul")
    return parquet(
        pa.table(
            {
                "date": pa.array([moment, moment]),
                "lat": pa.array(["34.53", "34.53"]).dictionary_encode(),
                "lon": pa.array([69.17, float("nan")]),
                "notes": pa.array([[{"a": b"\xff"}], None]),
                "binary": pa.array([b"\xff\0", None]),
                "long": pa.array([timedelta_ns, None], pa.duration("ns")),
            }
        )
    )


timedelta_ns: Final = 86_400_000_000_123

PARTLY: Final[dict[str, tuple[str, Maker, int, int]]] = {
    "a bad byte": ("a.csv", lambda: (HEADING + LINE).encode() + b"\xff,1\n" + LINE.encode(), 2, 1),
    "NULs within": (
        "a.csv",
        (HEADING + LINE + LINE.replace("fine", "f\0ine")).encode,
        2,
        0,
    ),
    "a quote left open": (
        "a.csv",
        (HEADING + LINE + LINE[:-5] + '"x\n' + LINE).encode,
        2,
        1,
    ),
    "a giant cell": (
        "a.csv",
        (HEADING + LINE + LINE.replace("fine", "x" * 10**6)).encode,
        1,
        1,
    ),
    "mixed line ends": (
        "a.csv",
        (HEADING + LINE[:-1] + "\r\n" + LINE[:-1] + "\r").encode,
        2,
        0,
    ),
    "headings alike and empty": (
        "a.csv",
        lambda: b"date,lat,lon,date,,\n2022-03-04,34.5,69.2,x,,\n",
        1,
        0,
    ),
    "numbers that are none": ("a.csv", lambda: csv_of(lat="NaN", lon="Infinity"), 1, 1),
    "numbers too large": ("a.csv", lambda: csv_of(lat="1e999", lon="-1e999"), 1, 1),
    "out of range": ("a.csv", lambda: csv_of(lat="91", lon="181"), 1, 1),
    "NaN in JSON": (
        "a.geojson",
        lambda: collection(feature(None)).replace(b"]}", b', {"type": "Feature", "n": NaN}]}'),
        1,
        1,
    ),
    "a number too large for JSON": (
        "a.geojson",
        lambda: collection(
            feature(None), feature({"type": "Point", "coordinates": [0, 0]})
        ).replace(b"[0, 0]", b"[1e999, 1]"),
        1,
        1,
    ),
    "geometry too large": (
        "a.geojson",
        lambda: collection(feature(None), feature(many_corners(100_001))),
        1,
        1,
    ),
    "geometry of strings": (
        "a.geojson",
        lambda: collection(feature(None), feature({"type": "Point", "coordinates": "ab"})),
        1,
        1,
    ),
    "geometry nested oddly": (
        "a.geojson",
        lambda: collection(feature(None), feature({"type": "Polygon", "coordinates": [[[[1]]]]})),
        1,
        1,
    ),
    "empty geometry": (
        "a.geojson",
        lambda: collection(
            feature(None), feature({"type": "GeometryCollection", "geometries": []})
        ),
        2,
        0,
    ),
    "places in metres, said to be degrees": (
        "a.gpkg",
        lambda: geopackage({"one": points(3857).set_crs(4326, allow_override=True)}),
        0,
        2,
    ),
    "layers in two systems": (
        "a.gpkg",
        lambda: geopackage({"one": points(), "two": points(32642)}),
        4,
        0,
    ),
    "triggers and views": (
        "a.gpkg",
        lambda: geopackage(
            {"one": points()},
            "CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM r) "
            "SELECT * FROM r;",
        ),
        2,
        0,
    ),
    "odd types": ("a.parquet", _odd_columns, 1, 1),
    "an area that crosses itself": (
        "a.parquet",
        lambda: geoparquet(
            points().assign(
                geometry=[Point(69, 34), Polygon([(69, 34), (69.1, 34.1), (69.1, 34), (69, 34.1)])]
            )
        ),
        2,
        0,
    ),
    "a wrong suffix": ("a.parquet", lambda: zip_of(("x", csv_of(notes="y"))), 2, 0),
    "names that lead elsewhere": (
        "a.zip",
        lambda: zip_of(
            *(
                (name, csv_of())
                for name in ("../../a.csv", "/etc/b.csv", "C:\\c.csv", "d" * 300 + ".csv")
            )
        ),
        8,
        0,
    ),
}
"""Files that are read in part: their name, their bytes, rows kept and rows rejected."""
