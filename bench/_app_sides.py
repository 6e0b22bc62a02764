"""The apps that `bench.record_app` drives: their data on disk, their servers, their pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Browser, Error, Page, ViewportSize, WebSocket

from bench._pages import FIELDS, Data, made_up_style, payloads
from layers.assets import page_files, plain_json, record_script, record_style_sheet
from layers.ground import draw_areas
from tests.app_server import ROOT, serve_app

if TYPE_CHECKING:
    import pandas as pd

WAIT_MS: Final = 60_000
VIEWPORT: Final[ViewportSize] = {"width": 1280, "height": 900}
WATCH: Final = ROOT / "bench" / "_app_watch.js"
SCRIPTS: Final = {
    "records": ROOT / "bench" / "_record_app.py",
    "geojson": ROOT / "bench" / "_geojson_app.py",
    "deck": ROOT / "bench" / "_pydeck_app.py",
}
ATLAS: Final = ROOT / "app.py"
BETWEEN_MS: Final = 300
"""With nothing arriving for so long, a change is over."""


@dataclass(frozen=True, kw_only=True)
class Side:
    """An app, of n records, whose slider keeps one year or the years since.

    Attributes
    ----------
    way
        How the page tells what it shows (`_app_watch.js`).
    counts
        Where it tells how many records: those of each year.
    """

    way: str
    n: int
    span: str
    script: Path
    data: Path | None = None
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(kw_only=True)
class Visit:
    """An open page of a side, and what its websocket has brought."""

    side: Side
    page: Page
    received: int = 0
    elsewhere: list[str] = field(default_factory=list)

    def year(self) -> int:
        """Tell the year that the slider stands at."""
        return int(self.page.get_by_role("slider").first.input_value())

    def press(self, key: str = "ArrowRight") -> tuple[float, int] | None:
        """Move the slider by a year.

        Returns
        -------
        tuple of float and int
            Seconds from the key press to painted; bytes that the server sent.
            ``None`` where the page could not tell the new picture from the old.
        """
        before, received = self.year(), self.received
        after = before + (1 if key == "ArrowRight" else -1)
        counts = self.side.counts
        if counts and counts.get(before) == counts.get(after):
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(4 * BETWEEN_MS)
            return None
        self.page.evaluate("(mark) => bench.await(mark)", counts.get(after, after))
        self.page.keyboard.press(key)
        ms = self.page.evaluate(
            "(limit) => Promise.race([bench.painted,"
            " new Promise((resolve) => setTimeout(resolve, limit, null))])",
            WAIT_MS,
        )
        if ms is None:
            msg = f"{self.side.way}, {self.side.n} records: {after} is not painted"
            raise RuntimeError(msg)
        self._rest()
        return ms / 1000, self.received - received

    def _rest(self) -> None:
        """Wait until nothing more comes and the page has nothing to do: the next is another's."""
        received = -1
        while received != self.received:
            received = self.received
            self.page.wait_for_timeout(BETWEEN_MS)
        self.page.evaluate("() => new Promise((resolve) => requestIdleCallback(() => resolve()))")


def lay_out(side_folder: Path, script: Path, data: Data) -> None:
    """Write an app's data and what it serves into a folder."""
    static = side_folder / "static"
    static.mkdir(parents=True)
    shutil.copyfile(script, side_folder / "app.py")
    texts = page_files()
    for name in ("leaflet.js", "leaflet.css"):
        (static / name).write_text(texts[name], encoding="utf-8")
    if script == SCRIPTS["records"]:
        _lay_out_records(side_folder, static, data)
        return
    records = data.records[[*FIELDS, "geometry"]].assign(year=years_of(data.records))
    records.to_parquet(side_folder / "records.parquet")


def _lay_out_records(folder: Path, static: Path, data: Data) -> None:
    (static / "records.js").write_text(record_script(), encoding="utf-8")
    (static / "records.css").write_text(record_style_sheet(), encoding="utf-8")
    (static / "areas.json").write_text(plain_json(draw_areas(data.seeds)), encoding="utf-8")
    sent = payloads(data)
    for kind, columns in sent.items():
        (static / f"{kind}.bin").write_bytes(columns)
    styles = {kind: made_up_style(kind) for kind in sent}
    (folder / "styles.json").write_text(plain_json(styles), encoding="utf-8")


def years_of(records: pd.DataFrame) -> pd.Series:
    """Give the year of each record."""
    return records["date"].str.slice(0, 4).astype(int)


def counts_of(records: pd.DataFrame, span: str) -> dict[int, int]:
    """Count the records of each year, or those since."""
    counts = years_of(records).value_counts().sort_index()
    if span == "since":
        counts = counts[::-1].cumsum()
    return dict(zip(counts.index.tolist(), counts.tolist(), strict=True))


@contextmanager
def served(side: Side) -> Iterator[str]:
    """Run the server of a side; gives its address."""
    if side.data is None:
        with serve_app(side.script) as url:
            yield url
        return
    environment = {"BENCH_DATA": str(side.data), "BENCH_SPAN": side.span}
    with serve_app(side.data / "app.py", environment=environment) as url:
        yield url


@contextmanager
def visited(browser: Browser, url: str, side: Side) -> Iterator[Visit]:
    """Open a side's page as a new visitor, wait for its first picture, take hold of the slider.

    Raises
    ------
    RuntimeError
        If no picture appears.
    """
    context = browser.new_context(viewport=VIEWPORT, locale="en-GB")
    try:
        context.set_default_timeout(WAIT_MS)
        context.add_init_script(path=WATCH)
        page = context.new_page()
        visit = Visit(side=side, page=page)
        page.on("websocket", lambda socket: _count(socket, visit))
        context.on("request", lambda request: _note(request.url, url, visit))
        page.goto(url, wait_until="commit")
        _follow(visit)
        page.get_by_role("slider").first.focus()
        yield visit
    finally:
        context.close()


def _follow(visit: Visit) -> None:
    page, side = visit.page, visit.side
    try:
        page.wait_for_function("(way) => window.bench.follow(way)", arg=side.way, polling=200)
        page.wait_for_timeout(4 * BETWEEN_MS)
    except Error as error:
        text = page.locator("body").inner_text(timeout=5000)
        asked = f" It asked for {', '.join(visit.elsewhere[:3])}." if visit.elsewhere else ""
        msg = f"{side.way}, {side.n} records: no first picture.{asked} The page reads:\n{text}"
        raise RuntimeError(msg) from error


def _count(socket: WebSocket, visit: Visit) -> None:
    def add(payload: str | bytes) -> None:
        visit.received += len(payload)

    socket.on("framereceived", add)


def _note(asked: str, url: str, visit: Visit) -> None:
    if not asked.startswith((f"{url}/", "data:", "blob:")):
        visit.elsewhere.append(asked)
