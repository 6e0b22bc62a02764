"""Overland routes: straight lines through named waypoints, schematic by nature.

``routes.json`` holds the waypoints. One that names a crossing takes the place
where that crossing was set, so that routes pass the border at the crossings.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import shapely

from seeds.build.geojson import GEOMETRY, write_features
from seeds.build.schemas import COMMODITIES

HERE = Path(__file__).resolve().parent
INPUT = HERE / "routes.json"
CROSSINGS = GEOMETRY / "crossings.geojson"
NAME = "routes.geojson"

Place = tuple[float, float]


def build() -> None:
    """Write ``geometry/routes.geojson``; ``crossings.geojson`` must be there.

    Raises
    ------
    ValueError
        If a waypoint names an unknown crossing or a route an unknown commodity.
    """
    crossings = _read_crossings(CROSSINGS)
    features = []
    for row in json.loads(INPUT.read_text(encoding="utf-8")):
        unknown = set(row["commodities"]) - set(COMMODITIES)
        if unknown:
            msg = f"{INPUT.name}: {row['id']}: unknown commodity {', '.join(sorted(unknown))}"
            raise ValueError(msg)
        places = [_place(waypoint, crossings, row["id"]) for waypoint in row["waypoints"]]
        features.append((_properties(row), shapely.LineString(places)))
    write_features(NAME, features)


def _place(waypoint: dict[str, Any], crossings: dict[str, Place], route: str) -> Place:
    crossing = waypoint.get("crossing")
    if crossing is None:
        return waypoint["lon"], waypoint["lat"]
    if crossing not in crossings:
        msg = f"{INPUT.name}: {route}: {waypoint['name']}: no crossing {crossing!r}"
        raise ValueError(msg)
    return crossings[crossing]


def _properties(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": row["name"],
        "commodities": row["commodities"],
        "direction": row["direction"],
        "summary": row["summary"],
        "waypoints": [waypoint["name"] for waypoint in row["waypoints"]],
        "inferred": row["inferred"],
        "source_name": row["source_name"],
        "source_url": row["source_url"],
        "other_urls": row["other_urls"],
    }


def _read_crossings(path: Path) -> dict[str, Place]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["id"]: tuple(feature["geometry"]["coordinates"])
        for feature in features
    }
