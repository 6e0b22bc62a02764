"""Slides: opened again by the library that others use, with hostile titles too."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from typing import Any

import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx.enum.shapes import MSO_SHAPE_TYPE

from geo.filters import Filters
from layers import deck
from layers.deck_text import caption_of, notes_of, plain
from layers.snapshot import Sheet, Snapshot
from tests.snapshot_case import make_snapshot

TORKHAM = Filters(kind="seizure", near="Torkham", within_km=10.0)
RLO = "\u202e"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def tiny_png(across: int, down: int) -> bytes:
    """Make a white picture; its metadata tells it from others."""
    head = struct.pack(">IIBBBBB", across, down, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\xff" * across for _ in range(down)))
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    )


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Snapshot]:
    """Draw no map, which takes seconds; gives the snapshots that were to be drawn."""
    asked: list[Snapshot] = []

    def picture(snapshot: Snapshot, kind: str, **_: Any) -> bytes:
        assert kind == "png"
        asked.append(snapshot)
        return tiny_png(160, 76)

    monkeypatch.setattr(deck, "sheet_bytes", picture)
    return asked


def opened(content: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(content))


def texts_of(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_a_slide_has_title_caption_picture_and_notes(drawn: list[Snapshot]) -> None:
    snapshot = make_snapshot(filters=TORKHAM, format_="pptx", title="What was taken at Torkham")
    show = opened(deck.deck_bytes([snapshot]))
    assert (show.slide_width.inches, show.slide_height.inches) == (pytest.approx(13.333, 1e-3), 7.5)
    (slide,) = show.slides
    assert slide.shapes.title.text_frame.text == "What was taken at Torkham"
    caption = "34 of 1\u202f123 records · Seizures within 10 km of Torkham · 2016–2026"
    assert texts_of(slide)[1] == caption
    picture = slide.shapes[-1]
    assert picture.shape_type == MSO_SHAPE_TYPE.PICTURE
    described = picture._element.nvPicPr.cNvPr.get("descr")
    assert described.startswith("Map of Afghanistan and its borders. 34 of 1\u202f123 records: ")
    notes = slide.notes_slide.notes_text_frame.text
    for told in (
        "16 more are dated or located too coarsely to tell.",
        "under-reported",
        "The Durand Line is in force",
        "https://",
        "Seizures: ",
        "CC BY 4.0",
        "Made 2023-11-14 22:13:20 UTC by Khyber Atlas",
        snapshot.manifest.digest[:16],
    ):
        assert told in notes
    assert [each.sheet for each in drawn] == [Sheet(size="16:9")]


@pytest.mark.parametrize(("across", "down"), [(160, 76), (160, 90), (90, 160), (400, 10)])
def test_the_picture_lies_within_the_slide_below_the_texts(
    monkeypatch: pytest.MonkeyPatch, across: int, down: int
) -> None:
    monkeypatch.setattr(deck, "sheet_bytes", lambda *_, **__: tiny_png(across, down))
    show = opened(deck.deck_bytes([make_snapshot(filters=TORKHAM, format_="pptx")]))
    *texts, picture = show.slides[0].shapes
    assert picture.left >= 0
    assert picture.left + picture.width <= show.slide_width + 1
    assert abs(picture.top + picture.height - show.slide_height) <= 1
    assert picture.top >= max(shape.top + shape.height for shape in texts) - 2
    assert picture.width / picture.height == pytest.approx(across / down, rel=1e-3)


@pytest.mark.usefixtures("drawn")
def test_several_snapshots_make_a_deck_and_progress_is_told() -> None:
    titles = ["First", "Second", "Third"]
    told: list[float] = []
    snapshots = [make_snapshot(filters=TORKHAM, format_="pptx", title=each) for each in titles]
    show = opened(deck.deck_bytes(snapshots, told.append))
    assert [slide.shapes.title.text_frame.text for slide in show.slides] == titles
    assert told == [pytest.approx(1 / 3), pytest.approx(2 / 3), 1]
    assert show.core_properties.title == "First"
    assert show.core_properties.author == "Khyber Atlas"
    assert show.core_properties.created.isoformat() == "2023-11-14T22:13:20"


@pytest.mark.usefixtures("drawn")
def test_the_same_snapshot_gives_the_same_bytes() -> None:
    first, second = (
        deck.deck_bytes([make_snapshot(filters=TORKHAM, format_="pptx")]) for _ in range(2)
    )
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {each.date_time for each in package.infolist()} == {(2023, 11, 14, 22, 13, 20)}
        assert not [name for name in package.namelist() if "thumbnail" in name]


HOSTILE = [
    "<script>alert(1)</script> & ]]> {{7*7}}",
    "\x00\x01\x1b[31m red \x7f\ufffe\udcff end",
    f"{RLO}gnp.exe _x0041_ 🗺️",
    "سرحد د تورخم سره",
    "=HYPERLINK(1)",
    "界" * 200,
    "W" * 200,
]


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("title", HOSTILE, ids=ascii)
def test_no_title_breaks_the_file(title: str) -> None:
    content = deck.deck_bytes([make_snapshot(filters=TORKHAM, format_="pptx", title=title)])
    (slide,) = opened(content).slides
    assert slide.shapes.title.text_frame.text == plain(title)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))


@pytest.mark.usefixtures("drawn")
def test_a_title_that_runs_leftward_is_set_so() -> None:
    content = deck.deck_bytes([make_snapshot(format_="pptx", title="۱۲ پېښې په ننګرهار کې")])
    title, caption, _ = opened(content).slides[0].shapes
    assert title.text_frame.paragraphs[0]._p.pPr.get("rtl") == "1"
    assert caption.text_frame.paragraphs[0]._p.pPr.get("rtl") is None


@settings(max_examples=100)
@given(st.text(st.characters(codec=None), max_size=40))
def test_plain_text_is_always_xml(text: str) -> None:
    element = etree.Element("a")
    element.text = plain(text)
    assert (etree.fromstring(etree.tostring(element)).text or "") == plain(text)


def test_a_caption_is_short_and_says_nothing_twice() -> None:
    everything = make_snapshot(format_="pptx")
    assert caption_of(everything) == "1\u202f123 of 1\u202f123 records · 2005–2026"
    untitled = make_snapshot(filters=TORKHAM, format_="pptx")
    assert caption_of(untitled) == "34 of 1\u202f123 records · 2016–2026"
    wordy = make_snapshot(filters=Filters(text="bomb " * 200), format_="pptx", title="Bombs")
    assert len(caption_of(wordy)) == 300
    assert caption_of(wordy).endswith("…")


def test_notes_of_many_records_name_publishers_not_every_link() -> None:
    notes = notes_of(make_snapshot(format_="pptx"))
    assert re.search(r"Dawn \(\d+\); .*; and \d+ publishers more\.", notes)
    assert "https://" not in notes.split("Layers of the map")[0]


def test_a_slide_of_no_record_is_still_a_slide(drawn: list[Snapshot]) -> None:
    nothing = make_snapshot(filters=Filters(kind="seizure", year="1999"), format_="pptx")
    (slide,) = opened(deck.deck_bytes([nothing])).slides
    assert texts_of(slide)[1] == "0 of 1\u202f123 records"
    assert len(drawn) == 1
