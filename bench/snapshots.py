"""Snapshots beside the usual ways: pictures, pages and files of data.

A picture: the sheet drawn by Matplotlib, and folium's page of the same records
photographed by a browser started for it. A page: bytes. Data: seconds and memory
to write many records in each format, and the same columns by geopandas and pandas.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from bench._exports import OURS, PLAIN, PLAINLY, SIDES, Taken, make_file, measure
from bench._pictures import open_studio, page_table, picture_table, time_pictures
from bench._plain_map import Camera
from bench._timing import markdown, ratio, say, spread, spread_of
from tests.get_browser import MISSING, find_browser

RECORDS: Final = 400_000
QUICK_RECORDS: Final = 2_000
ROUNDS: Final = 5
EXPORT_ROUNDS: Final = 3
ONCE_S: Final = 30.0
"""A format that takes one side longer is written once."""

EXPORT_HEAD: Final = (
    *("format", "plain way", "rounds", "ours, s", "plain, s", "ratio"),
    *("ours: memory, MB", "plain: memory, MB", "ratio", "ours: file, MB", "plain: file, MB"),
)

Measured = dict[str, dict[str, list[Taken]]]
"""By format and side, what each round took."""


def measure_exports(data: Path, suffixes: Iterable[str], rounds: int) -> Measured:
    """Write the dataset of a file in each format, both sides in turns.

    Parameters
    ----------
    data
        As :func:`bench._exports.make_file` makes it.
    suffixes
        Of ``PLAINLY``.
    rounds
        How many, but for formats that take too long.
    """
    measured: Measured = {suffix: {side: [] for side in SIDES} for suffix in suffixes}
    for turn in range(rounds):
        for suffix, taken in measured.items():
            first = [each.seconds for rows in taken.values() for each in rows[:1]]
            if max(first, default=0) > ONCE_S:
                continue
            for side in SIDES[:: -1 if turn % 2 else 1]:
                taken[side].append(measure(side, suffix, data))
                say(f"round {turn + 1}: {suffix}, {side}: {taken[side][-1].seconds:.1f} s")
    return measured


def export_table(measured: Measured) -> str:
    """Write the table of what :func:`measure_exports` gives."""
    rows = []
    for suffix, taken in measured.items():
        ours, plain = taken[OURS], taken[PLAIN]
        rows.append(
            [
                *(suffix, PLAINLY[suffix][0], str(len(ours))),
                *_compared([each.seconds for each in ours], [each.seconds for each in plain]),
                *_compared(
                    [each.peak_mb for each in ours], [each.peak_mb for each in plain], spread_of
                ),
                *(f"{each[0].file_mb:,.1f}" for each in (ours, plain)),
            ]
        )
    return markdown(EXPORT_HEAD, rows)


def _compared(
    ours: Sequence[float],
    plain: Sequence[float],
    written: Callable[[Sequence[float]], str] = spread,
) -> tuple[str, str, str]:
    return written(ours), written(plain), ratio(ours, plain)


def main(arguments: list[str] | None = None) -> None:
    """Measure snapshots and print three tables; medians, with least and most."""
    parser = argparse.ArgumentParser(prog="python -m bench.snapshots", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="few records, one round")
    parser.add_argument("--n", type=int, help="records to write", metavar="N")
    parser.add_argument("--only", choices=["pictures", "pages", "data"], help="one table")
    parser.add_argument("--formats", nargs="+", choices=list(PLAINLY), default=list(PLAINLY))
    options = parser.parse_args(arguments)
    n = options.n or (QUICK_RECORDS if options.quick else RECORDS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.only != "data":
            executable = find_browser()
            if executable is None:
                sys.exit(MISSING)
            with sync_playwright() as playwright:
                studio = open_studio(folder, Camera(playwright.chromium, executable))
                if options.only != "pages":
                    rounds = 1 if options.quick else ROUNDS
                    print(picture_table(time_pictures(studio, rounds)), end="\n\n", flush=True)
                if options.only != "pictures":
                    print(page_table(studio), end="\n\n", flush=True)
        if options.only in {None, "data"}:
            say(f"making {n:,} records")
            data = folder / "made-up.pickle"
            make_file(n, data)
            rounds = 1 if options.quick else EXPORT_ROUNDS
            print(export_table(measure_exports(data, options.formats, rounds)))


if __name__ == "__main__":
    main()
