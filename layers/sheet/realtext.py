"""Texts that stay texts in PDF and SVG: letters set apart, and scripts from right to left."""

# Matplotlib's backends have no types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.backends.backend_pdf import Verbatim
from matplotlib.text import Text

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase

SPACED: Final = "spaced"
"""What the id of a text with letters set apart starts with in SVG (:mod:`layers.sheet.svg`)."""


def is_right_to_left(text: str) -> bool:
    """Tell whether a text has letters of a script that runs from right to left."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


class SpacedText(Text):
    """A text whose letters are set apart, from its left end on.

    Matplotlib knows no such thing, so they are drawn one by one. A PDF says what they
    read together, for else a search finds single letters; an SVG has one text and
    leaves the rest to the style that :func:`layers.sheet.svg.tidy_svg` adds.

    Parameters
    ----------
    starts
        Where each letter starts, in points along the line.
    gap
        Points between letters.
    """

    def __init__(self, x: float, y: float, text: str, **more: Any) -> None:
        self.starts: list[float] = more.pop("starts")
        self.gap: float = more.pop("gap")
        super().__init__(x, y, text, **more)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the letters."""
        if hasattr(renderer, "writer"):
            self.set_gid(f"{SPACED}-{self.gap:.2f}")
            super().draw(renderer)
            return
        text, (x, y) = self.get_text(), self.get_position()
        angle = np.radians(self.get_rotation())
        file = getattr(renderer, "file", None)
        if file is not None:
            read = (b"\xfe\xff" + text.encode("utf-16-be")).hex().upper()
            file.output(Verbatim(f"/Span << /ActualText <{read}> >> BDC".encode()))
        for letter, start in zip(text, self.starts, strict=True):
            self.set_text(letter)
            self.set_position((x + np.cos(angle) * start, y + np.sin(angle) * start))
            super().draw(renderer)
        if file is not None:
            file.output(Verbatim(b"EMC"))
        self.set_text(text)
        self.set_position((x, y))
