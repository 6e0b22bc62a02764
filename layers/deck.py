"""Slides: a map each, with a title and a caption to edit, and the sources in the notes."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import pptx
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Emu, Inches, Length, Pt

from geo.notes import CAVEAT, PROGRAM
from layers.deck_text import LONGEST_CAPTION, alternative_text, caption_of, notes_of, plain
from layers.sheet import sheet_bytes
from layers.snapshot import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.text.text import TextFrame

    from layers.snapshot import Snapshot

    Progress = Callable[[float], None]

WIDTH_IN: Final = 40 / 3
HEIGHT_IN: Final = 7.5
BAND_IN: Final = 1.05
"""Room above the picture, for title and caption."""

EDGE_IN: Final = 0.4
TEMPLATE_WIDTH_IN: Final = 10.0
TITLE_ONLY: Final = 5
"""Number of the layout that has a title and nothing else."""

LONGEST_PROPERTY: Final = 255


def deck_bytes(snapshots: Sequence[Snapshot], progress: Progress | None = None) -> bytes:
    """Make a presentation with a slide for each snapshot.

    Parameters
    ----------
    snapshots
        At least one; drawn as lying 16:9 sheets, whatever their own.
    progress
        Called after each slide with the part done, 0 to 1.

    Returns
    -------
    bytes
        A ``.pptx``; the same bytes for the same snapshots.
    """
    deck = pptx.Presentation()
    _widen(deck)
    _describe(deck, snapshots)
    for done, snapshot in enumerate(snapshots, start=1):
        _add_slide(deck, snapshot)
        if progress:
            progress(done / len(snapshots))
    written = io.BytesIO()
    deck.save(written)
    return _dated(written, _made(snapshots[0]))


def _widen(deck: Presentation) -> None:
    """Stretch the template, which is 4:3, so that slides added later fit too."""
    deck.slide_width, deck.slide_height = Inches(WIDTH_IN), Inches(HEIGHT_IN)
    stretch = WIDTH_IN / TEMPLATE_WIDTH_IN
    for part in (deck.slide_master, *deck.slide_layouts):
        for shape in part.shapes:
            # A placeholder with no place of its own has its master's.
            if shape.element.xpath(".//a:xfrm | .//p:xfrm"):
                shape.left, shape.width = _times(shape.left, stretch), _times(shape.width, stretch)


def _times(length: Length, factor: float) -> Length:
    return Emu(round(length * factor))


def _describe(deck: Presentation, snapshots: Sequence[Snapshot]) -> None:
    first = snapshots[0]
    about = deck.core_properties
    about.title = plain(first.title)[:LONGEST_PROPERTY]
    about.subject = plain(first.words)[:LONGEST_PROPERTY]
    about.author = about.last_modified_by = PROGRAM
    about.comments = plain(CAVEAT)[:LONGEST_PROPERTY]
    about.language = "en-GB"
    about.created = about.modified = _made(first)
    # A picture of the empty template, not of this deck.
    package = deck.part.package
    for key, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package._rels.pop(key)


def _add_slide(deck: Presentation, snapshot: Snapshot) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    title = slide.shapes.title
    _place(title, top=0.1, height=0.54)
    _write(title.text_frame, plain(snapshot.title), _title_pt(snapshot.title), bold=True)
    # In the order in which it is read aloud: title, caption, picture.
    caption = slide.shapes.add_textbox(0, 0, 0, 0)
    caption.name = "Caption"
    _place(caption, top=0.64, height=0.41)
    text = caption_of(snapshot)
    _write(caption.text_frame, text, 14 if len(text) <= LONGEST_CAPTION // 2 else 12)
    _add_picture(slide, snapshot)
    slide.notes_slide.notes_text_frame.text = notes_of(snapshot)


def _place(shape: BaseShape, *, top: float, height: float) -> None:
    shape.left, shape.width = Inches(EDGE_IN), Inches(WIDTH_IN - 2 * EDGE_IN)
    shape.top, shape.height = Inches(top), Inches(height)


def _write(frame: TextFrame, text: str, size_pt: float, *, bold: bool = False) -> None:
    frame.text = text
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE  # should somebody write more
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if bold else MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    for paragraph in frame.paragraphs:
        rightward = _is_rightward(text)
        paragraph.alignment = PP_ALIGN.LEFT if rightward else PP_ALIGN.RIGHT
        if not rightward:
            paragraph._p.get_or_add_pPr().set("rtl", "1")
        paragraph.font.size, paragraph.font.bold = Pt(size_pt), bold


def _add_picture(slide: Slide, snapshot: Snapshot) -> None:
    """Put the map below the texts, as wide as the slide, or as its height allows."""
    sheet = Sheet(size="16:9", landscape=True, dpi=snapshot.sheet.dpi)
    content = sheet_bytes(replace(snapshot, sheet=sheet), "png", heading=False)
    across, down = struct.unpack_from(">II", content, 16)
    width = min(WIDTH_IN, (HEIGHT_IN - BAND_IN) * across / down)
    height = width * down / across
    picture = slide.shapes.add_picture(
        io.BytesIO(content),
        Inches((WIDTH_IN - width) / 2),
        Inches(HEIGHT_IN - height),
        Inches(width),
        Inches(height),
    )
    picture.name = "Map"
    element: Any = picture._element
    element.nvPicPr.cNvPr.set("descr", alternative_text(snapshot))


def _title_pt(title: str) -> float:
    """Choose a size at which a title fits on one or two lines."""
    wide = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in title)
    return next((size for most, size in ((60, 28), (85, 22), (120, 18)) if wide <= most), 14)


def _is_rightward(text: str) -> bool:
    """Tell whether text runs from left to right, by its first letter that runs at all."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((each == "L" for each in directions if each in {"L", "R", "AL"}), True)


def _made(snapshot: Snapshot) -> datetime:
    return datetime.strptime(snapshot.manifest.made, "%Y-%m-%dT%H:%M:%SZ")


def _dated(content: io.BytesIO, made: datetime) -> bytes:
    """Date every part of an Office package alike, or no two files would be the same."""
    # The oldest date that a ZIP can hold.
    moment: Any = max(made, datetime(1980, 1, 1)).timetuple()[:6]
    written = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, moment)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return written.getvalue()
