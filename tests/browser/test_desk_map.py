"""Drawing on the map, opening a record on it, playing through time: by mouse and by keys."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import numpy as np
import pytest
import shapely
from playwright.sync_api import Locator, Page, expect

from geo.areas import parse_area
from tests import layers_small
from tests.browser.app_page import Atlas, open_atlas
from tests.browser.record_page import open_blank
from tests.browser.saved_page import open_saved, save, shown
from tests.conftest import NewPage, PageLog

ONE_DAY = timedelta(days=1)


def open_scripts(page: Page, *names: str) -> None:
    """Open a blank page with some scripts of the map beside those of its records."""
    open_blank(page)
    for name in names:
        text = (files("layers") / "js" / f"{name}.js").read_text(encoding="utf-8")
        page.add_script_tag(content=text)


def button(atlas: Atlas, name: str) -> Locator:
    return atlas.map.get_by_role("button", name=name)


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


def steps_of(page: Page, unit: str, first: date, last: date) -> list[dict[str, Any]]:
    """Cut a span of days in the page, limited to three days more; days as dates."""
    epoch = date(1970, 1, 1)
    told: list[dict[str, Any]] = page.evaluate(
        "([unit, from, to]) => khyber.playSteps(unit, {from, to}, {from, to: to + 3})",
        [unit, (first - epoch).days, (last - epoch).days],
    )
    days = ("from", "to", "own")
    return [
        {"words": each["words"], **{name: epoch + each[name] * ONE_DAY for name in days}}
        for each in told
    ]


def test_steps_of_time_follow_the_calendar_and_leave_no_day_out(page: Page) -> None:
    open_scripts(page, "playtime")
    first, last = date(2019, 11, 20), date(2021, 2, 3)
    words = {unit: [] for unit in ("month", "quarter", "year", "upto")}  # type: dict[str, list[str]]
    for unit, said in words.items():
        steps = steps_of(page, unit, first, last)
        said.extend(step["words"] for step in steps)
        assert (steps[0]["own"], steps[-1]["to"]) == (first, date(2021, 2, 6))
        assert all(one["to"] + ONE_DAY == other["own"] for one, other in pairwise(steps))
        if unit == "upto":
            assert {step["from"] for step in steps} == {first}
        else:
            assert all(step["from"] == step["own"] for step in steps)
    assert words["year"] == [
        "20 November to 31 December 2019",
        "2020",
        "1 January to 6 February 2021",
    ]
    assert words["quarter"][1:3] == ["January to March 2020", "April to June 2020"]
    assert words["month"][3] == "February 2020"
    assert words["upto"][3] == "Up to the end of February 2020"
    assert words["upto"][-1] == "Up to 6 February 2021"
    (alone,) = steps_of(page, "month", last, last)
    assert alone["words"] == "3 to 6 February 2021"


# In the app


def test_an_area_is_drawn_by_mouse_and_by_keys_and_becomes_the_filter(
    new_page: NewPage, app_url: str, page_log: PageLog
) -> None:
    page = new_page(viewport={"width": 1500, "height": 900})
    atlas = open_atlas(page, f"{app_url}/?kind=incident")
    expect(button(atlas, "Legend")).to_have_attribute("aria-expanded", "true")
    # Until somebody moves it, the first view follows the room there is.
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(button(atlas, "Legend")).to_have_attribute("aria-expanded", "false")
    left, top = frame_corner(atlas)
    button(atlas, "Draw an area to filter by").click()
    button(atlas, "Draw a circle").click()
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
    expect(button(atlas, "Draw an area to filter by")).to_be_focused()
    button(atlas, "Take the drawn area away").click()
    expect(atlas.count).to_contain_text("743 of")
    expect(outline).to_have_count(0)
    assert page_log.errors == []


def draw_by_keys(page: Page, atlas: Atlas) -> None:
    """Draw a box with keys alone: 200 pixels wide, 80 high."""
    button(atlas, "Draw an area to filter by").focus()
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
        button(atlas, "Draw an area to filter by").tap()
        button(atlas, "Draw a polygon").tap()

    start()
    button(atlas, "Cancel").tap()
    expect(atlas.map.locator(".ka-drawing")).to_have_count(0)
    start()
    # Quick taps on buttons are no double tap on the map.
    assert atlas.place() == opened_at
    for right, down in ((60, 170), (330, 170), (200, 400)):
        page.touchscreen.tap(left + right, top + down)
    button(atlas, "Done").tap()
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


def within(joined: gpd.GeoDataFrame, first: str, last: str) -> dict[str, int]:
    """Count the records whose whole date lies in a period, by layer."""
    kept = joined[(joined["date_start"] >= first) & (joined["date_end"] <= last)]
    counts = kept["kind"].value_counts()
    return {f"{kind}s": int(counts.get(kind, 0)) for kind in ("seizure", "incident")}


def test_time_is_stepped_through_within_the_filter(
    new_page: NewPage, app_url: str, joined: gpd.GeoDataFrame
) -> None:
    page = new_page(reduced_motion="reduce")
    atlas = open_atlas(page, f"{app_url}/?from=2019-07-15&to=2022")
    full = atlas.records()
    assert full == within(joined, "2019-07-15", "2022-12-31")
    button(atlas, "Play through time").click()
    words = atlas.map.locator(".ka-play-words")
    expect(words.locator("strong")).to_have_text("15 July to 30 September 2019")
    # Nothing moves by itself.
    expect(button(atlas, "Play")).to_have_count(0)
    player = atlas.map.get_by_role("region", name="Play through time")
    player.get_by_label("What is shown at once").select_option("year")
    page.keyboard.press("Escape")
    expect(player).to_have_count(0)
    assert atlas.records() == full
    button(atlas, "Play through time").click()
    slider = player.get_by_label("Time", exact=True)
    expect(slider).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(words.locator("strong")).to_have_text("2020")
    assert atlas.records() == within(joined, "2020-01-01", "2020-12-31")
    shown = sum(atlas.records().values())
    expect(words).to_contain_text(f"{shown} of {sum(full.values())} records")
    # A filter that changes meanwhile holds, and the time stays.
    page.get_by_text(re.compile("^Seizures")).first.click()
    expect(words).to_contain_text(f"{within(joined, '2020', '2020-12-31')['seizures']} of")
    expect(words.locator("strong")).to_have_text("2020")
    button(atlas, "Close and show all").click()
    assert atlas.records() == {"seizures": full["seizures"], "incidents": 0}


def test_a_saved_page_plays_too_and_counts_what_its_filter_keeps(
    new_page: NewPage, tmp_path: Path
) -> None:
    rows = [
        {"id": f"i-{at}", "kind": "incident", "date": f"{2014 + at}", "group": "TTP"}
        for at in range(8)
    ]
    snapshot = layers_small.snapshot(*rows, {"id": "s-9", "date": "2015-02-03"})
    page = new_page(reduced_motion="reduce")  # where nothing plays by itself
    open_saved(page, save(snapshot, tmp_path))
    page.get_by_role("button", name="Play through time").click()
    words = page.locator(".ka-play-words")
    page.get_by_role("button", name="One step on").click()
    expect(words).to_have_text("20152 of 9 records.")
    page.get_by_role("radio", name="Incidents").check()
    expect(words).to_have_text("20151 of 8 records.")
    # The page's own count and table are of the whole filter.
    assert shown(page) == 8
    page.get_by_label("What is shown at once").select_option("month")
    expect(words).to_contain_text("December 20150 of 8 records. 1 more dated too coarsely")


def test_time_plays_until_it_is_paused(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page(reduced_motion="no-preference")
    rows = [{"id": f"s-{at}", "date": f"{2010 + at // 2}-05-06"} for at in range(24)]
    open_saved(page, save(layers_small.snapshot(*rows), tmp_path))
    page.get_by_role("button", name="Play through time").click()
    words = page.locator(".ka-play-words")
    expect(words).to_have_attribute("aria-live", "off")
    expect(words.locator("strong")).to_have_text("2011")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_focused()
    expect(words).to_have_attribute("aria-live", "polite")
    counted = "map_div.khyberPage.kinds[0].layer.mask.reduce((all, each) => all + each)"
    assert page.evaluate(counted) == 2
    page.get_by_role("button", name="Close and show all").click()
    assert page.evaluate(counted) == 24
