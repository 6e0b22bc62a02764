"""Boxland (tests/small.py) with all that the map's layers read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Point, box

from geo.filters import Filters
from geo.joins import join_records
from geo.seeds import Seeds
from geo.select import Selection, select_all
from layers.registry import default_layers
from layers.snapshot import Request, Snapshot, take_snapshot
from tests import small


def seeds(items: list[dict[str, Any]] | None = None) -> Seeds:
    """Boxland with names, labels, a corridor, a gate called Torkham, a road and a town."""
    units = small.provinces().assign(
        name_fa="", name_ur="", area_km2=1.0, label_lon=60.5, label_lat=30.5, note=""
    )
    line = LineString([(62, 30), (62, 31)])
    border = {
        "iso3": "NBR",
        "neighbour": "Neighbouria",
        "name": "Box Line",
        "length_km": 110.9,
        "published_km": 111.0,
        "published_source": "Box Almanac",
        "status": "In force.",
        "note": "",
        "geometry": line,
    }
    columns = ["record_id", "item", "quantity", "unit", "approx", "class"]
    plain = small.seeds()
    named = {"label_lon": 61.0, "label_lat": 30.5}
    return replace(
        plain,
        countries=plain.countries.assign(**named),
        countries_light=plain.countries_light.assign(**named),
        borders=small.frame([border]),
        disputed=small.frame([{"name": "Dotted Line", "note": "Claimed.", "geometry": line}]),
        provinces=units,
        provinces_light=units,
        wakhan=small.frame([_corridor()]),
        crossings=small.frame([_gate()]),
        routes=small.frame([_road()]),
        towns=pd.DataFrame([_town()]),
        items=pd.DataFrame(items or [], columns=columns),
        sources=pd.DataFrame(columns=["record_id", "rank", "name", "url", "date"]),
    )


def selection(*rows: dict[str, Any], base: Seeds | None = None) -> Selection:
    """Join records given as rows of text, and select them all."""
    joined: gpd.GeoDataFrame = join_records(small.records(*rows), base or seeds())
    return select_all(joined)


def snapshot(
    *rows: dict[str, Any], layer_ids: tuple[str, ...] | None = None, title: str = ""
) -> Snapshot:
    """Take a snapshot of records given as rows of text, as a page."""
    return take_snapshot(
        Request(format="html", title=title, layer_ids=layer_ids or default_layers()),
        seeds=seeds(),
        filters=Filters(),
        selection=selection(*rows),
        checksums={"box.csv": "0" * 64},
    )


def _corridor() -> dict[str, Any]:
    return {
        "name": "Box Corridor",
        "length_km": 96.0,
        "mean_width_km": 11.0,
        "published_length_km": 100,
        "published_width_km": "10–12",
        "published_source": "Box Almanac",
        "rule": "East of 61.",
        "geometry": box(61, 30.9, 62, 31),
    }


def _gate() -> dict[str, Any]:
    return {
        "id": "torkham",
        "name": "Torkham",
        "alt_names": ["Tor"],
        "afghan_province": "East",
        "neighbour_province": "Far",
        "type": "road",
        "status": "Open",
        "description": "A gate.",
        "placed_by": "The road meets the line.",
        "moved_km": 0.5,
        "source_url": "https://example.org/gate",
        "other_urls": [],
        "geometry": Point(62, 30.5),
    }


def _road() -> dict[str, Any]:
    return {
        "id": "road",
        "name": "Box Road",
        "commodities": ["arms", "opiates"],
        "direction": "BOX>NBR",
        "summary": "A road.",
        "waypoints": ["Boxtown", "Torkham"],
        "inferred": True,
        "source_name": "Box Almanac",
        "source_url": "https://example.org/road",
        "other_urls": [],
        "geometry": LineString([(60, 30.5), (62, 30.5)]),
    }


def _town() -> dict[str, Any]:
    return {"name": "Boxtown", "lat": 30.5, "lon": 60.5, "population": 1000, "min_zoom": 6}
