"""Names as they are drawn: letters set apart, a pale edge about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from layers.sheet.fonts import font
from layers.sheet.realtext import SpacedText
from layers.sheet.typeset import put_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.sheet.labelstyle import Words
    from layers.sheet.projection import Numbers
    from layers.sheet.typeset import Type

MIDDLE: Final = 0.36
"""From the foot of letters to the middle of their height, in sizes of type."""

HALO: Final = 0.26
"""Width of the pale edge on either side, in sizes of type."""


def put_words(axes: Axes, words: Words, land: str, zorder: float = 12.0) -> None:
    """Draw a line of a label about its middle, with an edge in the colour of the land."""
    look = words.look
    along = np.array([np.cos(words.angle), np.sin(words.angle)])
    up = np.array([-along[1], along[0]])
    foot = np.array([words.x, words.y]) - MIDDLE * look.size * up
    pieces = _pieces(words)
    turn = np.stack([along, up])
    halo = _halo([(text, foot + start * along) for text, start in pieces], turn, look, land)
    if halo is not None:
        halo.set_zorder(zorder - 0.5)
        axes.add_artist(halo)
    x, y = foot + pieces[0][1] * along
    more = {"rotation": float(np.degrees(words.angle)), "zorder": zorder}
    if len(pieces) == 1:
        put_text(axes, float(x), float(y), words.text, look, rotation_mode="anchor", **more)
        return
    axes.add_artist(
        SpacedText(
            float(x),
            float(y),
            words.text,
            starts=[start - pieces[0][1] for _, start in pieces],
            gap=words.spaced * look.size,
            fontproperties=font(words.text, look.size, look.weight, look.style),
            color=look.colour,
            parse_math=False,
            rotation_mode="anchor",
            transform=axes.transData,
            clip_on=False,
            **more,
        )
    )


def _pieces(words: Words) -> list[tuple[str, float]]:
    """Give letters, or the whole text where they are not set apart, and where each starts."""
    look = words.look
    if not words.spaced:
        return [(words.text, -look.width(words.text) / 2)]
    pieces = []
    gap = words.spaced * look.size
    at = -(look.width(words.text) + gap * (len(words.text) - 1)) / 2
    for number, letter in enumerate(words.text):
        start = look.width(words.text[: number + 1]) - look.width(letter)
        pieces.append((letter, at + start + gap * number))
    return pieces


def _halo(
    pieces: list[tuple[str, Numbers]], turn: Numbers, look: Type, land: str
) -> PathPatch | None:
    described = font("".join(text for text, _ in pieces), look.size, look.weight, look.style)
    size = look.size / text_to_path.FONT_SCALE
    points, codes = [], []
    for text, at in pieces:
        vertices, kinds = text_to_path.get_text_path(described, text, ismath=False)
        if len(vertices):
            points.append(np.asarray(vertices) * size @ turn + at)
            codes.append(kinds)
    if not points:
        return None
    return PathPatch(
        Path(np.concatenate(points), np.concatenate(codes)),
        facecolor="none",
        edgecolor=land,
        linewidth=2 * HALO * look.size,
        alpha=0.85,
        joinstyle="round",
    )
