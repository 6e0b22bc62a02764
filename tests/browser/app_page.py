"""What the app's tests do with the page: open it, wait for the map, ask it where it is."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Download, FrameLocator, Locator, Page, expect

TRIES: Final = 3
FILE_S: Final = 30.0
"""Seconds that a file may take to come."""


@dataclass(frozen=True, kw_only=True)
class Atlas:
    """The open app."""

    page: Page

    @property
    def map(self) -> FrameLocator:
        """The map's frame."""
        return self.page.frame_locator("iframe[title='streamlit_folium.st_folium']")

    @property
    def count(self) -> Locator:
        """The line that says how many records there are."""
        return self.page.locator(".ka-count")

    def place(self) -> dict[str, Any]:
        """Tell zoom, centre and how many views the map has shown."""
        place: dict[str, Any] = self.map.locator("#map_div").evaluate(
            "(div) => ({zoom: map.getZoom(), lat: map.getCenter().lat,"
            " lng: map.getCenter().lng, views: Number(div.dataset.ready)})"
        )
        return place

    def records(self) -> dict[str, int]:
        """Count the records that the canvas shows, by layer."""
        told: dict[str, int] = self.map.locator("#map_div").evaluate(
            "() => Object.fromEntries([...(map.kaRecords || [])].map(([id, layer]) =>"
            " [id, layer.mask.reduce((sum, kept) => sum + kept, 0)]))"
        )
        return told

    def go_to(self, lat: float, lng: float, zoom: float) -> None:
        """Move the map as a visitor would, without animation."""
        self.map.locator("#map_div").evaluate(
            # In braces: the map itself is not to come back, all of it, as the answer.
            "(div, [lat, lng, zoom]) => { map.setView([lat, lng], zoom, {animate: false}); }",
            [lat, lng, zoom],
        )

    def wait_for_view(self, after: int) -> None:
        """Wait until the map has shown another view than the first `after` ones."""
        self.page.wait_for_function(
            "(after) => [...document.querySelectorAll('iframe')].some((frame) =>"
            " Number(frame.contentDocument?.getElementById('map_div')?.dataset.ready) > after)",
            arg=after,
        )


def open_atlas(page: Page, address: str) -> Atlas:
    """Open an address and wait until the map and the table stand."""
    page.goto(address)
    atlas = Atlas(page=page)
    atlas.map.locator(".ka-map[data-ready]").wait_for()
    expect(page.get_by_role("tab", name="Table")).to_be_visible()
    return atlas


def choose_kind(page: Page, kind: str) -> None:
    """Choose a kind of record in the sidebar, whatever count it shows."""
    page.get_by_role("radio", name=re.compile(rf"^{kind}\b")).click()


def download(page: Page, button: Locator) -> Download:
    """Press a button that gives a file, once the page that holds it has come whole.

    Where the page was still being written, Streamlit says that the file is gone, and
    it is asked for again, as a visitor would.
    """
    running = page.get_by_test_id("stApp")
    gone = page.get_by_test_id("stDownloadButtonError")
    coming: list[Download] = []

    def keep(file: Download) -> None:
        coming.append(file)

    page.once("download", keep)
    for _ in range(TRIES):
        expect(running).to_have_attribute("data-test-script-state", "notRunning")
        button.click()
        ends_at = time.monotonic() + FILE_S
        while not coming and not gone.is_visible() and time.monotonic() < ends_at:
            page.wait_for_timeout(50)
        if coming:
            return coming[0]
    told = gone.inner_text() if gone.is_visible() else "nothing was said"
    raise AssertionError(f"no file came, and {told}")
