"""The export panel as a visitor meets it: one click, one file, which shows what the map shows."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from playwright.sync_api import Download, Page, expect

from geo.snapshots.carriers import get_manifest
from geo.snapshots.manifest import Manifest, parse_manifests
from tests.browser.app_page import Atlas, download, open_atlas
from tests.conftest import NewPage, PageLog

TORKHAM = "?kind=seizure&near=Torkham&within-km=10"


def open_panel(page: Page, address: str, *choices: str) -> Atlas:
    """Open the panel and choose by the words on its buttons."""
    atlas = open_atlas(page, address)
    page.get_by_role("tab", name="Export").click()
    choose(page, *choices)
    return atlas


def choose(page: Page, *choices: str) -> None:
    for name in choices:
        button = page.locator(".st-key-export").get_by_role("radio", name=name, exact=True)
        button.click()
        expect(button).to_be_checked()


def made(page: Page) -> Download:
    """Ask for the file, by the keyboard, and wait for what the browser gets."""
    button = page.get_by_role("button", name="Make the file")
    button.focus()
    with page.expect_download() as caught:
        page.keyboard.press("Enter")
    return caught.value


def content_of(file: Download) -> bytes:
    return Path(file.path()).read_bytes()


def manifest_of(content: bytes, suffix: str) -> Manifest:
    (manifest,) = parse_manifests(get_manifest(content, suffix) or "")
    return manifest


def test_one_click_makes_and_fetches_the_records_shown(
    page: Page, app_url: str, page_log: PageLog
) -> None:
    open_panel(page, f"{app_url}/{TORKHAM}", "Data", "GeoJSON")
    expect(page.locator(".ka-plan")).to_contain_text("34 of 1\u202f123 records: Seizures within")
    first = made(page)
    assert first.suggested_filename == "Seizures-within-10-km-of-Torkham.geojson"
    assert len(json.loads(content_of(first))["features"]) == 34
    # Once more, by the button that is there where a browser starts no download by itself.
    result = page.locator(".st-key-export-result")
    expect(result).to_contain_text("Made: Seizures-within-10-km-of-Torkham.geojson (")
    again = download(page, result.get_by_role("button", name="Download the file"))
    assert content_of(again) == content_of(first)
    choose(page, "One a year")
    expect(result).to_contain_text("It was made before your last change.")
    expect(page.locator(".st-key-export code").first).to_contain_text("--each year")
    with zipfile.ZipFile(io.BytesIO(content_of(made(page)))) as archive:
        assert "2022-Seizures-within-10-km-of-Torkham.geojson" in archive.namelist()
    assert page_log.refused == []
    assert page_log.failed == []
    assert page_log.errors == []


def test_a_sheet_shows_the_part_that_the_map_shows(page: Page, app_url: str) -> None:
    atlas = open_panel(page, f"{app_url}/{TORKHAM}&show=hexagons", "Sheet for print", "SVG")
    plan = page.locator(".ka-plan")
    expect(plan).to_contain_text("Afghanistan and the lands at its borders")
    atlas.go_to(34.1, 71.0, 9)
    expect(plan).to_contain_text("° E")
    title = "<img src=x onerror=hostile=1> $x$ [a](javascript:1)"
    page.get_by_label("Title").fill(title)
    made_file = made(page)
    assert made_file.suggested_filename == "img-src-x-onerror-hostile-1-x-a-javascript-1.svg"
    manifest = manifest_of(content_of(made_file), "svg")
    assert manifest.title == title
    assert manifest.shown == 34
    assert manifest.look == {"show": "hexagons"}
    assert manifest.extent is not None
    west, south, east, north = manifest.extent
    assert west < 71.0 < east < 74
    assert south < 34.1 < north < 36
    assert page.evaluate("typeof hostile") == "undefined"
    # Whole again: the map is told anew, the file stays.
    choose(page, "All of Afghanistan")
    expect(plan).to_contain_text("Afghanistan and the lands at its borders")
    expect(page.locator(".st-key-export-result")).to_contain_text("before your last change")


def test_a_page_is_made_on_a_phone_in_the_dark(new_page: NewPage, app_url: str) -> None:
    page = new_page(
        viewport={"width": 375, "height": 812}, color_scheme="dark", is_mobile=True, has_touch=True
    )
    open_panel(page, f"{app_url}/{TORKHAM}", "Page")
    for button in page.locator(".st-key-export").get_by_role("radio").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= 375
    manifest = manifest_of(content_of(made(page)), "html")
    assert (manifest.format, manifest.shown, manifest.total) == ("html", 34, 1123)
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
