"""A mesh: lines noded once, the faces between them, and what the faces make up.

Every polygon and line of the geometry seeds is put together from the faces of
one mesh, so that neighbours share their edges vertex by vertex.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

GRID_DEG = 1e-5  # about 1 m; every vertex of a mesh lies on this grid

Coordinate = tuple[float, float]
Segment = tuple[Coordinate, Coordinate]


def node_lines(lines: Iterable[BaseGeometry]) -> MultiLineString:
    """Node lines against each other on the grid; cut only where they meet."""
    noded = shapely.union_all(np.asarray(list(lines), dtype=object), grid_size=GRID_DEG)
    merged = shapely.line_merge(noded)
    return merged if isinstance(merged, MultiLineString) else MultiLineString([merged])


def faces_of(lines: BaseGeometry) -> list[BaseGeometry]:
    """Return the faces between noded lines, in a fixed order, on the rounded grid."""
    faces = shapely.get_parts(shapely.polygonize(list(shapely.get_parts(lines))))
    rounded = shapely.transform(faces, lambda xy: np.round(xy, 5) + 0.0)
    return sorted(rounded, key=lambda face: shapely.normalize(face).wkb)


def polygons_of(geometry: BaseGeometry) -> BaseGeometry:
    """Return a valid geometry's polygons only, without lines and points left by repair."""
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(geometry)))
    return shapely.multipolygons([p for p in parts if p.geom_type == "Polygon"])


def segments_of(geometry: BaseGeometry) -> Iterable[Segment]:
    """Yield the straight segments of a geometry's lines or rings, each end-sorted."""
    for part in shapely.get_parts(shapely.get_parts(lines_of(geometry))):
        points = [(float(x), float(y)) for x, y in shapely.get_coordinates(part)]
        for start, end in pairwise(points):
            yield (start, end) if start < end else (end, start)


def lines_of(geometry: BaseGeometry) -> BaseGeometry:
    """Return the boundary of a polygon, and a line as it is."""
    return geometry.boundary if "Polygon" in geometry.geom_type else geometry


def shared_lines(polygons: Sequence[BaseGeometry]) -> MultiLineString:
    """Return the lines that two of the polygons share, vertex by vertex."""
    counts = Counter(segment for polygon in polygons for segment in segments_of(polygon))
    shared = sorted(segment for segment, count in counts.items() if count > 1)
    merged = shapely.line_merge(MultiLineString(shared))
    return merged if isinstance(merged, MultiLineString) else MultiLineString([merged])


def extend_to(lines: MultiLineString, outline: BaseGeometry) -> MultiLineString:
    """Clip lines to a polygon and lead loose ends straight to its nearest edge.

    A sliver between two outlines of the same country is thereby parted where
    the inner line ends, by the shortest cut.
    """
    ends = Counter(
        (float(x), float(y)) for line in lines.geoms for x, y in (line.coords[0], line.coords[-1])
    )
    edge = outline.boundary
    loose = [Point(end) for end in sorted(ends) if ends[end] == 1]
    cuts = [
        LineString(shapely.shortest_line(point, edge).coords)
        for point in loose
        if outline.contains(point) and point.distance(edge) > GRID_DEG
    ]
    clipped = shapely.intersection(lines, outline)
    parts = [p for p in shapely.get_parts(clipped) if p.geom_type == "LineString"]
    return MultiLineString([*parts, *cuts])


def assign_faces(
    faces: Sequence[BaseGeometry],
    owners: Sequence[BaseGeometry],
    *,
    least_share: float = 0.0,
) -> list[int | None]:
    """Give each face the number of the polygon that covers most of it.

    None where no polygon covers more than `least_share` of the face (0 to 1).
    """
    tree = shapely.STRtree(list(owners))
    numbers: list[int | None] = []
    for face in faces:
        best: tuple[float, int] | None = None
        for number in sorted(int(n) for n in tree.query(face, predicate="intersects")):
            area = shapely.intersection(face, owners[number]).area
            if area > least_share * face.area and (best is None or area > best[0]):
                best = (area, number)
        numbers.append(best[1] if best else None)
    return numbers


def fill_unassigned(
    faces: Sequence[BaseGeometry],
    numbers: Sequence[int | None],
    *,
    wanted: Callable[[BaseGeometry, int], bool] = lambda _face, _owners: True,
) -> list[int | None]:
    """Give every face without owner to the owner it shares its longest edge with.

    `wanted(face, owners)` says whether a face bordered by so many owners is to be
    given at all. Ties go to the lower number. Repeats until nothing changes.
    """
    result = list(numbers)
    changed = True
    while changed:
        changed = False
        by_segment: dict[Segment, set[int]] = {}
        for face, number in zip(faces, result, strict=True):
            if number is not None:
                for segment in segments_of(face):
                    by_segment.setdefault(segment, set()).add(number)
        for index, face in enumerate(faces):
            if result[index] is not None:
                continue
            edge: Counter[int] = Counter()
            for segment in segments_of(face):
                for number in by_segment.get(segment, ()):
                    edge[number] += int(LineString(segment).length * 1e9)
            if edge and wanted(face, len(edge)):
                result[index] = min(edge, key=lambda number: (-edge[number], number))
                changed = True
    return result


def merge_faces(faces: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the union of faces of one mesh; their vertices are all kept."""
    return shapely.coverage_union_all(np.asarray(list(faces), dtype=object))
