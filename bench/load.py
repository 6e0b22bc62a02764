"""Fifty users at once, browsing and filtering for five minutes: the atlas, then a plain map.

The plain map (`_load_plain_app.py`) shows the same records by `st_folium`. Both get
the same visits, one after the other, in one run. A visitor is a connection in
Streamlit's own protocol that opens the page, fetches what a browser would, and every
4 to 12 s asks for another filter; its time is from the question to the end of the
script. Left out: the browser's own work, and the way over a network. The visitors'
process runs on the same cores as the server.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from bench._load_client import THINK_S, Log, crowd
from bench._timing import markdown, say
from tests.app_server import ROOT, serve_app

APPS: Final = {"atlas": ROOT / "app.py", "plain": ROOT / "bench" / "_load_plain_app.py"}
QUERIES: Final = (
    *("", "group=ISKP", "group=TTP", "from=2021", "from=2015&group=TTP", "from=2022"),
    *("from=2018", "group=NRF", "from=2024", "group=Afghan+Taliban", "from=2010&group=ISKP"),
)
TICKS: Final = os.sysconf("SC_CLK_TCK")
QUIET_S: Final = 20.0
"""After the last visitor has gone, before the memory is read again."""


class Watch:
    """The memory of a server over time, and the processor's time that it took."""

    def __init__(self, url: str) -> None:
        self._folder = _process_of(url.rpartition(":")[2])
        self.start_mb = self.peak_mb = self.end_mb = self._memory()
        self._begun = (time.monotonic(), self._cpu())
        self.cpu_share = 0.0

    def look(self) -> None:
        """Read the memory."""
        self.end_mb = self._memory()
        self.peak_mb = max(self.peak_mb, self.end_mb)

    def stop(self) -> None:
        """Reckon the share of one processor that was taken since the start."""
        at, cpu = self._begun
        self.cpu_share = (self._cpu() - cpu) / (time.monotonic() - at)

    def _memory(self) -> float:
        for line in (self._folder / "status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1000
        return float("nan")

    def _cpu(self) -> float:
        cells = (self._folder / "stat").read_text().rpartition(")")[2].split()
        return (int(cells[11]) + int(cells[12])) / TICKS


def _process_of(port: str) -> Path:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"--server.port" in words and port.encode() in words:
                return folder
    msg = f"no server on port {port}"
    raise RuntimeError(msg)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Look at a server once a second while the block runs."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(1.0):
            watch.look()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def measure(
    script: Path,
    users: int,
    seconds: float,
    *,
    quiet: float = QUIET_S,
    think: tuple[float, float] = THINK_S,
) -> tuple[Log, Watch]:
    """Let users visit an app that has been opened once before."""
    with serve_app(script) as url:
        warm = asyncio.run(crowd(url, ("",), 1, 0.0))
        watch = Watch(url)
        with watched(watch):
            log = asyncio.run(crowd(url, QUERIES, users, seconds, think))
        watch.stop()
        time.sleep(quiet)
        watch.look()
        log.errors[:0] = warm.errors
        return log, watch


def main() -> None:
    """Measure both apps and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300.0)
    options = parser.parse_args()
    found = {}
    for name, script in APPS.items():
        say(f"{name}: {options.users} users, {options.seconds:g} s…")
        found[name] = measure(script, options.users, options.seconds)
    print(f"{options.users} users at once, {options.seconds:g} s each\n")
    print(table(found))
    for name, (log, _) in found.items():
        for line in dict.fromkeys(log.errors):
            print(f"{name}: {line}")


def table(found: dict[str, tuple[Log, Watch]]) -> str:
    """Write both sides and their ratio."""
    columns = {name: _figures(*each) for name, each in found.items()}
    ours, plain = columns.values()
    rows = [
        (what, _figure(ours[what]), _figure(plain[what]), _ratio(ours[what], plain[what]))
        for what in ours
    ]
    return markdown(("", *columns, "ratio"), rows)


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _ratio(ours: float, plain: float) -> str:
    return f"{ours / plain:.2f}" if plain else "–"


def _figures(log: Log, watch: Watch) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, seconds in (("first page", log.first), ("change of filter", log.changes)):
        known = seconds or [float("nan")]
        figures |= {
            f"{name}, median s": median(known),
            f"{name}, 95 of 100 within s": quantiles([*known, known[-1]], n=20)[-1],
            f"{name}, worst s": max(known),
        }
    return figures | {
        "changes done": len(log.changes),
        "errors": len(log.errors),
        "memory at start, MB": watch.start_mb,
        "memory at most, MB": watch.peak_mb,
        "memory at the end, MB": watch.end_mb,
        "processors taken": watch.cpu_share,
    }


if __name__ == "__main__":
    main()
