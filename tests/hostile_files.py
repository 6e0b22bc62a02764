"""Hostile files, made in code: those that are refused, and those that are read in part."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
from shapely.geometry import Point, Polygon

from tests.hostile_makers import (
    HEADING,
    LINE,
    Maker,
    broken_lzma,
    changed_workbook,
    collection,
    csv_of,
    feature,
    geopackage,
    geoparquet,
    many_corners,
    parquet,
    points,
    written,
    zip_of,
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
