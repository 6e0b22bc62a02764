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
from layers.page import page_html
from layers.registry import get_layer
from tests import layers_small
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


def open_page(page: Page, folder: Path, *rows: dict[str, Any], policy: bool = True) -> None:
    """Save a page of records given as rows of text, open it, and go to Boxland."""
    text = page_html(layers_small.seeds(), layers_small.selection(*rows), LAYERS)
    if not policy:
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    file = folder / "map.html"
    file.write_text(text, encoding="utf-8")
    page.goto(file.as_uri())
    page.locator(".ka-map[data-ready]").wait_for()
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
    signs = page.locator(".ka-sign[aria-label*='seizure']")
    expect(signs).to_have_count(len(HOSTILE))
    seen = set()
    for number in range(len(HOSTILE)):
        signs.nth(number).focus()
        page.keyboard.press("Enter")
        expect(page.locator(".ka-card")).to_be_visible()
        seen.add(page.locator(".ka-card h2").text_content())
        assert page.locator(".ka-card a").count() == 0
        assert page.locator(".ka-card :is(img, script, svg)").count() == 0
        page.keyboard.press("Escape")
    assert seen == set(HOSTILE)
    assert page.evaluate("typeof hostile") == "undefined"
    assert page_log.errors == []
    assert page_log.refused == []


def test_a_saved_page_needs_no_network_and_draws_every_layer(
    page: Page, page_log: PageLog, tmp_path: Path
) -> None:
    open_page(page, tmp_path, {}, {"id": "i-1", "kind": "incident", "precision": "district"})
    for drawn in (".ka-ground-afghanistan", ".ka-line-border", ".ka-route", ".ka-ring"):
        expect(page.locator(drawn).first).to_be_attached()
    expect(page.locator(".ka-sign")).to_have_count(3)
    expect(page.locator(".ka-label-crossing-main")).to_have_text("Torkham")
    assert (page_log.refused, page_log.errors, page_log.console) == ([], [], [])


def test_signs_are_reached_opened_and_closed_by_keyboard(page: Page, tmp_path: Path) -> None:
    open_page(page, tmp_path, {}, {"id": "s-2", "place": "Boxville"})
    sign = page.get_by_role("button", name="2 seizures, Boxtown (Unattributed)")
    sign.focus()
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
    expect(sign).to_be_focused()


def test_the_keyboard_may_skip_the_signs(page: Page, tmp_path: Path) -> None:
    open_page(page, tmp_path, {})
    page.get_by_role("button", name="Skip the signs of the map").press("Enter")
    expect(page.get_by_role("button", name="Legend")).to_be_focused()


def show(page: Page, change: str) -> None:
    """Show the page's view again after a change to it, and wait until it is drawn."""
    page.evaluate(
        "(change) => { const view = JSON.parse(document.getElementById('view').textContent);"
        "new Function('view', change)(view); return khyber.show(map_div, view); }",
        change,
    )


def test_a_new_view_changes_only_what_differs(page: Page, tmp_path: Path) -> None:
    open_page(page, tmp_path, {}, policy=False)
    page.get_by_role("button", name="Crossing: Torkham").press("Enter")
    page.evaluate("before = [map_div.getZoom(), map_div.getCenter()]")
    page.evaluate("ground = document.querySelector('.ka-ground-afghanistan')")
    show(page, "view.layers = view.layers.filter((each) => each.id !== 'seizures')")
    expect(page.locator(".ka-sign")).to_have_count(1)
    expect(page.locator(".ka-legend")).not_to_contain_text("Seizure")
    expect(page.locator(".ka-card h2")).to_have_text("Torkham")
    assert page.evaluate("before[0] === map_div.getZoom() && before[1].equals(map_div.getCenter())")
    assert page.evaluate("ground === document.querySelector('.ka-ground-afghanistan')")
    show(page, "view.layers = view.layers.filter((each) => each.id !== 'crossings')")
    expect(page.locator(".ka-card")).to_have_count(0)


def test_a_new_record_layer_replaces_the_old(page: Page, tmp_path: Path) -> None:
    open_page(page, tmp_path, {}, policy=False)
    chosen = layers_small.selection({}, {"id": "s-2", "lat": "30.7"})
    drawn = get_layer("seizures").draw(layers_small.seeds(), chosen, DrawOptions())
    data = script_json(drawn.as_geojson(name="seizures"))
    show(
        page,
        "const layer = view.layers.find((each) => each.id === 'seizures');"
        f"layer.version = '2'; layer.data = {data}",
    )
    expect(page.locator(".ka-sign")).to_have_count(3)


def test_a_focus_goes_to_the_record_once(page: Page, tmp_path: Path) -> None:
    open_page(page, tmp_path, {"id": "s-9", "place": "Faraway", "lat": "30.9"}, policy=False)
    wish = "view.focus = " + json.dumps({"id": "s-9", "nonce": "1"})
    show(page, wish)
    expect(page.locator(".ka-card h2")).to_have_text("Faraway")
    assert page.evaluate("map_div.getZoom()") == 9
    page.keyboard.press("Escape")
    show(page, wish)
    expect(page.locator(".ka-card")).to_have_count(0)
    show(page, "view.focus = {id: 's-none', nonce: '2'}")
    expect(page.get_by_text("That record is not on the map")).to_be_visible()


def test_a_layer_that_cannot_be_read_is_told(page: Page, tmp_path: Path) -> None:
    open_page(page, tmp_path, {}, policy=False)
    show(
        page,
        "const layer = view.layers.find((each) => each.id === 'routes-arms');"
        "delete layer.data; layer.url = 'missing.json'; layer.version = '2'",
    )
    expect(page.get_by_text("The layer “Routes: arms” cannot be read")).to_be_visible()
    expect(page.locator(".ka-sign")).to_have_count(2)


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
    phone.get_by_role("button", name="1 seizure, Boxtown").tap()
    sheet = phone.get_by_role("dialog")
    box = sheet.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 375)
    assert round(box["y"] + box["height"]) == 812
    for button in (sheet.get_by_role("button"), phone.get_by_role("button", name="Legend")):
        size = button.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 44
    sheet.get_by_role("button", name="Close").tap()
    expect(sheet).to_have_count(0)
