"""Drawing on the map, opening a record on it, playing through time: by mouse and by keys."""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import shapely
from playwright.sync_api import Page, expect

from geo.areas import parse_area
from tests.browser.app_page import Atlas, map_button, open_atlas
from tests.browser.record_page import open_scripts
from tests.conftest import NewPage, PageLog


def frame_corner(atlas: Atlas) -> tuple[float, float]:
    box = atlas.page.locator("iframe").first.bounding_box()
    assert box is not None
    return box["x"], box["y"]


def area_of(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["area"][0]


def expect_area(page: Page, form: str) -> str:
    """Wait until the address has an area; give its text."""
    expect(page).to_have_url(re.compile(rf"[?&]area={form}"))
    return area_of(page)


# Shapes and steps, without an app


def test_what_is_drawn_is_an_area_to_the_server(page: Page) -> None:
    open_scripts(page, "shapes")
    drawn = np.random.default_rng(7).uniform((24, 60), (40, 76), (60, 2)).tolist()
    told = page.evaluate(
        "(drawn) => { const points = drawn.map((each) => L.latLng(each)); const found = [];"
        " for (let at = 0; at + 3 < points.length; at += 3) {"
        "  const some = points.slice(at, at + 3);"
        "  Object.values(khyber.shapes).forEach((shape) => {"
        "   const corners = shape.corners === 2 ? some.slice(0, 2) : some;"
        "   found.push([shape.fault(corners), shape.text(corners),"
        "    shape.ring(corners).map(({lng, lat}) => [lng, lat])]); }); }"
        " return found; }",
        drawn,
    )
    assert len(told) == 57
    for fault, text, ring in told:
        assert fault == ""
        area = parse_area(text)
        assert area.text == text
        # What is seen while drawing is what is then filtered by.
        apart = area.polygon.symmetric_difference(shapely.Polygon(ring)).area
        assert apart < 0.02 * area.polygon.area


def test_a_shape_says_what_is_wrong_with_it(page: Page) -> None:
    open_scripts(page, "shapes")
    faults = page.evaluate(
        "() => { const at = (...all) => all.map((each) => L.latLng(each));"
        " const {polygon, box} = khyber.shapes; return ["
        " polygon.fault(at([30, 60], [31, 61])),"
        " polygon.fault(at([30, 60], [31, 61], [32, 62])),"
        " polygon.fault(at([30, 60], [31, 61], [30, 61], [31, 60])),"
        " polygon.fault(at([30, 60], [31, 60], [31, 61], [30, 61])),"
        " box.fault(at([30, 60], [30, 61])), box.fault(at([30, 60], [29, 59]))]; }"
    )
    assert faults == [
        "A polygon needs three corners.",
        "The corners lie on one line.",
        "Its sides cross; take back a corner.",
        "",
        "The corners lie on one line.",
        "",
    ]


# In the app


def test_an_area_is_drawn_by_mouse_and_by_keys_and_becomes_the_filter(
    new_page: NewPage, app_url: str, page_log: PageLog
) -> None:
    page = new_page(viewport={"width": 1500, "height": 900})
    atlas = open_atlas(page, f"{app_url}/?kind=incident")
    expect(map_button(atlas, "Legend")).to_have_attribute("aria-expanded", "true")
    # Until somebody moves it, the first view follows the room there is.
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(map_button(atlas, "Legend")).to_have_attribute("aria-expanded", "false")
    left, top = frame_corner(atlas)
    map_button(atlas, "Draw an area to filter by").click()
    map_button(atlas, "Draw a circle").click()
    page.mouse.move(left + 480, top + 250)
    page.mouse.down()
    page.mouse.move(left + 520, top + 260, steps=3)
    expect(atlas.map.locator(".ka-drawing-size")).to_have_text(re.compile(r"^\d\d km$"))
    page.mouse.up()
    text = expect_area(page, "circle")
    radius = parse_area(text).reach_km
    outline = atlas.map.locator("path.ka-reach-area")
    expect(outline).to_have_count(1)
    expect(atlas.map.locator(".ka-label-reach")).to_have_text(f"circle of {radius:g} km")
    expect(atlas.count).not_to_contain_text("743 of")
    shown = int(re.sub(r"\D", "", atlas.count.inner_text().split(" of ")[0]))
    assert sum(atlas.records().values()) == shown
    # Another one takes its place; the crosshair stands in the middle of the map.
    draw_by_keys(page, atlas)
    west, south, east, north = parse_area(expect_area(page, "box")).numbers
    place = atlas.place()
    assert east - west == pytest.approx(200 * 360 / 256 / 2 ** place["zoom"], rel=0.05)
    assert (east, north) == pytest.approx((place["lng"], place["lat"]), abs=0.001)
    assert south < north
    expect(map_button(atlas, "Draw an area to filter by")).to_be_focused()
    map_button(atlas, "Take the drawn area away").click()
    expect(atlas.count).to_contain_text("743 of")
    expect(outline).to_have_count(0)
    assert page_log.errors == []


def draw_by_keys(page: Page, atlas: Atlas) -> None:
    """Draw a box with keys alone: 200 pixels wide, 80 high."""
    map_button(atlas, "Draw an area to filter by").focus()
    for key in ("Enter", "Tab", "Enter", "Enter"):
        page.keyboard.press(key)
    for key in ("ArrowRight",) * 5 + ("ArrowUp",) * 2:
        page.keyboard.press(key)
    expect(atlas.map.locator(".ka-drawing-words")).to_contain_text("Enter sets the opposite")
    page.keyboard.press("Enter")


def test_on_a_phone_a_polygon_is_tapped_and_a_record_opened_where_the_map_stays(
    new_page: NewPage, app_url: str, page_log: PageLog
) -> None:
    page = new_page(viewport={"width": 375, "height": 812}, is_mobile=True, has_touch=True)
    atlas = open_atlas(page, f"{app_url}/?kind=seizure")
    left, top = frame_corner(atlas)
    opened_at = atlas.place()

    def start() -> None:
        map_button(atlas, "Draw an area to filter by").tap()
        map_button(atlas, "Draw a polygon").tap()

    start()
    map_button(atlas, "Cancel").tap()
    expect(atlas.map.locator(".ka-drawing")).to_have_count(0)
    start()
    # Quick taps on buttons are no double tap on the map.
    assert atlas.place() == opened_at
    for right, down in ((60, 170), (330, 170), (200, 400)):
        page.touchscreen.tap(left + right, top + down)
    map_button(atlas, "Done").tap()
    assert len(parse_area(expect_area(page, "polygon")).numbers) == 6
    expect(atlas.map.locator("path.ka-reach-area")).to_have_count(1)
    drawn = area_of(page)
    for word, value in HOSTILE:
        tell(page, word, value)
    before = atlas.place()
    opened = open_a_record(atlas)
    expect(page).to_have_url(re.compile(rf"[?&]record={re.escape(opened)}(&|#|$)"))
    expect(atlas.map.get_by_role("dialog")).to_be_visible()
    # One that is gone to would be seen from nearer.
    assert atlas.place()["zoom"] == before["zoom"]
    assert area_of(page) == drawn
    assert page_log.errors == []


HOSTILE: Final = (
    ("record", ["seizures", 10**9]),
    ("record", {"<img src=x>": 1}),
    ("area", "<img src=x onerror=hostile=1>"),
    ("hostile", "x"),
)
"""What no map would tell the app."""


def open_a_record(atlas: Atlas) -> str:
    """Open a record that is in view, as a click on its sign does; give its id."""
    opened: str = atlas.map.locator("#map_div").evaluate(
        # Once the view has come whole: a filter that comes later would close the record again.
        "() => map.khyber.settled.then(() => { const layer = map.kaRecords.get('seizures');"
        " const place = (row) => khyber.latlngOf(layer.table.x[row], layer.table.y[row]);"
        " const seen = (row) => layer.shows(row) && map.getBounds().contains(place(row));"
        " const row = [...layer.mask.keys()].find(seen);"
        " khyber.openRecord(map, layer, row, place(row));"
        " return layer.details.card(row).then((card) => card.id); })"
    )
    return opened


def tell(page: Page, word: str, value: Any) -> None:
    """Tell the app something as its map would."""
    page.evaluate(
        "(detail) => window.dispatchEvent(new CustomEvent('khyber-told', {detail}))",
        json.dumps({"word": word, "value": value}),
    )
