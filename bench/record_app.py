"""From a filter's widget to the painted map, in the app; and many visitors at once.

A year slider over the record layer, over one ``folium.GeoJson`` and over a
``st.pydeck_chart``: three small apps beside this file, and the atlas itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Browser, Playwright, sync_playwright

from bench._app_sides import ATLAS, SCRIPTS, Side, Visit, counts_of, lay_out, served, visited
from bench._pages import Data
from bench._timing import markdown, ratio, say, spread
from bench.made import made_up_joined
from geo.seeds import Seeds, load_seeds
from tests.get_browser import BROWSER_ARGS, MISSING, find_browser

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES: Final = (1000, 20_000, 60_000, 400_000)
MOST: Final = {"records": SIZES[-1], "geojson": 20_000, "deck": 60_000}
"""What each side is tried with: a change of more would send tens of megabytes."""

SPANS: Final = {"year": "that year", "since": "years from it"}
WARM_UP: Final = 3
PRESSES: Final = 15
VISITORS: Final = 20

RATIO_TARGETS: Final = {1000: 1 / 3, 20_000: 1 / 8}
FLAT_TARGET: Final = 1.5
FLAT: Final = (SIZES[0], SIZES[-1])

# deck.gl draws by WebGL only, which here the processor has to do.
WEBGL_ARGS: Final = (
    *(each for each in BROWSER_ARGS if each != "--disable-gpu"),
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)

HEAD: Final = (
    *("slider keeps", "records", "record layer, s", "GeoJson, s", "ratio", "target"),
    *("pydeck, s", "ratio", "sent a change, kB: layer", "GeoJson", "pydeck"),
)
ATLAS_HEAD: Final = (
    *("records", "presses", "key to painted, s", "sent a change, kB"),
    *("server, 1 visitor, MB", "visitors", "server, MB", "each further, MB", "once they left, MB"),
)


@dataclass(kw_only=True)
class Taken:
    """What the key presses on one side took: seconds, and bytes that the server sent."""

    seconds: list[float] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    fault: str = ""

    def add(self, visit: Visit) -> None:
        """Press once more."""
        if (pressed := visit.press()) is not None:
            self.seconds.append(pressed[0])
            self.sent.append(pressed[1])

    @property
    def time(self) -> str:
        """Median, least and most; or why there are none."""
        return spread(self.seconds) if self.seconds else self.fault or "–"

    @property
    def kilobytes(self) -> str:
        """Median of what was sent."""
        return f"{median(self.sent) / 1000:,.1f}" if self.sent else "–"


Results = dict[tuple[str, int], Taken]
"""By way and number of records."""


def prepare(folder: Path, sizes: Sequence[int], seeds: Seeds) -> Iterator[Side]:
    """Make the records up and lay each side's app out, for each span of years."""
    for n in sizes:
        say(f"making {n:,} records up")
        records, items = made_up_joined(n, seeds)
        data = Data(records=records, items=items, seeds=seeds)
        for way, script in SCRIPTS.items():
            if n > MOST[way]:
                continue
            where = folder / f"{way}-{n}"
            lay_out(where, script, data)
            for span in SPANS:
                counts = counts_of(records, span) if way == "deck" else {}
                yield Side(way=way, n=n, span=span, script=script, data=where, counts=counts)


def measure(sides: Sequence[Side], browsers: Mapping[str, Browser], presses: int) -> Results:
    """Serve all sides at once and press their sliders' keys in turns.

    Parameters
    ----------
    sides
        Of one span.
    browsers
        By way.
    presses
        How many on each side, after the first few.

    Returns
    -------
    dict
        A side that shows no first picture has the fault in place of figures.
    """
    results: Results = {(side.way, side.n): Taken() for side in sides}
    with ExitStack() as stack:
        visits: list[Visit] = []
        for side in sides:
            url = stack.enter_context(served(side))
            try:
                visits.append(stack.enter_context(visited(browsers[side.way], url, side)))
            except RuntimeError as error:
                say(str(error))
                results[side.way, side.n].fault = "no picture"
        _say_elsewhere(visits)
        for turn in range(WARM_UP + presses):
            for visit in visits[:: -1 if turn % 2 else 1]:
                into = results[visit.side.way, visit.side.n] if turn >= WARM_UP else Taken()
                into.add(visit)
            say(f"{SPANS[sides[0].span]}: turn {turn + 1} of {WARM_UP + presses}")
    return results


def _say_elsewhere(visits: Sequence[Visit]) -> None:
    for visit in visits:
        if visit.elsewhere:
            say(f"{visit.side.way} asked in vain for {', '.join(sorted(set(visit.elsewhere)))}")


def side_rows(span: str, results: Results) -> Iterator[list[str]]:
    """Write the rows of one span, the last of which compares most and fewest records."""
    none = Taken()
    for n in sorted({n for _, n in results}):
        ours, plain, deck = (results.get((way, n), none) for way in SCRIPTS)
        yield [
            *(SPANS[span], f"{n:,}", ours.time, plain.time, _ratio(ours, plain)),
            _ratio_target(ours, plain, n),
            *(deck.time, _ratio(ours, deck)),
            *(each.kilobytes for each in (ours, plain, deck)),
        ]


def flat_line(span: str, results: Results) -> str:
    """Say how the largest number of records compares with the smallest; empty: not both."""
    few, many = (results.get(("records", n), Taken()).seconds for n in FLAT)
    if not few or not many:
        return ""
    times = median(many) / median(few)
    return (
        f"Record layer alone, {SPANS[span]}: {FLAT[1]:,} records take {spread(many)} s,"
        f" {times:.2f} × the time of {FLAT[0]:,}, {spread(few)} s"
        f" (target: ≤ {FLAT_TARGET} ×, {_met(times, FLAT_TARGET)})."
    )


def _ratio(ours: Taken, other: Taken) -> str:
    return ratio(ours.seconds, other.seconds) if ours.seconds and other.seconds else "–"


def _ratio_target(ours: Taken, plain: Taken, n: int) -> str:
    target = RATIO_TARGETS.get(n)
    if target is None or not ours.seconds or not plain.seconds:
        return "–"
    times = median(ours.seconds) / median(plain.seconds)
    return f"≤ 1/{1 / target:.0f}: {_met(times, target)}"


def _met(value: float, target: float) -> str:
    return "met" if value <= target else "missed"


def atlas_row(browser: Browser, presses: int, visitors: int, n: int) -> list[str]:
    """Press the keys of the atlas's own slider of years, then have more visitors come.

    Each visitor is a page of its own that has drawn all layers and moved the
    slider by a year.
    """
    side = Side(way="records", n=n, span="since", script=ATLAS)
    taken = Taken()
    with served(side) as url:
        with ExitStack() as stack:
            first = stack.enter_context(visited(browser, url, side))
            one = _server_mb(url)
            for turn in range(WARM_UP + presses):
                (taken if turn >= WARM_UP else Taken()).add(first)
            for number in range(2, visitors + 1):
                stack.enter_context(visited(browser, url, side)).press()
                say(f"atlas: {number} visitors, server {_server_mb(url):.0f} MB")
            many = _server_mb(url)
            first.page.wait_for_timeout(1000)
        left = _server_mb(url)
    each = (many - one) / max(1, visitors - 1)
    return [
        *(f"{n:,} built-in", str(presses), taken.time, taken.kilobytes, f"{one:.0f}"),
        *(str(visitors), f"{many:.0f}", f"{each:.1f}", f"{left:.0f}"),
    ]


def _server_mb(url: str) -> float:
    """Resident memory of the server at an address, in megabytes; Linux only, else NaN."""
    port = url.rpartition(":")[2].encode()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"--server.port\0" + port + b"\0" not in path.read_bytes():
                continue
            status = (path.parent / "status").read_text()
        except OSError:  # it ended meanwhile
            continue
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024 / 1e6
    return float("nan")


def _browsers(playwright: Playwright, executable: str) -> dict[str, Browser]:
    launch = playwright.chromium.launch
    plain = launch(executable_path=executable, headless=True, args=list(BROWSER_ARGS))
    webgl = launch(executable_path=executable, headless=True, args=list(WEBGL_ARGS))
    return {"records": plain, "geojson": plain, "deck": webgl}


def main(arguments: list[str] | None = None) -> None:
    """Measure the time from key press to painted map and print tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.record_app", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="few records, presses and visitors")
    parser.add_argument("--n", type=int, nargs="+", help="numbers of records")
    options = parser.parse_args(arguments)
    executable = find_browser()
    if executable is None:
        sys.exit(MISSING)
    sizes = options.n or (SIZES[:1] if options.quick else SIZES)
    presses, visitors = (3, 2) if options.quick else (PRESSES, VISITORS)
    seeds = load_seeds()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browsers = _browsers(playwright, str(executable))
        sides = list(prepare(Path(folder), sizes, seeds))
        results, flat = {}, {}
        for span in SPANS:
            now = [side for side in sides if side.span == span]
            results[span] = measure(now, browsers, presses)
            # Apart from what takes seconds and megabytes, which disturbs its neighbours.
            alone = [side for side in now if side.way == "records" and side.n in FLAT]
            if len(alone) == len(FLAT):
                flat[span] = measure(alone, browsers, presses)
        atlas = atlas_row(browsers["records"], presses, visitors, len(seeds.records))
    rows = [row for span, each in results.items() for row in side_rows(span, each)]
    print(markdown(HEAD, rows), "\n")
    for line in filter(None, (flat_line(span, each) for span, each in flat.items())):
        print(line, "\n")
    print(markdown(ATLAS_HEAD, [atlas]))


if __name__ == "__main__":
    main()
