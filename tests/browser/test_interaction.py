"""Signs of records in a browser: found, opened, listed, zoomed into, stepped through."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.interaction_page import APART, click, crowd, open_page, place_of, record
from tests.conftest import NewPage


def card_title(page: Page) -> Any:
    return page.locator(".ka-card h2")


def areas_opened(page: Page) -> int:
    return int(page.evaluate("map.areaOpened"))


def test_the_pointer_finds_a_sign_and_says_what_it_is(page: Page) -> None:
    open_page(page, *APART, seizures=(record(35, 65, category="opium"),))
    tip = page.locator(".ka-tip:visible")
    page.mouse.move(*place_of(page, 0))
    expect(tip).to_have_text("1 incident: ISKP2021")
    expect(page.locator(".ka-halo-hover")).to_be_visible()
    assert page.evaluate("getComputedStyle(map.getContainer()).cursor") == "pointer"
    page.mouse.move(*place_of(page, 0, "seizure"))
    expect(tip).to_have_text("Boxtown1 seizure: TTP3 June 2023")
    page.mouse.move(*place_of(page, 2))
    expect(tip).to_have_text("1 incident: Unattributed3 June 2023")
    page.mouse.move(5, 890)
    expect(tip).to_have_count(0)
    expect(page.locator(".ka-halo-hover")).to_be_hidden()
    # Before that the pointer may have come in over none.
    assert page.evaluate("painter.lit.slice(-4)") == [0, 0, 2, None]


def test_the_words_of_a_sign_of_many(page: Page) -> None:
    open_page(page, *crowd(10))
    page.mouse.move(*place_of(page, 0))
    expect(page.locator(".ka-tip-what:visible")).to_have_text(
        "10 incidents: Haqqani Network, ISKP, Other and 2 more"
    )
    expect(page.locator(".ka-tip-when:visible")).to_have_text("2000–2021")


def test_a_small_sign_lies_above_a_large_one(page: Page) -> None:
    open_page(page, *APART)
    found = page.evaluate(
        """() => {
          const { layer } = painter.signs[0];
          const sign = (x, half, first) => ({ x, y: 100, half, layer, first });
          const hits = khyber.hits({ signs: [sign(100, 20, 1), sign(112, 6, 2), sign(190, 6, 3)] });
          const at = (x, slack) => (hits.at({ x, y: 100 }, slack) || { first: 0 }).first;
          const all = hits.allAt({ x: 110, y: 100 }).map((each) => each.first);
          return [at(100, 3), at(110, 3), at(117, 3), at(150, 14), at(172, 14), at(199, 3), all];
        }"""
    )
    assert found == [1, 2, 2, 0, 3, 3, [2, 1]]


def test_a_click_opens_the_card_and_nothing_below(page: Page) -> None:
    links = [{"text": "The Box", "href": "https://example.org/1"}, "Radio Box"]
    details = open_page(page, record(35, 63, summary="Boxes fell.", sources=links), *APART[1:])
    assert details.asked == []
    click(page, 0)
    expect(card_title(page)).to_have_text("Boxtown")
    expect(card_title(page)).to_be_focused()
    expect(page.locator(".ka-rows .ka-wide")).to_have_text("Boxes fell.")
    expect(page.locator(".ka-rows dt")).to_have_text(["Date", "Group", "Source", ""])
    expect(page.get_by_role("link", name="The Box")).to_have_attribute(
        "href", "https://example.org/1"
    )
    click(page, 2)
    expect(card_title(page)).to_have_text("South")
    assert (areas_opened(page), details.asked) == (0, [0])
    page.mouse.click(300, 850)
    expect(card_title(page)).to_have_count(0)
    assert areas_opened(page) == 1


def test_a_drag_that_starts_on_a_sign_moves_the_map_and_opens_nothing(page: Page) -> None:
    open_page(page, *APART)
    x, y = place_of(page, 0)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=4)
    page.mouse.move(x, y, steps=4)
    page.mouse.move(x + 40, y + 30, steps=4)
    expect(page.locator(".ka-tip:visible")).to_have_count(0)
    page.mouse.up()
    expect(page.locator(".ka-card")).to_have_count(0)
    assert areas_opened(page) == 0


def test_a_few_records_open_as_a_list_with_a_way_back(page: Page) -> None:
    details = open_page(page, *crowd(3))
    click(page, 0)
    dialog = page.get_by_role("dialog", name="3 incidents")
    lines = dialog.get_by_role("listitem")
    expect(lines).to_have_text([re.compile(f"^20.*Place {at}") for at in (2, 1, 0)])
    dialog.get_by_role("button", name="Place 1").click()
    expect(card_title(page)).to_have_text("Place 1")
    dialog.get_by_role("button", name="All 3 here").click()
    expect(dialog.get_by_role("button", name="Place 1")).to_be_focused()
    assert details.asked == [0]


def test_a_list_of_a_thousand_shows_a_hundred_and_reads_what_is_seen(page: Page) -> None:
    details = open_page(page, *crowd(1000))
    click(page, 0)
    expect(page.locator(".ka-list li")).to_have_count(100)
    expect(page.locator(".ka-more")).to_have_text("And 900 more: zoom in or filter to see them.")
    expect(page.locator(".ka-list li").first).to_contain_text("Place 9")
    assert 0 < len(details.asked) < 5
    last = page.locator(".ka-list li").last
    last.scroll_into_view_if_needed()
    expect(last).to_contain_text("Place ")
    last.get_by_role("button").click()
    expect(page.locator(".ka-rows")).to_be_visible()
    page.get_by_role("button", name="Back to the list").click()
    expect(last).to_be_in_viewport()
    assert len(set(details.asked)) == len(details.asked)


def test_many_records_at_several_places_are_zoomed_into(page: Page) -> None:
    open_page(page, *crowd(40, spread=0.2))
    page.mouse.move(*place_of(page, 0))
    expect(page.locator(".ka-tip-hint:visible")).to_have_text("Click to zoom in")
    click(page, 0)
    expect(page.locator(".ka-card")).to_have_count(0)
    assert 7 <= page.evaluate("map.getZoom()") <= 11
    assert page.evaluate("painter.signs.length") > 1
    assert page.evaluate(
        "painter.signs.every((s) => map.getBounds().pad(-.05).contains("
        "map.layerPointToLatLng([s.x, s.y])))"
    )


def test_a_hexagon_lists_records_of_several_layers(page: Page) -> None:
    seizure = record(34, 66, title="Depot", category="arms", date="2024-01")
    open_page(page, *crowd(2), seizures=(seizure,))
    page.evaluate(
        """() => {
          const [one, other] = painter.signs;
          const rows = [...one.rows.map((row) => [one.layer, row]), [other.layer, 0]];
          painter.rowsOf = () => rows.map(([layer, row]) => ({ layer, row })).reverse();
          const first = { layer: one.layer, row: 0 };
          const at = { x: one.x, y: one.y, half: 13, key: 7, hex: true };
          painter.signs = [{ ...at, count: 3, coarse: false, layer: null, first, classes: [] }];
          window.middle = map.layerPointToContainerPoint([one.x, one.y]);
          map.fire("ka:drawn", { painter });
        }"""
    )
    middle = page.evaluate("middle")
    page.mouse.move(middle["x"], middle["y"] + 14)
    expect(page.locator(".ka-tip-what:visible")).to_have_text(
        "1 seizure and 2 incidents: TTP, ISKP"
    )
    page.mouse.click(middle["x"], middle["y"] + 14)
    expect(page.locator(".ka-list li").first).to_have_text(
        re.compile("^2024-01Incident: arms, Depot")
    )
    page.keyboard.press("Escape")
    page.locator(".ka-stepper").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[aria-live]")).to_have_text(re.compile("2000–2024. 1 of 1$"))


def test_a_double_click_on_a_sign_opens_nothing_below_and_zooms_once(page: Page) -> None:
    open_page(page, *APART)
    page.mouse.dblclick(*place_of(page, 0))
    expect(card_title(page)).to_have_text("West")
    assert (areas_opened(page), page.evaluate("map.getZoom()")) == (0, 6)


def test_details_that_cannot_be_read_are_told_and_asked_for_again(page: Page) -> None:
    details = open_page(page, *APART)
    details.broken = True
    click(page, 0)
    expect(card_title(page)).to_have_text("The details cannot be read")
    details.broken = False
    click(page, 0)
    expect(card_title(page)).to_have_text("West")
    asked = page.evaluate(
        "Promise.all([0, 1, 2].map((row) => painter.layers[0].details.card(row)))"
    )
    assert [card["title"] for card in asked] == ["West", "East", "South"]
    assert details.asked == [0, 0]


def test_wishes_at_one_time_share_one_request(page: Page) -> None:
    details = open_page(page, *crowd(30))
    page.evaluate("Promise.all([3, 4, 5, 14].map((at) => painter.layers[0].details.card(at)))")
    assert sorted(details.asked) == [0, 1]


def test_a_card_closes_when_its_record_is_filtered_out(page: Page) -> None:
    open_page(page, *APART)
    click(page, 0)
    expect(card_title(page)).to_have_text("West")
    page.evaluate("painter.layers[0].mask[1] = 0; painter.paint()")
    expect(card_title(page)).to_have_text("West")
    page.evaluate("painter.layers[0].mask[0] = 0; painter.paint()")
    expect(card_title(page)).to_have_count(0)


@pytest.mark.parametrize("width", [375, 1024])
def test_a_finger_finds_a_sign_near_it(new_page: NewPage, width: int) -> None:
    phone = new_page(
        viewport={"width": width, "height": 812},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    open_page(phone, record(), *[record(36, 66)] * 3)
    x, y = place_of(phone, 0)
    phone.touchscreen.tap(x + 15, y + 4)
    expect(card_title(phone)).to_have_text("Boxtown")
    assert phone.locator(".ka-tip:visible").count() == 0
    if width < 600:
        box = phone.get_by_role("dialog").bounding_box()
        assert box is not None
        assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, width, 812)
        phone.get_by_role("button", name="Close").tap()
        expect(card_title(phone)).to_have_count(0)
    phone.touchscreen.tap(*place_of(phone, 1))
    for button in phone.get_by_role("dialog").get_by_role("button").all():
        size = button.bounding_box()
        assert size is not None
        if "leaflet" not in (button.get_attribute("class") or ""):
            assert min(size["width"], size["height"]) >= 44
    assert areas_opened(phone) == 0
