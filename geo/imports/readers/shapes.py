"""Geometry of imported features as points, and what cannot be one."""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from geo.crs import WGS84
from geo.distances import geodesic_km
from geo.errors import ImportFileError
from geo.imports.limits import Limits
from geo.imports.table import EXTENT_COLUMN, LAT_COLUMN, LON_COLUMN, NOTE_COLUMN

POINT_COLUMNS: Final = (LAT_COLUMN, LON_COLUMN, EXTENT_COLUMN, NOTE_COLUMN)
MOST_MENDED: Final = 60
"""Corners of an area that crosses itself and is mended."""

PLACES: Final = 7
"""Decimals of a degree that are kept: about a centimetre."""


def find_crs(definition: str | None, file: str) -> pyproj.CRS:
    """Read a coordinate reference system.

    Parameters
    ----------
    definition
        WKT, PROJJSON, ``EPSG:…`` or a URN; ``None`` or empty: WGS84.
    file
        The file's name, for the message.

    Raises
    ------
    ImportFileError
        If nobody knows it.
    """
    if not definition:
        return pyproj.CRS(WGS84)
    try:
        return pyproj.CRS.from_user_input(definition)
    except pyproj.exceptions.CRSError as error:
        msg = (
            f"{file}: its coordinate reference system {str(definition)[:80]!r} is not known; "
            "save the file in WGS84 (EPSG:4326)."
        )
        raise ImportFileError(msg) from error


def read_points(
    shapes: npt.NDArray[np.object_], crs: pyproj.CRS, limits: Limits
) -> tuple[pd.DataFrame, dict[int, str]]:
    """Give each geometry a point.

    A line or an area is stood for by a point on or in it, and by how far it
    reaches from there.

    Parameters
    ----------
    shapes
        Geometries in ``crs``; missing ones have no place.
    crs
        Their coordinate reference system.
    limits
        How many vertices a geometry may have.

    Returns
    -------
    points : pandas.DataFrame of str
        ``POINT_COLUMNS``: WGS84 degrees, kilometres from the point to the
        farthest corner (empty: it is a point), a note; all empty without a place.
    faults : dict of int to str
        Why a geometry cannot be used, by its position.
    """
    faults: dict[int, str] = {}
    missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    large = shapely.get_num_coordinates(shapes) > limits.vertices
    for at in np.flatnonzero(large):
        faults[int(at)] = f"its geometry has over {limits.vertices} vertices; simplify it"
    coords, owner = shapely.get_coordinates(shapes, return_index=True)
    for at in np.unique(owner[~np.isfinite(coords).all(axis=1)]):
        faults[int(at)] = "its geometry has a coordinate that is no number; mend it"
    usable = ~missing
    usable[list(faults)] = False
    rows = np.flatnonzero(usable)
    points = pd.DataFrame("", index=range(len(shapes)), columns=list(POINT_COLUMNS), dtype=object)
    if len(rows):
        _fill(points, rows, shapes[rows], crs, faults)
    return points, faults


def _fill(
    points: pd.DataFrame,
    rows: npt.NDArray[np.intp],
    shapes: npt.NDArray[np.object_],
    crs: pyproj.CRS,
    faults: dict[int, str],
) -> None:
    crossed = ~shapely.is_valid(shapes)
    # To mend takes long where sides cross each other often: then the hull must do.
    simple = crossed & (shapely.get_num_coordinates(shapes) <= MOST_MENDED)
    mended = shapes.copy()
    mended[simple] = shapely.make_valid(shapes[simple])
    mended[crossed & ~simple] = shapely.convex_hull(shapes[crossed & ~simple])
    inner = shapely.point_on_surface(mended)
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    place = gpd.GeoSeries(inner, crs=crs).to_crs(WGS84)
    lon, lat = shapely.get_x(place.to_numpy()), shapely.get_y(place.to_numpy())
    reach = np.full(len(rows), np.nan)
    for at in np.flatnonzero(~is_point & np.isfinite(lon) & np.isfinite(lat)):
        reach[at] = _reach_km(mended[at], crs, lon[at], lat[at])
    beyond = ~(np.isfinite(lon) & np.isfinite(lat)) | (~is_point & ~np.isfinite(reach))
    for at in np.flatnonzero(beyond):
        faults[int(rows[at])] = (
            "its geometry lies outside what its coordinate reference system covers; "
            "check the file's CRS"
        )
    good = ~beyond
    points.loc[rows[good], LAT_COLUMN] = [f"{value:.{PLACES}f}" for value in lat[good]]
    points.loc[rows[good], LON_COLUMN] = [f"{value:.{PLACES}f}" for value in lon[good]]
    extended = good & ~is_point
    points.loc[rows[extended], EXTENT_COLUMN] = [f"{value:.3f}" for value in reach[extended]]
    points.loc[rows[extended], NOTE_COLUMN] = "its place is a line or an area; a point of it stands"
    points.loc[rows[good & simple], NOTE_COLUMN] = (
        "its area crosses itself and was mended; a point of it stands"
    )
    points.loc[rows[good & crossed & ~simple], NOTE_COLUMN] = (
        "its area crosses itself; a point within its outer corners stands"
    )


def _reach_km(shape: Any, crs: pyproj.CRS, lon: float, lat: float) -> float:
    """Measure from a place to the farthest corner of a shape."""
    hull = gpd.GeoSeries([shapely.convex_hull(shape)], crs=crs).to_crs(WGS84)
    corners = shapely.get_coordinates(hull.to_numpy())
    if not np.isfinite(corners).all() or (np.abs(corners) > (180, 90)).any():
        return float("nan")
    return float(geodesic_km(lon, lat, *corners.T).max())
