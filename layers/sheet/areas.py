"""Where coarse records may lie: washes of provinces, rings about districts, and threads.

A sign that had to go aside hangs by a thread from the middle of its records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely
from matplotlib.patches import PathPatch

from geo.places import valid_on
from layers.sheet.ground import FINE, path_of
from layers.sheet.ink import Ink, colour
from layers.sheet.points import PROVINCE
from layers.sheet.signs import GREY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from geo.seeds import Seeds
    from layers.sheet.layout import Sign
    from layers.sheet.points import RecordSet
    from layers.sheet.projection import MapFrame

WASH: Final = 0.07
WASHED: Final = 2.5
MOST_RINGS: Final = 250


def draw_washes(axes: Axes, sets: list[RecordSet], seeds: Seeds, frame: MapFrame) -> None:
    """Tint the provinces that hold records known only to the province."""
    colours: dict[str, set[str]] = {}
    for records in sets:
        coarse = records.rank == PROVINCE
        for unit, at in set(zip(records.unit[coarse], records.classes[coarse], strict=True)):
            colours.setdefault(unit, set()).add(records.colours[at])
    units = seeds.provinces_light
    units = units[valid_on(units) & units["iso_3166_2"].isin(list(colours))]
    if units.empty:
        return
    cut = shapely.clip_by_rect(
        frame.shapes(units.geometry.to_numpy()), *frame.box.inset(-4).as_tuple()
    )
    for code, area in zip(units["iso_3166_2"], shapely.simplify(cut, FINE), strict=True):
        if area.is_empty:
            continue
        own = colours[code]
        tint = next(iter(own)) if len(own) == 1 else GREY
        axes.add_artist(
            PathPatch(path_of(area), facecolor=colour(tint, WASH), edgecolor="none", zorder=WASHED)
        )


def ring_of(sign: Sign, frame: MapFrame, px: float) -> tuple[float, float, float] | None:
    """Give middle and radius of the ring in which a sign's records lie.

    Returns
    -------
    tuple or None
        ``None`` where the records are at several places, known only to the
        province, or the ring would be no wider than the sign.
    """
    records = sign.records
    if not sign.coarse or sign.spread or records.rank[sign.first] == PROVINCE:
        return None
    radius = float(records.radius_km[sign.first]) * 1000 * frame.metre
    if not radius >= sign.half + 3 * px:
        return None
    return float(records.x[sign.first]), float(records.y[sign.first]), radius


def draw_rings(ink: Ink, signs: list[Sign], frame: MapFrame, px: float) -> None:
    """Draw rings about districts, and the threads of signs that went aside."""
    found = [(sign, ring) for sign in signs if (ring := ring_of(sign, frame, px))]
    for sign, (x, y, radius) in found[:MOST_RINGS]:
        tint = sign.colour or GREY
        ink.shape(
            "circle",
            x,
            y,
            radius,
            face=colour(tint, 0.05),
            edge=colour(tint, 0.5),
            width=0.55 * px,
        )
    for sign in signs:
        if sign.threaded:
            ink.line([sign.home, (sign.x, sign.y)], edge=colour(GREY, 0.8), width=0.7 * px)
            ink.shape("circle", *sign.home, 1.3 * px, face=colour(GREY))
    ink.flush()
