"""Records as arrays on the paper: where each lies and what its sign is to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from geo.distances import PRECISIONS
from geo.places import valid_on
from layers.measures import MEASURES, measure_values
from layers.recordstyle import record_style

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.seeds import Seeds
    from layers.registry import Layer
    from layers.sheet.projection import MapFrame, Numbers
    from layers.snapshot import Snapshot

TOWN: Final = 1
DISTRICT: Final = 2
PROVINCE: Final = 3
"""Ranks of precision: places in ``PRECISIONS``."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RecordSet:
    """The records of one layer that lie on the map.

    Attributes
    ----------
    style
        How they are drawn (:func:`layers.recordstyle.record_style`).
    x, y
        Their places in points of the paper.
    rank, radius_km
        How well the place is known.
    unit
        Code of the province of today, empty: none.
    classes
        Which class of the style's colours each is of.
    open
        Whether the group was struck.
    value
        Of the measure, NaN: none stated; ``None`` without a measure.
    beyond, nowhere
        How many more of the layer's records lie beyond the map, or have no place.
    """

    style: dict[str, Any]
    x: Numbers
    y: Numbers
    rank: npt.NDArray[np.int64]
    radius_km: Numbers
    unit: npt.NDArray[np.object_]
    classes: npt.NDArray[np.int64]
    open: npt.NDArray[np.bool_]
    value: Numbers | None
    beyond: int
    nowhere: int

    @property
    def colours(self) -> list[str]:
        """Colours of the classes."""
        return [each["colour"] for each in self.style["colour"]["classes"]]


def place_records(snapshot: Snapshot, layer: Layer, frame: MapFrame) -> RecordSet:
    """Bring the records of a layer onto the paper.

    Parameters
    ----------
    snapshot
        What is shown.
    layer
        A layer of records.
    frame
        Where the map lies.
    """
    records = snapshot.selection.records
    records = records[layer.of(records)]
    style = record_style(layer.kind, snapshot.options)
    rank = _positions(records["precision"], PRECISIONS)
    lon, lat = _degrees(records, rank, snapshot.seeds)
    x, y = frame.place(lon, lat)
    placed = np.isfinite(x) & np.isfinite(y)
    inside = placed & frame.inside(x, y)
    kept = records[inside]
    return RecordSet(
        style=style,
        x=x[inside],
        y=y[inside],
        rank=rank[inside],
        radius_km=kept["radius_km"].to_numpy(dtype=float),
        unit=kept["adm1_today_code"].to_numpy(dtype=object),
        classes=_classes(kept, style),
        open=kept[style["open"]["column"]].isin(style["open"]["values"]).to_numpy(dtype=bool),
        value=_values(kept, snapshot, style),
        beyond=int((placed & ~inside).sum()),
        nowhere=int((~placed).sum()),
    )


def _positions(values: Any, among: tuple[str, ...]) -> npt.NDArray[np.int64]:
    places = {value: at for at, value in enumerate(among)}
    return np.asarray(values.map(places).fillna(0), dtype=np.int64)


def _degrees(
    records: gpd.GeoDataFrame, rank: npt.NDArray[np.int64], seeds: Seeds
) -> tuple[Numbers, Numbers]:
    """Give places; of a record known only to its province, that province's own point."""
    lon = records["lon"].to_numpy(dtype=float, na_value=np.nan).copy()
    lat = records["lat"].to_numpy(dtype=float, na_value=np.nan).copy()
    units = seeds.provinces_light
    units = units[valid_on(units)]
    points = {
        code: (at_lon, at_lat)
        for code, at_lon, at_lat in zip(
            units["iso_3166_2"], units["label_lon"], units["label_lat"], strict=True
        )
        if code
    }
    nowhere = (np.nan, np.nan)
    coarse = np.flatnonzero(rank == PROVINCE)
    codes = records["adm1_today_code"].to_numpy(dtype=object)[coarse]
    own = np.array([points.get(code, nowhere) for code in codes], dtype=float).reshape(-1, 2)
    lon[coarse], lat[coarse] = own[:, 0], own[:, 1]
    return lon, lat


def _classes(records: gpd.GeoDataFrame, style: dict[str, Any]) -> npt.NDArray[np.int64]:
    colour = style["colour"]
    places = {member: at for at, each in enumerate(colour["classes"]) for member in each["members"]}
    found = records[colour["column"]].map(places).fillna(colour["other"])
    return np.asarray(found, dtype=np.int64)


def _values(records: gpd.GeoDataFrame, snapshot: Snapshot, style: dict[str, Any]) -> Numbers | None:
    if not style["measure"]:
        return None
    measures = [each for each in MEASURES if each.id == style["measure"]["column"]]
    values = measure_values(records, snapshot.seeds.items, measures)[measures[0].id]
    return np.asarray(values, dtype=float)
