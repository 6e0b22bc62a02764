"""Records in a saved page: the record layer beside folium's own ways, with no app.

Each way gets the same joined records. Measured are the server's time from them to
the page's HTML, the bytes, and in the browser: the first paint, a change of filter,
steps of panning and zooming, and memory.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import BrowserType, sync_playwright

from bench._pages import (
    Built,
    Data,
    build_fast_cluster,
    build_geojson,
    build_marker_cluster,
    build_ours,
    cluster_files,
    empty_map,
    lay_out,
    payloads,
)
from bench._record_tables import (
    GEOJSON,
    OURS,
    Measured,
    Results,
    browser_table,
    server_table,
    target_table,
)
from bench._timing import say, seconds_of
from bench._visit import FIRST, MEMORY, PAINTED, NotDrawnError, blank_mb, own_browser, visit
from bench.made import made_up_joined
from geo.seeds import load_seeds
from tests.get_browser import MISSING, find_browser

SIZES: Final = (1_000, 10_000, 60_000, 400_000, 2_000_000)
QUICK: Final = (300,)
ROUNDS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Side:
    """A way to show records.

    Attributes
    ----------
    build
        From data to a page.
    most
        Records up to which it is tried.
    once_from
        Records from which once must do, as it takes a minute.
    needs_plugin
        Whether the browser needs the marker cluster plugin for it.
    """

    name: str
    build: Callable[[Data], Built]
    most: int
    once_from: int
    needs_plugin: bool = False


SIDES: Final = (
    Side(name=OURS, build=build_ours, most=2_000_000, once_from=3_000_000),
    Side(
        name=f"{OURS}, popups inside",
        build=partial(build_ours, with_details=True),
        most=60_000,
        once_from=3_000_000,
    ),
    Side(name=GEOJSON, build=build_geojson, most=400_000, once_from=400_000),
    Side(
        name="FastMarkerCluster",
        build=build_fast_cluster,
        most=400_000,
        once_from=400_000,
        needs_plugin=True,
    ),
    Side(
        name="MarkerCluster",
        build=build_marker_cluster,
        most=10_000,
        once_from=10_000,
        needs_plugin=True,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Bench:
    """Where pages are saved, what starts a browser, and the memory of an empty page."""

    folder: Path
    chromium: BrowserType
    executable: Path
    blank_mb: float = 0


def measure(bench: Bench, sizes: Iterable[int], names: Collection[str], rounds: int) -> Measured:
    """Build and open every page in turns, the order about from round to round.

    Parameters
    ----------
    bench
        An empty folder and a browser.
    sizes
        Numbers of records.
    names
        Of ``SIDES``.
    rounds
        How many, but for sides that take too long.
    """
    seeds = load_seeds()
    lay_out(bench.folder)
    with own_browser(bench.chromium, bench.executable) as browser:
        bench = replace(bench, blank_mb=blank_mb(browser))
    say(f"an empty page holds {bench.blank_mb:.0f} MB")
    measured: Measured = {}
    for n in sizes:
        say(f"making {n:,} records")
        records, items = made_up_joined(n, seeds)
        data = Data(records=records, items=items, seeds=seeds)
        sides = [side for side in SIDES if side.name in names and n <= side.most]
        measured[n] = {side.name: Results() for side in sides}
        for turn in range(rounds):
            for side in sides[:: -1 if turn % 2 else 1]:
                results = measured[n][side.name]
                if turn == 0 or (n < side.once_from and not results.failed):
                    _measure_once(bench, side, data, results)
                    say(f"round {turn + 1}: {side.name}: {_short(results)}")
    return measured


def _measure_once(bench: Bench, side: Side, data: Data, results: Results) -> None:
    kept: dict[str, Built | str] = {}

    def build() -> None:
        built = side.build(data)
        kept["built"], kept["html"] = built, built.page.get_root().render()

    results.server.append(seconds_of(build))
    built, html = kept["built"], kept["html"]
    assert isinstance(built, Built)
    assert isinstance(html, str)
    if side.name == OURS:
        results.payload.append(seconds_of(lambda: payloads(data)))
    results.sizes.update(_sizes(side, data, built, len(html.encode())))
    if side.needs_plugin and not cluster_files():
        results.failed.append("not tried: the plugin's package is not installed")
        return
    file = bench.folder / "page.html"
    file.write_text(html, encoding="utf-8")
    dates = data.records["date"]
    try:
        with own_browser(bench.chromium, bench.executable) as browser:
            taken = visit(
                browser,
                file,
                built,
                lambda year: int((dates >= str(year)).sum()),
                few=len(dates) >= side.once_from,
            )
    except NotDrawnError as error:
        results.failed.append(str(error))
        return
    for name, values in taken.items():
        less = bench.blank_mb if name == MEMORY else 0
        results.taken[name] += [value - less for value in values]


def _sizes(side: Side, data: Data, built: Built, page_bytes: int) -> dict[str, float]:
    """Give the bytes of a page, and of a record in it: what it is longer than one without."""
    without = empty_map()
    if side.name.startswith(OURS):
        none = replace(data, records=data.records.iloc[:0], items=data.items.iloc[:0])
        without = side.build(none).page
    n = len(data.records)
    empty = len(without.get_root().render().encode())
    return {
        "page": page_bytes,
        "inside": (page_bytes - empty) / n,
        "payload": built.payload_bytes / n,
    }


def tables(measured: Measured) -> str:
    """Write all three tables."""
    return "\n\n".join(table(measured) for table in (server_table, browser_table, target_table))


def _short(results: Results) -> str:
    server = f"server {results.server[-1]:.2f} s"
    if results.failed:
        return f"{server}, {results.failed[0]}"
    first, taken = results.taken[PAINTED][-1], results.taken
    return (
        f"{server}, painted {first:.2f} s, first filter {taken[FIRST][-1]:.0f} ms, "
        f"filter {median(taken['filter: work, ms'][-10:]):.1f} ms, {taken[MEMORY][-1]:.0f} MB"
    )


def main(arguments: list[str] | None = None) -> None:
    """Measure saved pages of records and print three tables; medians, with least and most."""
    parser = argparse.ArgumentParser(prog="python -m bench.record_files", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="few records, one round")
    parser.add_argument("--n", type=int, nargs="+", help="numbers of records", metavar="N")
    names = [side.name for side in SIDES]
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="ways to measure")
    options = parser.parse_args(arguments)
    executable = find_browser()
    if executable is None:
        sys.exit(MISSING)
    sizes = options.n or (QUICK if options.quick else SIZES)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder=Path(folder), chromium=playwright.chromium, executable=executable)
        measured = measure(bench, sizes, options.only, 1 if options.quick else ROUNDS)
    print(tables(measured))


if __name__ == "__main__":
    main()
