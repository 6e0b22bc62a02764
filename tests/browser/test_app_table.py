"""The table's own tools: none may write records to a file without disarming formulas."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.app_page import open_atlas


def test_the_tables_own_csv_is_not_offered(page: Page, app_url: str) -> None:
    open_atlas(page, f"{app_url}/?near=Torkham")
    page.locator(".st-key-records-table [data-testid='stDataFrame']").hover()
    tools = page.locator(".st-key-records-table [data-testid='stElementToolbar']")
    expect(tools.get_by_role("button", name="Search")).to_be_visible()
    expect(tools.get_by_role("button", name="CSV")).to_have_count(0)
    expect(page.get_by_role("tab", name="Export")).to_be_visible()
