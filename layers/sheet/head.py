"""The head and the foot of a sheet: set first, as they tell how much is left for the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.sheet.typeset import Line, Type, height_of, put_lines, set_paragraph, wrap_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.sheet.frame import Box, Paper
    from layers.sheet.texts import Texts

ONE_LINE: Final = (17.0, 15.5, 14.0)
TWO_LINES: Final = (14.5, 13.0, 11.5)
"""Sizes of a title on A4, the first that holds it being taken."""

MOST_TITLE: Final = 2
MOST_WORDS: Final = 3
MOST_FOOT: Final = 14
GUTTER: Final = 16.0


def set_head(texts: Texts, width: float, paper: Paper) -> list[Line]:
    """Set title, count, period, filters and what is not on the map.

    A long title shrinks, then wraps, then is cut.
    """
    if not texts.title:
        return []
    lines = _title(texts.title, width, paper)
    bold = Type(size=paper.pt(8.4), weight="semibold")
    plain = Type(size=paper.pt(7.6))
    first = " · ".join(each for each in (f"{texts.count}", texts.period) if each)
    above = paper.pt(1.5)
    if texts.words:
        lines += set_paragraph(texts.words, width, bold, above=above, most=MOST_WORDS)
        above = 0.0
    rest = " ".join([f"{first}.", *texts.asides])
    lines += set_paragraph(rest, width, plain, above=above, most=MOST_WORDS)
    return lines


def _title(text: str, width: float, paper: Paper) -> list[Line]:
    tries = [(size, 1) for size in ONE_LINE] + [(size, 2) for size in TWO_LINES]
    for size, most in tries:
        look = Type(size=paper.pt(size), weight="bold")
        if len(wrap_text(text, width, look)) <= most:
            break
    return [Line(text=line, look=look) for line in wrap_text(text, width, look, MOST_TITLE)]


@dataclass(frozen=True, kw_only=True)
class Foot:
    """The foot in columns, and its height."""

    columns: tuple[list[Line], ...]
    starts: tuple[float, ...]
    height: float


def set_foot(texts: Texts, width: float, paper: Paper) -> Foot:
    """Set sources, notes and making side by side; on narrow paper the last below."""
    shares = (0.42, 0.36, 0.22) if paper.landscape else (0.55, 0.45)
    gutter = GUTTER * paper.text
    room = width - gutter * (len(shares) - 1)
    parts = [("Sources and licences", texts.sources), ("Notes", texts.notes)]
    making = ("Made", texts.making)
    if paper.landscape:
        parts.append(making)
    columns, starts, x = [], [], 0.0
    for share, (title, paragraphs) in zip(shares, parts, strict=True):
        columns.append(_column(title, paragraphs, share * room, paper))
        starts.append(x)
        x += share * room + gutter
    if not paper.landscape:
        shorter = min(range(2), key=lambda at: height_of(columns[at]))
        more = _column(*making, shares[shorter] * room, paper)
        columns[shorter] = [
            *columns[shorter],
            Line(text=more[0].text, look=more[0].look, above=paper.pt(3.0)),
            *more[1:],
        ]
    height = max(height_of(each) for each in columns)
    return Foot(columns=tuple(columns), starts=tuple(starts), height=height)


def _column(title: str, paragraphs: tuple[str, ...], width: float, paper: Paper) -> list[Line]:
    size = paper.small
    body = Type(size=size)
    lines = [Line(text=title, look=Type(size=size, weight="semibold"))]
    for text in paragraphs:
        lines += set_paragraph(text, width, body, above=paper.pt(0.8), most=MOST_FOOT)
    return lines


def draw_foot(axes: Axes, foot: Foot, box: Box) -> None:
    """Draw the foot from the top of a box."""
    for start, lines in zip(foot.starts, foot.columns, strict=True):
        put_lines(axes, box.x0 + start, box.y1, lines)
