"""Signs of records by keyboard; hostile text; nothing left behind."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.interaction_page import APART, click, crowd, open_page, place_of, record
from tests.browser.test_layers_page import HOSTILE
from tests.conftest import PageLog

TITLE = ".ka-card h2"


def test_the_keyboard_steps_opens_and_comes_back(page: Page) -> None:
    open_page(page, *APART)
    stepper = page.get_by_role("group", name=re.compile("^3 signs in view"))
    stepper.focus()
    live = page.locator("[aria-live]")
    ring = page.locator(".ka-halo-focus")
    expect(ring).to_be_hidden()
    middle = page.evaluate("map.getCenter()")
    for key, words in (
        ("ArrowRight", "1 incident: ISKP; 2021. 1 of 3"),
        ("ArrowDown", "1 incident: TTP; July 2022. 2 of 3"),
        ("End", "1 incident: Unattributed; 3 June 2023. 3 of 3"),
        ("ArrowRight", "1 incident: Unattributed; 3 June 2023. 3 of 3"),
        ("Home", "1 incident: ISKP; 2021. 1 of 3"),
        ("ArrowRight", "1 incident: TTP; July 2022. 2 of 3"),
    ):
        page.keyboard.press(key)
        expect(live).to_have_text(words)
    assert page.evaluate("map.getCenter()") == middle
    expect(ring).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(TITLE)).to_have_text("East")
    expect(page.locator(TITLE)).to_be_focused()
    page.evaluate("painter.layers[0].mask[0] = 0; painter.paint()")
    page.keyboard.press("Escape")
    expect(page.locator(".ka-card")).to_have_count(0)
    expect(page.locator(".ka-stepper")).to_be_focused()
    expect(ring).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(live).to_have_text("1 incident: TTP; July 2022. 1 of 2")
    page.keyboard.press("Escape")
    expect(ring).to_be_hidden()
    expect(live).to_have_text("")


def test_the_ring_of_the_chosen_sign_moves_with_the_map(page: Page) -> None:
    open_page(page, *APART)
    page.locator(".ka-stepper").focus()
    page.keyboard.press("ArrowRight")
    page.evaluate("map.panBy([-80, 40], {animate: false})")
    box = page.locator(".ka-halo-focus").bounding_box()
    assert box is not None
    x, y = place_of(page, 0)
    assert abs(box["x"] + box["width"] / 2 - x) < 2
    assert abs(box["y"] + box["height"] / 2 - y) < 2


def test_the_keyboard_zooms_in_or_lists(page: Page) -> None:
    open_page(page, *crowd(40, spread=0.2))
    stepper = page.locator(".ka-stepper")
    stepper.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ka-tip-hint:visible")).to_have_text("Enter zooms in, L lists")
    page.keyboard.press("l")
    expect(page.locator(".ka-list li")).to_have_count(40)
    page.keyboard.press("Escape")
    expect(stepper).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".ka-list li")).to_have_count(40)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.locator(".ka-card")).to_have_count(0)
    assert page.evaluate("map.getZoom()") > 6
    expect(stepper).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[aria-live]")).to_contain_text(re.compile(r"incidents?: .* of \d+"))


def test_hostile_text_never_runs_and_shows_as_it_is(page: Page, page_log: PageLog) -> None:
    rows = [
        record(
            34,
            60 + at * 1.4,
            **dict.fromkeys(("title", "group", "category", "summary"), text),
            sources=[{"text": text, "href": f"javascript:hostile=1//{text}"}],
        )
        for at, text in enumerate(HOSTILE)
    ]
    open_page(page, *rows, *[{**row, "lat": 30, "lon": 66} for row in rows])
    for at, text in enumerate(HOSTILE):
        click(page, at)
        expect(page.locator(TITLE)).to_have_text(text, use_inner_text=False)
        page.mouse.move(*place_of(page, at))
        page.keyboard.press("Escape")
    click(page, len(HOSTILE))
    expect(page.locator(".ka-list li")).to_have_count(len(HOSTILE))
    inside = ".ka-box :is(img, script, svg, a), .ka-tip :not(p)"
    assert page.locator(inside).count() == 0
    assert page.evaluate("typeof hostile") == "undefined"
    assert page_log.errors == []


def test_taken_away_it_leaves_nothing_behind(page: Page) -> None:
    open_page(page, *APART)
    page.mouse.move(*place_of(page, 1))
    click(page, 0)
    expect(page.locator(TITLE)).to_have_text("West")
    page.evaluate("acts.remove()")
    expect(page.locator(".ka-card")).to_have_count(0)
    page.wait_for_function("document.querySelectorAll('*').length === before")
    assert page.evaluate("harness.listeners(map) === heard")
    click(page, 0)
    assert page.evaluate("map.areaOpened") == 1
