"""A page of the built-in data on paper, on a phone, in the dark, and with hostile texts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests import layers_small
from tests.browser.saved_page import open_saved, save, shown, state
from tests.browser.test_layers_page import HOSTILE, hostile_rows
from tests.conftest import NewPage, PageLog
from tests.snapshot_case import make_snapshot

A4_LYING: Final = (842, 595)
"""In points."""

TITLE: Final = "Records for the briefing"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of all built-in records, written once."""
    folder = tmp_path_factory.mktemp("page")
    return save(make_snapshot(format_="html", title=TITLE), folder)


def texts_of(pdf: pypdfium2.PdfDocument) -> list[str]:
    return [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in pdf]


def test_printed_it_has_title_map_legend_records_and_sources_but_no_controls(
    page: Page, page_log: PageLog, file: Path
) -> None:
    open_saved(page, file)
    page.get_by_role("slider", name="First year").fill("2025")
    expect(page.locator("#shown")).to_contain_text("2025–2026")
    expect(page.locator("#publishers .kp-said")).to_contain_text("publishers")
    before = page.evaluate("[map_div.getZoom(), map_div.getCenter(), map_div.getSize()]")
    count = shown(page)
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as pdf:
        assert [tuple(map(round, sheet.get_size())) for sheet in pdf] == [A4_LYING] * len(pdf)
        first, *rest = texts_of(pdf)
        picture = pdf[0].render(scale=1).to_pil().convert("RGB")
    for said in (TITLE, f"{count} of 1 123 shown", "Border of Afghanistan", "ISKP", "Place known"):
        assert said in first
    assert picture.getpixel((60, 150)) != (255, 255, 255), "no ground"
    assert len(picture.getcolors(1 << 24)) > 500
    everything = " ".join([first, *rest])
    assert everything.count("Incident: ") + everything.count("Seizure: ") == count
    for said in ("Date Record Place", "Times of Central Asia, 17 April", "About this snapshot"):
        assert said in everything
    for control in ("Find words", "Clear filters", "All 24 groups", "Previous", "Skip to"):
        assert control not in everything
    # The screen is as it was.
    assert page.evaluate("[map_div.getZoom(), map_div.getCenter(), map_div.getSize()]") == before
    expect(page.locator(".kp-printed")).to_have_count(0)
    assert page_log.errors == []


def test_on_a_phone_the_map_comes_first_and_the_controls_are_in_a_drawer(
    new_page: NewPage, page_log: PageLog, file: Path
) -> None:
    phone = new_page(
        viewport={"width": 375, "height": 812}, has_touch=True, is_mobile=True, color_scheme="dark"
    )
    open_saved(phone, file)
    assert phone.evaluate("document.documentElement.scrollWidth") == 375
    expect(phone.locator("#map_div")).to_be_in_viewport(ratio=0.9)
    expect(phone.get_by_role("radio", name="Seizures")).to_be_hidden()
    phone.get_by_text("Filters and layers").tap()
    phone.get_by_role("radio", name="Seizures").tap()
    expect(phone.locator("#shown")).to_contain_text("Seizures")
    assert phone.evaluate("document.documentElement.scrollWidth") == 375
    expect(phone.locator(".kp-table tbody tr")).to_have_count(25)
    small = phone.evaluate(
        "[...document.querySelectorAll('.kp-check, .kp-choice label, .kp-pager button,"
        " .kp-goto, #find, #sort, summary')].filter((each) => each.offsetParent"
        " && each.getBoundingClientRect().height < 44).map((each) => each.className)"
    )
    assert small == []
    phone.get_by_label("Sort by").select_option("place")
    expect(phone.locator("#sort")).to_have_value("place")
    phone.locator(".kp-goto").nth(5).tap()
    expect(phone.get_by_role("dialog")).to_be_in_viewport()
    assert (page_log.refused, page_log.errors, page_log.console) == ([], [], [])


def test_nothing_is_cut_at_any_width_and_in_the_dark_the_map_stays_paper(
    page: Page, file: Path
) -> None:
    page.emulate_media(color_scheme="dark")
    open_saved(page, file)
    for width in (600, 900, 1920):
        page.set_viewport_size({"width": width, "height": 1080})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        expect(page.locator("#map_div")).to_be_in_viewport(ratio=0.8)
        assert page.evaluate("Math.min(map_div.getSize().x, map_div.getSize().y)") >= 340
    colours = page.evaluate(
        "[document.body, document.getElementById('map_div')]"
        ".map((node) => getComputedStyle(node).backgroundColor)"
    )
    assert colours == ["rgb(28, 27, 25)", "rgb(244, 242, 236)"]


# Hostile texts as title, group, place, publisher; with the policy and without.
@pytest.mark.parametrize("policy", [True, False])
def test_hostile_texts_are_shown_as_they_are(
    page: Page, page_log: PageLog, tmp_path: Path, policy: bool
) -> None:
    snapshot = layers_small.snapshot(*hostile_rows())
    snapshot = replace(snapshot, title="".join(HOSTILE))
    open_saved(page, save(snapshot, tmp_path, policy=policy))
    expect(page.locator("h1")).to_have_text(re.compile(re.escape(HOSTILE[0])))
    rows = page.locator(".kp-table tbody tr")
    expect(rows).to_have_count(len(HOSTILE))
    for cell in ("place", "group"):
        told = page.locator(f".kp-cell-{cell}").all_text_contents()
        assert {text.removesuffix("acted") for text in told} == set(HOSTILE)
    expect(page.locator(".kp-publishers details")).to_have_count(len(HOSTILE))
    for summary in page.locator(".kp-publishers summary").all():
        summary.click()
    assert page.locator("#table a, #publishers a").count() == 0
    named = page.locator("#groups .kp-check > span[dir]").all_text_contents()
    assert set(named) == set(HOSTILE)
    page.get_by_label("Find words").fill(HOSTILE[0])
    expect(page.locator("#shown")).to_contain_text(HOSTILE[0])
    assert shown(page) == 1
    page.locator("#groups").get_by_role("checkbox").first.check()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".kp-printed :is(a, img, script)").count() == 0
    assert page.locator(":is(main, header) :is(img, script, iframe)").count() == 0
    assert page.evaluate("typeof hostile") == "undefined"
    assert state(page, "s.rows") == len(HOSTILE)
    assert (page_log.refused, page_log.errors) == ([], [])
