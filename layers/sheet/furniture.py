"""What tells how to read the map: graticule, scale bar, north arrow, the place in Asia."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from matplotlib.collections import LineCollection

from geo.counts import number
from layers.sheet.fonts import drawable
from layers.sheet.frame import Box
from layers.sheet.ink import Ink, colour
from layers.sheet.typeset import Type, put_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.sheet.frame import Paper
    from layers.sheet.projection import MapFrame, Numbers

STEPS: Final = (10.0, 5.0, 2.0, 1.0, 0.5, 0.25, 1 / 6, 1 / 12, 1 / 30, 1 / 60)
"""Degrees between lines of the graticule: degrees, then minutes that divide them."""

LEAST_LINES: Final = 3.2
LABEL: Final = 5.6
LENGTHS: Final = (1, 2, 5)
MAGENTA: Final = "#A3195B"


def draw_graticule(map_axes: Axes, page: Axes, frame: MapFrame, paper: Paper) -> None:
    """Draw meridians and parallels, with their degrees along the left and bottom edges."""
    west, south, east, north = degrees_of(frame)
    step = next(
        (each for each in STEPS if min(east - west, north - south) / each >= LEAST_LINES), STEPS[-1]
    )
    lines = []
    look = Type(size=paper.pt(LABEL), colour="#33302C")
    off = 2.6 * paper.text
    for lon in _ticks(west, east, step):
        along = np.linspace(south, north, 120)
        x, y = frame.place(np.full_like(along, lon), along)
        lines.append(np.column_stack([x, y]))
        at = _crossing(y, x, frame.box.y0)
        text = degree_words(lon, "E" if lon >= 0 else "W")
        if at is not None and _clear(at, frame.box.x0, frame.box.x1, look.width(text)):
            put_text(page, at, frame.box.y0 - off, text, look, ha="center", va="top")
    for lat in _ticks(south, north, step):
        along = np.linspace(west, east, 120)
        x, y = frame.place(along, np.full_like(along, lat))
        lines.append(np.column_stack([x, y]))
        at = _crossing(x, y, frame.box.x0)
        text = degree_words(lat, "N" if lat >= 0 else "S")
        if at is not None and _clear(at, frame.box.y0, frame.box.y1, look.width(text)):
            put_text(page, frame.box.x0 - off, at, text, look, ha="right", va="center", rotation=90)
    artist = LineCollection(
        lines, colors=[colour("#6F6A62", 0.42)], linewidths=0.35 * paper.text, zorder=2.0
    )
    map_axes.add_artist(artist)


def degrees_of(frame: MapFrame) -> tuple[float, float, float, float]:
    """Give west, south, east and north of all that a map shows."""
    edge = shapely.segmentize(
        shapely.box(*frame.box.as_tuple()), max(frame.box.width, frame.box.height) / 20
    )
    lon, lat = frame.degrees(*shapely.get_coordinates(edge).T)
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _ticks(low: float, high: float, step: float) -> Numbers:
    return np.asarray(np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step)


def _clear(at: float, low: float, high: float, width: float) -> bool:
    return low + width / 2 <= at <= high - width / 2


def _crossing(across: Numbers, along: Numbers, edge: float) -> float | None:
    """Find where a line crosses an edge, as its place along it."""
    after = np.flatnonzero((across[:-1] <= edge) & (across[1:] > edge))
    if not len(after):
        return None
    at = int(after[0])
    part = (edge - across[at]) / (across[at + 1] - across[at])
    return float(along[at] + part * (along[at + 1] - along[at]))


def degree_words(value: float, side: str) -> str:
    """Write degrees, and minutes where there are some: ``66° E``."""
    minutes = round(abs(value) * 60)
    degrees, rest = divmod(minutes, 60)
    return f"{degrees}° {rest:02}\u2032 {side}" if rest else f"{degrees}° {side}"


def bar_km(frame: MapFrame, longest: float) -> float:
    """Choose a round length in kilometres that is at most so many points long."""
    most = longest / frame.metre / 1000
    power = 10.0 ** np.floor(np.log10(most))
    return float(max(each * power for each in LENGTHS if each * power <= most))


def draw_scale_bar(axes: Axes, frame: MapFrame, paper: Paper, box: Box) -> float:
    """Draw a scale bar and the scale in numbers at the foot of a box; return its top."""
    look = Type(size=paper.pt(5.8))
    room = box.width - look.width("0000 km")
    km = bar_km(frame, room)
    long, thick = km * 1000 * frame.metre, 2.4 * paper.text
    foot = box.y0 + look.leading
    ink = Ink(axes=axes, zorder=21.0)
    black, white = colour("#000000"), colour("#FFFFFF")
    for at, face in enumerate((black, white)):
        x = box.x0 + 1 + at * long / 2
        points = [(x, foot), (x + long / 2, foot), (x + long / 2, foot + thick), (x, foot + thick)]
        ink.line([*points, points[0]], face=face, edge=black, width=0.45 * paper.text)
    ink.flush()
    clear = long / 2 > look.width(f"{km:g}") * 1.5
    for share in (0.0, 0.5, 1.0) if clear else (0.0, 1.0):
        text = f"{km * share:g}" + (" km" if share == 1 else "")
        x = (
            box.x0
            + 1
            + long * share
            - (look.width(text.split(" ", maxsplit=1)[0]) / 2 if share else 1)
        )
        put_text(axes, x, foot + thick + 2.0 * paper.text, text, look)
    put_text(axes, box.x0, box.y0, drawable(scale_words(frame, paper)), look)
    return foot + thick + look.leading + 2


def scale_words(frame: MapFrame, paper: Paper) -> str:
    """Write the scale in round numbers: ``About 1 : 8 500 000 on A4``."""
    digits = len(str(int(frame.scale))) - 2
    about = round(frame.scale / 10**digits) * 10**digits
    name = paper.name.split(" ")[0]
    where = "" if name == "slide" else f" on {name}"
    return f"1 : {number(about)}{where}"


def draw_north(axes: Axes, frame: MapFrame, paper: Paper, x: float, y: float) -> None:
    """Draw an arrow to true north at the middle of the map."""
    middle_x = (frame.box.x0 + frame.box.x1) / 2
    middle_y = (frame.box.y0 + frame.box.y1) / 2
    lon, lat = frame.degrees([middle_x], [middle_y])
    ends = frame.place([lon[0], lon[0]], [lat[0], lat[0] + 0.01])
    angle = float(np.arctan2(ends[0][1] - ends[0][0], ends[1][1] - ends[1][0]))
    size = paper.text
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    ink = Ink(axes=axes, zorder=21.0)

    def put(points: list[tuple[float, float]], face: str) -> None:
        placed = np.array([*points, points[0]]) * size @ turn + (x, y)
        ink.line(placed, face=colour(face), edge=colour("#000000"), width=0.5 * size)

    put([(0, 9), (0, -6), (-4, -9)], "#000000")
    put([(0, 9), (0, -6), (4, -9)], "#FFFFFF")
    ink.flush()
    put_text(
        axes, x, y + 10.5 * size, "N", Type(size=paper.pt(6.4), weight="semibold"), ha="center"
    )
