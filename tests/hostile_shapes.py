"""Makers of hostile databases, shapes and numbers, beside those of ``hostile_files``."""

from __future__ import annotations

import bz2
import io
import json
import struct
import zipfile
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from shapely.geometry import Point, Polygon

from tests.hostile_makers import (
    HEADING,
    LINE,
    ROW,
    Maker,
    collection,
    csv_of,
    feature,
    geopackage,
    geoparquet,
    parquet,
    points,
    written,
    zip_of,
)

ELSEWHERE: Final = "read from elsewhere on this machine"

LIST: Final = (
    "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('v', 'attributes', 'v');"
)


def module_table(secret: str) -> bytes:
    """Write a GeoPackage with a table that a module makes of another file."""
    making = (
        f"CREATE VIRTUAL TABLE v USING VirtualText('{secret}','UTF-8',0,POINT,NONE,'|')"
    ).replace("'", "''")
    row = f"INSERT INTO sqlite_master VALUES ('table', 'v', 'v', 0, '{making}')"  # noqa: S608
    return geopackage({"one": points()}, f"PRAGMA writable_schema = ON; {row}; {LIST}")


def listed(sql: str) -> bytes:
    """Write a GeoPackage that lists a table ``v``, made by a script."""
    return geopackage(
        {"one": points()},
        f"{sql}; {LIST}",
    )


def many_sheets(count: int) -> bytes:
    """Write a workbook of so many sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for _ in range(count):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*ROW])
        sheet.write_row(1, 0, [*ROW.values()])
    book.close()
    return out.getvalue()


def long_cell() -> bytes:
    """Write a workbook with a cell of more letters than a spreadsheet takes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, cells in enumerate(([*ROW], [*ROW.values()], [*ROW.values()])):
        sheet.write_row(number, 0, cells)
    book.close()
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    strings = members["xl/sharedStrings.xml"]
    members["xl/sharedStrings.xml"] = strings.replace(b">fine<", b">" + b"x" * 200_000 + b"<")
    return zip_of(*members.items())


def packed_by_bzip2() -> bytes:
    """Write a ZIP archive of few bytes that unpacks to many at a single step."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.csv", b"0" * 5_000_000)
    assert len(bz2.compress(b"0" * 5_000_000)) < 1000
    return out.getvalue()


def nested(depth: int) -> bytes:
    """Write WKB of collections in each other."""
    inner = struct.pack("<BIdd", 1, 1, 69.0, 34.0)
    for _ in range(depth):
        inner = struct.pack("<BII", 1, 7, 1) + inner
    return inner


def with_geometry(*shapes: bytes) -> bytes:
    """Write GeoParquet of rows with these geometries as WKB."""
    meta = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": []}},
    }
    rows = [{**ROW, "lat": "", "lon": "", "geometry": shape} for shape in shapes]
    table = pa.Table.from_pylist(rows).replace_schema_metadata({b"geo": json.dumps(meta).encode()})
    return parquet(table)


def crossing_itself(corners: int) -> gpd.GeoDataFrame:
    """Make a good point, and an area whose sides cross each other all over."""
    chance = np.random.default_rng(3)
    ring = chance.uniform((69, 34), (69.2, 34.2), (corners, 2))
    return points().assign(geometry=[Point(69, 34), Polygon(ring)])


def same_name_twice() -> bytes:
    """Write Parquet of two columns of one name."""
    columns = [pa.array([value, value]) for value in (*ROW.values(), "other")]
    return parquet(pa.Table.from_arrays(columns, names=[*ROW, "notes"]))


def beyond_the_calendar() -> bytes:
    """Write Parquet of a day that no calendar has."""
    days = pa.array([2**30, 19_000], pa.int32()).cast(pa.date32())
    columns = {name: [value, value] for name, value in ROW.items()}
    return written(
        "a.parquet", lambda path: pq.write_table(pa.table({**columns, "seen": days}), path)
    )


def items(*listed_items: str) -> bytes:
    """Write rows with items as JSON that may be anything."""
    rows = "".join(
        f'i{number},seizure,2022-03-04,AFG,34.5,69.2,district,,,,,"{text}"\n'
        for number, text in enumerate(each.replace('"', '""') for each in listed_items)
    )
    heading = "id,kind,date,country,lat,lon,precision,group,role,attribution,category,items_json\n"
    return (heading + rows).encode()


def item_rows(*quantities: str) -> bytes:
    """Write rows of seizures with these quantities and units."""
    rows = "".join(f"2022-03-04,34.5,69.2,heroin,{each}\n" for each in quantities)
    return f"date,lat,lon,item,quantity,unit\n{rows}".encode()


def late_property() -> bytes:
    """Write features of which only the last has a number of people killed."""
    features: list[dict[str, Any]] = [feature(None) for _ in range(1500)]
    features[-1]["properties"]["killed"] = 7
    return collection(*features)


REFUSED_TOO: Final[dict[str, tuple[str, Maker]]] = {
    "a table made by a module": ("a.gpkg", lambda: module_table("/etc/hostname")),
    "a view in place of a layer": (
        "a.gpkg",
        lambda: listed(
            "CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM r) "
            "SELECT * FROM r"
        ),
    ),
    "a view that says where geometries are": (
        "a.gpkg",
        lambda: geopackage(
            {"one": points()},
            "ALTER TABLE gpkg_geometry_columns RENAME TO real_columns; "
            "CREATE VIEW gpkg_geometry_columns AS SELECT * FROM real_columns",
        ),
    ),
    "a column that is worked out": (
        "a.gpkg",
        lambda: listed(
            "CREATE TABLE v (date TEXT, place TEXT, slow TEXT GENERATED ALWAYS AS "
            "(hex(zeroblob(40000)) LIKE '%0%0%0%0%0%0%0%0%1') VIRTUAL); "
            "INSERT INTO v (date, place) VALUES ('2022-03-04', 'Kabul')"
        ),
    ),
    "a bad byte in the plan of a database": (
        "a.gpkg",
        lambda: listed("CREATE TABLE vvvv (date TEXT)").replace(b"TABLE vvvv", b"\xb1ABLE vvvv"),
    ),
    "more sheets than are read": ("a.xlsx", lambda: many_sheets(51)),
    "packed without bound": ("a.zip", packed_by_bzip2),
    "a bad byte in the first feature": (
        "a.geojson",
        lambda: collection(feature(None)).replace(b'"fine"', b'"\xff"'),
    ),
}
"""As :data:`tests.hostile_files.REFUSED`."""

PARTLY_TOO: Final[dict[str, tuple[str, Maker, int, int]]] = {
    "collections nested deep": (
        "a.parquet",
        lambda: with_geometry(struct.pack("<BIdd", 1, 1, 69.0, 34.0), nested(20_000)),
        1,
        1,
    ),
    "collections nested a little": ("a.parquet", lambda: with_geometry(nested(5)), 1, 0),
    "an area that crosses itself everywhere": (
        "a.parquet",
        lambda: geoparquet(crossing_itself(3000)),
        2,
        0,
    ),
    "columns of one name": ("a.parquet", same_name_twice, 2, 0),
    "a day beyond the calendar": ("a.parquet", beyond_the_calendar, 2, 0),
    "a cell of too many letters in a workbook": ("a.xlsx", long_cell, 0, 2),
    "a property of the reader's own name": (
        "a.geojson",
        lambda: collection(
            feature({"type": "Point", "coordinates": [69, 34]}, **{"geometry latitude": "x"})
        ),
        1,
        0,
    ),
    "quantities out of all proportion": (
        "a.csv",
        lambda: item_rows("12,kg", "99999999999999,kg", "1e308,t", "-1,kg", "2e9,rounds"),
        1,
        4,
    ),
    "items out of all proportion": (
        "a.csv",
        lambda: items(
            '[{"item": "opium", "quantity": 2, "unit": "kg"}]',
            '[{"item": "opium", "quantity": 1e999}]',
            f'[{{"item": "opium", "quantity": {"9" * 401}}}]',
            '[{"item": "opium", "quantity": -1e300}]',
            '[{"item": "opium", "quantity": true}]',
            '[{"item": "", "quantity": 1}]',
            '[{"item": "\\ud800a\\u0000b", "quantity": 1}]',
        ),
        2,
        5,
    ),
    "words that patterns take long on": (
        "a.csv",
        (HEADING + LINE.replace("fine", "a@" + "a." * 9000 + "!")).encode,
        1,
        0,
    ),
    "a heading without end": (
        "a.csv",
        lambda: (
            csv_of()
            .replace(b"notes", b"notes,d" + b"_" * 5000 + b"ate")
            .replace(b"fine", b"fine,x")
        ),
        2,
        0,
    ),
    "an American moment": (
        "a.csv",
        lambda: csv_of(date="8/13/2021 10:00:00 AM"),
        2,
        0,
    ),
}
"""As :data:`tests.hostile_files.PARTLY`."""
