"""The six borders: Afghanistan's ring cut at the tri-points, one line a neighbour."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from seeds.build import mesh
from seeds.build.countries import NEIGHBOURS

WGS84 = Geod(ellps="WGS84")
PUBLISHED_SOURCE = "CIA World Factbook, Afghanistan: land boundaries"


@dataclass(frozen=True, kw_only=True)
class Border:
    """What is said of a border beside its line."""

    name: str
    published_km: int
    status: str
    note: str


# Clockwise around Afghanistan, from its meeting point with Iran and Pakistan.
BORDERS = {
    "IRN": Border(
        name="Iran border",
        published_km=921,
        status="In force; not in dispute.",
        note="From Malik Siah Kuh north to the Hari Rud at Zulfiqar.",
    ),
    "TKM": Border(
        name="Turkmenistan border",
        published_km=804,
        status="In force; not in dispute.",
        note="From the Hari Rud to the Amu Darya.",
    ),
    "UZB": Border(
        name="Amu Darya (Uzbekistan border)",
        published_km=144,
        status="In force; not in dispute.",
        note="Along the Amu Darya; the river shifts its bed.",
    ),
    "TJK": Border(
        name="Panj and Amu Darya (Tajikistan border)",
        published_km=1357,
        status="In force; not in dispute.",
        note="Along the Amu Darya, the Panj and the Pamir, then over the Pamirs to China.",
    ),
    "CHN": Border(
        name="Wakhan (China border)",
        published_km=91,
        status="In force; set by the treaty of 1963.",
        note="At the eastern end of the Wakhan Corridor.",
    ),
    "PAK": Border(
        name="Durand Line",
        published_km=2670,
        status="In force as the border between the two states; Afghan governments have not "
        "recognised its legitimacy as an international boundary.",
        note="Drawn under the agreement of 1893. Its easternmost part borders Gilgit-Baltistan, "
        "which Pakistan administers and India claims.",
    ),
}


def cut_ring(
    afghanistan: BaseGeometry, neighbours: dict[str, BaseGeometry]
) -> dict[str, LineString]:
    """Cut Afghanistan's ring at the six tri-points.

    Parameters
    ----------
    afghanistan
        One polygon (WGS84) without holes.
    neighbours
        The six neighbours by ISO code, sharing Afghanistan's vertices.

    Returns
    -------
    dict
        One line a neighbour, clockwise; each ends where the next begins, in the
        order of `BORDERS`.

    Raises
    ------
    RuntimeError
        When a piece of the ring has no neighbour or the order is not the known one.
    """
    polygon = shapely.get_parts(afghanistan)[0]
    ring = shapely.get_coordinates(shapely.orient_polygons(polygon, exterior_cw=True).exterior)
    points = [(float(x), float(y)) for x, y in ring[:-1]]
    owners = _owners(points, neighbours)
    starts = [i for i in range(len(points)) if owners[i] != owners[i - 1]]
    order = [owners[i] for i in starts]
    first = order.index("IRN") if "IRN" in order else 0
    if order[first:] + order[:first] != list(BORDERS):
        raise RuntimeError(f"borders.py: ring runs {' '.join(order)}, expected {' '.join(BORDERS)}")
    lines = {}
    for position, start in enumerate(starts):
        end = starts[(position + 1) % len(starts)]
        count = (end - start) % len(points)
        lines[owners[start]] = LineString(
            [points[(start + step) % len(points)] for step in range(count + 1)]
        )
    return {code: lines[code] for code in BORDERS}


def border_features(
    lines: dict[str, LineString], *, lengths_km: dict[str, float]
) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Return the borders' features, clockwise from Iran."""
    features: list[tuple[dict[str, Any], BaseGeometry]] = []
    for code, line in lines.items():
        fields = asdict(BORDERS[code])
        properties = {
            "iso3": code,
            "neighbour": NEIGHBOURS[code],
            "name": fields["name"],
            "length_km": lengths_km[code],
            "published_km": fields["published_km"],
            "published_source": PUBLISHED_SOURCE,
            "status": fields["status"],
            "note": fields["note"],
        }
        features.append((properties, line))
    return features


def length_km(line: BaseGeometry) -> float:
    """Return the geodesic length on the WGS84 ellipsoid in kilometres."""
    return round(float(WGS84.geometry_length(line)) / 1000, 1)


def _owners(points: list[mesh.Coordinate], neighbours: dict[str, BaseGeometry]) -> list[str]:
    by_segment = {
        segment: code
        for code, polygon in neighbours.items()
        for segment in mesh.segments_of(polygon)
    }
    ahead = np.roll(np.asarray(points), -1, axis=0)
    owners = []
    for start, (x, y) in zip(points, ahead, strict=True):
        end = (float(x), float(y))
        segment = (start, end) if start < end else (end, start)
        if segment not in by_segment:
            raise RuntimeError(f"borders.py: no neighbour along {start} to {end}")
        owners.append(by_segment[segment])
    return owners
