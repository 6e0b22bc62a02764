"""Setting text: lines that fit a width, paragraphs, and text on the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from layers.sheet.fonts import drawable, font, text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.sheet.fonts import Slant, Weight

INK: Final = "#000000"
ELLIPSIS: Final = "…"
LEADING: Final = 1.32
"""From line to line, in sizes of type."""

MOST_CUT: Final = 40
"""Words of what is cut that may still be looked at for the last line."""

FOOT: Final = 0.3
"""From the bottom of a line's room up to the foot of its letters, in sizes of type."""


@dataclass(frozen=True, kw_only=True)
class Type:
    """A size and look of type; size in points."""

    size: float
    weight: Weight = "normal"
    style: Slant = "normal"
    colour: str = INK

    def width(self, text: str) -> float:
        """Measure a drawable text."""
        return text_width(text, self.size, self.weight, self.style)

    @property
    def leading(self) -> float:
        """Points from line to line."""
        return self.size * LEADING


def put_text(axes: Axes, x: float, y: float, text: str, look: Type, **more: Any) -> Any:
    """Put a drawable text on axes whose units are points, by the foot of its line."""
    options = {"ha": "left", "va": "baseline", "zorder": 20.0, **more}
    return axes.text(
        x,
        y,
        text,
        fontproperties=font(text, look.size, look.weight, look.style),
        color=look.colour,
        parse_math=False,
        **options,
    )


def cut_text(text: str, width: float, look: Type) -> str:
    """Cut a line so that it fits a width, and say so by three dots."""
    if look.width(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if look.width(text[:middle].rstrip() + ELLIPSIS) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def wrap_text(text: str, width: float, look: Type, most: int = 0) -> list[str]:
    """Break a text into lines that fit a width.

    Parameters
    ----------
    text
        Any text.
    width
        In points.
    look
        Its type.
    most
        The most lines; what is beyond is cut. 0: any number.

    Returns
    -------
    list of str
        Drawable lines. A word too long for a line is broken.
    """
    lines: list[str] = []
    line: list[str] = []
    used, blank = 0.0, look.width(" ")
    words = drawable(text).split(" ")[::-1]
    while words:
        word = words.pop()
        # Word by word: words come again, lines do not, and measuring takes long.
        wide = look.width(word)
        if used + wide <= width:
            line.append(word)
            used += wide + blank
        elif most and len(lines) == most - 1:
            rest = [*line, word, *words[: -MOST_CUT - 1 : -1]]
            return [*lines, cut_text(" ".join(rest) + ELLIPSIS, width, look)]
        elif line:
            lines.append(" ".join(line))
            words.append(word)
            line, used = [], 0.0
        else:
            fits = max(1, len(cut_text(word, width, look)) - 1)
            lines.append(word[:fits])
            words.append(word[fits:])
    return [*lines, " ".join(line)] if line else lines


@dataclass(frozen=True, kw_only=True)
class Line:
    """A set line: its text and type, and the points above it."""

    text: str
    look: Type
    above: float = 0.0

    @property
    def height(self) -> float:
        """Points that it takes with what is above it."""
        return self.above + self.look.leading


def set_paragraph(
    text: str, width: float, look: Type, *, above: float = 0.0, most: int = 0
) -> list[Line]:
    """Break a text into set lines, with room above the first."""
    return [
        Line(text=line, look=look, above=above if at == 0 else 0.0)
        for at, line in enumerate(wrap_text(text, width, look, most))
    ]


def height_of(lines: list[Line]) -> float:
    """Add up the heights of lines."""
    return sum(line.height for line in lines)


def put_lines(axes: Axes, x: float, top: float, lines: list[Line], **more: Any) -> float:
    """Put lines one below the other; return where the last one ends."""
    for line in lines:
        top -= line.height
        put_text(axes, x, top + FOOT * line.look.size, line.text, line.look, **more)
    return top
