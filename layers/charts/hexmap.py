"""Hot spots as a small map of hexagons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import shapely

from layers.charts.shapes import shape_layer
from layers.charts.theme import with_theme
from layers.style import GROUND, VERMILLION

if TYPE_CHECKING:
    import pandas as pd

    from layers.charts.shapes import Shapes

FRAME: Final = (59.4, 28.3, 76.0, 39.6)
"""West, south, east and north of what the map shows."""

_HEIGHT_PX: Final = 520
_GRID_DEGREES: Final = 0.001


def hex_map(cells: pd.DataFrame, names: list[str], shapes: Shapes) -> Any:
    """Draw hexagons over the provinces, the darker the more records; hot ones are ringed.

    Parameters
    ----------
    cells
        Cells of :class:`geo.hotspots.HotSpots`.
    names
        What each is called.
    shapes
        Outlines of provinces and borders.

    Returns
    -------
    altair.LayerChart
        In a conic equal-area projection, so that hexagons cover the same ground.
    """
    drawn = _drawn(cells.assign(name=names)[is_seen(cells)])
    shaded = shape_layer("hexagons", drawn, stroke=GROUND["province"], strokeWidth=0.3).encode(
        color=alt.Color(
            "records:Q", title="Records", scale=alt.Scale(type="sqrt", scheme="blues", domainMin=0)
        ),
        tooltip=[
            alt.Tooltip("name:N", title="Where"),
            alt.Tooltip("records:Q", title="Records"),
            alt.Tooltip("denser:N", title="Denser than chance"),
        ],
    )
    ground = {"fill": GROUND["land"], "stroke": GROUND["province"], "strokeWidth": 0.5}
    layers = [
        shape_layer("ground", shapes.provinces, **ground),
        shape_layer(
            "borders", shapes.borders, filled=False, stroke=GROUND["border"], strokeWidth=1.2
        ),
        shaded,
    ]
    hot = drawn[drawn["denser"] == "yes"]
    if len(hot):
        layers.append(shape_layer("hot", hot, filled=False, stroke=VERMILLION, strokeWidth=1.1))
    chart = alt.layer(*layers).project(
        type="conicEqualArea", parallels=[30, 37], rotate=[-67, 0, 0]
    )
    return with_theme(chart, height=_HEIGHT_PX)


def is_seen(cells: pd.DataFrame) -> pd.Series:
    """Tell which cells the map shows: one far away would make it small."""
    west, south, east, north = FRAME
    return cells["lon"].between(west, east) & cells["lat"].between(south, north)


def _drawn(cells: pd.DataFrame) -> pd.DataFrame:
    # Vega wants rings the other way round than GeoJSON.
    turned = shapely.orient_polygons(cells["geometry"].to_numpy(), exterior_cw=True)
    rounded = shapely.set_precision(turned, _GRID_DEGREES, mode="pointwise")
    return cells[["records", "name"]].assign(
        denser=np.where(cells["hot"], "yes", "no"),
        geometry=list(shapely.to_geojson(rounded)),
    )
