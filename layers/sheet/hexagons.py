"""Records counted in hexagons (layers/js/hexagons.js), one grid fixed to the ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib.colors import to_rgb

from geo.counts import number
from layers.ramp import RAMP
from layers.sheet.ink import Ink, colour
from layers.sheet.key import Section
from layers.sheet.labelstyle import Words
from layers.sheet.lettering import put_words
from layers.sheet.room import Rectangle, overlaps
from layers.sheet.signs import short_count
from layers.sheet.surfaces import Counted, gather, left_out, over, ramp_at, round_km
from layers.sheet.typeset import Type
from layers.style import GROUND

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.sheet.points import RecordSet
    from layers.sheet.projection import MapFrame, Numbers

WIDE: Final = 28.0
HIGH: Final = 24.0
SEEN_THROUGH: Final = 0.85
ASIDE: Final = ((0, 0), (0, 0.3), (0, -0.3), (0.22, 0), (-0.22, 0), (0.2, 0.25), (-0.2, -0.25))
"""Where in its hexagon a number may stand: right and up, in widths and lines."""

NUMBER: Final = 10.5
"""Size of the type of numbers in CSS pixels."""

LADDERS: Final = (
    (5, (1, 2, 3, 4, 5)),
    (15, (1, 2, 3, 5, 10)),
    (40, (1, 2, 5, 10, 20)),
    (150, (1, 2, 5, 10, 20, 50)),
    (600, (1, 3, 10, 30, 100, 300)),
    (4000, (1, 5, 20, 100, 500, 2000)),
    (30000, (1, 10, 50, 250, 1000, 5000)),
    (10**12, (1, 10, 100, 1000, 10000, 100000)),
)
"""Where classes start, for the largest count that a row is made for."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Hexagons:
    """Hexagons that hold records: middles in points, counts, and their classes."""

    x: Numbers
    y: Numbers
    count: Any
    breaks: tuple[int, ...]
    counted: Counted

    @property
    def colours(self) -> list[str]:
        """A colour a class; few classes keep to the light end."""
        steps = max(len(self.breaks) - 1, 4)
        return [ramp_at(at / steps) for at in range(len(self.breaks))]

    def numbered(self, frame: MapFrame, px: float) -> npt.NDArray[np.bool_]:
        """Tell which bear their number: not one, nor those of which the map shows a part."""
        return np.asarray((self.count > 1) & frame.inside(self.x, self.y, -WIDE * px * 0.2))

    def boxes(self, px: float) -> list[Rectangle]:
        """Give the boxes of those that bear a number, for labels to keep clear of."""
        half = np.array([WIDE, HIGH]) * px * 0.36
        many = self.count > 1
        middles = np.column_stack([self.x, self.y])[many]
        return [tuple(each) for each in np.column_stack([middles - half, middles + half])]


def count_hexagons(sets: list[RecordSet], frame: MapFrame, px: float) -> Hexagons:
    """Count the records of all layers in one grid of hexagons, fixed to the ground."""
    wide, high = WIDE * px, HIGH * px
    counted = gather(sets, wide / frame.metre / 1000)
    # The grid starts at the projection's own origin.
    x0 = frame.box.x0 - frame.x * frame.metre
    y0 = frame.box.y0 - frame.y * frame.metre
    u, v = (counted.x - x0) / wide, (counted.y - y0) / high
    line = np.floor(v + 0.5)
    odd = np.mod(line, 2)
    column = np.floor(u - odd / 2 + 0.5)
    right, up = u - odd / 2 - column, v - line
    # Beyond a slanting edge lies a hexagon of the next line.
    beyond = np.abs(up) * 1.5 + np.abs(right) > 1
    column = np.where(beyond, column + odd - (right < 0), column)
    line = np.where(beyond, np.where(up < 0, line - 1, line + 1), line)
    places, count = np.unique(np.column_stack([line, column]), axis=0, return_counts=True)
    x = x0 + (places[:, 1] + np.mod(places[:, 0], 2) / 2) * wide
    y = y0 + places[:, 0] * high
    return Hexagons(x=x, y=y, count=count, breaks=_breaks(count), counted=counted)


def _breaks(count: Any) -> tuple[int, ...]:
    largest = int(count.max(initial=0))
    ladder = next(steps for most, steps in LADDERS if largest <= most)
    return tuple(each for each in ladder if each <= largest)[: len(RAMP)]


def draw_hexagons(
    axes: Axes, hexagons: Hexagons, frame: MapFrame, px: float, gates: list[Rectangle]
) -> None:
    """Draw hexagons under the lines of the map, and their numbers above them.

    Parameters
    ----------
    axes
        Of the map; their units are points.
    hexagons
        What to draw.
    frame
        Where the map lies: a number at its edge is moved inwards.
    px
        Points of a CSS pixel.
    gates
        Boxes of crossings, that numbers go aside of.
    """
    ink = Ink(axes=axes, zorder=4.0)
    kinds = np.searchsorted(hexagons.breaks, hexagons.count, side="right") - 1
    for x, y, kind in zip(hexagons.x, hexagons.y, kinds, strict=True):
        tint = colour(hexagons.colours[kind], SEEN_THROUGH)
        ink.shape("hexagon", x, y, (WIDE / 2 - 0.5) * px, face=tint)
    ink.flush()
    taken = np.array(gates, dtype=float).reshape(-1, 4)
    seen = [over(each, SEEN_THROUGH, GROUND["land"]) for each in hexagons.colours]
    for at in np.flatnonzero(hexagons.numbered(frame, px)):
        look = Type(size=NUMBER * px, weight="semibold", colour=_reads_on(seen[kinds[at]]))
        text = short_count(int(hexagons.count[at]))
        place = _place_number(hexagons, int(at), look.width(text), frame, px, taken)
        words = Words(text=text, look=look, x=float(place[0]), y=float(place[1]))
        put_words(axes, words, seen[kinds[at]], zorder=10.0)


def _place_number(
    hexagons: Hexagons, at: int, width: float, frame: MapFrame, px: float, taken: Numbers
) -> Numbers:
    """Find the middle of a number: within the map, and clear of crossings if it can be."""
    box = frame.box.inset(2.0)
    reach = np.array([width / 2, NUMBER * px * 0.4])
    tries = np.array([hexagons.x[at], hexagons.y[at]]) + np.array(ASIDE) * (WIDE * px, HIGH * px)
    tries = np.clip(tries, np.array([box.x0, box.y0]) + reach, np.array([box.x1, box.y1]) - reach)
    free = ~overlaps(_boxes_about(tries, reach), taken).any(axis=1)
    return np.asarray(tries[int(np.argmax(free))])


def _boxes_about(middles: Numbers, reach: Numbers) -> Numbers:
    return np.column_stack([middles - reach, middles + reach])


def _reads_on(tint: str) -> str:
    red, green, blue = (channel**2.2 for channel in to_rgb(tint))
    return GROUND["ink"] if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.17 else "#FFFFFF"


def hexagon_section(hexagons: Hexagons, frame: MapFrame, px: float) -> Section:
    """Write the legend of hexagons."""
    section = Section(title="Records in a hexagon")
    breaks = hexagons.breaks
    for at, tint in enumerate(hexagons.colours):
        seen = over(tint, SEEN_THROUGH, GROUND["land"])
        section.add(_class(breaks, at), {"shape": "hexagon", "colour": seen, "size": 16}, at)
    if breaks:
        across = WIDE * px / frame.metre / 1000
        section.notes.append(f"A hexagon is about {round_km(across)} km across.")
        bare = ~hexagons.numbered(frame, px)
        if (bare & (hexagons.count > 1)).any():
            section.notes.append("No number: one record, or cut by the map’s edge.")
        elif bare.any():
            section.notes.append("No number: one record.")
    section.notes += left_out(hexagons.counted)
    return section


def _class(breaks: tuple[int, ...], at: int) -> str:
    first = number(breaks[at])
    if at == len(breaks) - 1:
        return f"{first} or more"
    last = breaks[at + 1] - 1
    return first if last == breaks[at] else f"{first}–{number(last)}"
