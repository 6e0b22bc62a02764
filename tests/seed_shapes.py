"""Read the seeds' GeoJSON with shapely alone: (properties, shape) pairs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import shapely

GEOMETRY = Path(__file__).resolve().parents[1] / "seeds" / "geometry"


def read_geometry(name: str) -> list[tuple[dict[str, Any], shapely.Geometry]]:
    """Return properties and shape (WGS84) of every feature of a seed file."""
    features = json.loads((GEOMETRY / name).read_text(encoding="utf-8"))["features"]
    return [(f["properties"], shapely.from_geojson(json.dumps(f["geometry"]))) for f in features]
