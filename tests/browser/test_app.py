"""The app as a visitor meets it, with every address but this machine's refused."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import Page, expect

from layers.registry import LAYERS
from tests.browser.app_page import Atlas, choose_kind, open_atlas
from tests.conftest import NewPage, PageLog

DRAWN = {
    "basemap": ".ka-ground-afghanistan",
    "borders": ".ka-line-border",
    "disputed": ".ka-line-disputed",
    "provinces": ".ka-area",
    "nangarhar": ".ka-area-highlight",
    "khyber-pakhtunkhwa": ".ka-area-highlight",
    "fata": ".ka-area-fata",
    "wakhan": ".ka-area-wakhan",
    "crossings": ".ka-sign[aria-label^='Crossing: ']",
    **dict.fromkeys(
        ("routes-arms", "routes-opiates", "routes-precursors", "routes-people", "routes-trade"),
        ".ka-route",
    ),
}
"""What layers that are not of records are drawn by."""

RECORDS = {"seizures": 380, "incidents": 743}


def test_every_layer_is_drawn_with_no_network(page: Page, app_url: str, page_log: PageLog) -> None:
    assert {*DRAWN, *RECORDS} == {layer.id for layer in LAYERS}
    atlas = open_atlas(page, f"{app_url}/?layers={','.join([*DRAWN, *RECORDS])}")
    for sign in DRAWN.values():
        expect(atlas.map.locator(sign).first).to_be_attached()
    assert atlas.records() == RECORDS
    for name in ("Durand Line", "Line of Control", "Torkham", "AFGHANISTAN"):
        label = re.compile(name, re.IGNORECASE)
        expect(atlas.map.locator(".ka-label").filter(has_text=label).first).to_be_attached()
    expect(atlas.count).to_contain_text("1\u202f123 of 1\u202f123 records")
    headings = atlas.map.locator(".ka-legend h3").all_text_contents()
    assert headings[:3] == ["Borders and provinces", "Crossings and routes", "Routes (schematic)"]
    expect(atlas.map.locator(".ka-legend section:not(:has(li))")).to_have_count(0)
    assert page_log.refused == []
    assert page_log.failed == []
    assert page_log.errors == []


def test_layers_that_are_on_are_drawn_and_can_be_turned_off(page: Page, app_url: str) -> None:
    last = LAYERS[-1].id
    on = [layer.id for layer in LAYERS if layer.id != last]
    atlas = open_atlas(page, f"{app_url}/?layers={','.join(on)}&text=torkham")
    page.get_by_role("tab", name="Map layers").click()
    on.append(last)
    toggle(page, last, on)
    for drawn in DRAWN.values():
        expect(atlas.map.locator(drawn).first).to_be_attached()
    expect(atlas.map.locator("canvas.ka-canvas").first).to_be_attached()
    expect(atlas.map.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap")
    # One of each way to draw: polygons, lines, points, routes, records.
    for off in ("disputed", "crossings", "seizures", "incidents"):
        on.remove(off)
        toggle(page, off, on)
        gone = DRAWN.get(off, "")
        if gone and gone not in [DRAWN.get(other) for other in on]:
            expect(atlas.map.locator(gone)).to_have_count(0)
    expect(atlas.map.locator("canvas.ka-canvas")).to_have_count(0)


def toggle(page: Page, layer: str, on: list[str]) -> None:
    """Click a layer's switch; the address then lists the layers that are on."""
    page.locator(f".st-key-layer-{layer} label").click()
    listed = re.escape(f"layers={quote(','.join(on), safe='')}")
    expect(page).to_have_url(re.compile(rf"{listed}(&|#|$)"))


def test_back_goes_back_and_a_filter_and_a_layer_keep_zoom_and_position(
    page: Page, app_url: str
) -> None:
    atlas = open_atlas(page, app_url)
    choose_kind(page, "Seizures")
    expect(atlas.count).to_contain_text("380 of")
    page.go_back()
    expect(atlas.count).to_contain_text("1\u202f123 of")
    atlas.go_to(34.1, 71.0, 9)
    before = atlas.place()
    choose_kind(page, "Seizures")
    expect(atlas.count).to_contain_text("380 of 1\u202f123 records")
    atlas.wait_for_view(before["views"])
    assert atlas.records() == {"seizures": 380, "incidents": 0}
    page.get_by_role("tab", name="Map layers").click()
    page.get_by_text("Routes: arms", exact=True).click()
    expect(atlas.map.locator(DRAWN["routes-arms"]).first).to_be_attached()
    after = atlas.place()
    assert (after["zoom"], after["lat"], after["lng"]) == (
        before["zoom"],
        before["lat"],
        before["lng"],
    )


def test_a_copied_link_opens_the_same_view(page: Page, new_page: NewPage, app_url: str) -> None:
    atlas = open_atlas(page, app_url)
    choose_kind(page, "Seizures")
    expect(atlas.count).to_contain_text("380 of")
    page.get_by_label("From", exact=True).fill("2021-08-15")
    page.get_by_label("From", exact=True).press("Enter")
    expect(page.locator(".ka-what")).to_have_text("Seizures, since 15 August 2021")
    page.get_by_role("tab", name="Map layers").click()
    page.get_by_text("Hexagons", exact=True).click()
    expect(atlas.map.locator(".ka-legend")).to_contain_text("Records in a hexagon")
    page.wait_for_url(re.compile(r"/\?(?=.*from=2021-08-15)(?=.*show=hexagons)"))
    told = atlas.count.inner_text()
    other = open_atlas(new_page(), page.url)
    expect(other.page.locator(".ka-what")).to_have_text("Seizures, since 15 August 2021")
    expect(other.count).to_have_text(told)
    expect(other.map.locator(".ka-legend")).to_contain_text("Records in a hexagon")
    other.page.get_by_role("tab", name="Map layers").click()
    other.page.get_by_text("Heat", exact=True).click()
    expect(other.map.locator(".ka-legend")).to_contain_text("Density of records")
    other.page.wait_for_url("**/?*show=heat*")


def test_words_and_changes_of_filter_reach_the_canvas_but_not_the_data(
    page: Page, app_url: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    atlas = open_atlas(page, f"{app_url}/?text=night+vision")
    told = atlas.count.inner_text().split(" of ")[0]
    assert sum(atlas.records().values()) == int(told)
    views = atlas.place()["views"]
    choose_kind(page, "Seizures")
    atlas.wait_for_view(views)
    assert atlas.records()["incidents"] == 0
    assert asked.count("seizures.bin") == asked.count("incidents.bin") == 1
    # Popups are asked for when one is opened.
    assert not [name for name in asked if "details" in name]


HOSTILE_LINK = "?group=TPP&year=<img src=x onerror=hostile=1>&near=[x](javascript:1)&kind=seizure"


def test_a_bad_link_is_told_kindly_and_the_rest_is_shown(
    page: Page, app_url: str, page_log: PageLog
) -> None:
    atlas = open_atlas(page, f"{app_url}/{HOSTILE_LINK}&text={'x' * 3000}&kinds=seizure")
    notes = page.locator(".st-key-notes")
    expect(notes).to_contain_text("group='TPP' is not known; try 'TTP'.")
    expect(notes).to_contain_text("'<img src=x onerror=hostile=1>' is not a date")
    expect(notes).to_contain_text("'[x](javascript:1)' is not known")
    expect(notes).to_contain_text("'kinds' is not a word of a link; try 'kind'")
    assert notes.locator("img, a").count() == 0
    expect(atlas.count).to_contain_text("0 of 1\u202f123 records")
    assert page.evaluate("typeof hostile") == "undefined"
    assert page_log.errors == []
    page.get_by_role("button", name="Dismiss").click()
    expect(notes).to_have_count(0)


def test_nothing_found_says_which_condition_to_take_off(page: Page, app_url: str) -> None:
    atlas = open_atlas(page, f"{app_url}/?kind=seizure&category=heroin&country=CHN")
    expect(atlas.count).to_contain_text("0 of 1\u202f123 records")
    expect(atlas.map.locator(DRAWN["basemap"])).to_be_attached()
    page.get_by_role("button", name=re.compile("Any country: ")).click()
    expect(page.locator(".ka-what")).to_have_text("Seizures of heroin")
    expect(page.locator(".st-key-empty")).to_have_count(0)


def choose_row(page: Page, row: int) -> None:
    """Tick a row of the table, whose cells are painted: the box stands left in each."""
    table = page.locator(".st-key-records-table [data-testid='stDataFrame']")
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 18, box["y"] + 35 * (row + 1) + 18)


def test_the_torkham_seizures_are_34_and_a_chosen_one_is_told_in_full(
    page: Page, app_url: str
) -> None:
    atlas = open_atlas(page, f"{app_url}/?kind=seizure&near=torkham&within-km=10")
    expect(page.locator(".ka-what")).to_have_text("Seizures within 10 km of Torkham")
    expect(atlas.count).to_contain_text("34 of 1\u202f123 records")
    expect(atlas.count).to_contain_text("16 more are dated or located too coarsely to tell")
    assert atlas.records() == {"seizures": 34, "incidents": 0}
    choose_row(page, 0)
    details = page.get_by_role("region", name="The chosen record")
    expect(details).to_contain_text("Torkham")
    expect(details).to_contain_text("known to about 1 km")
    expect(details).to_contain_text("within 1 km of Torkham")
    expect(atlas.map.get_by_role("dialog")).to_contain_text("Torkham")
    expect(details.get_by_role("link").first).to_have_attribute("href", re.compile("^https?://"))
    place = atlas.place()
    assert place["zoom"] >= 9
    assert abs(place["lat"] - 34.126) < 0.3
    assert abs(place["lng"] - 71.09) < 0.3
    page.wait_for_url(re.compile(r"record=s-"))


def test_sources_and_about_tell_where_it_is_from_on_a_wide_screen(
    new_page: NewPage, app_url: str
) -> None:
    page = new_page(viewport={"width": 1920, "height": 1080})
    atlas = open_atlas(page, app_url)
    assert not overflows(atlas)
    page.get_by_role("tab", name="Sources").click()
    for name in ("OpenStreetMap", "Natural Earth", "GeoNames"):
        expect(page.get_by_text(name).first).to_be_visible()
    page.get_by_role("tab", name="About").click()
    expect(page.get_by_text("No record does not mean no event").first).to_be_visible()
    expect(page.get_by_text("Seizures measure enforcement as well as flow").first).to_be_visible()
    expect(page.get_by_text("imply no opinion").first).to_be_visible()
    assert not overflows(atlas)


def test_an_online_background_that_cannot_be_reached_fails_gently(page: Page, app_url: str) -> None:
    atlas = open_atlas(page, f"{app_url}/?tiles=osm")
    expect(atlas.map.get_by_role("status")).to_contain_text("cannot be reached")
    expect(atlas.map.locator(DRAWN["basemap"])).to_be_attached()


def overflows(atlas: Atlas) -> bool:
    wide: bool = atlas.page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wide


def test_on_a_phone_the_map_comes_first_and_nothing_is_cut(new_page: NewPage, app_url: str) -> None:
    page = new_page(
        viewport={"width": 375, "height": 812}, color_scheme="dark", is_mobile=True, has_touch=True
    )
    atlas = open_atlas(page, app_url)
    # The page follows the system's scheme while it is open.
    for dark, ground in ((True, "rgb(29, 28, 26)"), (False, "rgb(250, 247, 240)")):
        page.emulate_media(color_scheme="dark" if dark else "light")
        expect(page.locator(".stApp")).to_have_css("background-color", ground)
        frame = page.locator("iframe").first.bounding_box()
        assert frame is not None
        assert frame["width"] > 330
        assert frame["y"] < 300
        assert not overflows(atlas)
