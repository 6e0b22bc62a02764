"""Pages that are files: made of a snapshot, opened from disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from layers.page import page_html

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from layers.snapshot import Snapshot

READY: Final = "#map_div[data-page=ready]"
POLICY: Final = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def save(snapshot: Snapshot, folder: Path, *, policy: bool = True) -> Path:
    """Write a page; without its policy, what it lets through is seen."""
    text = page_html(snapshot)
    file = folder / "page.html"
    file.write_text(text if policy else POLICY.sub("", text), encoding="utf-8")
    return file


def open_saved(page: Page, file: Path) -> None:
    """Open a page from disk, and wait until all of it is there."""
    page.goto(file.as_uri())
    page.locator(READY).wait_for()


def state(page: Page, script: str) -> Any:
    """Ask the page's state, `s` in the script."""
    return page.evaluate(f"() => {{ const s = map_div.khyberPage; return {script}; }}")


def shown(page: Page) -> int:
    """Tell how many records the page says it shows."""
    text = page.locator("#shown strong").inner_text()
    return int(re.sub(r"\D", "", text.split(" of ")[0]))
