"""Outlines of provinces and borders for charts: light, and the way that Vega reads them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from geo.seeds import Seeds

HOME: Final = ("AFG", "PK-KP")
"""Country and unit that charts always show; others, where they have records."""

_TOLERANCE_DEGREES: Final = 0.02
_GRID_DEGREES: Final = 0.001
_MARGIN_DEGREES: Final = 1.2
_NOT_TOLD: Final = ("ratio", "ratio_low", "ratio_high", "home", "lon", "lat", "geometry")


@dataclass(frozen=True, kw_only=True, eq=False)
class Shapes:
    """Outlines to draw differences on, simplified; in WGS84.

    Attributes
    ----------
    provinces
        Of today and not far from home, one row each: ``value`` (its name), ``lon``
        and ``lat`` of its label, ``home`` (whether it is always shown),
        ``geometry`` (GeoJSON text).
    borders
        Likewise; ``value`` is the neighbour's ISO code.
    """

    provinces: pd.DataFrame
    borders: pd.DataFrame


def make_shapes(seeds: Seeds) -> Shapes:
    """Simplify the outlines of provinces and borders.

    Parameters
    ----------
    seeds
        The built-in data. What this gives is worth keeping: it takes a while.
    """
    units = seeds.provinces_light[seeds.provinces_light["valid_to"] == ""]
    home = ((units["country"] == HOME[0]) | (units["unit"] == HOME[1])).to_numpy()
    outlines = shapely.coverage_simplify(units.geometry.to_numpy(), _TOLERANCE_DEGREES)
    outlines = _within_frame(outlines, home)
    seen = ~shapely.is_empty(outlines)
    units, outlines, home = units[seen], outlines[seen], home[seen]
    label = shapely.points(units["label_lon"].to_numpy(), units["label_lat"].to_numpy())
    label = np.where(shapely.intersects(outlines, label), label, shapely.point_on_surface(outlines))
    provinces = pd.DataFrame(
        {
            "value": units["name"].to_numpy(),
            "lon": shapely.get_x(label),
            "lat": shapely.get_y(label),
            "home": home,
            # Vega wants rings the other way round than GeoJSON.
            "geometry": _geojson(shapely.orient_polygons(outlines, exterior_cw=True)),
        }
    )
    lines = shapely.simplify(seeds.borders.geometry.to_numpy(), _TOLERANCE_DEGREES)
    middle = shapely.line_interpolate_point(shapely.line_merge(lines), 0.5, normalized=True)
    borders = pd.DataFrame(
        {
            "value": seeds.borders["iso3"].to_numpy(),
            "lon": shapely.get_x(middle),
            "lat": shapely.get_y(middle),
            "geometry": _geojson(lines),
        }
    )
    return Shapes(provinces=provinces, borders=borders)


def _within_frame(outlines: Any, home: Any) -> Any:
    """Cut what lies far from home: it would make the map small."""
    west, south, east, north = shapely.total_bounds(outlines[home])
    frame = shapely.box(
        west - _MARGIN_DEGREES,
        south - _MARGIN_DEGREES,
        east + _MARGIN_DEGREES,
        north + _MARGIN_DEGREES,
    )
    return shapely.intersection(outlines, frame)


def _geojson(shapes: Any) -> list[str]:
    rounded = shapely.set_precision(shapes, _GRID_DEGREES, mode="pointwise")
    return list(shapely.to_geojson(rounded))


def shape_layer(name: str, frame: pd.DataFrame, **look: Any) -> alt.Chart:
    """Make a layer of shapes, each a feature with its row's values beside.

    Parameters
    ----------
    name
        Of the data in the chart; one a layer.
    frame
        Rows with ``geometry`` (GeoJSON text).
    look
        Of the mark.
    """
    # As one text: Altair would check each corner of each shape.
    told = frame.drop(columns=[each for each in _NOT_TOLD if each in frame])
    rows = [json.dumps(row, ensure_ascii=False)[1:-1] for row in told.to_dict("records")]
    features = [
        f'{{"type":"Feature","geometry":{geometry},{row}}}'
        for row, geometry in zip(rows, frame["geometry"], strict=True)
    ]
    # With a name of its own it stays beside its layer.
    data = alt.InlineData(
        name=name, values=f"[{','.join(features)}]", format=alt.JsonDataFormat(type="json")
    )
    chart: alt.Chart = alt.Chart(data).mark_geoshape(**look)
    return chart
