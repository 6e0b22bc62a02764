"""Makers of files for hostile input: a good one of each format, and parts of bad ones."""

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
from shapely.geometry import Point

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
