"""Fixtures for all tests: the app on a port, and a browser that reaches nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import geopandas as gpd
import pytest
from hypothesis import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

from geo.joins import join_records
from geo.seeds import Seeds
from tests.app_server import ROOT, serve_app
from tests.get_browser import BROWSER_ARGS, MISSING, find_browser

OUTPUT: Final = ROOT / "test-output"
BROWSER_TESTS: Final = ROOT / "tests" / "browser"
WAIT_MS: Final = 30_000
LOCAL_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1"})
NETWORK_SCHEMES: Final = frozenset({"http", "https", "ws", "wss", "ftp"})

# A shared machine may take its time; an expectation that holds costs none of it.
expect.set_options(timeout=WAIT_MS)
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    """The built-in data, read once for all tests: none may change it."""
    from tests.snapshot_case import built_in  # what the drawing needs is slow to import

    return built_in()[0]


@pytest.fixture(scope="session")
def joined() -> gpd.GeoDataFrame:
    """The built-in records, joined once for all tests: none may change them."""
    from tests.snapshot_case import built_in

    return built_in()[1]


@pytest.fixture
def run(
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    seeds: Seeds,
    joined: gpd.GeoDataFrame,
) -> Run:
    """Run the command line in this process and on data already read, for speed."""
    import cli
    from commands import choosing, import_
    from tests.imports_case import run_here

    def join(records: gpd.GeoDataFrame, world: Seeds) -> gpd.GeoDataFrame:
        return joined if records is seeds.records else join_records(records, world)

    for module in (cli, choosing, import_):
        monkeypatch.setattr(module, "load_seeds", lambda: seeds)
    for module in (choosing, import_):
        monkeypatch.setattr(module, "run_job", run_here)
    monkeypatch.setattr(choosing, "join_records", join)

    def _run(*args: str) -> Done:
        monkeypatch.setattr("sys.argv", ["cli.py", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = (text.decode("utf-8") for text in capfdbinary.readouterr())
        return Done(int(ended.value.code or 0), out, err)

    return _run


@dataclass(frozen=True, kw_only=True)
class PageLog:
    """What the pages of a test did behind the scenes, in order.

    Attributes
    ----------
    refused
        Addresses asked for that are not on this machine; none was answered.
    failed
        Addresses on this machine that gave an error, with the status.
    errors
        Uncaught errors of the pages' scripts.
    console
        Errors and warnings written to the browser's console.
    """

    refused: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)


NewPage = Callable[..., Page]
PAGES: Final = pytest.StashKey[list[Page]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test under tests/browser/ as one of the browser."""
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep a picture of each open page when a test fails."""
    report = yield
    if report.when == "call" and report.failed:
        for page in item.stash.get(PAGES, []):
            _keep_picture(page, item.name)
    return report


@pytest.fixture(scope="session")
def app_url() -> Iterator[str]:
    """Address of the app, started once for all tests; no slash at the end."""
    with serve_app() as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium that reaches this machine only.

    A test fails, and is not skipped, where there is no browser: see `make browser`.
    """
    executable = find_browser()
    if executable is None:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable, headless=True, args=list(BROWSER_ARGS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page_log() -> PageLog:
    """What the pages of this test did behind the scenes."""
    return PageLog()


@pytest.fixture
def new_page(
    browser: Browser, page_log: PageLog, request: pytest.FixtureRequest
) -> Iterator[NewPage]:
    """Return a function that opens a page in a browser context of its own.

    It takes the options of Playwright's `Browser.new_context`, such as
    `viewport`, `color_scheme`, `is_mobile` and `has_touch`.
    """
    contexts: list[BrowserContext] = []
    pages = request.node.stash.setdefault(PAGES, [])

    def open_page(**options: Any) -> Page:
        context = browser.new_context(
            **{
                "viewport": {"width": 1280, "height": 900},
                "locale": "en-GB",
                "reduced_motion": "reduce",  # painting what moves while it loads takes long
                **options,
            }
        )
        contexts.append(context)
        context.set_default_timeout(WAIT_MS)
        _watch(context, page_log)
        page = context.new_page()
        pages.append(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One page, 1280 by 900 CSS pixels, light."""
    return new_page(color_scheme="light")


def _watch(context: BrowserContext, log: PageLog) -> None:
    def note_address(url: str) -> None:
        if _is_remote(url):
            log.refused.append(url)

    def note_answer(answer: Response) -> None:
        if answer.status >= HTTPStatus.BAD_REQUEST:
            log.failed.append(f"{answer.status} {answer.url}")

    def note_message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            log.console.append(message.text)

    context.on("request", lambda request: note_address(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: note_address(socket.url)))
    context.on("response", note_answer)
    context.on("weberror", lambda error: log.errors.append(str(error.error)))
    context.on("console", note_message)


def _is_remote(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in NETWORK_SCHEMES and parts.hostname not in LOCAL_HOSTS


def _keep_picture(page: Page, name: str) -> None:
    OUTPUT.mkdir(exist_ok=True)
    path = Path(OUTPUT, re.sub(r"[^\w.-]+", "-", name)).with_suffix(".png")
    try:
        page.screenshot(path=path, timeout=5000)
    except PlaywrightError as error:  # no picture must not hide the failure it is of
        print(f"no picture of the failed page: {error}")
    else:
        print(f"picture of the failed page: {path.relative_to(ROOT)}")
