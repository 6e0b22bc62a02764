"""Where things go on a page: head on top, legend beside the map or below it, foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from layers.sheet.frame import Box, Paper
from layers.sheet.head import Foot, set_foot, set_head
from layers.sheet.legend import (
    COLUMN_GAP,
    SMALLEST,
    Scale,
    SetLegend,
    fit_legend,
    level_legend,
)
from layers.sheet.typeset import Line, height_of

if TYPE_CHECKING:
    from layers.sheet.key import Section
    from layers.sheet.texts import Texts

DEGREES: Final = 10.0
"""Room for the degrees along the left and bottom edges of the map, on A4."""

GAP: Final = 13.0
"""Between map and legend, on A4."""

LEAST: Final = 0.6
"""Share of its type's size below which no legend goes, however long."""

NARROW: Final = 0.84
"""Of two columns beside the map, the width of each against one alone."""

HALF: Final = 0.5
"""Width of the inset against its column, where the scale bar is beside it."""

SCALE: Final = 26.0
"""Height of the scale bar with its numbers, on A4."""

MOST_BELOW: Final = 0.5
"""Share of the page's body that a legend below the map may take."""

LOCATOR: Final = 0.68
"""Height of the inset against its width."""

COLUMN: Final = 122.0
"""Least width of a column of a legend below the map, on A4."""

FURNITURE: Final = 128.0
"""Width of inset and scale bar below the map, on A4."""


@dataclass(frozen=True, kw_only=True)
class Boxes:
    """Where map, legend and what tells how to read them lie; ``north`` is a point."""

    map_box: Box
    legend_box: Box
    locator_box: Box
    scale_box: Box
    north: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Page:
    """The parts of a page, set, and their boxes."""

    head: list[Line]
    foot: Foot
    legend: SetLegend
    head_box: Box
    foot_box: Box
    boxes: Boxes


def lay_out(paper: Paper, texts: Texts, sections: list[Section]) -> Page:
    """Lay a page out.

    Parameters
    ----------
    paper
        Its paper.
    texts
        What it says.
    sections
        Of the legend.
    """
    sheet = Box(x0=0, y0=0, x1=paper.width, y1=paper.height).inset(paper.margin)
    head = set_head(texts, sheet.width, paper)
    foot = set_foot(texts, sheet.width, paper)
    head_box = Box(x0=sheet.x0, x1=sheet.x1, y1=sheet.y1, y0=sheet.y1 - height_of(head))
    foot_box = Box(x0=sheet.x0, x1=sheet.x1, y0=sheet.y0, y1=sheet.y0 + foot.height)
    body = Box(
        x0=sheet.x0,
        x1=sheet.x1,
        y0=foot_box.y1 + paper.pt(7.0),
        y1=head_box.y0 - paper.pt(5.0),
    )
    arrange = _beside if paper.landscape else _below
    legend, boxes = arrange(body, sections, paper)
    return Page(
        head=head, foot=foot, legend=legend, head_box=head_box, foot_box=foot_box, boxes=boxes
    )


def _beside(body: Box, sections: list[Section], paper: Paper) -> tuple[SetLegend, Boxes]:
    """Put the legend right of the map, in one column or two, the inset at its foot."""
    gap, strip = GAP * paper.text, DEGREES * paper.text
    column = paper.side
    low = _furniture_height(column, paper, stacked=False) + strip + gap
    legend = fit_legend(sections, column, [body.height - low], paper, SMALLEST)
    columns = 1
    if legend is None:
        columns, column = 2, NARROW * paper.side
        low = _furniture_height(column, paper, stacked=True) + strip + gap
        rooms = [body.height, body.height - low]
        legend = fit_legend(sections, column, rooms, paper, LEAST) or level_legend(
            sections, column, 2, Scale(paper=paper, share=LEAST)
        )
    width = column * columns + COLUMN_GAP * (columns - 1)
    side = Box(x0=body.x1 - width, x1=body.x1, y0=body.y0, y1=body.y1)
    own = Box(x0=side.x1 - column, x1=side.x1, y0=body.y0 + strip, y1=body.y1)
    tall = _furniture_height(column, paper, stacked=True)
    stacked = columns == 2 or body.height - strip - legend.height - gap >= tall
    return legend, Boxes(
        map_box=Box(x0=body.x0 + strip, x1=side.x0 - gap, y0=body.y0 + strip, y1=body.y1),
        legend_box=Box(x0=side.x0, x1=side.x1, y0=side.y1 - legend.height, y1=side.y1),
        **_furniture(own, paper, stacked=stacked),
    )


def _furniture_height(column: float, paper: Paper, *, stacked: bool) -> float:
    if stacked:
        return column * LOCATOR + paper.pt(SCALE + 8.0)
    return column * HALF * LOCATOR


def _furniture(column: Box, paper: Paper, *, stacked: bool) -> dict[str, Any]:
    """Place inset, scale bar and north arrow at the foot of a column."""
    low, scale = column.y0, paper.pt(SCALE)
    if stacked:
        base = low + scale + paper.pt(8.0)
        top = base + column.width * LOCATOR
        return {
            "locator_box": Box(x0=column.x0, x1=column.x1, y0=base, y1=top),
            "scale_box": Box(x0=column.x0, x1=column.x1 - paper.pt(26), y0=low, y1=low + scale),
            "north": (column.x1 - paper.pt(9.0), low + paper.pt(9.0)),
        }
    width = column.width * HALF
    right = column.x0 + width + paper.pt(9.0)
    return {
        "locator_box": Box(x0=column.x0, x1=column.x0 + width, y0=low, y1=low + width * LOCATOR),
        "scale_box": Box(x0=right, x1=column.x1, y0=low, y1=low + scale),
        "north": (right + paper.pt(5.0), low + paper.pt(40.0)),
    }


def _below(body: Box, sections: list[Section], paper: Paper) -> tuple[SetLegend, Boxes]:
    """Put the legend under the map in columns of one height, the inset right of it."""
    gap, strip = GAP * paper.text, DEGREES * paper.text
    furniture = FURNITURE * paper.text
    width = body.width - furniture - gap
    columns = max(1, int((width + COLUMN_GAP) // (COLUMN * paper.text + COLUMN_GAP)))
    column = (width - COLUMN_GAP * (columns - 1)) / columns
    most = body.height * MOST_BELOW
    legend = None
    share = 1.0
    while legend is None or (legend.height > most and share > LEAST):
        legend = level_legend(sections, column, columns, Scale(paper=paper, share=share))
        share -= 0.04
    height = max(legend.height, _furniture_height(furniture, paper, stacked=True))
    top = body.y0 + height
    foot = top - _furniture_height(furniture, paper, stacked=True)
    own = Box(x0=body.x1 - furniture, x1=body.x1, y0=foot, y1=top)
    return legend, Boxes(
        map_box=Box(x0=body.x0 + strip, x1=body.x1, y0=top + strip + gap, y1=body.y1),
        legend_box=Box(x0=body.x0, x1=body.x0 + width, y0=body.y0, y1=top),
        **_furniture(own, paper, stacked=True),
    )
