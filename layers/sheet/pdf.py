"""PDF whose Persian and Urdu can be searched and copied.

The font builds most letters of two glyphs, a stem and its dots. Matplotlib tells a
reader of PDF that *each* is the letter, which then reads doubled. Here the stems are
text and the dots are drawn as shapes; it looks the same.
"""

# Matplotlib's backends have no types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from matplotlib import _text_helpers
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_pdf import Op, PdfFile, RendererPdf
from matplotlib.font_manager import FontPath
from matplotlib.ft2font import LoadFlags
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from layers.sheet.realtext import is_right_to_left

if TYPE_CHECKING:
    import io
    from collections.abc import Mapping

    from matplotlib.figure import Figure


class SheetRenderer(RendererPdf):
    """Matplotlib's own renderer of PDF, with care for texts from right to left."""

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Draw a text by its left end."""
        if ismath or not is_right_to_left(s):
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        self.check_gc(gc, gc._rgb)
        font = self._get_font_ttf(prop)
        size = prop.get_size_in_points()
        turn = math.radians(angle)
        cos, sin = math.cos(turn), math.sin(turn)
        dots: list[tuple[Path, Affine2D]] = []
        output = self.file.output
        output(Op.gsave)
        output(cos, sin, -sin, cos, x, y, Op.concat_matrix)
        output(Op.begin_text)
        at = 0.0
        for item in _text_helpers.layout(s, font):
            glyph = item.ft_object.load_glyph(item.glyph_index, LoadFlags.NO_HINTING)
            if not glyph.horiAdvance:
                place = Affine2D().translate(item.x, item.y).rotate(turn).translate(x, y)
                dots.append((Path(*item.ft_object.get_path()), place))
                continue
            tracker = self.file._character_tracker
            subset, code = tracker.track_glyph(item.ft_object, item.char, item.glyph_index)
            path = FontPath(str(item.ft_object.fname), item.ft_object.face_index)
            output(self.file.fontName(path, subset), size, Op.selectfont)
            output(item.x - at, 0, Op.textpos)
            output([code.to_bytes(2, "big")], Op.showkern)
            at = item.x
        output(Op.end_text)
        output(Op.grestore)
        self._draw_dots(gc, dots)

    def _draw_dots(self, gc: Any, dots: list[tuple[Path, Affine2D]]) -> None:
        plain = self.new_gc()
        plain.copy_properties(gc)
        plain.set_linewidth(0)
        for path, place in dots:
            self.draw_path(plain, path, place, gc.get_rgb())
        plain.restore()


def write_pdf(figure: Figure, file: io.BytesIO, metadata: Mapping[str, Any]) -> None:
    """Write a figure as PDF.

    Parameters
    ----------
    figure
        One page.
    file
        Where to.
    metadata
        Entries of the document's information dictionary.
    """
    pdf = PdfFile(file, metadata=dict(metadata))
    dpi = figure.dpi
    figure.dpi = 72  # a PDF counts in points
    try:
        width, height = figure.get_size_inches()
        pdf.newPage(width, height)
        page = SheetRenderer(pdf, dpi, height, width)
        renderer: Any = MixedModeRenderer(figure, width, height, dpi, page)
        figure.draw(renderer)
        renderer.finalize()
        pdf.finalize()
    finally:
        figure.dpi = dpi
        pdf.close()
