"""Papers and the boxes on them. All lengths are points; y counts upwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from layers.snapshot import Sheet

MM: Final = 72 / 25.4
"""Points in a millimetre."""

INCH: Final = 72.0


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle: left, bottom, right, top."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.y1 - self.y0

    def inset(self, by: float) -> Box:
        """Give the box without a strip along its edges."""
        return Box(x0=self.x0 + by, y0=self.y0 + by, x1=self.x1 - by, y1=self.y1 - by)

    def as_tuple(self) -> tuple[float, float, float, float]:
        """Give left, bottom, right, top."""
        return (self.x0, self.y0, self.x1, self.y1)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper and the sizes of what is on it.

    Attributes
    ----------
    width, height, margin
        Of the paper.
    text
        By how much type is larger than on A4.
    px
        Points that a CSS pixel of the web map's styles comes to.
    side
        Width of the legend beside the map.
    small
        Size of the type at the foot.
    name
        What a reader calls it.
    """

    width: float
    height: float
    margin: float
    text: float
    px: float
    side: float
    small: float
    name: str

    @property
    def landscape(self) -> bool:
        """Whether it lies."""
        return self.width > self.height

    def pt(self, size: float) -> float:
        """Give the size of type that is so large on A4."""
        return size * self.text


HEADING: Final = 1.05 * INCH
"""Height of the band that a slide has for title and caption."""

_A4: Final = (297 * MM, 210 * MM)
_A3: Final = (420 * MM, 297 * MM)
_SLIDE: Final = (40 / 3 * INCH, 7.5 * INCH)
_SIZES: Final[dict[str, dict[str, Any]]] = {
    "a4": {
        "sides": _A4,
        "margin": 9 * MM,
        "text": 1.0,
        "px": 0.55,
        "side": 168.0,
        "small": 6.0,
        "name": "A4",
    },
    "a3": {
        "sides": _A3,
        "margin": 12 * MM,
        "text": 1.18,
        "px": 0.66,
        "side": 205.0,
        "small": 7.0,
        "name": "A3",
    },
    "16:9": {
        "sides": _SLIDE,
        "margin": 26.0,
        "text": 1.2,
        "px": 0.66,
        "side": 196.0,
        "small": 6.6,
        "name": "slide",
    },
}


def paper_of(sheet: Sheet, *, heading: bool = True) -> Paper:
    """Choose the paper of a sheet; without its heading it is as much lower."""
    sizes = dict(_SIZES[sheet.size])
    long, short = sizes.pop("sides")
    width, height = (long, short) if sheet.landscape else (short, long)
    if not heading:
        height -= HEADING
    name = f"{sizes.pop('name')} {'landscape' if sheet.landscape else 'portrait'}"
    return Paper(width=width, height=height, name=name, **sizes)
