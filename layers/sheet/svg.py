"""SVG made smaller, and the same wherever it is opened: with its own fonts inside."""

from __future__ import annotations

import base64
import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from matplotlib.text import Text

from layers.sheet.fonts import FAMILIES, WEIGHTS, font_file, has_letter
from layers.sheet.realtext import SPACED

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from layers.sheet.fonts import Slant, Weight

Face = tuple[str, "Weight", "Slant"]

_PATH: Final = re.compile(rb'<path (?:id="[^"]*" )?d="[^"]*"')
_LONG: Final = re.compile(rb"(\.\d\d)\d+")
_LINE: Final = re.compile(rb"\s*\n([A-Z]) ?")
_APART: Final = re.compile(rb'<g id="%s-([\d.]+)">\s*<text style="' % SPACED.encode())
_VARIABLE: Final = ("gvar", "fvar", "avar", "HVAR", "MVAR", "STAT")
"""Tables by which a font varies: the text is of its ordinary form only."""


def tidy_svg(svg: bytes, figure: Figure) -> bytes:
    """Round the paths of an SVG to a hundredth of a point, set letters apart, add the fonts.

    Parameters
    ----------
    svg
        As Matplotlib writes it, with texts as texts.
    figure
        What it shows: its texts tell which letters are needed.
    """
    rounded = _PATH.sub(lambda found: _LINE.sub(rb"\1", _LONG.sub(rb"\1", found[0])), svg)
    spaced = _APART.sub(rb'<g>\n<text style="letter-spacing: \1px; ', rounded)
    head, end, rest = spaced.partition(b"</metadata>")
    style = f'\n <style type="text/css">{_faces(figure)}</style>'.encode()
    return head + end + style + rest


def _faces(figure: Figure) -> str:
    letters: dict[Face, set[str]] = defaultdict(set)
    for text in figure.findobj(Text):
        if not text.get_visible() or not text.get_text():
            continue
        weight: Any = text.get_fontweight()
        style: Any = text.get_fontstyle()
        for letter in text.get_text():
            family = next((name for name in FAMILIES if has_letter(name, letter)), "")
            # Only Latin letters come in several weights and slanted.
            own: Face = (family, "normal", "normal")
            letters[(family, weight, style) if family == FAMILIES[0] else own].add(letter)
    letters.pop(("", "normal", "normal"), None)
    return "".join(_face(face, used) for face, used in sorted(letters.items()))


def _face(face: Face, letters: set[str]) -> str:
    family, weight, style = face
    options = subset.Options(
        drop_tables=[*subset.Options().drop_tables, *_VARIABLE],
        layout_features=["*"],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    with TTFont(font_file(family, weight, style), recalcTimestamp=False) as whole:
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(sorted(letters)))
        cutter.subset(whole)
        file = io.BytesIO()
        whole.save(file)
    data = base64.b64encode(file.getvalue()).decode("ascii")
    return (
        f"@font-face{{font-family:'{family}';font-weight:{WEIGHTS[weight]};font-style:{style};"
        f"src:url(data:font/ttf;base64,{data})}}\n"
    )
