"""A page of the built-in data: its counts, controls, table and sources, all from disk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from geo.counts import number
from geo.filters import Filters
from geo.select import Selection, filter_records
from layers.registry import LAYERS
from tests import layers_small
from tests.browser.saved_page import READY, open_saved, save, shown, state
from tests.conftest import NewPage, PageLog
from tests.snapshot_case import built_in, built_in_records, make_snapshot

NOTHING: Final[list[str]] = []


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of all built-in records, written once."""
    return save(make_snapshot(format_="html"), tmp_path_factory.mktemp("page"))


def selected(**fields: Any) -> Selection:
    return filter_records(built_in_records(), Filters(**fields))


def ask(page: Page, **fields: Any) -> None:
    """Set the page's controls, from nothing asked."""
    clear = page.get_by_role("button", name="Clear filters")
    if clear.is_visible():
        clear.click()
        # The controls follow in the next frame: a choice made before would be lost on them.
        expect(clear).to_be_hidden()
    if kind := fields.get("kind"):
        page.get_by_role(
            "radio", name={"seizure": "Seizures", "incident": "Incidents"}[kind]
        ).check()
    for group in fields.get("groups", ()):
        page.get_by_role("checkbox", name=re.compile(rf"^{re.escape(group)} \d")).check()
    for end, label in (("date_from", "First year"), ("date_to", "Last year")):
        if year := fields.get(end):
            page.get_by_role("slider", name=label).fill(year)


ASKED: Final[tuple[dict[str, Any], ...]] = (
    {"kind": "seizure"},
    {"groups": ("TTP", "ISKP")},
    {"date_from": "2015", "date_to": "2019"},
    {"kind": "incident", "groups": ("Afghan Taliban",), "date_from": "2022"},
    {"kind": "seizure", "date_to": "2008"},
)


def test_counts_reconcile_with_the_filters_of_the_command_line(
    page: Page, page_log: PageLog, file: Path
) -> None:
    open_saved(page, file)
    assert shown(page) == 1123
    for fields in ASKED:
        ask(page, **fields)
        selection = selected(**fields)
        expected = f"{len(selection.records)} of 1\u202f123 shown"
        expect(page.locator("#shown strong")).to_have_text(expected)
        if undecided := len(selection.undecided):
            expect(page.locator("#shown")).to_contain_text(f"{undecided} more")
        else:
            expect(page.locator("#shown")).not_to_contain_text("more")
        # The map, the table and the sources follow.
        signs = "map_div.kaPainter.layers.reduce((n, l) => n + l.mask.reduce((a, b) => a + b), 0)"
        assert page.evaluate(signs) == len(selection.records)
        expect(page.locator("#told")).to_contain_text(expected)
        rows = min(100, len(selection.records))
        expect(page.locator(".kp-table tbody tr")).to_have_count(rows)
        expect(page.locator("#publishers .kp-said")).to_contain_text(
            f"of {len(selection.records)} records"
        )
    # Counts by group follow the other filters, not the groups chosen.
    ask(page, kind="seizure", groups=("TTP",))
    records = selected(kind="seizure").records["group"].value_counts()
    for group in ("ISKP", "TTP"):
        line = page.locator("#groups label", has=page.locator(f"input[value='{group}']"))
        expect(line.locator(".kp-count")).to_have_text(str(records[group]))
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#shown strong")).to_have_text("1\u202f123 of 1\u202f123 shown")
    assert (page_log.refused, page_log.errors, page_log.console) == ([], [], [])


def test_each_layer_is_turned_on_and_off(page: Page, page_log: PageLog, file: Path) -> None:
    open_saved(page, file)
    for layer in LAYERS:
        before = layer.id in state(page, "[...s.on]")
        toggle = page.get_by_role("checkbox", name=layer.name, exact=True)
        for on in (not before, before):
            toggle.set_checked(on)
            page.evaluate("map_div.khyber.settled")
            drawn = "kaRecords.has" if layer.kind else "khyber.layers.has"
            assert page.evaluate(f"map_div.{drawn}('{layer.id}')") is on
    assert shown(page) == 1123
    page.get_by_role("radio", name="Hexagons").check()
    expect(page.locator(".ka-legend")).to_contain_text("Records in a hexagon")
    assert (page_log.refused, page_log.errors, page_log.console) == ([], [], [])


def test_a_snapshots_own_layers_extent_and_records_are_what_is_shown(
    page: Page, tmp_path: Path
) -> None:
    snapshot = make_snapshot(
        format_="html",
        filters=Filters(kind="incident", date_from="2023"),
        layer_ids=("basemap", "routes-arms", "incidents"),
        extent=(69.0, 33.0, 72.0, 35.0),
    )
    open_saved(page, save(snapshot, tmp_path))
    assert state(page, "[...s.on]") == ["basemap", "routes-arms", "incidents"]
    assert shown(page) == len(snapshot.selection.records)
    assert page.evaluate("map_div.getBounds().contains([[33, 69], [35, 72]])")
    assert page.evaluate("map_div.getZoom()") >= 7
    expect(page.get_by_role("radio", name="Seizures")).to_have_count(0)
    expect(page.get_by_role("slider", name="First year")).to_have_attribute("min", "2023")


def test_from_a_row_to_the_map_and_from_the_map_to_a_row(
    page: Page, page_log: PageLog, file: Path
) -> None:
    open_saved(page, file)
    page.get_by_role("checkbox", name="Incidents", exact=True).uncheck()
    page.get_by_label("Find words").fill("Camp Speicher nowhere")
    expect(page.locator(".kp-empty")).to_be_visible()
    page.get_by_label("Find words").fill("shahr-e naw")
    row = page.locator(".kp-table tbody tr", has_text="Shahr-e Naw").first
    place = row.get_by_role("button")
    place.press("Enter")
    card = page.get_by_role("dialog")
    expect(card.get_by_role("heading")).to_have_text("Shahr-e Naw, Kabul")
    expect(card.get_by_role("heading")).to_be_focused()
    expect(page.get_by_role("checkbox", name="Incidents", exact=True)).to_be_checked()
    assert row.get_attribute("aria-current") == "true"
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(place).to_be_focused()
    # And from a record on the map to its row.
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator(".kp-range")).to_contain_text("of 1\u202f123")
    page.evaluate(
        "() => { const {layer} = map_div.khyberPage.kinds[1];"
        " khyber.openRecord(map_div, layer, 0, map_div.getCenter()); }"
    )
    title = card.get_by_role("heading").inner_text()
    page.get_by_role("button", name="See it in the table").click()
    chosen = page.locator(".kp-table tr[aria-current=true]")
    expect(chosen).to_be_in_viewport()
    expect(chosen).to_contain_text(title)
    # The oldest incident is not among the newest hundred records.
    expect(page.locator(".kp-range")).not_to_contain_text("1–100")


def test_the_table_is_sorted_turned_a_hundred_at_a_time_and_searched(
    page: Page, file: Path
) -> None:
    open_saved(page, file)
    _, joined = built_in()
    first = page.locator(".kp-table tbody tr").first
    heading = page.get_by_role("columnheader", name="Killed")
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(first.locator(".kp-cell-killed")).to_have_text(number(int(joined["killed"].max())))
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(first.locator(".kp-cell-killed")).to_have_text(number(int(joined["killed"].min())))
    page.get_by_role("columnheader", name="Date").get_by_role("button").click()
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".kp-range")).to_have_text("101–200 of 1\u202f123")
    for _ in range(10):
        page.get_by_role("button", name="Next").click()
    expect(page.locator(".kp-range")).to_have_text("1\u202f101–1\u202f123 of 1\u202f123")
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    expect(page.locator(".kp-table tbody tr").last).to_contain_text("January 2005")
    page.get_by_label("Find words").fill("NIGHT vision")
    expect(page.locator("#shown")).to_contain_text("“NIGHT vision”")
    # The page looks into items and all sources too.
    found = len(selected(text="night vision").records)
    assert 0 < found <= shown(page) <= found + 20


def test_sources_are_links_to_http_addresses_by_publisher(page: Page, file: Path) -> None:
    open_saved(page, file)
    seeds, _ = built_in()
    said = page.locator("#publishers .kp-said")
    expect(said).to_contain_text(re.compile(r"2.001 sources of 1.123 records, from \d+ publishers"))
    assert len(seeds.sources) == 2001
    first = page.locator(".kp-publishers details").first
    first.locator("summary").click()
    link = first.get_by_role("link").first
    expect(link).to_have_attribute("href", re.compile("^https?://"))
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    page.get_by_role("button", name=re.compile("All .* publishers")).click()
    assert page.locator(".kp-publishers details").count() > 500


def test_all_controls_are_reached_and_worked_by_keyboard(page: Page, file: Path) -> None:
    open_saved(page, file)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the table of records")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the table of records")).to_be_in_viewport()
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "(document.activeElement.ariaLabel || document.activeElement.name"
                " || document.activeElement.value || document.activeElement.textContent)"
            )
        )
    assert {"Map", "kind", "First year", "Last year", "TTP", "basemap", "incidents"} <= reached
    page.get_by_role("slider", name="First year").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#shown")).to_contain_text("2006–2026")
    page.get_by_role("radio", name="All", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#shown")).to_contain_text("Seizures")
    page.get_by_role("button", name="Clear filters").press("Enter")
    expect(page.locator("#shown")).to_be_focused()


def test_an_empty_selection_says_so(page: Page, page_log: PageLog, tmp_path: Path) -> None:
    open_saved(page, save(layers_small.snapshot(), tmp_path))
    expect(page.locator("#shown strong")).to_have_text("0 of 0 shown")
    expect(page.locator(".kp-empty")).to_be_visible()
    assert page_log.errors == NOTHING


def test_a_browser_that_cannot_unpack_is_told(new_page: NewPage, file: Path) -> None:
    page = new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(file.as_uri())
    expect(page.locator("#shown")).to_contain_text("this browser is too old for this page")
    assert page.locator(READY).count() == 0
