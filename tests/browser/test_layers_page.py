"""The saved page in a real browser: what a person sees, reaches and is safe from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from layers.assets import script_json
from layers.data import DrawOptions
from layers.recordstyle import record_style
from tests import layers_small
from tests.browser.saved_page import open_saved, save
from tests.conftest import NewPage, PageLog

# Each would set `hostile` on the page if it ever ran.
HOSTILE: Final = (
    "<img src=x onerror='hostile=1'>",
    "</script><script>hostile=1</script>",
    "${hostile=1}",
    "`${hostile=1}`",
    "{{7*7}}{{hostile=1}}",
    "{% set x = 1 %}{# gone #}",
    "'\"><svg onload=hostile=1>",
    "\\u003cimg src=x onerror=hostile=1\\u003e",
    "line\u2028hostile=1\u2029",
)
LAYERS: Final = (
    "basemap",
    "borders",
    "provinces",
    "crossings",
    "routes-arms",
    "seizures",
    "incidents",
)
TEXTS: Final = ("place", "district", "group", "actor", "category", "conveyance", "summary")


def counts(page: Page) -> list[int]:
    """Tell the number of records of each sign on the canvas, the least first."""
    told: list[int] = page.evaluate("map_div.kaPainter.signs.map((sign) => sign.count).sort()")
    return told


def open_page(page: Page, folder: Path, *rows: dict[str, Any], policy: bool = True) -> None:
    """Save a page of records given as rows of text, open it, and go to Boxland."""
    snapshot = layers_small.snapshot(*rows, layer_ids=LAYERS)
    open_saved(page, save(snapshot, folder, policy=policy))
    page.evaluate("map_div.setView([30.5, 61], 8, {animate: false})")


def hostile_rows() -> list[dict[str, Any]]:
    return [
        {
            **dict.fromkeys(TEXTS, text),
            "id": f"s-{number} {text}",
            "lat": str(30.1 + number / 12),
            "source_name": text,
            "source_url": f"javascript:hostile=1//{text}",
            "other_urls": "javascript:hostile=1 data:text/html,hostile=1",
        }
        for number, text in enumerate(HOSTILE)
    ]


# The policy of the page alone would stop most of it: the page must hold without it.
@pytest.mark.parametrize("policy", [True, False])
def test_hostile_text_never_runs_and_shows_as_it_is(
    page: Page, page_log: PageLog, tmp_path: Path, policy: bool
) -> None:
    open_page(page, tmp_path, *hostile_rows(), policy=policy)
    assert counts(page) == [1] * len(HOSTILE)
    stepper = page.get_by_role("group", name=f"{len(HOSTILE)} signs in view")
    expect(stepper).to_be_attached()
    stepper.focus()
    seen = set()
    for _ in range(len(HOSTILE)):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page.locator(".ka-card")).to_be_visible()
        seen.add(page.locator(".ka-card h2").text_content())
        assert page.locator(".ka-card a").count() == 0
        assert page.locator(".ka-card :is(img, script, svg)").count() == 0
        page.keyboard.press("Escape")
        expect(stepper).to_be_focused()
    assert seen == set(HOSTILE)
    assert page.evaluate("typeof hostile") == "undefined"
    assert page_log.errors == []
    assert page_log.refused == []


def test_a_saved_page_needs_no_network_and_draws_every_layer(
    page: Page, page_log: PageLog, tmp_path: Path
) -> None:
    open_page(page, tmp_path, {}, {"id": "i-1", "kind": "incident", "precision": "district"})
    for drawn in (".ka-ground-afghanistan", ".ka-line-border", ".ka-route"):
        expect(page.locator(drawn).first).to_be_attached()
    expect(page.locator(".ka-sign")).to_have_count(1)
    assert counts(page) == [1, 1]
    expect(page.locator(".ka-label-crossing-main")).to_have_text("Torkham")
    assert (page_log.refused, page_log.errors, page_log.console) == ([], [], [])


def test_a_list_of_records_is_reached_opened_and_closed_by_keyboard(
    page: Page, tmp_path: Path
) -> None:
    open_page(page, tmp_path, {}, {"id": "s-2", "place": "Boxville"})
    stepper = page.get_by_role("group", name="1 sign in view")
    expect(stepper).to_be_attached()
    stepper.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_be_focused()
    dialog.get_by_role("button", name=re.compile("Boxville")).press("Enter")
    expect(dialog.get_by_role("heading")).to_have_text("Boxville")
    expect(dialog.get_by_role("link", name="The Box")).to_have_attribute(
        "href", "https://example.org/1"
    )
    expect(dialog.get_by_role("link", name="The Box")).to_have_attribute(
        "rel", "noopener noreferrer"
    )
    dialog.get_by_role("button", name="All 2 here").press("Enter")
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(stepper).to_be_focused()


def show(page: Page, change: str) -> None:
    """Show the page's view again after a change to it, and wait until it is drawn."""
    page.evaluate(
        "(change) => { const view = structuredClone(map_div.khyberPage.shownView());"
        "new Function('view', change)(view); return khyber.show(map_div, view); }",
        change,
    )


def test_a_new_view_changes_only_what_differs(page: Page, tmp_path: Path) -> None:
    open_page(page, tmp_path, {}, policy=False)
    page.get_by_role("button", name="Crossing: Torkham").press("Enter")
    page.evaluate("before = [map_div.getZoom(), map_div.getCenter()]")
    page.evaluate("ground = document.querySelector('.ka-ground-afghanistan')")
    show(page, "view.layers = view.layers.filter((each) => each.id !== 'seizures')")
    assert page.evaluate("map_div.kaRecords.has('seizures')") is False
    expect(page.locator(".ka-legend")).not_to_contain_text("Seizure")
    expect(page.locator(".ka-card h2")).to_have_text("Torkham")
    assert page.evaluate("before[0] === map_div.getZoom() && before[1].equals(map_div.getCenter())")
    assert page.evaluate("ground === document.querySelector('.ka-ground-afghanistan')")
    show(page, "view.layers = view.layers.filter((each) => each.id !== 'crossings')")
    expect(page.locator(".ka-card")).to_have_count(0)


def test_a_filter_and_a_style_change_what_is_painted_but_not_the_data(
    page: Page, tmp_path: Path
) -> None:
    second = {"id": "s-2", "lat": "30.7", "category": "opium"}
    open_page(page, tmp_path, {}, second, policy=False)
    page.evaluate("table = map_div.kaRecords.get('seizures').table")
    layer = "const layer = view.layers.find((each) => each.id === 'seizures');"
    show(page, f"{layer} layer.filter = {{equal: {{category: ['opium']}}}}")
    assert counts(page) == [1]
    expect(page.locator(".ka-legend")).to_contain_text("Unattributed")
    style = script_json(record_style("seizure", DrawOptions(seizure_colour="goods")))
    show(page, f"{layer} layer.style = {style}")
    assert counts(page) == [1, 1]
    expect(page.locator(".ka-legend")).to_contain_text("Drugs")
    expect(page.locator(".ka-legend")).not_to_contain_text("Unattributed")
    assert page.evaluate("table === map_div.kaRecords.get('seizures').table")


def test_records_as_hexagons_and_as_heat(page: Page, tmp_path: Path) -> None:
    open_page(page, tmp_path, {}, {"id": "s-2", "precision": "province", "province": "West"})
    show(page, "view.as = 'hexagons'")
    expect(page.locator(".ka-legend")).to_contain_text("Records in a hexagon")
    expect(page.locator(".ka-legend")).to_contain_text("1 record known only by province")
    assert counts(page) == [1]
    show(page, "view.as = 'heat'")
    expect(page.locator(".ka-legend")).to_contain_text("Density of records")
    assert counts(page) == []
    show(page, "")
    expect(page.locator(".ka-legend")).to_contain_text("Seizure")


def test_a_focus_goes_to_the_record_once(page: Page, tmp_path: Path) -> None:
    open_page(page, tmp_path, {"id": "s-9", "place": "Faraway", "lat": "30.9"}, policy=False)
    wish = "view.focus = " + json.dumps({"layer": "seizures", "row": 0, "nonce": "1"})
    show(page, wish)
    expect(page.locator(".ka-card h2")).to_have_text("Faraway")
    assert page.evaluate("map_div.getZoom()") == 9
    page.keyboard.press("Escape")
    show(page, wish)
    expect(page.locator(".ka-card")).to_have_count(0)
    show(page, "view.focus = {layer: 'incidents', row: 0, nonce: '2'}")
    expect(page.get_by_text("That record is not on the map")).to_be_visible()


def test_a_layer_that_cannot_be_read_is_told(page: Page, tmp_path: Path) -> None:
    open_page(page, tmp_path, {}, policy=False)
    show(
        page,
        "const layer = view.layers.find((each) => each.id === 'routes-arms');"
        "delete layer.block; layer.url = 'missing.json'; layer.version = '2'",
    )
    expect(page.get_by_text("The layer “Routes: arms” cannot be read")).to_be_visible()
    assert counts(page) == [1]


def test_records_that_cannot_be_read_are_told(page: Page, tmp_path: Path) -> None:
    open_page(page, tmp_path, {}, {"kind": "incident", "id": "i-1"}, policy=False)
    broken = "layer.version = '2'; layer.columns = {data: 'AAAA'}"
    show(page, f"const layer = view.layers.find((each) => each.id === 'seizures'); {broken}")
    expect(page.get_by_text("The layer “Seizures” cannot be read")).to_be_visible()
    assert page.evaluate("[...map_div.kaRecords.keys()]") == ["incidents"]
    show(page, "")
    expect(page.get_by_text("cannot be read")).to_have_count(0)
    assert counts(page) == [1, 1]


def test_tiles_out_of_reach_leave_the_built_in_map(
    page: Page, page_log: PageLog, tmp_path: Path
) -> None:
    open_page(page, tmp_path, {}, policy=False)
    tiles = {"url": "https://tiles.invalid/{z}/{x}/{y}.png", "attribution": "T", "max_zoom": 9}
    show(page, f"view.tiles = {json.dumps(tiles)}")
    note = page.get_by_text("Online map cannot be reached; the built-in map is shown.")
    expect(note).to_be_visible()
    expect(page.locator(".ka-ground-afghanistan")).to_be_visible()
    assert page_log.refused
    show(page, "view.tiles = null")
    expect(note).to_have_count(0)


def test_on_a_phone_the_legend_is_folded_and_popups_are_sheets(
    new_page: NewPage, tmp_path: Path
) -> None:
    phone = new_page(
        viewport={"width": 375, "height": 812},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    open_page(phone, tmp_path, {})
    expect(phone.locator(".ka-legend-body")).to_be_hidden()
    box = phone.locator("#map_div").bounding_box()
    assert box is not None
    x, y = phone.evaluate(
        "() => { const {x, y} = map_div.kaPainter.signs[0];"
        " const at = map_div.layerPointToContainerPoint([x, y]); return [at.x, at.y]; }"
    )
    # A finger is not as exact as a mouse.
    phone.touchscreen.tap(box["x"] + x + 9, box["y"] + y)
    sheet = phone.get_by_role("dialog")
    box = sheet.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 375)
    frame = phone.locator("#map_div").bounding_box()
    assert frame is not None
    assert round(box["y"] + box["height"]) == round(frame["y"] + frame["height"])
    for name in ("Close", "See it in the table", "Legend"):
        button = phone.get_by_role("button", name=name)
        size = button.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 44
    sheet.get_by_role("button", name="Close").tap()
    expect(sheet).to_have_count(0)
