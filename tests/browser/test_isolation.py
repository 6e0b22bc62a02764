"""The browser of these tests reaches this machine and nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.conftest import PageLog

FETCH = "url => fetch(url, {mode: 'no-cors'}).then(() => 'answered', () => 'refused')"


@pytest.mark.parametrize("url", ["https://example.org/a.js", "http://192.0.2.1/tile.png"])
def test_addresses_elsewhere_are_refused_and_noted(page: Page, page_log: PageLog, url: str) -> None:
    page.goto("about:blank")
    assert page.evaluate(FETCH, url) == "refused"
    assert page_log.refused == [url]


def test_the_app_is_reached(app_url: str, page: Page, page_log: PageLog) -> None:
    page.goto(app_url)
    assert page.evaluate(FETCH, f"{app_url}/_stcore/health") == "answered"
    assert page_log.refused == []
