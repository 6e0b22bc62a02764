"""A lighter mosaic for drawing at small zooms, which still tiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from seeds.build import mesh

RING_TOLERANCE_DEG = 0.002  # about 200 m, Afghanistan's ring
NEAR_TOLERANCE_DEG = 0.005  # about 500 m, other lines of the units named as near
FAR_TOLERANCE_DEG = 0.01  # about 1 km, all other lines
LIGHT_GRID_DEG = 1e-4  # about 10 m
SMALL_ISLAND_DEG2 = 0.002  # about 20 km²: smaller islands are left out


def lighten(
    polygons: Sequence[BaseGeometry], *, ring: BaseGeometry, near: Sequence[int]
) -> list[BaseGeometry]:
    """Return lighter copies of polygons that tile, in the same order.

    Each line between two polygons is simplified once (no point of it lies
    farther off than the tolerance), then all are noded afresh and the faces
    given back to the polygon that covers them: so the copies tile too.

    Parameters
    ----------
    polygons
        Polygons of one mesh (WGS84).
    ring
        The line to be kept best: Afghanistan's outline.
    near
        Numbers of the polygons whose lines are kept better than the rest.
    """
    counts = Counter(segment for polygon in polygons for segment in mesh.segments_of(polygon))
    kept = [_without_small_islands(polygon, counts) for polygon in polygons]
    on_ring = set(mesh.segments_of(ring))
    nearby = {segment for number in near for segment in mesh.segments_of(polygons[number])}
    lines = [
        shapely.simplify(line, _tolerance(line, on_ring, nearby), preserve_topology=False)
        for line in mesh.node_lines(polygon.boundary for polygon in kept).geoms
    ]
    faces = mesh.faces_of(mesh.node_lines([shapely.union_all(lines, grid_size=LIGHT_GRID_DEG)]))
    sure = mesh.assign_faces(faces, kept, least_share=0.5)
    numbers = mesh.fill_unassigned(
        faces, sure, wanted=lambda face, owners: owners > 1 and face.area < SMALL_ISLAND_DEG2
    )
    return [
        mesh.merge_faces([f for f, owner in zip(faces, numbers, strict=True) if owner == number])
        for number in range(len(polygons))
    ]


def _tolerance(line: BaseGeometry, ring: set[mesh.Segment], near: set[mesh.Segment]) -> float:
    first = next(iter(mesh.segments_of(line)))
    if first in ring:
        return RING_TOLERANCE_DEG
    return NEAR_TOLERANCE_DEG if first in near else FAR_TOLERANCE_DEG


def _without_small_islands(polygon: BaseGeometry, counts: Counter[mesh.Segment]) -> BaseGeometry:
    """Drop small parts that share no edge with another polygon."""
    parts = [
        part
        for part in shapely.get_parts(polygon)
        if part.area > SMALL_ISLAND_DEG2
        or any(counts[segment] > 1 for segment in mesh.segments_of(part))
    ]
    return shapely.multipolygons(parts)
