"""A country of two boxes, made in code, for tests that need no real geography.

Boxland lies between 60 and 62 degrees east, 30 and 31 north. Its east and its
west province meet at 61°E; a past unit ("Old East") covered the north of the
east until the end of 2009. Its border with its neighbour runs along 62°E.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Point, box

from geo.crs import WGS84
from geo.records import make_records
from geo.seeds import Seeds


def frame(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Make a WGS84 frame of rows with a ``geometry``."""
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=WGS84)


def unit(code: str, name: str, shape: Any, **more: str) -> dict[str, Any]:
    """Make a row of a provinces frame."""
    row = {
        "unit": code,
        "iso_3166_2": code[:4],
        "country": "BOX",
        "name": name,
        "valid_from": "",
        "valid_to": "",
        "geometry": shape,
    }
    return row | more


def provinces() -> gpd.GeoDataFrame:
    """Boxland's provinces of all times."""
    past = {"valid_to": "2009-12-31"}
    return frame(
        [
            unit("BX-W", "West", box(60, 30, 61, 31)),
            unit("BX-E", "East", box(61, 30, 62, 31), valid_from="2010-01-01"),
            unit("BX-E.2010", "East", box(61, 30, 62, 30.5), **past),
            unit("BX-O", "Old East", box(61, 30.5, 62, 31), **past),
        ]
    )


def record(**fields: Any) -> dict[str, Any]:
    """Make a record's row of text: a seizure at 60.5°E 30.5°N."""
    row = {
        "id": "s-1",
        "kind": "seizure",
        "date": "2012-03-04",
        "place": "Boxtown",
        "country": "BOX",
        "lat": "30.5",
        "lon": "60.5",
        "precision": "town",
        "group": "Unattributed",
        "category": "firearms",
        "summary": "Police found rifles.",
        "source_name": "The Box",
        "source_url": "https://example.org/1",
    }
    return row | fields


def records(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    """Make a frame of records from rows of text."""
    return make_records(pd.DataFrame([record(**row) for row in rows]))


def seeds(rows: gpd.GeoDataFrame | None = None) -> Seeds:
    """Boxland as built-in data."""
    line = LineString([(62, 30), (62, 31)])
    border = {"iso3": "NBR", "neighbour": "Neighbouria", "geometry": line}
    gate = {"id": "gate", "name": "Gate", "alt_names": ["Tor"], "geometry": Point(62, 30.5)}
    road = {"id": "road", "name": "The road", "geometry": LineString([(60, 30.5), (62, 30.5)])}
    country = {"iso3": "BOX", "name": "Boxland", "role": "afghanistan"}
    empty = frame([{"geometry": line}]).iloc[:0]
    items = pd.DataFrame(columns=["record_id", "item", "quantity", "unit", "approx", "class"])
    return Seeds(
        countries=frame([country | {"geometry": box(60, 30, 62, 31)}]),
        countries_light=frame([country | {"geometry": box(60, 30, 62, 31)}]),
        borders=frame([border]),
        disputed=empty,
        provinces=provinces(),
        provinces_light=provinces(),
        wakhan=empty,
        crossings=frame([gate]),
        routes=frame([road]),
        towns=pd.DataFrame(),
        items=items,
        sources=pd.DataFrame(),
        records=records({}) if rows is None else rows,
        events=pd.DataFrame(columns=["id", "name", "start", "end", "note"]),
        background=[],
        package={"resources": []},
        checksum="0" * 64,
    )
