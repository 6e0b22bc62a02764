"""Hot spots: records by hexagon of the H3 grid, and where they are denser than elsewhere."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import h3
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry import Polygon

from geo.distances import geodesic_km
from geo.places import valid_on

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.recordset import Codes, Floats, Mask, RecordSet
    from geo.seeds import Seeds

RESOLUTIONS: Final = (5, 4, 3)
HOT_Z: Final = 2.576
"""Standard deviations beyond which 1 in 200 cells would lie by chance."""

TOWN_PEOPLE: Final = 20_000
"""So many live at least in a town that a cell is named by."""

_LEAST_CELLS: Final = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class HotSpots:
    """Records by hexagon.

    Attributes
    ----------
    cells
        One row a cell that holds a record, most records first: ``cell`` (H3
        index), ``records``, ``z`` (Getis and Ord's Gi* among the cells of the
        region; NaN outside it), ``hot``, ``lat``, ``lon``, ``geometry`` (WGS84).
    counted
        Records in them.
    too_coarse
        Records whose radius is longer than that of a circle as large as a cell.
    no_place
        Records without coordinates.
    reach_km
        That radius.
    """

    cells: pd.DataFrame
    counted: int
    too_coarse: int
    no_place: int
    reach_km: float


class _Grid(NamedTuple):
    cells: tuple[str, ...]
    of_place: Codes
    known: int
    around: Codes


def find_hot_spots(records: RecordSet, mask: Mask, resolution: int) -> HotSpots:
    """Count records by hexagon.

    Parameters
    ----------
    records
        Joined records.
    mask
        Which of them to count.
    resolution
        Of H3: 5 (about 250 km² a cell), 4 (1 770) or 3 (12 390).

    Returns
    -------
    HotSpots
    """
    grid: _Grid = records.kept(("cells", resolution), lambda: _grid(records, resolution))
    reach_km = math.sqrt(h3.average_hexagon_area(resolution, unit="km^2") / math.pi)
    placed = records.place_of >= 0
    fine = (records.radius_km <= reach_km) & ~records.coarse & placed
    use = mask & fine
    counts = np.bincount(grid.of_place[records.place_of[use]], minlength=len(grid.cells))
    held = np.flatnonzero(counts)
    z = _gi_star(counts, grid)
    order = held[np.lexsort((held, -counts[held]))]
    return HotSpots(
        cells=_frame(grid, order, counts, z),
        counted=int(np.count_nonzero(use)),
        too_coarse=int(np.count_nonzero(mask & placed & ~fine)),
        no_place=int(np.count_nonzero(mask & ~placed)),
        reach_km=reach_km,
    )


def _grid(records: RecordSet, resolution: int) -> _Grid:
    """Lay the grid: first the cells of the region, then others that hold a record."""
    region = records.kept(("region", resolution), lambda: _region_cells(records.seeds, resolution))
    place = {cell: at for at, cell in enumerate(region)}
    points = records.places
    held = [
        h3.latlng_to_cell(lat, lon, resolution) for lat, lon in zip(points.y, points.x, strict=True)
    ]
    for cell in held:
        place.setdefault(cell, len(place))
    around = np.full((len(region), 7), -1, dtype=np.intp)
    for at, cell in enumerate(region):
        near = [
            place[each]
            for each in h3.grid_disk(cell, 1)
            if place.get(each, len(region)) < len(region)
        ]
        around[at, : len(near)] = near
    of_place = np.array([place[cell] for cell in held], dtype=np.intp)
    return _Grid(tuple(place), of_place, len(region), around)


def _region_cells(seeds: Seeds, resolution: int) -> tuple[str, ...]:
    """List the cells whose middle lies in a province of today."""
    units: gpd.GeoSeries = seeds.provinces_light[valid_on(seeds.provinces_light)].geometry
    whole = shapely.union_all(units.simplify(0.02).to_numpy())
    return tuple(sorted(h3.geo_to_cells(whole, resolution)))


def _gi_star(counts: npt.NDArray[np.int64], grid: _Grid) -> Floats:
    """Getis and Ord's Gi* with a cell and its six neighbours, each of weight 1."""
    z = np.full(len(counts), np.nan)
    x = counts[: grid.known].astype(float)
    if len(x) < _LEAST_CELLS or not x.std():
        return z
    there = grid.around >= 0
    weight = there.sum(axis=1)
    local = np.where(there, np.append(x, 0.0)[grid.around], 0.0).sum(axis=1)
    n = len(x)
    spread = x.std() * np.sqrt((n * weight - weight**2) / (n - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        z[: grid.known] = (local - x.mean() * weight) / spread
    return z


def _frame(grid: _Grid, order: Codes, counts: npt.NDArray[np.int64], z: Floats) -> pd.DataFrame:
    cells = [grid.cells[at] for at in order]
    middles = [h3.cell_to_latlng(cell) for cell in cells]
    return pd.DataFrame(
        {
            "cell": cells,
            "records": counts[order],
            "z": z[order],
            "hot": z[order] >= HOT_Z,
            "lat": [lat for lat, _ in middles],
            "lon": [lon for _, lon in middles],
            "geometry": [
                Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(cell)]) for cell in cells
            ],
        }
    )


def name_cells(cells: pd.DataFrame, towns: pd.DataFrame) -> list[str]:
    """Name cells by the nearest town.

    Parameters
    ----------
    cells
        ``lat`` and ``lon``.
    towns
        ``name``, ``lat``, ``lon``, ``population``.

    Returns
    -------
    list of str
        Such as ``about Jalalabad`` or ``31 km from Khost``.
    """
    towns = towns[towns["population"] >= TOWN_PEOPLE] if len(towns) else towns
    if towns.empty:
        return ["" for _ in range(len(cells))]
    names = towns["name"].to_numpy(dtype=object)
    lon, lat = (towns[name].to_numpy(dtype=float) for name in ("lon", "lat"))
    told = []
    for at_lat, at_lon in zip(cells["lat"].tolist(), cells["lon"].tolist(), strict=True):
        # Degrees of longitude are shorter here: near enough to find the nearest.
        flat = (lat - at_lat) ** 2 + ((lon - at_lon) * math.cos(math.radians(at_lat))) ** 2
        at = int(flat.argmin())
        km = float(geodesic_km(at_lon, at_lat, lon[at], lat[at]))
        told.append(f"about {names[at]}" if km < 10 else f"{km:.0f} km from {names[at]}")
    return told
