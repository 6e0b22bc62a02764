"""Charts of the desk in a browser: brushed, clicked, and kept in the link."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.app_page import download, open_atlas
from tests.conftest import PageLog


def test_a_drag_across_the_bars_keeps_a_period(page: Page, app_url: str, page_log: PageLog) -> None:
    page.set_viewport_size({"width": 1400, "height": 1000})
    atlas = open_atlas(page, f"{app_url}/?tab=time")
    chart = page.locator(".st-key-figure-box-time .marks").first
    expect(chart).to_be_visible()
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] * 0.6
    page.mouse.move(box["x"] + box["width"] * 0.55, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, y, steps=8)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"from=20\d\d&to=20\d\d"))
    expect(atlas.count).not_to_contain_text("1\u202f123 of")
    expect(page.get_by_text("Faint: outside the period that is on")).to_be_visible()
    page.get_by_role("button", name="Any time").click()
    expect(atlas.count).to_contain_text("1\u202f123 of")
    page.get_by_role("tab", name="Summary").click()
    expect(page).to_have_url(re.compile(r"tab=summary"))
    assert page_log.errors == []
    assert page_log.refused == []


def test_a_bar_filters_and_its_file_is_written(page: Page, app_url: str, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 1400, "height": 1000})
    atlas = open_atlas(page, f"{app_url}/?tab=summary&sum=top")
    figure = page.locator(".st-key-figure-box-top-crossing")
    chart = figure.locator(".marks").first
    expect(chart).to_be_visible()
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + 14)
    expect(page).to_have_url(re.compile(r"near=Torkham"))
    expect(atlas.count).to_contain_text("61 of 1\u202f123 records")
    figure = page.locator(".st-key-figure-box-top-province")
    figure.get_by_text("Table and files").click()
    for suffix, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("CSV", b"\xef\xbb\xbf")):
        coming = download(page, figure.get_by_role("button", name=suffix, exact=True))
        file = tmp_path / coming.suggested_filename
        coming.save_as(file)
        assert file.read_bytes().startswith(start)
        assert file.suffix == f".{suffix.lower()}"
