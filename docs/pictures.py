"""Take the README's pictures of the app and of a sheet: `make pictures`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.app_server import serve_app
from tests.get_browser import MISSING, find_browser

IMAGES: Final = Path(__file__).resolve().parent / "images"
PICTURES: Final = {
    "map": "",
    "torkham": (
        "?kind=seizure&near=Torkham&within-km=10&record=s-20221207-torkham"
        "&layers=basemap,borders,provinces,crossings,routes-arms,routes-opiates,routes-trade,seizures"
    ),
    "time": "?tab=time&time-stack=group&near=Torkham&within-km=100&kind=incident",
}
"""Name of each picture, and the address it is taken of."""

SHEET: Final = ("--near", "Torkham", "--within-km", "10", "--kind", "seizure", "--dpi", "110")
ROOT: Final = Path(__file__).resolve().parent.parent
SIZE: Final = {"width": 1280, "height": 860}
COLOURS: Final = 256
SETTLE_MS: Final = 500


def main() -> None:
    """Start the app, open each address, and keep a picture of it."""
    executable = find_browser()
    if executable is None:
        raise SystemExit(MISSING)
    IMAGES.mkdir(exist_ok=True)
    with serve_app() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable)
        for name, query in PICTURES.items():
            _take(browser, f"{url}/{query}", IMAGES / f"{name}.png")
        browser.close()
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "sheet.png"
        command = [sys.executable, "cli.py", "snapshot", "--out", str(sheet), *SHEET]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own program
        _keep(sheet, IMAGES / sheet.name)


def _take(browser: Browser, address: str, path: Path) -> None:
    page = browser.new_page(viewport=SIZE, color_scheme="light")
    page.goto(address)
    page.frame_locator("iframe").locator(".ka-label").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.get_by_test_id("stSkeleton").first.wait_for(state="detached")
    if "tab=" in address:
        page.locator(".marks").first.wait_for()
        page.get_by_role("tab", name="Table").scroll_into_view_if_needed()
        page.get_by_test_id("stMain").evaluate("(main) => main.scrollBy(0, 560)")
        page.wait_for_timeout(SETTLE_MS)
    if "record=" in address:
        page.frame_locator("iframe").get_by_role("dialog").wait_for()
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / path.name
        page.screenshot(path=full)
        _keep(full, path)
    page.close()


def _keep(full: Path, path: Path) -> None:
    # A palette is a third of the size and looks the same for flat colours.
    image = Image.open(full).convert("RGB")
    # By coverage: rare colours of signs must not be lost to shades of the ground.
    image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=1).save(path, optimize=True)


if __name__ == "__main__":
    main()
