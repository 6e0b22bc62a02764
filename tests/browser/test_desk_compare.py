"""Comparing two filters in the app: the tab, and two linked maps in one frame."""

from __future__ import annotations

import re
from typing import Any, Final

from playwright.sync_api import Page, expect

from tests.browser.app_page import Atlas, open_atlas
from tests.conftest import PageLog

KABUL: Final = "to=2021-08-14&b-from=2021-08-15&tab=compare"
BEFORE, SINCE = [232, 400], [147, 342]
"""Seizures and incidents until 14 August 2021, and since."""

TELL: Final = (
    "() => [map, map.khyber.twin.map].map((each) => ({zoom: each.getZoom(),"
    " lat: each.getCenter().lat, lng: each.getCenter().lng, high: each.getSize().y,"
    " wide: each.getSize().x, records: each.kaPainter ? each.kaPainter.layers.map((layer) =>"
    " layer.mask.reduce((sum, kept) => sum + kept, 0)) : []}))"
)


def maps(atlas: Atlas) -> list[dict[str, Any]]:
    """Tell where both maps look and what they show."""
    told: list[dict[str, Any]] = atlas.map.locator("#map_div").evaluate(TELL)
    return told


def expect_together(atlas: Atlas, also: str = "true") -> dict[str, Any]:
    """Wait until both maps look at the same place, and more is so; give it."""
    atlas.map.locator("#map_div").evaluate(
        f"async () => {{ const tell = {TELL}; for (let n = 0; n < 60; n += 1) {{"
        " const [a, b] = tell(); if (a.zoom === b.zoom && Math.abs(a.lat - b.lat) < 0.02"
        " && Math.abs(a.lng - b.lng) < 0.02 && !map._animatingZoom"
        f" && {also}) return;"
        " await new Promise((done) => setTimeout(done, 50)); }"
        " throw new Error(JSON.stringify(tell())); }"
    )
    return maps(atlas)[0]


def wait_for_twin(atlas: Atlas) -> None:
    atlas.map.locator(".ka-twin-b[data-ready]").wait_for()


def test_an_event_is_compared_on_two_linked_maps(
    page: Page, app_url: str, page_log: PageLog
) -> None:
    atlas = open_atlas(page, f"{app_url}/?tab=compare")
    page.get_by_role("button", name="Before and after 15 August 2021").click()
    expect(page.get_by_text(re.compile(r"^632 records in 199\.4 months"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"^The rate of B is 2\.75 times that of A"))).to_be_visible()
    assert "b-from=2021-08-15" in page.url
    page.get_by_role("radio", name="Side by side").click()
    wait_for_twin(atlas)
    expect(page).to_have_url(re.compile(r"twin=side"))
    first, second = maps(atlas)
    assert [first["records"], second["records"]] == [BEFORE, SINCE]
    assert first["wide"] == second["wide"]
    page.locator(".ka-what").scroll_into_view_if_needed()
    box = atlas.map.locator(".ka-twin-b").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 150, box["y"] + 250)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 200, steps=4)
    page.mouse.up()
    dragged = expect_together(atlas)
    assert dragged["lng"] > first["lng"]
    atlas.map.get_by_role("button", name="Zoom in").click()
    assert expect_together(atlas)["zoom"] > dragged["zoom"]
    page.get_by_role("button", name="Swap A and B").click()
    expect(page).to_have_url(re.compile(r"b-to=2021-08-14"))
    page.get_by_role("button", name="End comparison").click()
    expect(atlas.map.locator(".ka-twin-b")).to_be_hidden()
    assert [each["records"] for each in maps(atlas)] == [SINCE, []]
    # The hidden map writes no place of its own into the address.
    place = page.evaluate("() => location.hash.slice(1).split('/').map(Number)")
    assert abs(place[1] - maps(atlas)[0]["lat"]) < 0.01
    assert page_log.errors == []


def test_the_line_between_two_maps_is_moved_by_keys_and_by_hand(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?{KABUL}&twin=swipe")
    atlas = Atlas(page=page)
    wait_for_twin(atlas)
    expect(atlas.map.get_by_role("region", name="Map of B")).to_be_visible()
    line = atlas.map.get_by_role("slider", name="Line between A and B")
    for key, at in (("ArrowRight", 52), ("PageDown", 42), ("Home", 5), ("End", 95)):
        line.press(key)
        expect(line).to_have_attribute("aria-valuenow", str(at))
    expect(line).to_have_attribute("aria-valuetext", "A 95 per cent, B 5 per cent")
    line.press("Home")
    frame = atlas.map.locator(".ka-twin-b").bounding_box()
    grip = line.bounding_box()
    assert frame is not None
    assert grip is not None
    page.mouse.move(grip["x"] + 22, grip["y"] + 200)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] / 2, grip["y"] + 200, steps=3)
    page.mouse.up()
    expect(line).to_have_attribute("aria-valuenow", "50")
    # Left of the line a pointer meets A, right of it B.
    met = atlas.map.locator("#map_div").evaluate(
        "(div) => [0.3, 0.7].map((part) => Boolean(document.elementFromPoint("
        "window.innerWidth * part, window.innerHeight * 0.8).closest('.ka-twin-b')))"
    )
    assert met == [False, True]
    # On a phone, maps side by side lie one above the other.
    page.get_by_role("radio", name="Side by side").click()
    page.set_viewport_size({"width": 375, "height": 800})
    expect(line).to_be_hidden()
    expect_together(atlas, "a.wide === b.wide && a.high === b.high && a.wide > a.high")
    boxes = [atlas.map.locator(each).bounding_box() for each in ("#map_div", ".ka-twin-b")]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"] - 1
