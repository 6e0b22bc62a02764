"""From nothing to the first map: the atlas beside a bare page with an empty map.

Cold: a new server process, until the first visitor sees the map. Warm: a second
visitor of the same server. The browser runs already, and every visitor is a new
one to it, with an empty cache; it reaches this machine only.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Error, Page, ViewportSize, sync_playwright

from bench._timing import Timings, markdown, ratio, say, spread
from layers.assets import page_files
from tests.app_server import ROOT, serve_app
from tests.get_browser import BROWSER_ARGS, MISSING, find_browser

REPEATS: Final = 7
WAIT_MS: Final = 120_000
BARE_APP: Final = ROOT / "bench" / "_bare_app.py"
LEAFLET: Final = ("leaflet.js", "leaflet.css")
VIEWPORT: Final[ViewportSize] = {"width": 1280, "height": 900}

# The component may be put into the page again while it starts, so the page is asked
# anew each time instead of one frame being held. Boxes count, not mere elements: what
# has no size is not seen.
MAP_HOLDS: Final = """
([selector, count]) => [...document.querySelectorAll("iframe")].some((frame) => {
  const seen = (node) => {
    const box = node.getBoundingClientRect();
    return box.width + box.height > 0;
  };
  const map = frame.contentDocument && frame.contentDocument.querySelector(".leaflet-container");
  if (!map || !seen(frame) || !seen(map)) return false;
  return [...map.querySelectorAll(selector)].filter(seen).length >= count;
})
"""
# Leaflet adds its zoom buttons once the map has its first view.
EMPTY_MAP: Final = (".leaflet-control-zoom", 1)
# Afghanistan's six borders, drawn with a stroke each.
BORDERS: Final = ("path.ka-line-border:not([d='M0 0'])", 6)
# The atlas counts the views it has drawn to the last layer.
ALL_DRAWN: Final = """
() => [...document.querySelectorAll("iframe")].some((frame) =>
  frame.contentDocument && frame.contentDocument.querySelector(".leaflet-container[data-ready]"))
"""

COLD: Final = "cold: new server to first map"
ANSWER: Final = "– of that, until the server answers"
WARM: Final = "warm: second visitor to first map"
SETTLED: Final = "warm: second visitor to all layers"
MEASURES: Final = (COLD, ANSWER, WARM, SETTLED)

HEAD: Final = ("what", "rounds", "atlas, s", "bare page, s", "ratio")


@dataclass(frozen=True, kw_only=True)
class Side:
    """A page to start: its script, and what its first map must show."""

    name: str
    script: Path
    first_map: tuple[str, int]
    has_layers: bool


@contextmanager
def sides() -> Iterator[tuple[Side, Side]]:
    """Lay out the bare page in a folder of its own; give the atlas and the bare page."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "bare_app.py")
        shutil.copyfile(BARE_APP, script)
        static = script.parent / "static"
        static.mkdir()
        texts = page_files()
        for name in LEAFLET:
            (static / name).write_text(texts[name], encoding="utf-8")
        yield (
            Side(name="atlas", script=ROOT / "app.py", first_map=BORDERS, has_layers=True),
            Side(name="bare page", script=script, first_map=EMPTY_MAP, has_layers=False),
        )


def start_once(side: Side, browser: Browser) -> dict[str, float]:
    """Start a page's server, visit it twice and stop it.

    Parameters
    ----------
    side
        The page.
    browser
        A browser that runs.

    Returns
    -------
    dict
        Seconds by ``MEASURES``; ``SETTLED`` only of a page that has layers.

    Raises
    ------
    RuntimeError
        If no map appears, or the page asks for anything from another machine.
    """
    begun = time.perf_counter()
    with serve_app(side.script) as url:
        answered = time.perf_counter()
        with visit(browser, url) as page:
            _wait(page, side, MAP_HOLDS, side.first_map)
            taken = {COLD: time.perf_counter() - begun, ANSWER: answered - begun}
            if side.has_layers:
                _wait(page, side, ALL_DRAWN)
        second = time.perf_counter()
        with visit(browser, url) as page:
            _wait(page, side, MAP_HOLDS, side.first_map)
            taken[WARM] = time.perf_counter() - second
            if side.has_layers:
                _wait(page, side, ALL_DRAWN)
                taken[SETTLED] = time.perf_counter() - second
    return taken


@contextmanager
def visit(browser: Browser, url: str) -> Iterator[Page]:
    """Open an address as a new visitor, and see that nothing else is asked for."""
    context = browser.new_context(viewport=VIEWPORT, locale="en-GB")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    try:
        page = context.new_page()
        page.goto(url, wait_until="commit")
        yield page
    finally:
        context.close()
    if elsewhere := [each for each in asked if not each.startswith((f"{url}/", "data:", "blob:"))]:
        raise RuntimeError(f"the page asked for {', '.join(elsewhere[:3])}; both must work offline")


def _wait(page: Page, side: Side, condition: str, wanted: tuple[str, int] | None = None) -> None:
    try:
        page.wait_for_function(condition, arg=list(wanted or ()), timeout=WAIT_MS)
    except Error as error:
        text = page.locator("body").inner_text(timeout=5000)
        what = f"no map with {wanted[1]} × {wanted[0]}" if wanted else "not all layers drawn"
        raise RuntimeError(
            f"{side.name}: {what} within {WAIT_MS / 1000:.0f} s. The page reads:\n{text}"
        ) from error


def measure(browser: Browser, repeats: int) -> dict[str, Timings]:
    """Start both pages in turns.

    Returns
    -------
    dict
        By the name of the side, the seconds of each round by ``MEASURES``.
    """
    with sides() as pages:
        timings: dict[str, Timings] = {side.name: {name: [] for name in MEASURES} for side in pages}
        for turn in range(repeats):
            for side in pages[:: -1 if turn % 2 else 1]:
                taken = start_once(side, browser)
                say(f"round {turn + 1}: {side.name} {taken[COLD]:.1f} s, {taken[WARM]:.1f} s")
                for name, seconds in taken.items():
                    timings[side.name][name].append(seconds)
    return timings


def start_table(atlas: Timings, bare: Timings) -> str:
    """Write the table of what :func:`measure` gives of both sides."""
    rows = []
    for name in MEASURES:
        # The bare page has nothing more to draw once its map is there.
        plain = bare[name] or bare[WARM]
        rows.append(
            [
                name,
                str(len(atlas[name])),
                spread(atlas[name]),
                spread(plain),
                ratio(atlas[name], plain),
            ]
        )
    return markdown(HEAD, rows)


def main(arguments: list[str] | None = None) -> None:
    """Measure the start and print a table; medians, with least and most."""
    parser = argparse.ArgumentParser(prog="python -m bench.start", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="one round")
    quick = parser.parse_args(arguments).quick
    executable = find_browser()
    if executable is None:
        sys.exit(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, headless=True, args=list(BROWSER_ARGS)
        )
        timings = measure(browser, 1 if quick else REPEATS)
        browser.close()
    print(start_table(timings["atlas"], timings["bare page"]))


if __name__ == "__main__":
    main()
