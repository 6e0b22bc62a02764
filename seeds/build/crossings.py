"""Border crossings, set on the border line.

The points that reports and gazetteers publish lie up to some kilometres off the
line. ``crossings.json`` holds them as published, with the two towns that the
road joins where the published point is rough. This recipe moves each one onto
the line of its neighbour and says how far, and by which rule.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Geod, Transformer
from shapely.ops import nearest_points

from seeds.build.geojson import GEOMETRY, write_features

HERE = Path(__file__).resolve().parent
INPUT = HERE / "crossings.json"
BORDERS = GEOMETRY / "borders.geojson"
PROVINCES = GEOMETRY / "provinces.geojson"
NAME = "crossings.geojson"

PROJECT_WITHIN_KM = 1.0
SEGMENT_DEGREES = 0.01  # long straight pieces bend when projected: cut them first
TOUCH_DEGREES = 1e-4  # about 10 m

KEPT = ("id", "name", "alt_names", "neighbour", "afghan_province", "neighbour_province")
ALSO_KEPT = ("type", "status", "status_date", "description", "precision")

_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Where a crossing was set: degrees (WGS84), by which rule, how far off."""

    lon: float
    lat: float
    placed_by: str
    moved_km: float


def build() -> None:
    """Write ``geometry/crossings.geojson``, one point a crossing, Torkham first.

    Raises
    ------
    ValueError
        If a crossing's province has no border with its neighbour.
    """
    lines = _read_lines(BORDERS)
    provinces = _read_provinces(PROVINCES)
    features = []
    for row in json.loads(INPUT.read_text(encoding="utf-8")):
        line = _shared_line(row, lines, provinces)
        placement = place(row, line)
        point = shapely.Point(placement.lon, placement.lat)
        features.append((_properties(row, placement), point))
    write_features(NAME, features)


def place(row: dict[str, Any], line: shapely.Geometry) -> Placement:
    """Set one crossing on its border line.

    Parameters
    ----------
    row
        An entry of ``crossings.json``.
    line
        The border of its Afghan province with its neighbour, WGS84.

    Returns
    -------
    Placement
        Within a metre or so of the line. A published point no more than
        ``PROJECT_WITHIN_KM`` off goes to the nearest point of the line;
        one further off to the place where the straight line between the two
        towns meets the border (the meeting nearest to it); one without such a
        meeting, again to the nearest point.
    """
    to_local = _local(row["published_lon"], row["published_lat"])
    border = _transform(shapely.segmentize(line, SEGMENT_DEGREES), to_local)
    published = shapely.Point(0.0, 0.0)
    nearest = nearest_points(border, published)[0]
    off_km = published.distance(nearest) / 1000
    if off_km <= PROJECT_WITHIN_KM:
        chosen = nearest
        how = f"Nearest point of the line: the published point lies {_distance(off_km)} from it"
        if row["precision"] == "approximate":
            how += " and was itself set from a description"
    else:
        chosen, how = _meeting(row, border, to_local, nearest, off_km)
    lon, lat = (round(value, 5) for value in _back(chosen, to_local))
    moved_m = _GEOD.inv(row["published_lon"], row["published_lat"], lon, lat)[2]
    return Placement(lon=lon, lat=lat, placed_by=how + ".", moved_km=round(moved_m / 1000, 2))


def _meeting(
    row: dict[str, Any],
    border: shapely.Geometry,
    to_local: Transformer,
    nearest: shapely.Point,
    off_km: float,
) -> tuple[shapely.Point, str]:
    """Where the line between the two towns meets the border, if it does."""
    rough = f"the published point lies {off_km:.1f} km from it"
    towns = row["towns"]
    if len(towns) == 2:
        road = shapely.LineString([to_local.transform(t["lon"], t["lat"]) for t in towns])
        meetings = [
            part
            for part in shapely.get_parts(shapely.intersection(road, border))
            if part.geom_type == "Point"
        ]
        if meetings:
            origin = shapely.Point(0.0, 0.0)
            names = f"{towns[0]['name']} and {towns[1]['name']}"
            chosen = min(meetings, key=origin.distance)
            return chosen, f"Where the line between {names} meets the border: {rough}"
    where = f"border of {row['afghan_province']} with its neighbour"
    return nearest, f"Nearest point of the {where}, the province the source names: {rough}"


def _distance(km: float) -> str:
    return "less than 10 m" if km < 0.01 else f"{km:.2f} km"


def _properties(row: dict[str, Any], placement: Placement) -> dict[str, Any]:
    properties = {key: row[key] for key in (*KEPT, *ALSO_KEPT)}
    return properties | {
        "placed_by": placement.placed_by,
        "moved_km": placement.moved_km,
        "published_lat": row["published_lat"],
        "published_lon": row["published_lon"],
        "source_url": row["source_url"],
        "other_urls": row["other_urls"],
    }


def _read_lines(path: Path) -> dict[str, shapely.Geometry]:
    """Border lines by the neighbour's ISO code."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["iso3"]: shapely.from_geojson(json.dumps(feature["geometry"]))
        for feature in features
    }


def _read_provinces(path: Path) -> dict[str, shapely.Geometry]:
    """Provinces of Afghanistan by name."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["name"]: shapely.from_geojson(json.dumps(feature["geometry"]))
        for feature in features
        if feature["properties"]["country"] == "AFG"
    }


def _shared_line(
    row: dict[str, Any],
    lines: dict[str, shapely.Geometry],
    provinces: dict[str, shapely.Geometry],
) -> shapely.Geometry:
    """The part of the neighbour's line that bounds the crossing's province."""
    empty = shapely.LineString()
    province = provinces.get(row["afghan_province"], empty)
    line = lines.get(row["neighbour"], empty)
    reach = shapely.buffer(province, TOUCH_DEGREES)
    shared = shapely.intersection(line, reach)
    if shared.is_empty:
        msg = (
            f"{INPUT.name}: {row['id']}: {row['afghan_province']!r} has no border with "
            f"{row['neighbour']!r}: correct one of them"
        )
        raise ValueError(msg)
    return shared


def _local(lon: float, lat: float) -> Transformer:
    """To metres around a point: distances from it are true, its lines straight."""
    local = CRS.from_dict({"proj": "aeqd", "lat_0": lat, "lon_0": lon, "ellps": "WGS84"})
    return Transformer.from_crs("EPSG:4326", local, always_xy=True)


def _transform(geometry: shapely.Geometry, to_local: Transformer) -> shapely.Geometry:
    return shapely.transform(
        geometry, lambda xy: np.column_stack(to_local.transform(xy[:, 0], xy[:, 1]))
    )


def _back(point: shapely.Point, to_local: Transformer) -> tuple[float, float]:
    lon, lat = to_local.transform(point.x, point.y, direction="INVERSE")
    return float(lon), float(lat)
