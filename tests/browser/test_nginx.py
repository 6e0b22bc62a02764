"""The whole app works behind docs/nginx.conf, under its Content-Security-Policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.app_page import open_atlas
from tests.conftest import NewPage, PageLog
from tests.nginx_server import LOGIN, MISSING_NGINX, NGINX, serve_nginx

pytestmark = pytest.mark.skipif(NGINX is None, reason=MISSING_NGINX)


def test_the_map_is_drawn_a_file_goes_up_and_nothing_is_blocked(
    app_url: str, new_page: NewPage, page_log: PageLog, tmp_path: Path
) -> None:
    name, word = LOGIN
    login = {"username": name, "password": word}
    with serve_nginx(tmp_path / "server", app_url) as address:
        page = new_page(ignore_https_errors=True, http_credentials=login)
        atlas = open_atlas(page, f"{address}/?tab=time&group=ISKP")
        expect(atlas.count).to_contain_text("178 of")
        assert sum(atlas.records().values()) == 178
        expect(page.locator(".marks").first).to_be_visible()
        # A file gets through, too: a PUT with a cookie and a token of Streamlit's.
        page.get_by_role("tab", name="Imports").click()
        page.locator(".st-key-imports input[type=file]").set_input_files(
            FilePayload(name="own.csv", mimeType="text/csv", buffer=b"Date,Place\n2021,Torkham\n")
        )
        expect(page.get_by_role("button", name="Import", exact=True)).to_be_enabled()
        expect(page.locator(".st-key-imports")).to_contain_text("own.csv")
        blocked = [line for line in page_log.console if "Content Security Policy" in line]
        assert blocked == []
        assert page_log.errors == []
        page.context.close()
