"""From degrees to points of the paper, by a conic projection that fits the region."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer

from geo.crs import WGS84
from layers.ground import FRAME
from layers.sheet.frame import Box

if TYPE_CHECKING:
    from geo.snapshots.manifest import Extent

Numbers = npt.NDArray[np.float64]

CONIC: Final = CRS.from_proj4(
    "+proj=aea +lat_0=34 +lon_0=67 +lat_1=31 +lat_2=37 +datum=WGS84 +units=m +no_defs"
)
"""Metres, equal in area, true to scale at 31° and 37° N: about Afghanistan's own sixths."""

PROJECTION_WORDS: Final = (
    "Albers equal-area conic, centred on 67° E 34° N, standard parallels 31° and 37° N; WGS 84"
)
BORDERLANDS: Final = (60.2, 29.0, 75.2, 38.9)
"""West, south, east and north in degrees: Afghanistan and the lands at its borders."""

LEAST: Final = 0.001
"""An extent of fewer degrees is a place."""

LEAST_M: Final = 2_000.0
"""A sheet shows at least so many metres from edge to edge."""


@cache
def _to_metres() -> Transformer:
    return Transformer.from_crs(WGS84, CONIC, always_xy=True)


@cache
def _to_degrees() -> Transformer:
    return Transformer.from_crs(CONIC, WGS84, always_xy=True)


@dataclass(frozen=True, kw_only=True)
class MapFrame:
    """Where on the paper the map lies, and what of the world it shows.

    Attributes
    ----------
    box
        The map's box on the paper.
    x, y
        Metres of the projection at its left bottom corner.
    metre
        Points that a metre comes to.
    """

    box: Box
    x: float
    y: float
    metre: float

    def place(self, lon: Any, lat: Any) -> tuple[Numbers, Numbers]:
        """Give the places of points on the paper; what has no place is not finite."""
        x, y = _to_metres().transform(np.asarray(lon, float), np.asarray(lat, float))
        return (
            self.box.x0 + (np.asarray(x) - self.x) * self.metre,
            self.box.y0 + (np.asarray(y) - self.y) * self.metre,
        )

    def degrees(self, x: Any, y: Any) -> tuple[Numbers, Numbers]:
        """Give longitude and latitude of points of the paper."""
        lon, lat = _to_degrees().transform(
            (np.asarray(x, float) - self.box.x0) / self.metre + self.x,
            (np.asarray(y, float) - self.box.y0) / self.metre + self.y,
        )
        return np.asarray(lon), np.asarray(lat)

    def shapes(self, geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
        """Project geometries in degrees onto the paper."""

        def project(xy: Numbers) -> Numbers:
            return np.column_stack(self.place(xy[:, 0], xy[:, 1]))

        return np.asarray(shapely.transform(geometries, project))

    def inside(self, x: Numbers, y: Numbers, margin: float = 0.0) -> npt.NDArray[np.bool_]:
        """Tell which places lie in the map's box; margin beyond it in points."""
        box = self.box.inset(-margin)
        with np.errstate(invalid="ignore"):
            return (x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1)

    @property
    def zoom(self) -> float:
        """The web map's zoom of the same scale, where a CSS pixel is 0.75 points."""
        metres_a_pixel = 0.75 / self.metre
        return math.log2(40_075_016.7 * math.cos(math.radians(34)) / 256 / metres_a_pixel)

    @property
    def scale(self) -> float:
        """The denominator of the scale, such as 8 500 000."""
        return 72 / 0.0254 / self.metre


def fit_map(extent: Extent | None, box: Box) -> MapFrame:
    """Fit an extent into a box of the paper, so that all of it shows.

    Parameters
    ----------
    extent
        West, south, east and north in degrees; ``None``: Afghanistan and the
        lands at its borders. What lies beyond the seeds' land is left out.
    box
        Of the paper.
    """
    west, south, east, north = _held(extent or BORDERLANDS)
    # A place has no edge to follow.
    west, east = (west, east) if east - west > LEAST else (west - LEAST, east + LEAST)
    south, north = (south, north) if north - south > LEAST else (south - LEAST, north + LEAST)
    outline = shapely.segmentize(shapely.box(west, south, east, north), 0.25)
    lon, lat = shapely.get_coordinates(outline).T
    x, y = (np.asarray(each) for each in _to_metres().transform(lon, lat))
    width, height = max(np.ptp(x), LEAST_M), max(np.ptp(y), LEAST_M)
    metre = min(box.width / width, box.height / height)
    middle = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    return MapFrame(
        box=box,
        x=middle[0] - box.width / metre / 2,
        y=middle[1] - box.height / metre / 2,
        metre=metre,
    )


def _held(extent: Extent) -> Extent:
    west, east = sorted((extent[0], extent[2]))
    south, north = sorted((extent[1], extent[3]))
    low = [max(low, least) for low, least in zip((west, south), FRAME[:2], strict=True)]
    high = [min(high, most) for high, most in zip((east, north), FRAME[2:], strict=True)]
    if low[0] >= FRAME[2] or low[1] >= FRAME[3] or high[0] <= FRAME[0] or high[1] <= FRAME[1]:
        return BORDERLANDS
    return (low[0], low[1], high[0], high[1])
