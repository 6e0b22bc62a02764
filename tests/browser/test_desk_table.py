"""The table, the record's page and the named views as a visitor uses them."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.app_page import download, open_atlas

ROW_PX = 35


def table_of(page: Page) -> Locator:
    table = page.locator(".st-key-records-table [data-testid='stDataFrame']")
    # It is painted, and told to screen readers, once it is in sight.
    table.scroll_into_view_if_needed()
    return table


def cells(page: Page, role: str) -> Locator:
    """Find what the table tells screen readers: its cells are painted."""
    return table_of(page).locator(f"[role='{role}']")


def click_cell(page: Page, row: int, x: float) -> None:
    """Click into the painted table: row 0 is its headings."""
    table = table_of(page)
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + x, box["y"] + ROW_PX * row + 18)


def test_a_heading_sorts_all_records_and_a_row_opens_its_record(page: Page, app_url: str) -> None:
    open_atlas(page, f"{app_url}/?columns=date,place,killed&kind=incident")
    first = cells(page, "gridcell").first
    expect(first).to_contain_text("2026")
    click_cell(page, 0, 60)
    page.wait_for_url(re.compile(r"columns=date%2Cplace%2Ckilled%2Csort%3Adate"))
    expect(first).to_contain_text("2007")
    click_cell(page, 3, 18)
    page.wait_for_url(re.compile(r"record=i-"))
    expect(page.get_by_role("region", name="The chosen record")).to_be_visible()


def test_columns_and_lists_are_chosen_and_the_csv_is_what_is_shown(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    open_atlas(page, f"{app_url}/?kind=seizure&near=torkham&columns=date,place,precision")
    headings = cells(page, "columnheader")
    expect(headings).to_have_text(["Date", "Place", "Place known to"])
    page.get_by_role("textbox", name="Find in the table").fill("AK-pattern")
    page.get_by_role("textbox", name="Find in the table").press("Enter")
    expect(page.get_by_text("Rows 1 to 4 of 4.")).to_be_visible()
    button = page.get_by_role("button", name="CSV of these rows and columns")
    download(page, button).save_as(tmp_path / "t.csv")
    lines = (tmp_path / "t.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Date,Place,Place known to"
    assert lines[1] == "July 2024,Torkham,site"
    assert len(lines) == 5
    page.get_by_role("textbox", name="Find in the table").fill("")
    page.get_by_role("textbox", name="Find in the table").press("Enter")
    page.get_by_role("combobox", name="Records", exact=True).click()
    page.get_by_role("option", name="Too coarse to tell: 16").click()
    expect(headings.first).to_have_text("Why it cannot be told")
    expect(cells(page, "gridcell").first).to_contain_text("too coarse for")
    page.get_by_role("button", name="Columns", exact=True).click()
    page.get_by_role("button", name="Usual").click()
    expect(headings.nth(2)).to_have_text("Kind")
    assert "columns=" not in page.url


def test_a_records_page_tells_its_fields_joins_and_citation(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    open_atlas(page, f"{app_url}/?tab=record&record=s-201407-miran-shah")
    expect(page.get_by_role("region", name="The record")).to_contain_text("Miran Shah")
    expect(page.locator(".st-key-record-map canvas, .st-key-record-map svg").first).to_be_visible()
    expect(page.get_by_text("In July 2014 this was FATA")).to_be_visible()
    expect(page.locator(".ka-fields")).to_contain_text("North Waziristan")
    download(page, page.get_by_role("button", name="BibTeX")).save_as(tmp_path / "r.bib")
    assert (tmp_path / "r.bib").read_text(encoding="utf-8").startswith("@misc{s-201407-miran-shah")
    place = page.get_by_text("records that the filters keep, in the table's order").inner_text()
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_text(place)).to_have_count(0)
    assert "record=s-201407-miran-shah" not in page.url
    page.get_by_role("button", name="Previous", exact=True).click()
    page.wait_for_url(re.compile("record=s-201407-miran-shah"))
