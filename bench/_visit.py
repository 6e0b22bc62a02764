"""Open a saved page as its only visitor and measure what it does, for `bench.record_files`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Browser, BrowserType, Error, Page, ViewportSize

from tests.get_browser import BROWSER_ARGS

if TYPE_CHECKING:
    from bench._pages import Built

WATCH: Final = Path(__file__).with_name("_watch.js").read_text(encoding="utf-8")
VIEWPORT: Final[ViewportSize] = {"width": 1280, "height": 900}
WAIT_MS: Final = 180_000
SETTLE_MS: Final = 1000
OWN_SURFACE: Final = b"--top-chrome-webui"

ALL: Final = 1900
"""A year before all records."""

WARM_YEARS: Final = (2003, ALL, 2017, ALL, 2009, ALL)
"""Filters before those measured: the browser compiles a script that runs again and again."""

YEARS: Final = (2005, 1995, 2015, 2010, 2000, 2020, 2008, 2012, 1991, 2022)
PANS: Final = ((200, 0), (0, 150), (-200, 0), (0, -150)) * 2
"""In pixels."""

FEW: Final = 4
"""Steps of each kind, where one takes seconds; as many bring the map back to its place."""

ZOOMS: Final = (7, 8, 7, 6) * 2

PAINTED: Final = "first paint, s"
FIRST: Final = "first filter change, ms"
MEMORY: Final = "memory, MB"
HOWS: Final = ("work", "shown")
STEPS: Final = ("filter", "pan", "zoom")
MEASURES: Final = (
    PAINTED,
    FIRST,
    *(f"{step}: {how}, ms" for step in STEPS for how in HOWS),
    MEMORY,
)

Taken = dict[str, list[float]]


class NotDrawnError(Exception):
    """A page that shows nothing; the message says why."""


@contextmanager
def own_browser(chromium: BrowserType, executable: Path) -> Iterator[Browser]:
    """Start a browser for one page, so that all its renderers' memory is that page's."""
    browser = chromium.launch(executable_path=executable, headless=True, args=list(BROWSER_ARGS))
    try:
        yield browser
    finally:
        browser.close()


def visit(
    browser: Browser, file: Path, built: Built, kept: Callable[[int], int], *, few: bool = False
) -> Taken:
    """Open a page and measure it.

    Parameters
    ----------
    browser
        A browser that has no other page.
    file, built
        The page.
    kept
        How many records are dated from a year on.
    few
        Whether ``FEW`` steps of each kind must do.

    Returns
    -------
    dict
        By ``MEASURES``, one value or several. Memory as :func:`private_mb`, not less
        that of an empty page.

    Raises
    ------
    NotDrawnError
        If nothing appears within ``WAIT_MS``.
    RuntimeError
        If the page shows other records than it should, or asks for what is not there.
    """
    page = browser.new_page(viewport=VIEWPORT)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"no {request.url}"))
    page.add_init_script(f"{WATCH}\nbench.watch(() => {built.is_there});")
    taken: Taken = {PAINTED: [_paint_seconds(page, file)]}
    page.evaluate(f"() => {{ window.keep = {built.keep}; }}")
    name = built.page.get_name()
    warm_years = WARM_YEARS[:2] if few else WARM_YEARS
    warm = _each(page, [f"keep({year})" for year in warm_years], "work")
    taken[FIRST] = warm[:1]
    for how in HOWS:
        steps = {
            "filter": [f"keep({year})" for year in YEARS],
            "pan": [f"{name}.panBy([{x}, {y}], {{animate: false}})" for x, y in PANS],
            "zoom": [f"{name}.setZoom({zoom}, {{animate: false}})" for zoom in ZOOMS],
        }
        for step, every in steps.items():
            changes = every[:FEW] if few else every
            taken[f"{step}: {how}, ms"] = _each(page, changes, how)
            _check(page, built, kept(YEARS[len(changes) - 1] if step == "filter" else ALL))
            _each(page, [f"keep({ALL})"], how)
    taken[MEMORY] = [private_mb(browser, page)]
    if faults:
        raise RuntimeError(f"{file.name}: {'; '.join(faults[:3])}")
    return taken


def private_mb(browser: Browser, page: Page) -> float:
    """Measure the memory that only this browser's page holds, after collecting garbage.

    Returns
    -------
    float
        Megabytes: private memory (clean and dirty) of the renderer that has most,
        by the kernel's count in ``/proc/<pid>/smaps_rollup``; NaN where there is
        no such file. The renderer of the browser's own surface does not count, and
        one that it keeps ready for another page has little.
    """
    page.wait_for_timeout(SETTLE_MS)
    page.context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [str(each["id"]) for each in processes if each["type"] == "renderer"]
    return max(_private_kb(Path("/proc", pid)) for pid in renderers) / 1000


def _private_kb(process: Path) -> float:
    rollup = process / "smaps_rollup"
    if not rollup.exists():
        return float("nan")
    if OWN_SURFACE in (process / "cmdline").read_bytes():
        return 0
    private = re.findall(r"(?m)^Private_(?:Clean|Dirty):\s+(\d+) kB", rollup.read_text())
    return sum(map(float, private))


def blank_mb(browser: Browser) -> float:
    """Measure the memory of an empty page."""
    return private_mb(browser, browser.new_page(viewport=VIEWPORT))


def _paint_seconds(page: Page, file: Path) -> float:
    try:
        page.goto(file.as_uri(), wait_until="commit", timeout=WAIT_MS)
        page.wait_for_function("bench.painted || bench.failed", timeout=WAIT_MS)
        painted, failed = page.evaluate("[bench.painted, bench.failed]")
    except Error as error:
        why = "the page crashed" if "crash" in error.message.lower() else "not drawn"
        raise NotDrawnError(f"{why} within {WAIT_MS / 1000:.0f} s") from error
    if failed:
        raise RuntimeError(f"{file.name}: {failed}")
    return float(painted) / 1000


def _each(page: Page, changes: Sequence[str], how: str) -> list[float]:
    listed = ", ".join(f"() => {{ {change}; }}" for change in changes)
    taken: list[float] = page.evaluate(f"() => bench.each([{listed}], '{how}')")
    return taken


def _check(page: Page, built: Built, wanted: int) -> None:
    shown = page.evaluate(f"({built.count})()")
    if shown != wanted:
        raise RuntimeError(f"{shown} records are shown, not {wanted}: the sides differ")
