"""What the app's tests do with the page: open it, wait for the map, ask it where it is."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Download, FrameLocator, Locator, Page, expect

TRIES: Final = 3
LOST_S: Final = 5.0
"""Seconds after which a click that has changed nothing counts as lost."""


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


def settle(page: Page) -> None:
    """Wait until the page has come whole: what is still written anew may lose a click."""
    running = page.get_by_test_id("stApp")
    expect(running).to_have_attribute("data-test-script-state", "notRunning")


def open_atlas(page: Page, address: str) -> Atlas:
    """Open an address and wait until the map and all else stand."""
    page.goto(address)
    atlas = Atlas(page=page)
    atlas.map.locator(".ka-map[data-ready]").wait_for()
    expect(page.get_by_role("tab", name="Table")).to_be_visible()
    settle(page)
    return atlas


def choose_kind(page: Page, kind: str) -> None:
    """Choose a kind of record in the sidebar, whatever count it shows."""
    settle(page)
    page.get_by_role("radio", name=re.compile(rf"^{kind}\b")).click()


def download(page: Page, button: Locator) -> Download:
    """Press a button that gives a file, and wait for it.

    A page that moves under the pointer, or is still being written, loses the click; then
    it is pressed again, as a visitor would. While a file is made the button is disabled.
    """
    gone = page.get_by_test_id("stDownloadButtonError")
    coming: list[Download] = []

    def keep(file: Download) -> None:
        coming.append(file)

    page.once("download", keep)
    for _ in range(TRIES):
        settle(page)
        button.click()
        pressed = time.monotonic()
        while not coming and not gone.is_visible():
            page.wait_for_timeout(50)
            if time.monotonic() - pressed > LOST_S and button.is_enabled():
                break
        if coming:
            return coming[0]
    told = gone.inner_text() if gone.is_visible() else "nothing was said"
    raise AssertionError(f"no file came, and {told}")


def map_button(atlas: Atlas, name: str) -> Locator:
    """Find a button on the map."""
    return atlas.map.get_by_role("button", name=name)
