"""Pictures and pages of the built-in data, ours beside folium's, for `bench.snapshots`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from bench._timing import Timings, markdown, ratio, say, seconds_of, spread, take_turns
from geo.filters import Filters
from geo.joins import join_records
from geo.seeds import load_seeds
from geo.select import select_all

if TYPE_CHECKING:
    import geopandas as gpd

    from bench._plain_map import Camera
    from geo.seeds import Seeds
    from layers.snapshot import Snapshot

OURS: Final = "sheet"
PLAIN: Final = "folium"
SIDES: Final = (OURS, PLAIN)
RUNNING: Final = "in a running process"
NEW: Final = "by a new process, data read and joined"
FOLIUM_DELAY_S: Final = 3.0
"""That ``_to_png`` waits before its picture, unless told another delay."""

MOST_RATIO: Final = 0.5
MOST_BYTES: Final = 2_000_000
PICTURE_HEAD: Final = (
    *("PNG of the built-in data", "rounds", "sheet, s", "folium in Chromium, s", "ratio"),
    *("target", "with folium's own delay of 3 s: ratio"),
)
PAGE_HEAD: Final = (
    *("page of the built-in data", "bytes", "ours is", "Leaflet inside, bytes", "ours is"),
)


@dataclass(frozen=True, kw_only=True)
class Studio:
    """What both sides draw, where to, and the browser that one of them needs."""

    seeds: Seeds
    joined: gpd.GeoDataFrame
    folder: Path
    camera: Camera | None = None


def open_studio(folder: Path, camera: Camera | None = None) -> Studio:
    """Read and join the built-in data."""
    seeds = load_seeds()
    joined = join_records(seeds.records, seeds)
    return Studio(seeds=seeds, joined=joined, folder=folder, camera=camera)


def take(studio: Studio, suffix: str) -> Snapshot:
    """Take a snapshot of all records with the layers of a first visit, A4, 200 dpi."""
    from layers.snapshot import Request, take_snapshot

    seeds = studio.seeds
    everything = select_all(studio.joined)
    return take_snapshot(
        Request(format=suffix), seeds=seeds, filters=Filters(), selection=everything
    )


def draw_ours(studio: Studio) -> Path:
    """Write the sheet as a PNG file, manifest and seal in it."""
    from layers.exports import write_snapshot

    out = studio.folder / f"{OURS}.png"
    write_snapshot(out, [take(studio, "png")])
    return out


def draw_plain(studio: Studio) -> Path:
    """Write folium's page and photograph it."""
    from bench._plain_map import photograph, plain_map

    if studio.camera is None:
        msg = "a picture of folium's page needs a browser"
        raise ValueError(msg)
    html = plain_map(studio.seeds, studio.joined).get_root().render()
    picture = photograph(html, studio.folder / "plain.html", studio.camera)
    out = studio.folder / f"{PLAIN}.png"
    out.write_bytes(picture)
    return out


DRAW: Final[dict[str, Callable[[Studio], Path]]] = {OURS: draw_ours, PLAIN: draw_plain}


def time_pictures(studio: Studio, rounds: int) -> dict[str, Timings]:
    """Time both sides in turns, in this process and in new ones."""
    # What is slow only once in a process (fonts, PROJ) is the other row's matter.
    for draw in DRAW.values():
        draw(studio)
    running = {side: partial(seconds_of, partial(draw, studio)) for side, draw in DRAW.items()}
    browser = str(studio.camera.executable) if studio.camera else ""
    new = {side: partial(seconds_of, partial(_by_new_process, side, browser)) for side in SIDES}
    timings = {}
    for name, sides in ((RUNNING, running), (NEW, new)):
        say(f"pictures {name}")
        timings[name] = take_turns(sides, rounds)
    return timings


def _by_new_process(side: str, browser: str) -> None:
    subprocess.run([sys.executable, "-m", "bench._pictures", side, browser], check=True)


def picture_table(timings: dict[str, Timings]) -> str:
    """Write the table of what :func:`time_pictures` gives."""
    rows = []
    for name, each in timings.items():
        ours, plain = each[OURS], each[PLAIN]
        met = "met" if median(ours) / median(plain) <= MOST_RATIO else "**missed**"
        rows.append(
            [
                *(name, str(len(ours)), spread(ours), spread(plain), ratio(ours, plain)),
                f"≤ 1/2: {met}",
                ratio(ours, [seconds + FOLIUM_DELAY_S for seconds in plain]),
            ]
        )
    return markdown(PICTURE_HEAD, rows)


def page_table(studio: Studio) -> str:
    """Write both sides' pages and the table of their bytes."""
    from bench._pages import FIELDS
    from bench._plain_map import linked, one_geojson, plain_map
    from layers.exports import write_snapshot

    say("pages")
    out = studio.folder / "page.html"
    write_snapshot(out, [take(studio, "html")])
    ours = out.stat().st_size
    met = "met" if ours <= MOST_BYTES else "**missed**"
    rows = [["ours: all in one file", f"{ours:,}", f"≤ {MOST_BYTES:,}: {met}", "", ""]]
    for name, page in (
        ("folium, one GeoJson of the records, popups of all fields", one_geojson(studio.joined)),
        ("– popups of five fields", one_geojson(studio.joined, FIELDS)),
        ("– with borders, provinces and crossings", plain_map(studio.seeds, studio.joined)),
    ):
        sizes = [len(text.encode()) for text in linked(page)]
        told = [(f"{size:,}", ratio([ours], [size])) for size in sizes]
        rows.append([name, *told[0], *told[1]])
    return markdown(PAGE_HEAD, rows)


def main(side: str, browser: str) -> None:
    """Draw one side's picture in this process, from reading the data on."""
    with tempfile.TemporaryDirectory() as folder:
        if side == OURS:
            draw_ours(open_studio(Path(folder)))
            return
        from playwright.sync_api import sync_playwright

        from bench._plain_map import Camera

        with sync_playwright() as playwright:
            draw_plain(open_studio(Path(folder), Camera(playwright.chromium, Path(browser))))


if __name__ == "__main__":
    main(*sys.argv[1:])
