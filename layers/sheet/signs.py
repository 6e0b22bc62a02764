"""Drawing the signs of records, crossings and the legend.

Shape says what, colour who or which goods, fill who acted, size how much: as in
the web map (layers/js/stamps.js, layers/js/signs.js). On paper a small mark within
a sign repeats what its colour says, for prints in grey.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from layers.sheet.ink import NONE, Ink, arc, colour, edge_point
from layers.sheet.typeset import Type, put_text
from layers.style import BLUE, GREEN, ORANGE, PURPLE, SEVERAL, SKY, VERMILLION, YELLOW

if TYPE_CHECKING:
    from layers.sheet.ink import Colour
    from layers.sheet.layout import Sign

PAPER: Final = "#FFFDF8"
INK: Final = "#1C1A18"
OUTLINE: Final = (0.12, 0.10, 0.09, 0.75)
RING: Final = 0.2
WIDEST_RING: Final = 9.0
LARGE: Final = 34.0
GREY: Final = SEVERAL.colour

MARKS: Final = {
    BLUE: ("dot", "#FFFFFF"),
    SKY: ("bar", INK),
    GREEN: ("cross", "#FFFFFF"),
    YELLOW: ("dot", INK),
    PURPLE: ("bar", "#FFFFFF"),
    ORANGE: ("saltire", INK),
    VERMILLION: ("pole", "#FFFFFF"),
}
"""By colour, the mark that tells it in grey; black and the two greys have none."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a sign looks; ``size`` in points, ``shares`` of a counted one.

    ``way`` is ``one``, ``ring`` (a counted sign) or ``badge`` (of coarse records).
    """

    way: str
    shape: str
    colour: str
    size: float
    shares: tuple[tuple[str, float], ...] = ()
    open: bool = False
    both: bool = False
    soft: bool = False
    hollow: bool = False


def look_of(sign: Sign) -> Look:
    """Say how the sign of records looks."""
    shares = tuple((sign.records.colours[at], count / sign.count) for at, count in sign.classes)
    return Look(
        way="badge" if sign.coarse else "ring" if sign.count > 1 else "one",
        shape=sign.records.style["shape"],
        colour=sign.colour or GREY,
        size=2 * sign.half,
        shares=shares,
        open=sign.open,
        both=sign.both,
        soft=sign.soft,
        hollow=sign.hollow,
    )


def draw_sign(ink: Ink, look: Look, x: float, y: float, px: float) -> None:
    """Draw a sign about its middle; px is the points of a CSS pixel."""
    {"one": _one, "ring": _ring, "badge": _badge}[look.way](ink, look, x, y, px)


def _one(ink: Ink, look: Look, x: float, y: float, px: float) -> None:
    shape, half, own = look.shape, look.size / 2, look.colour
    large = look.size > LARGE * px
    if look.soft:
        ink.shape(shape, x, y, half + 2.6 * px, face=colour(own, 0.3))
    else:
        ink.shape(shape, x, y, half + 1.2 * px, face=colour("#FFFFFF", 0.3 if large else 0.8))
    through = 0.6 if large else 1.0
    if look.hollow:
        ink.shape(
            shape,
            x,
            y,
            half - 0.7 * px,
            face=colour("#FFFFFF", through),
            edge=colour(own),
            width=1.4 * px,
        )
    elif look.open:
        wide = max(2 * px, look.size * 0.16)
        ink.shape(
            shape,
            x,
            y,
            half - wide / 2,
            face=colour("#FFFFFF", through),
            edge=colour(own),
            width=wide,
        )
        _mark(ink, own, x, y, half * 0.62, paper=True)
    else:
        ink.shape(shape, x, y, half, face=colour(own, through), edge=OUTLINE, width=0.6 * px)
        if not large:
            _mark(ink, own, x, y, half)


def _mark(ink: Ink, own: str, x: float, y: float, half: float, *, paper: bool = False) -> None:
    """Put the mark of a colour into a sign, or on its paper."""
    if own not in MARKS:
        return
    name, tint = MARKS[own]
    face = colour(own if paper else tint)
    long, thick = half * 0.56, half * 0.2
    if name == "dot":
        ink.shape("circle", x, y, half * 0.36, face=face)
        return
    bars = {
        "bar": (0.0,),
        "pole": (90.0,),
        "cross": (0.0, 90.0),
        "saltire": (45.0, 135.0),
    }[name]
    for angle in bars:
        step = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))]) * long
        ink.line(
            [(x - step[0], y - step[1]), (x + step[0], y + step[1])], edge=face, width=2 * thick
        )


def _ring(ink: Ink, look: Look, x: float, y: float, px: float) -> None:
    shape, half = look.shape, look.size / 2
    wide = min(max(3 * px, look.size * RING), WIDEST_RING * px)
    if look.soft:
        ink.shape(shape, x, y, half + 2.6 * px, face=colour(look.shares[0][0], 0.3))
    else:
        ink.shape(shape, x, y, half + 1.2 * px, face=colour("#FFFFFF", 0.8))
    through = 0.75 if look.size > (LARGE + 8) * px else 1.0
    ink.shape(shape, x, y, half - wide / 2, face=colour(PAPER, through))
    _shares(ink, look, x, y, wide)
    if look.open or look.both:
        _struck(ink, look, x, y, wide, px)
    # Edges within and without keep the ring whole where its colours are light.
    ink.shape(shape, x, y, half, edge=OUTLINE, width=0.6 * px)
    ink.shape(shape, x, y, half - wide, edge=(*OUTLINE[:3], 0.45), width=0.4 * px)


def _shares(ink: Ink, look: Look, x: float, y: float, wide: float) -> None:
    middle = look.size / 2 - wide / 2
    if len(look.shares) == 1:
        ink.shape(look.shape, x, y, middle, edge=colour(look.shares[0][0]), width=wide)
        if not (look.open or look.both):
            _ring_mark(ink, look, look.shares[0][0], (x, y), (middle, 0.0, wide))
        return
    start = 0.0
    ends = []
    for own, part in look.shares:
        end = min(1.0, start + part)
        ink.add(arc(look.shape, x, y, middle, (start, end)), edge=colour(own), width=wide)
        length = (8 if look.shape == "square" else 2 * np.pi) * middle * part
        ends.append(end)
        if length > 1.5 * wide and not (look.open or look.both):
            _ring_mark(ink, look, own, (x, y), (middle, (start + end) / 2, wide))
        start = end
    for end in ends:
        right, up = edge_point(look.shape, 1.0, end)
        inner, outer = middle - wide / 2, middle + wide / 2
        ink.line(
            [(x + right * inner, y + up * inner), (x + right * outer, y + up * outer)],
            edge=colour(PAPER),
            width=wide * 0.16,
        )


def _ring_mark(
    ink: Ink, look: Look, own: str, at: tuple[float, float], where: tuple[float, float, float]
) -> None:
    middle, share, wide = where
    right, up = edge_point(look.shape, middle, share)
    _mark(ink, own, at[0] + right, at[1] + up, wide * 0.62)


def _struck(ink: Ink, look: Look, x: float, y: float, wide: float, px: float) -> None:
    """Hollow the ring of a group that was struck; its right half where it acted too."""
    middle = look.size / 2 - wide / 2
    hollow = max(wide - 2 * px, 0.4 * wide)
    if look.open:
        ink.shape(look.shape, x, y, middle, edge=colour(PAPER), width=hollow)
    else:
        ink.add(arc(look.shape, x, y, middle, (0.0, 0.5)), edge=colour(PAPER), width=hollow)


def _badge(ink: Ink, look: Look, x: float, y: float, px: float) -> None:
    half, own = look.size / 2, look.colour
    ink.shape(look.shape, x, y, half + 0.8 * px, face=colour("#FFFFFF", 0.7))
    ink.shape(look.shape, x, y, half, face=colour(PAPER, 0.5 if look.size > LARGE * px else 1))
    width = (2.0 if look.open else 1.3) * px
    ink.shape(
        look.shape,
        x,
        y,
        half - width / 2,
        face=NONE if look.open else colour(own, 0.24),
        edge=colour(own),
        width=width,
        dash=(2.5 * px, 1.5 * px),
    )


def draw_diamond(ink: Ink, x: float, y: float, half: float, *, full: bool, px: float) -> None:
    """Draw the sign of a crossing."""
    ink.shape("diamond", x, y, half + 1.6 * px, face=colour("#FFFFFF", 0.85))
    face: Colour = colour(INK if full else "#FFFFFF")
    width = 1.5 * px
    ink.shape("diamond", x, y, half - width / 2, face=face, edge=colour(INK), width=width)


def short_count(count: int) -> str:
    """Write 1 234 as "1.2k": a number must fit its sign."""
    if count < 1000:
        return str(count)
    if count < 9950:
        return f"{count / 1000:.1f}k"
    return f"{count / 1000:.0f}k" if count < 999_500 else f"{count / 1e6:.1f}m"


def number_type(look: Look, text: str, px: float) -> Type:
    """Choose the type of the number within a sign."""
    room = (0.78 if look.way == "badge" else 1 - 2 * RING) * look.size
    size = min(13 * px, max(8.5 * px, room / (0.6 * max(len(text), 1.6))))
    return Type(size=size, weight="normal" if look.way == "badge" else "semibold", colour=INK)


def draw_number(ink: Ink, look: Look, x: float, y: float, text: str, px: float) -> None:
    """Write a number into a sign."""
    kind = number_type(look, text, px)
    put_text(ink.axes, x, y - 0.36 * kind.size, text, kind, ha="center", zorder=ink.zorder)


def draw_signs(ink: Ink, signs: list[Sign], px: float) -> None:
    """Draw the signs of records in order, each with its number.

    A sign that lies over an earlier one's number is drawn after that number.
    """
    numbered: list[Sign] = []

    def write() -> None:
        ink.flush()
        for each in numbered:
            draw_number(ink, look_of(each), each.x, each.y, short_count(each.count), px)
        ink.zorder += 1e-3
        numbered.clear()

    for sign in signs:
        if any(
            max(abs(sign.x - each.x), abs(sign.y - each.y)) < sign.half + each.half
            for each in numbered
        ):
            write()
        draw_sign(ink, look_of(sign), sign.x, sign.y, px)
        if sign.count > 1 and sign.half * 2 > 9 * px:
            numbered.append(sign)
    write()
