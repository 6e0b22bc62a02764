"""The desk's filters in a browser: counts on choices, chips, undo, and what the link keeps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app_page import choose_kind, open_atlas, settle
from tests.conftest import PageLog


def field(page: Page, word: str) -> Locator:
    return page.locator(f".st-key-filter-{word}")


def choose(page: Page, word: str, label: str) -> None:
    """Type into a choice of many and take what it offers: ``label`` is words and count."""
    settle(page)
    box = field(page, word).locator("input")
    box.click()
    box.press_sequentially(label.split(" (", maxsplit=1)[0])
    page.get_by_role("option", name=label, exact=True).click()
    page.keyboard.press("Escape")


def test_every_choice_counts_under_the_others_and_keeps_its_word(
    page: Page, app_url: str, page_log: PageLog
) -> None:
    atlas = open_atlas(page, app_url)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    expect(page.get_by_role("radio", name="Seizures (380)")).to_be_visible()
    choose(page, "group", "TTP (155)")
    expect(atlas.count).to_contain_text("155 of 1\u202f123 records")
    expect(page.get_by_role("radio", name="Seizures (5)")).to_be_visible()
    choose_kind(page, "Seizures")
    expect(atlas.count).to_contain_text("5 of 1\u202f123 records")
    # The chosen value shows its new count, and is still chosen.
    expect(field(page, "group")).to_contain_text("TTP (5)")
    field(page, "from").locator("input").fill("2021-08-15")
    field(page, "from").locator("input").press("Enter")
    expect(atlas.count).to_contain_text("3 of 1\u202f123 records")
    expect(page).to_have_url(re.compile(r"\?kind=seizure&from=2021-08-15&group=TTP$"))
    expect(field(page, "group")).to_contain_text("TTP (3)")
    page.get_by_role("button", name="From: 15 August 2021").click()
    expect(atlas.count).to_contain_text("5 of 1\u202f123 records")
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(re.compile(r"from=2021-08-15"))
    page.get_by_role("button", name="Reset").click()
    expect(atlas.count).to_contain_text("1\u202f123 of 1\u202f123 records")
    expect(page.get_by_text("No filter is on.")).to_be_visible()
    assert page_log.errors == []


def test_words_quantities_and_crossings_narrow(page: Page, app_url: str) -> None:
    atlas = open_atlas(page, f"{app_url}/?direction=AFG%3EPAK")
    expect(atlas.count).to_contain_text("72 of 1\u202f123 records")
    box = field(page, "at-least").locator("input")
    box.fill("100 kg")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"at-least=100(\+|%20)kg"))
    page.get_by_role("button", name="Reset").click()
    expect(atlas.count).to_contain_text("1\u202f123 of")
    settle(page)
    near = field(page, "near").locator("input")
    near.click()
    near.press_sequentially("Tork")
    page.get_by_role("option", name="Torkham (61)", exact=True).click()
    expect(atlas.count).to_contain_text("61 of 1\u202f123 records")
    expect(page).to_have_url(re.compile(r"near=Torkham"))


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1920, "light")])
def test_nothing_runs_off_the_page(page: Page, app_url: str, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    open_atlas(page, f"{app_url}/?tab=time&group=TTP&near=Torkham&within-km=30&from=2014")
    expect(page.locator(".st-key-figure-box-time .marks").first).to_be_visible()
    chips = page.locator(".st-key-chips")
    before = chips.bounding_box()
    assert before is not None
    # One row, which scrolls by itself.
    assert before["height"] < 90
    wide = page.evaluate("() => document.scrollingElement.scrollWidth")
    assert wide <= width
    # Text and paper differ, whichever theme the browser asks for.
    ink, paper = page.evaluate(
        "() => [getComputedStyle(document.querySelector('.ka-what')).color,"
        " getComputedStyle(document.querySelector('.stApp')).backgroundColor]"
    )
    assert abs(_light(ink) - _light(paper)) > 120
    assert (_light(paper) < 100) == (scheme == "dark")


def _light(colour: str) -> float:
    red, green, blue = map(float, re.findall(r"[\d.]+", colour)[:3])
    return 0.3 * red + 0.6 * green + 0.1 * blue
