"""How labels look, and what one is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.sheet.typeset import Type

if TYPE_CHECKING:
    from layers.sheet.frame import Paper
    from layers.sheet.room import Rectangle


@dataclass(frozen=True, kw_only=True)
class Style:
    """How labels of a style look.

    Attributes
    ----------
    look
        Their type on A4.
    upper
        Whether they are in capitals.
    dot
        Whether a dot stands at the place.
    inside
        Whether they stand within an area rather than beside a point.
    spaced
        By how much letters are set apart, in sizes of type.
    """

    look: Type
    upper: bool = False
    dot: bool = False
    inside: bool = False
    spaced: float = 0.0


STYLES: Final = {
    "country": Style(
        look=Type(size=8.6, weight="semibold", colour="#57514A"),
        upper=True,
        inside=True,
        spaced=0.22,
    ),
    "province": Style(look=Type(size=5.9, colour="#6A6357"), inside=True),
    "area": Style(look=Type(size=6.4, weight="semibold", colour="#5D431F"), inside=True),
    "town": Style(look=Type(size=6.0, colour="#1C1A18"), dot=True),
    "crossing": Style(look=Type(size=5.7, style="italic", colour="#1C1A18")),
    "crossing-main": Style(look=Type(size=7.4, weight="bold", colour="#000000")),
    "line": Style(look=Type(size=6.4, weight="semibold", colour="#2E2A27")),
}
"""By the names that :func:`layers.data.label` takes."""

NOTE: Final = Type(size=5.6, style="italic", colour="#2E2A27")


@dataclass(frozen=True, kw_only=True)
class Words:
    """A line of a label: text and type, its middle in points, its angle in radians."""

    text: str
    look: Type
    x: float
    y: float
    angle: float = 0.0
    spaced: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Label:
    """A label in its place: lines, the boxes it takes, and its dot, in points."""

    text: str
    style: str
    lines: tuple[Words, ...]
    boxes: tuple[Rectangle, ...]
    dot: tuple[float, float] | None = None


def scaled(look: Type, paper: Paper) -> Type:
    """Give a type as large as it is on a paper."""
    return Type(size=paper.pt(look.size), weight=look.weight, style=look.style, colour=look.colour)


def width_of(text: str, look: Type, spaced: float) -> float:
    """Measure a text whose letters are set apart by a share of its size."""
    return look.width(text) + max(0, len(text) - 1) * spaced * look.size
