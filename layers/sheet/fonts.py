"""The fonts of a sheet, the same on every machine, and text they can draw."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from matplotlib import get_data_path
from matplotlib.font_manager import FontEntry, FontProperties, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import text_to_path

Weight = Literal["normal", "semibold", "bold"]
Slant = Literal["normal", "italic"]

FAMILIES: Final = ("Open Sans", "Noto Sans Arabic", "DejaVu Sans")
"""In the order in which a letter is looked for: Persian and Urdu are in the second."""

REPLACEMENT: Final = "\ufffd"
"""Stands for what none of the fonts can draw."""

WEIGHTS: Final = {"normal": 400, "semibold": 600, "bold": 700}
_LATIN: Final[dict[tuple[Weight, Slant], str]] = {
    ("normal", "normal"): "OpenSans-Regular.ttf",
    ("semibold", "normal"): "OpenSans-SemiBold.ttf",
    ("bold", "normal"): "OpenSans-Bold.ttf",
    ("normal", "italic"): "OpenSans-Italic.ttf",
    ("semibold", "italic"): "OpenSans-SemiBoldItalic.ttf",
    ("bold", "italic"): "OpenSans-BoldItalic.ttf",
}
_ARABIC: Final = "NotoSansArabic[wdth,wght].ttf"
_JOINERS: Final = "\u200c\u200d"
"""They shape Persian words and are no ornament there; elsewhere they say nothing."""

THIN: Final = "\u2009"
"""The blank drawn between thousands."""

_BLANKS: Final = re.compile(r"[^\S\u00a0\u202f]+")
"""Blanks at which a line may be broken; not those within a number."""

_MEASURED_AT: Final = 100.0


def font_file(family: str, weight: Weight = "normal", style: Slant = "normal") -> Path:
    """Find the file of a font."""
    if family == "Open Sans":
        return Path(str(files("ttf_opensans"))) / "ttf" / _LATIN[weight, style]
    if family == "Noto Sans Arabic":
        folder = Path(str(files("justmytype_intl_rtl"))) / "fonts" / "ofl" / "notosansarabic"
        return folder / _ARABIC
    name = "DejaVuSans.ttf" if weight == "normal" else "DejaVuSans-Bold.ttf"
    return Path(get_data_path()) / "fonts" / "ttf" / name


@cache
def register_fonts() -> None:
    """Make the fonts known to Matplotlib, before any of the same name on this machine."""
    entries = [
        FontEntry(
            fname=str(font_file(family, weight, style)),
            name=family,
            style=style,
            weight=WEIGHTS[weight],
            stretch="normal",
            size="scalable",
        )
        for family in FAMILIES
        for weight, style in _LATIN
    ]
    # Of fonts that fit alike the first is taken.
    fontManager.ttflist[:0] = entries
    # Adding one by the ordinary way makes the manager forget what it found before.
    fontManager.addfont(str(font_file("Open Sans")))


@cache
def _letters_of(family: str) -> frozenset[int]:
    return frozenset(FT2Font(str(font_file(family))).get_charmap())


@cache
def _letters() -> frozenset[int]:
    return frozenset().union(*(_letters_of(family) for family in FAMILIES))


def has_letter(family: str, letter: str) -> bool:
    """Tell whether a font has a letter."""
    return ord(letter) in _letters_of(family)


@lru_cache(maxsize=1024)
def _font(size: float, weight: Weight, style: Slant, families: tuple[str, ...]) -> FontProperties:
    register_fonts()
    return FontProperties(family=list(families), size=size, weight=weight, style=style)


def font(
    text: str, size: float, weight: Weight = "normal", style: Slant = "normal"
) -> FontProperties:
    """Describe the fonts that draw a drawable text; size in points."""
    # Matplotlib looks each family up anew for each text: only those that are needed.
    first = _letters_of(FAMILIES[0])
    plain = all(ord(letter) in first for letter in text)
    return _font(size, weight, style, FAMILIES[:1] if plain else FAMILIES)


def drawable(text: str) -> str:
    """Turn any text into one line that the fonts can draw.

    Parameters
    ----------
    text
        As someone typed it.

    Returns
    -------
    str
        Without control characters, marks that change the direction of what
        follows, and half pairs; runs of blanks are one space; what no font has
        is the replacement character. Letters keep their order, right to left
        or not.
    """
    flat = _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    # The first font has no narrow blank of those that keep a number together.
    flat = flat.replace("\u202f", THIN)
    kept = "".join(
        _drawn(letter, flat[at - 1 : at], flat[at + 1 : at + 2]) for at, letter in enumerate(flat)
    )
    return re.sub(" {2,}", " ", kept).strip()


def _drawn(letter: str, before: str, after: str) -> str:
    if letter in _JOINERS:
        joins = all(unicodedata.bidirectional(each or "A") == "AL" for each in (before, after))
        return letter if joins else ""
    kind = unicodedata.category(letter)
    if kind in {"Cc", "Cf"} or (kind in {"Mn", "Me"} and ord(letter) not in _letters()):
        return ""
    return letter if ord(letter) in _letters() else REPLACEMENT


@lru_cache(maxsize=8192)
def _width_of(text: str, weight: Weight, style: Slant) -> float:
    described = font(text, _MEASURED_AT, weight, style)
    width, _, _ = text_to_path.get_text_width_height_descent(text, described, ismath=False)
    return float(width) / _MEASURED_AT


def text_width(text: str, size: float, weight: Weight = "normal", style: Slant = "normal") -> float:
    """Measure a drawable text in points."""
    return _width_of(text, weight, style) * size if text else 0.0
