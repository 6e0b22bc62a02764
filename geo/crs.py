"""Coordinate reference systems, and the check at the entry of every join."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
from pyproj import CRS, Geod

from geo.errors import CRSError

WGS84: Final = "EPSG:4326"
"""Longitude and latitude in degrees: every file and every frame."""

REGION: Final = CRS.from_proj4("+proj=aeqd +lat_0=34 +lon_0=67 +datum=WGS84 +units=m +no_defs")
"""Metres, equidistant from the middle of Afghanistan (67°E 34°N).

Used to *find* what is nearest; the distance told is then geodesic.
"""

GEOD: Final = Geod(ellps="WGS84")


def check_crs(frame: gpd.GeoDataFrame, name: str) -> None:
    """Raise unless a frame is in WGS84.

    GeoPandas only warns when two frames differ in CRS, and then joins nothing.

    Parameters
    ----------
    frame
        Any GeoDataFrame.
    name
        What to call it in the message.

    Raises
    ------
    CRSError
        If the CRS is missing or is not EPSG:4326.
    """
    if frame.crs is None:
        msg = f"{name} has no CRS; expected {WGS84}. Set it with set_crs({WGS84!r})."
        raise CRSError(msg)
    if frame.crs != WGS84:
        msg = (
            f"{name} is in {frame.crs.to_string()}; expected {WGS84}. "
            f"Reproject it with to_crs({WGS84!r})."
        )
        raise CRSError(msg)
