"""Setting the legend: sections in columns, each line with its signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.sheet.frame import Box
from layers.sheet.ink import Ink
from layers.sheet.keysigns import draw_key_sign, key_size
from layers.sheet.typeset import Type, put_text, wrap_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from layers.sheet.frame import Paper
    from layers.sheet.key import Item, Section

TEXT: Final = 6.8
HEADING: Final = 6.8
NOTE: Final = 6.0
SMALLEST: Final = 0.84
"""Share of these sizes below which a legend takes another column rather than shrink."""

COLUMN_GAP: Final = 12.0
"""Points between columns."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Sizes of a legend: of type, by paper and by how much it had to shrink."""

    paper: Paper
    share: float = 1.0

    def text(self, style: str) -> Type:
        """Give the type of headings, labels or notes."""
        size = self.paper.pt({"heading": HEADING, "note": NOTE}.get(style, TEXT)) * self.share
        weight = "semibold" if style == "heading" else "normal"
        tint = "#33302C" if style == "note" else "#000000"
        return Type(size=size, weight=weight, colour=tint)  # type: ignore[arg-type]

    @property
    def px(self) -> float:
        """Points of a CSS pixel: signs stay as large as on the map."""
        return self.paper.px

    @property
    def gutter(self) -> float:
        """Width of the part that signs stand in."""
        return 43 * self.paper.px

    @property
    def gap(self) -> float:
        """Points between sections."""
        return 5.0 * self.paper.text * self.share


@dataclass(frozen=True, kw_only=True)
class SetItem:
    """A line with its text broken, and the room it takes."""

    item: Item
    lines: list[str]
    gutter: float
    height: float


@dataclass(frozen=True, kw_only=True)
class SetSection:
    """A section with its texts broken."""

    title: list[str]
    items: list[SetItem]
    notes: list[str]
    height: float


def set_section(section: Section, width: float, scale: Scale) -> SetSection:
    """Break the texts of a section for a column."""
    label, head, note = (scale.text(style) for style in ("label", "heading", "note"))
    items = []
    sized = [[key_size(sign, scale.px) for sign in item.signs] for item in section.items]
    wide = [sum(size[0] for size in each) + 2 * scale.px * (len(each) - 1) for each in sized]
    gutter = max(scale.gutter, *wide) + 3 * scale.px if wide else 0.0
    for item, sizes in zip(section.items, sized, strict=True):
        lines = wrap_text(item.label, width - gutter, label)
        text = label.leading * 0.93 * len(lines)
        height = max(text, max(size[1] for size in sizes) + 1.0) + 0.9 * scale.share
        items.append(SetItem(item=item, lines=lines, gutter=gutter, height=height))
    notes = [line for text in section.notes for line in wrap_text(text, width, note)]
    title = wrap_text(section.title, width, head)
    height = head.leading * len(title) + sum(each.height for each in items)
    height += note.leading * len(notes) + (1.5 if notes else 0)
    return SetSection(title=title, items=items, notes=notes, height=height)


@dataclass(frozen=True, kw_only=True)
class SetLegend:
    """A legend in columns; ``height`` of the longest."""

    columns: list[list[SetSection]]
    column: float
    scale: Scale
    height: float

    def boxes(self, box: Box) -> list[Box]:
        """Give the boxes of its columns within one that starts where they do."""
        lefts = [box.x0 + at * (self.column + COLUMN_GAP) for at in range(len(self.columns))]
        return [
            Box(x0=x, y0=box.y1 - _height(parts, self.scale), x1=x + self.column, y1=box.y1)
            for x, parts in zip(lefts, self.columns, strict=True)
        ]


def set_legend(
    sections: list[Section], column: float, rooms: Sequence[float], scale: Scale
) -> SetLegend | None:
    """Set a legend into columns.

    Parameters
    ----------
    sections
        What it says, in order.
    column
        Width of a column.
    rooms
        Height of each column.
    scale
        Sizes of type.

    Returns
    -------
    SetLegend or None
        ``None`` if it does not fit.
    """
    parts = [set_section(each, column, scale) for each in sections]
    columns: list[list[SetSection]] = [[] for _ in rooms]
    at = 0
    for part in parts:
        while at < len(rooms) and _height([*columns[at], part], scale) > rooms[at]:
            at += 1
        if at == len(rooms):
            return None
        columns[at].append(part)
    height = max((_height(each, scale) for each in columns), default=0.0)
    return SetLegend(columns=columns, column=column, scale=scale, height=height)


def _height(parts: list[SetSection], scale: Scale) -> float:
    return sum(part.height for part in parts) + scale.gap * max(0, len(parts) - 1)


def fit_legend(
    sections: list[Section], column: float, rooms: Sequence[float], paper: Paper, least: float
) -> SetLegend | None:
    """Set a legend into columns, in smaller type down to a share if it must.

    Returns
    -------
    SetLegend or None
        ``None`` if it does not fit even then.
    """
    share = 1.0
    while share >= least:
        legend = set_legend(sections, column, rooms, Scale(paper=paper, share=share))
        if legend:
            return legend
        share -= 0.04
    return None


def level_legend(sections: list[Section], column: float, columns: int, scale: Scale) -> SetLegend:
    """Set a legend in some columns of one height, as low as can be."""
    parts = [set_section(each, column, scale) for each in sections]
    low = max((part.height for part in parts), default=0.0)
    high = _height(parts, scale) + 1
    best = None
    while high - low > 1 or best is None:
        middle = (low + high) / 2 if best else high
        legend = set_legend(sections, column, [middle] * columns, scale)
        if legend is None:
            low = middle
        else:
            best, high = legend, middle
    return best


def draw_legend(axes: Axes, legend: SetLegend, box: Box) -> None:
    """Draw a legend from the top of a box."""
    ink = Ink(axes=axes, zorder=21.0)
    for own, parts in zip(legend.boxes(box), legend.columns, strict=True):
        top = own.y1
        for part in parts:
            top = _draw_section(ink, part, own.x0, top, legend) - legend.scale.gap
    ink.flush()


def _draw_section(ink: Ink, part: SetSection, x: float, top: float, legend: SetLegend) -> float:
    label, head, note = (legend.scale.text(style) for style in ("label", "heading", "note"))
    for line in part.title:
        put_text(ink.axes, x, top - head.leading + 0.36 * head.size, line, head)
        top -= head.leading
    for each in part.items:
        middle = top - each.height / 2
        _draw_signs(ink, each, x, middle, legend.scale)
        pitch = label.leading * 0.93
        first = middle + pitch * (len(each.lines) - 1) / 2 - 0.36 * label.size
        for at, line in enumerate(each.lines):
            put_text(ink.axes, x + each.gutter, first - at * pitch, line, label)
        top -= each.height
    if part.notes:
        top -= 1.5
    for line in part.notes:
        put_text(ink.axes, x, top - note.leading + 0.36 * note.size, line, note)
        top -= note.leading
    return top


def _draw_signs(ink: Ink, each: SetItem, x: float, y: float, scale: Scale) -> None:
    sizes = [key_size(sign, scale.px) for sign in each.item.signs]
    wide = sum(size[0] for size in sizes) + 2 * scale.px * (len(sizes) - 1)
    at = x + (each.gutter - 3 * scale.px - wide) / 2
    for sign, (width, _) in zip(each.item.signs, sizes, strict=True):
        draw_key_sign(ink, sign, at + width / 2, y, scale.px)
        at += width + 2 * scale.px
