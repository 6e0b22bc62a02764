"""The place on the map is in the address, and comes back with it."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.app_page import choose_kind

START = "?kind=seizure"
PLACED = re.compile(r"#\d+(\.\d+)?/\d+\.\d+/\d+\.\d+$")


def open_map(page: Page, address: str) -> FrameLocator:
    page.goto(address)
    frame = page.frame_locator("iframe")
    frame.locator(".ka-map[data-ready]").wait_for()
    return frame


def drag(page: Page) -> None:
    """Drag the map and hold it."""
    box = page.locator("iframe").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 300, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 250, steps=4)


def test_moving_the_map_writes_the_place_and_a_filter_keeps_it(page: Page, app_url: str) -> None:
    frame = open_map(page, f"{app_url}/{START}")
    drag(page)
    frame.locator("#map_div").evaluate("() => window.khyber.keepPlace(map)")
    # A first view has no place: a link to it fits whatever window opens it. And one that
    # is only passed through is not written.
    assert "#" not in page.url
    page.mouse.up()
    page.wait_for_url(PLACED)
    place = page.url.partition("#")[2]
    choose_kind(page, "Incidents")
    page.wait_for_url(re.compile(rf"kind=incident#{re.escape(place)}$"))


def test_a_link_with_a_place_opens_there_and_one_with_none_leaves_it(
    page: Page, app_url: str
) -> None:
    frame = open_map(page, f"{app_url}/{START}#10/34.13/71.1")
    expect(frame.locator(".leaflet-control-scale-line")).to_have_text("10 km")
    expect(frame.get_by_text("Torkham", exact=True).first).to_be_visible()
    page.evaluate("location.hash = '#99999/999/<img src=x>'")
    expect(frame.locator(".leaflet-control-scale-line")).to_have_text("10 km")
    expect(frame.get_by_text("Torkham", exact=True).first).to_be_visible()
