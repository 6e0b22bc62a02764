"""Sheets as files: PNG, SVG and PDF, their texts, metadata, and sameness."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np
import pypdfium2 as pdfium
import pytest
from lxml import etree
from PIL import Image

from geo.filters import Filters
from geo.notes import BOUNDARY_NOTE, CAVEAT
from layers.data import DrawOptions
from layers.sheet import draw_sheet, sheet_bytes
from layers.sheet.texts import made_words
from layers.snapshot import Sheet, Snapshot
from tests.sheet_case import boxland
from tests.snapshot_case import make_snapshot

GOLDEN: Final = Path(__file__).parent / "golden"
SVG: Final = "{http://www.w3.org/2000/svg}"
HOSTILE: Final = (
    '$\\frac{x}{y}$ <script>alert("1")</script> & ]]> \u202egnp.exe \x00\x01\x1b=1+1\n'
    "\U0001f600 中文 \uffff \ud800 مرز تورخم"
)
SMALL: Final = Sheet(dpi=50)


def pdf_text(content: bytes) -> str:
    """Read the text of a PDF's first page, blanks as they come."""
    with pdfium.PdfDocument(content) as document:
        page = document[0]
        text = page.get_textpage()
        try:
            return str(text.get_text_range())
        finally:
            text.close()
            page.close()


def bare(text: str) -> str:
    """Leave all blanks out: a reader of PDF finds its own."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def nangarhar() -> Snapshot:
    return make_snapshot(
        filters=Filters(provinces=("Nangarhar",), kind="seizure", date_from="2021"),
        title="Seizures in Nangarhar — ولایت ننگرهار",
        extent=(69.5, 33.6, 72.0, 35.2),
        format_="pdf",
        sheet=SMALL,
    )


def test_the_text_of_a_pdf_can_be_read(nangarhar: Snapshot) -> None:
    content = sheet_bytes(nangarhar, "pdf")
    text = pdf_text(content)
    said = bare(text)
    count, total = len(nangarhar.selection.records), nangarhar.selection.total
    for words in (
        "Seizures in Nangarhar —",
        "Seizures in Nangarhar, since 2021",
        f"{count} of 1 {total - 1000} records · 2022–2026",
        "AFGHANISTAN",
        "Torkham",
        "Durand Line",
        "not recognised by Afghan governments",
        "Jalalabad",
        "Border of Afghanistan",
        "OpenStreetMap contributors",
        "Records: reports by",
        "CC BY 4.0",
        BOUNDARY_NOTE,
        CAVEAT,
        "14 November 2023, 22:13 UTC",
        "Khyber Atlas 0.1.0",
        nangarhar.manifest.data["datapackage.json"][:12],
        "Projection: Albers equal-area conic",
        "km",
        "1 : ",
    ):
        assert bare(words) in said, words
    # Persian under the province's name, letter by letter: of each, once.
    assert "ولایت ننگرهار" in text
    with pdfium.PdfDocument(content) as document:
        found = document.get_metadata_dict()
    assert found["Title"] == nangarhar.title
    assert found["Author"] == "Khyber Atlas contributors"
    assert found["CreationDate"] == "D:20231114221320Z"
    assert found["Creator"] == "Khyber Atlas 0.1.0"


def test_an_svg_is_xml_with_texts_and_its_own_fonts(nangarhar: Snapshot) -> None:
    content = sheet_bytes(nangarhar, "svg")
    root = etree.fromstring(content)
    texts = [node.text for node in root.iter(f"{SVG}text")]
    assert {"AFGHANISTAN", "Torkham", "Durand Line", "ولایت ننگرهار"} <= set(texts)
    (style,) = (
        node.text or "" for node in root.iter(f"{SVG}style") if "@font-face" in (node.text or "")
    )
    assert "font-family:'Open Sans';font-weight:700" in style
    assert "font-family:'Noto Sans Arabic'" in style
    spaced = next(node for node in root.iter(f"{SVG}text") if node.text == "AFGHANISTAN")
    assert "letter-spacing" in spaced.attrib["style"]
    addresses = re.findall(rb'(?:href|src)="(?!#)([^"]*)"|url\((?!#|data:)([^)]*)\)', content)
    assert not addresses
    assert root.find(f"{SVG}title").text == nangarhar.title
    assert len(content) < 1_200_000


def test_a_png_has_its_size_and_words() -> None:
    content = sheet_bytes(boxland(title="A title", sheet=Sheet(dpi=72)), "png")
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (841, 595)
        info = image.info
    assert info["Title"] == "A title"
    assert info["Author"] == "Khyber Atlas contributors"
    assert info["Creation Time"] == "2023-11-14T22:13:20Z"
    assert "CC BY 4.0" in info["Copyright"]
    assert info["Source"] == "Khyber Atlas 0.1.0"


@pytest.mark.parametrize("format_", ["png", "svg", "pdf"])
def test_any_title_gives_a_file(format_: Any) -> None:
    content = sheet_bytes(boxland(title=HOSTILE, format_=format_, sheet=SMALL), format_)
    if format_ == "svg":
        root = etree.fromstring(content)
        said = " ".join(node.text or "" for node in root.iter(f"{SVG}text"))
        assert '$\\frac{x}{y}$ <script>alert("1")</script> & ]]> gnp.exe =1+1' in said
        assert not list(root.iter(f"{SVG}script"))
    elif format_ == "pdf":
        assert '<script>alert("1")</script>' in pdf_text(content)


def test_another_run_gives_the_same_bytes() -> None:
    program = (
        "import hashlib\n"
        "from layers.sheet import sheet_bytes\n"
        "from layers.snapshot import Sheet\n"
        "from tests.sheet_case import boxland\n"
        "for format_ in ('png', 'svg', 'pdf'):\n"
        "    snapshot = boxland(title='مرز a', format_=format_, sheet=Sheet(dpi=50))\n"
        "    print(hashlib.sha256(sheet_bytes(snapshot, format_)).hexdigest())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONHASHSEED": "1893"},
    )
    formats: tuple[Any, ...] = ("png", "svg", "pdf")
    here = [
        sheet_bytes(boxland(title="مرز a", format_=each, sheet=SMALL), each) for each in formats
    ]
    assert done.stdout.split() == [hashlib.sha256(each).hexdigest() for each in here]


def test_no_record_leaves_a_map_and_says_so() -> None:
    whole = boxland(title="Nothing", format_="pdf", sheet=SMALL)
    selection = replace(whole.selection, surely=np.zeros(whole.selection.total, dtype=bool))
    said = bare(pdf_text(sheet_bytes(replace(whole, selection=selection), "pdf")))
    assert "0of5records." in said
    assert "Placeknown" not in said
    assert "Torkham" in said


def test_settings_of_matplotlib_stay_as_they_were() -> None:
    before = dict(mpl.rcParams)
    sheet_bytes(boxland(sheet=SMALL), "svg")
    assert dict(mpl.rcParams) == before


def test_a_slide_may_leave_the_heading_to_others() -> None:
    snapshot = boxland(title="A title", sheet=Sheet(size="16:9", dpi=72))
    whole, bare = draw_sheet(snapshot), draw_sheet(snapshot, heading=False)
    width, height = bare.get_size_inches()
    assert (width, height) == pytest.approx((13.333, 6.45), abs=0.01)
    assert "A title" in {text.get_text() for text in whole.axes[0].texts}
    assert "A title" not in {text.get_text() for text in bare.axes[0].texts}


def test_times_are_written_in_words() -> None:
    assert made_words("2026-11-02T03:04:05Z") == "2 November 2026, 03:04 UTC"


GOLDENS: Final[dict[str, dict[str, Any]]] = {
    "usual": {"title": "Seizures and incidents", "sheet": SMALL},
    "torkham": {
        "title": "Seizures near Torkham",
        "filters": Filters(kind="seizure", near="Torkham", within_km=50.0),
        "extent": (69.6, 33.4, 72.2, 35.0),
        "sheet": Sheet(landscape=False, dpi=50),
    },
    "hexagons": {
        "title": "Records in hexagons",
        "options": DrawOptions(show_as="hexagons"),
        "sheet": Sheet(size="16:9", dpi=50),
    },
}


@pytest.mark.parametrize("name", GOLDENS)
def test_a_sheet_looks_as_it_did(name: str) -> None:
    """Compare with a picture kept; ``KHYBER_GOLDEN=1`` keeps the one drawn now."""
    content = sheet_bytes(make_snapshot(**GOLDENS[name]), "png")
    path = GOLDEN / f"sheet-{name}.png"
    with Image.open(io.BytesIO(content)) as image:
        drawn = image.convert("RGB")
    if os.environ.get("KHYBER_GOLDEN"):
        drawn.quantize(128).save(path, optimize=True)
    with Image.open(path) as image:
        kept = np.asarray(image.convert("RGB"), dtype=int)
    found = np.asarray(drawn, dtype=int)
    assert found.shape == kept.shape
    apart = np.abs(found - kept).max(axis=2)
    # Edges of letters and lines may differ a little between builds of the libraries.
    assert (apart > 60).mean() < 0.005
    assert apart.mean() < 3
