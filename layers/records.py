"""Seizures and incidents as signs, rings and washes."""

from __future__ import annotations

import math
from collections.abc import Hashable
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from layers.corridors import main_crossing
from layers.data import LayerData, Sign, feature
from layers.legend import cap_note, record_legend
from layers.measures import Measure, get_measure, measure_values, size_px
from layers.style import SEVERAL, Swatch, goods_swatch, group_swatch, stack_px

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.seeds import Seeds
    from geo.select import Selection
    from layers.data import DrawOptions

SHAPES: Final = {"seizure": "square", "incident": "circle"}
PLURALS: Final = {"seizure": "seizures", "incident": "incidents"}
SIDES: Final = {"seizure": -1, "incident": 1}
"""Which way a sign moves aside for one of the other kind at the same spot."""

DRAWN_AS: Final = {"site": "sign", "town": "sign", "district": "ring", "province": "wash"}
SPOT_DECIMALS: Final = 4
"""Coordinates that agree to 4 decimals (about 11 m) are one spot."""

AT_GATE_DEG: Final = 0.01
"""How near (about 1 km) a sign must be to the main crossing to leave it room."""

GATE_ROOM_PX: Final = 8
IN_THE_MIDDLE: Final = -1

Row = dict[Hashable, Any]

ROLE_FILLS: Final = {"target": "open"}


def draw_seizures(seeds: Seeds, selection: Selection | None, options: DrawOptions) -> LayerData:
    """Draw the seizures of a selection."""
    return draw_records(seeds, selection, options, kind="seizure")


def draw_incidents(seeds: Seeds, selection: Selection | None, options: DrawOptions) -> LayerData:
    """Draw the incidents of a selection."""
    return draw_records(seeds, selection, options, kind="incident")


def draw_records(
    seeds: Seeds, selection: Selection | None, options: DrawOptions, *, kind: str
) -> LayerData:
    """Draw the records of one kind.

    A record known to a site or town is a sign (soft-edged for a town); to a
    district, a ring of the location's radius; to a province, a wash of that
    province. Records of one spot and precision are one sign with a count.

    Parameters
    ----------
    seeds
        For the items that a measure adds up.
    selection
        Joined records; ``None`` draws none.
    options
        Measure and colouring.
    kind
        ``seizure`` or ``incident``.

    Returns
    -------
    LayerData
        One feature a spot; its ``ids`` are the records there. A wash has no
        geometry of its own: ``unit`` names one of the areas the page has.
    """
    if selection is None:
        return LayerData(features=())
    by_goods = kind == "seizure" and options.seizure_colour == "goods"
    measure_id = options.seizure_measure if kind == "seizure" else options.incident_measure
    measure = get_measure(measure_id, kind)
    prepared = _prepare(selection.records, seeds, kind, measure, by_goods=by_goods)
    gate = main_crossing(seeds.crossings)
    spots = _spot_keys(selection.records, other_than=kind)
    # Plain rows: a frame for each of some hundred spots would take ten times as long.
    rows_by_spot = groupby(
        prepared.sort_values("spot", kind="stable").to_dict("records"), key=itemgetter("spot")
    )
    grouped = [(spot, list(rows)) for spot, rows in rows_by_spot]
    features = tuple(
        _draw_spot(rows, kind, measure, aside=_aside(rows[0], gate, crowded=spot in spots))
        for spot, rows in grouped
    )
    legend = record_legend(prepared, kind, SHAPES[kind], measure, by_goods=by_goods)
    return LayerData(features=features, legend=tuple(legend), note=cap_note(prepared, measure))


def not_drawn(records: gpd.GeoDataFrame) -> pd.Series:
    """Say why records cannot be drawn.

    Parameters
    ----------
    records
        Joined records.

    Returns
    -------
    pandas.Series of str
        The reason, by the index of those records that cannot be drawn.
    """
    reasons = pd.Series("", index=records.index, dtype="str")
    unplaced = records.geometry.isna()
    coarse = records["precision"] == "province"
    reasons[unplaced & ~coarse] = "no coordinates"
    reasons[coarse & (records["adm1_today_code"] == "")] = "province not known"
    return reasons[reasons != ""]


def spot_key(records: gpd.GeoDataFrame) -> pd.Series:
    """Name the spot each record is drawn at: precision, and crossing or rounded place.

    Sites within their own radius of a crossing are at that crossing, on whichever
    side: apart, the signs of the two sides would hide one another.
    """
    drawn_as = records["precision"].map(DRAWN_AS).fillna("sign").astype("str")
    # Adding 0.0 turns a rounded -0.0 into 0.0, which is written the same.
    lat = (records["lat"].round(SPOT_DECIMALS) + 0.0).astype("str")
    lon = (records["lon"].round(SPOT_DECIMALS) + 0.0).astype("str")
    precision = records["precision"].astype("str")
    place = precision + ":" + lat + "," + lon
    at_crossing = (precision == "site") & (records["crossing_km"] <= records["radius_km"])
    place = place.where(~at_crossing, "site:at " + records["crossing"])
    keys: pd.Series = place.where(drawn_as != "wash", "province:" + records["adm1_today_code"])
    return keys


def _spot_keys(records: gpd.GeoDataFrame, *, other_than: str) -> frozenset[str]:
    return frozenset(spot_key(records[records["kind"] != other_than]))


def _prepare(
    records: gpd.GeoDataFrame,
    seeds: Seeds,
    kind: str,
    measure: Measure | None,
    *,
    by_goods: bool,
) -> pd.DataFrame:
    drawable = records.drop(index=not_drawn(records).index)
    mine = drawable[drawable["kind"] == kind]
    columns = ["id", "precision", "lat", "lon", "place", "province", "adm1_today"]
    columns += ["adm1_today_code", "radius_km"]
    classes: list[Swatch] = [
        goods_swatch(text) if by_goods else group_swatch(text)
        for text in mine["category" if by_goods else "group"]
    ]
    frame = pd.DataFrame(mine[columns])
    return frame.assign(
        spot=spot_key(mine),
        colour=[swatch.colour for swatch in classes],
        class_name=[swatch.name for swatch in classes],
        fill=mine["role"].map(ROLE_FILLS).fillna("full").astype("str"),
        value=np.nan if measure is None else measure_values(mine, seeds.items, measure),
    )


def _draw_spot(
    rows: list[Row], kind: str, measure: Measure | None, *, aside: int
) -> dict[str, Any]:
    first = rows[0]
    drawn_as = _drawn_as(first)
    properties: dict[str, Any] = {
        "draw": drawn_as,
        "key": f"{kind}:{first['spot']}",
        "name": _name(rows, kind, drawn_as),
        "sign": _sign(rows, kind, measure, aside=aside),
        "ids": [row["id"] for row in rows],
    }
    if drawn_as == "wash":
        return feature(None, unit=first["adm1_today_code"], **properties)
    if drawn_as == "ring":
        properties["radius_km"] = float(first["radius_km"])
    return feature(shapely.Point(first["lon"], first["lat"]), **properties)


def _drawn_as(row: Row) -> str:
    return DRAWN_AS.get(row["precision"], "sign")


def _sign(rows: list[Row], kind: str, measure: Measure | None, *, aside: int) -> Sign:
    colours = {row["colour"] for row in rows}
    fills = {row["fill"] for row in rows}
    sign = Sign(
        shape=SHAPES[kind],
        colour=SEVERAL.colour if len(colours) > 1 else colours.pop(),
        fill="half" if len(fills) > 1 else fills.pop(),
        size=stack_px(len(rows)),
        count=len(rows),
    )
    if measure is not None:
        stated = [row["value"] for row in rows if not math.isnan(row["value"])]
        sign["size"] = size_px(math.fsum(stated), measure)
        sign["hollow"] = not stated
    if sign["colour"] == SEVERAL.colour:
        sign["several"] = True
    if rows[0]["precision"] == "town":
        sign["soft"] = True
    if aside != IN_THE_MIDDLE:
        sign["shift"] = SIDES[kind]
        sign["clear"] = aside
    return sign


def _aside(row: Row, gate: shapely.Point | None, *, crowded: bool) -> int:
    """Pixels to leave between the signs of the two kinds, or ``IN_THE_MIDDLE``."""
    at_gate = gate is not None and (
        abs(row["lon"] - gate.x) < AT_GATE_DEG and abs(row["lat"] - gate.y) < AT_GATE_DEG
    )
    if at_gate and _drawn_as(row) == "sign":
        return GATE_ROOM_PX
    return 0 if crowded else IN_THE_MIDDLE


def _name(rows: list[Row], kind: str, drawn_as: str) -> str:
    """Name a sign for the tooltip and for screen readers."""
    first = rows[0]
    place = first["place"] or first["province"]
    where = {
        "sign": place,
        "ring": f"somewhere in the district about {place}",
        "wash": f"somewhere in {first['adm1_today']}",
    }[drawn_as]
    classes = ", ".join(dict.fromkeys(row["class_name"] for row in rows))
    many = f"{len(rows)} {PLURALS[kind]}" if len(rows) > 1 else f"1 {kind}"
    return f"{many}, {where} ({classes})"
