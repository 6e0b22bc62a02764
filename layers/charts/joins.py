"""A small map of one record's joins: its location, provinces, and the ways to what is near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS

from geo.crs import WGS84
from layers.style import BLUE, DARK, ORANGE, VERMILLION

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from geo.explain import Explained, Leg
    from geo.seeds import Seeds

Layer = dict[str, Any]

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
HEIGHT_PX: Final = 380
LAND: Final = "#FBF8F1"
INK: Final = "#2B2925"
SOFT: Final = "#9A9384"
LEAST_KM: Final = 15.0
MOST_KM: Final = 320.0
MOST_TOWNS: Final = 5
LONGEST_NAME: Final = 40
_WIDE: Final = 3.0
"""How much wider than high the chart may be."""

_ROUND: Final = (1, 2, 5, 10, 20, 50, 100, 200)
_KM_PER_DEGREE: Final = 111.0
_AT: Final[Layer] = {
    "longitude": {"field": "x", "type": "quantitative"},
    "latitude": {"field": "y", "type": "quantitative"},
}


def joins_map(record: pd.Series, explained: Explained, seeds: Seeds) -> Layer:
    """Draw a record's joins.

    Parameters
    ----------
    record
        A joined record with a place.
    explained
        Its joins (:func:`geo.explain.explain_joins`).
    seeds
        For borders, provinces and towns about it.

    Returns
    -------
    dict
        A Vega-Lite specification that holds its data: as wide as there is room,
        north up, all in kilometres from the record's point, so that the scale
        and the circle hold everywhere on it.
    """
    frame = _Frame(record, explained)
    # What is nearest to the middle of a province says nothing of the record.
    legs = () if record["precision"] == "province" else explained.legs
    layers = [
        *_ground(frame, seeds, explained),
        *_location(frame, record),
        *_legs(frame, legs),
        *_names(frame, record, legs, seeds),
        *_scale(frame),
    ]
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": HEIGHT_PX,
        # For the frame's line, on all sides alike.
        "padding": {"left": 1, "right": 1, "top": 1, "bottom": 1},
        "autosize": {"type": "fit", "contains": "padding"},
        "background": LAND,
        "config": {"view": {"stroke": SOFT, "fill": LAND}},
        "layer": layers,
    }


class _Frame:
    """The chart's plane: kilometres east and north of the record's point."""

    def __init__(self, record: pd.Series, explained: Explained) -> None:
        self.lon, self.lat = float(record["lon"]), float(record["lat"])
        self.crs = CRS.from_proj4(
            f"+proj=aeqd +lat_0={self.lat:.6f} +lon_0={self.lon:.6f} "
            "+datum=WGS84 +units=km +no_defs"
        )
        self.half_km = self._reach(record, explained)

    def _reach(self, record: pd.Series, explained: Explained) -> float:
        radius = float(np.nan_to_num(record["radius_km"], nan=LEAST_KM))
        wanted = [LEAST_KM, 1.3 * radius]
        if record["precision"] != "province":
            wanted += [1.2 * leg.km for leg in explained.legs if leg.what != "route"]
        return min(max(wanted), MOST_KM)

    def near(self, shapes: gpd.GeoSeries) -> gpd.GeoSeries:
        """Cut WGS84 shapes to what may be seen, in kilometres from the record."""
        high = self.half_km * 1.15 / _KM_PER_DEGREE
        wide = high * _WIDE / np.cos(np.radians(self.lat))
        box = (self.lon - wide, self.lat - high * 1.2, self.lon + wide, self.lat + high * 1.2)
        cut = shapes.iloc[np.sort(shapes.sindex.query(shapely.box(*box)))].clip_by_rect(*box)
        flat = cut[~cut.is_empty].segmentize(0.1).to_crs(self.crs)
        return flat.simplify(self.half_km / 500)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Place a point in the plane."""
        point = gpd.GeoSeries.from_xy([lon], [lat], crs=WGS84).to_crs(self.crs).iloc[0]
        return round(point.x, 3), round(point.y, 3)

    def shapes(self, shapes: Iterable[Any], **look: Any) -> Layer:
        """Draw shapes that lie in the plane."""
        told = [
            {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(each)}
            for each in shapely.set_precision(list(shapes), 0.001)
            if not each.is_empty
        ]
        return self._layer(told, {"type": "geoshape", **look}, {})

    def words(self, at: Iterable[tuple[float, float, str]], **look: Any) -> Layer:
        """Write texts at points of the plane."""
        values = [{"x": x, "y": y, "said": said} for x, y, said in at]
        text = {"text": {"field": "said", "type": "nominal"}}
        return self._layer(values, {"type": "text", **look}, _AT | text)

    def points(self, at: Iterable[tuple[float, float]], **look: Any) -> Layer:
        """Draw signs at points of the plane."""
        values = [{"x": x, "y": y} for x, y in at]
        return self._layer(values, {"type": "point", **look}, _AT)

    def _layer(self, values: list[Any], mark: Layer, encoding: Layer) -> Layer:
        return {
            "data": {"values": values},
            "mark": {**mark, "clip": True},
            "encoding": encoding,
            "projection": {
                "type": "identity",
                "reflectY": True,
                "scale": {"expr": f"min(width, height) / {2 * self.half_km:.4f}"},
                "translate": {"expr": "[width / 2, height / 2]"},
            },
        }


def _ground(frame: _Frame, seeds: Seeds, explained: Explained) -> list[Layer]:
    fine = frame.half_km < 60
    units = seeds.provinces if fine else seeds.provinces_light
    units = units[(units["valid_to"].fillna("") == "").to_numpy(dtype=bool)]
    found = [frame.shapes(frame.near(units.geometry), fill=None, stroke=SOFT, strokeWidth=0.6)]
    for shape, look in (
        (explained.today, {"fill": BLUE, "fillOpacity": 0.08, "stroke": BLUE, "strokeWidth": 1.2}),
        (
            explained.then if not _same(explained) else None,
            {"fill": ORANGE, "fillOpacity": 0.14, "stroke": DARK, "strokeDash": [5, 3]},
        ),
    ):
        if shape is not None:
            found.append(frame.shapes(frame.near(gpd.GeoSeries([shape], crs=WGS84)), **look))
    borders = frame.near(seeds.borders.geometry)
    found.append(frame.shapes(borders, filled=False, stroke=INK, strokeWidth=1.6))
    return found


def _same(explained: Explained) -> bool:
    return explained.then is None or explained.then.equals(explained.today)


def _location(frame: _Frame, record: pd.Series) -> list[Layer]:
    radius = float(record["radius_km"])
    if record["precision"] == "province" or np.isnan(radius):
        return [frame.points([(0, 0)], shape="cross", size=80, stroke=DARK, strokeWidth=1.4)]
    ring = shapely.Point(0, 0).buffer(radius, quad_segs=32)
    coarse = record["precision"] == "district"
    circle = frame.shapes(
        [ring],
        fill=VERMILLION,
        fillOpacity=0.12,
        stroke=VERMILLION,
        strokeWidth=1.4,
        strokeDash=[5, 4] if coarse else [1, 0],
    )
    dot = frame.points([(0, 0)], filled=True, size=45, fill=VERMILLION, stroke=LAND, opacity=1)
    return [circle, dot]


def _legs(frame: _Frame, legs: Iterable[Leg]) -> list[Layer]:
    found = []
    for leg in legs:
        x, y = frame.at(*leg.place)
        if leg.what == "route":
            line = frame.near(gpd.GeoSeries([leg.shape], crs=WGS84))
            found.append(
                frame.shapes(line, filled=False, stroke=BLUE, strokeWidth=2.5, opacity=0.55)
            )
        if leg.what == "crossing":
            found.append(
                frame.points(
                    [(x, y)], shape="diamond", filled=True, size=110, fill=INK, stroke=LAND
                )
            )
        if leg.supported and leg.km >= frame.half_km / 40:
            way = shapely.LineString([(0, 0), (x, y)])
            found.append(
                frame.shapes([way], filled=False, stroke=INK, strokeWidth=1.1, strokeDash=[2, 3])
            )
    return found


def _names(frame: _Frame, record: pd.Series, legs: Iterable[Leg], seeds: Seeds) -> list[Layer]:
    """Write names: of towns small, of the crossing and the ways' lengths firm."""
    halo = {"stroke": LAND, "strokeWidth": 3, "strokeJoin": "round", "strokeOpacity": 0.9}
    firm = []
    lengths = []
    for leg in legs:
        x, y = frame.at(*leg.place)
        if leg.what == "crossing" and max(abs(x) / _WIDE, abs(y)) < frame.half_km:
            firm.append((x, y, leg.name[:LONGEST_NAME]))
        if leg.supported and leg.km >= frame.half_km / 6:
            # Two ways may lie close together: their lengths stand at different parts of them.
            part = 0.42 if leg.what == "border" else 0.66
            lengths.append((round(x * part, 3), round(y * part, 3), f"{leg.km:.0f} km"))
    taken = {str(record["place"]), *(said for _, _, said in firm)}
    towns = [each for each in _towns(frame, seeds) if each[2] not in taken]
    found = []
    for texts, look in (
        (towns, {"fontSize": 10, "dx": 5, "align": "left", "fill": DARK}),
        (lengths, {"fontSize": 11, "dy": -6, "fill": INK}),
        (firm, {"fontSize": 12, "dy": -12, "fontWeight": "bold", "fill": INK}),
    ):
        if texts:
            found += [frame.words(texts, **(look | halo)), frame.words(texts, **look)]
    if towns:
        dots = [(x, y) for x, y, _ in towns]
        found.append(frame.points(dots, filled=True, size=12, fill=DARK, opacity=1))
    return found


def _towns(frame: _Frame, seeds: Seeds) -> list[tuple[float, float, str]]:
    """Choose the largest towns about the record that lie apart from each other."""
    towns = seeds.towns
    if not len(towns):
        return []
    points = gpd.GeoSeries.from_xy(towns["lon"], towns["lat"], crs=WGS84).to_crs(frame.crs)
    seen = (points.x.abs() < 1.4 * frame.half_km) & (points.y.abs() < 0.92 * frame.half_km)
    order = towns["population"][seen].sort_values(ascending=False, kind="stable").index
    kept: list[tuple[float, float, str]] = []
    for at in order:
        x, y = round(points.x[at], 3), round(points.y[at], 3)
        others = [(0.0, 0.0), *((a, b) for a, b, _ in kept)]
        if all(np.hypot(x - a, y - b) > frame.half_km / 4 for a, b in others):
            kept.append((x, y, str(towns["name"][at])[:LONGEST_NAME]))
        if len(kept) == MOST_TOWNS:
            break
    return kept


def _scale(frame: _Frame) -> list[Layer]:
    """Draw a bar of a round length at the left foot, within the part always seen."""
    km = max(each for each in _ROUND if each <= max(frame.half_km / 2, 1))
    left, foot = -0.93 * frame.half_km, -0.9 * frame.half_km
    tick = 0.02 * frame.half_km
    bar = shapely.LineString(
        [(left, foot + tick), (left, foot), (left + km, foot), (left + km, foot + tick)]
    )
    return [
        frame.shapes([bar], filled=False, stroke=INK, strokeWidth=1.2),
        frame.words([(left + km / 2, foot, f"{km} km")], dy=-8, fontSize=11, fill=INK),
    ]
