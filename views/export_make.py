"""Files that the export panel makes: written to disk, kept for a while, read when fetched."""

from __future__ import annotations

import threading
import uuid
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Literal

from geo.errors import ExportError
from geo.files import safe_name, unlike_name, whole_file
from layers.exports import write_snapshot
from layers.snapshot import DATA_FORMATS, Request, each_value, filters_in_words, take_snapshot
from views.data import select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.filters import Filters
    from geo.select import Selection
    from layers.snapshot import Snapshot
    from views.data import Atlas

    Progress = Callable[[float], None]

Each = Literal["", "group", "year"]

MOST_FILES: Final = 24
MOST_BYTES: Final = 500_000_000
"""Files kept for all visitors together; the oldest go first."""

WAIT_S: Final = 0.5
MIME: Final = {
    "html": "text/html",
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "parquet": "application/vnd.apache.parquet",
    "kml": "application/vnd.google-earth.kml+xml",
    "zip": "application/zip",
}

_TURN: Final = threading.Lock()
"""One file at a time, for all visitors: memory stays that of one."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to make: of which records, and whether one for each group or year."""

    request: Request
    filters: Filters
    each: Each = ""

    @property
    def suffix(self) -> str:
        """Of the file; several files go into a ZIP, several slides into one deck."""
        zipped = self.each and self.request.format != "pptx"
        return "zip" if zipped else self.request.format


@dataclass(frozen=True, kw_only=True)
class Made:
    """A file that was made."""

    plan: Plan
    name: str
    path: Path
    size: int
    token: str

    @property
    def mime(self) -> str:
        """What a browser is told of it."""
        return MIME[self.plan.suffix]


@contextmanager
def my_turn(waiting: Callable[[], None]) -> Iterator[None]:
    """Wait until nobody else's file is being made.

    Parameters
    ----------
    waiting
        Called twice a second meanwhile; may raise to give up.
    """
    while not _TURN.acquire(timeout=WAIT_S):
        waiting()
    try:
        yield
    finally:
        _TURN.release()


def file_name(plan: Plan, atlas: Atlas, selection: Selection) -> str:
    """Name the file of a plan by its title."""
    return safe_name(_title(plan, atlas, selection), plan.suffix)


def _title(plan: Plan, atlas: Atlas, selection: Selection) -> str:
    words = filters_in_words(plan.filters, selection, atlas.seeds)
    return " ".join(plan.request.title.split()) or words


def make_file(plan: Plan, atlas: Atlas, report: Progress) -> Made:
    """Make the file of a plan.

    Parameters
    ----------
    plan
        What to make.
    atlas
        The data.
    report
        Called now and then with the part done; may raise to give up, and then
        nothing is left behind.

    Raises
    ------
    ExportError
        If there is nothing to make or it cannot be written.
    """
    selection = select(atlas, plan.filters)
    token = uuid.uuid4().hex
    path = folder() / f"{token}.{plan.suffix}"
    if plan.suffix == "zip":
        _write_zip(path, plan, atlas, report, _title(plan, atlas, selection))
    else:
        write_snapshot(path, _snapshots(plan, atlas, selection), report)
    _make_room(keep=path)
    name = file_name(plan, atlas, selection)
    return Made(plan=plan, name=name, path=path, size=path.stat().st_size, token=token)


@cache
def folder() -> Path:
    """Give the folder of the files made, which goes with the process."""
    return Path(_temporary().name)


@cache
def _temporary() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="khyber-atlas-")


def _snapshots(plan: Plan, atlas: Atlas, selection: Selection) -> list[Snapshot]:
    if not plan.each:
        return [_take(plan.request, plan.filters, selection, atlas)]
    return [snapshot for _, snapshot in _one_each(plan, atlas)]


def _one_each(plan: Plan, atlas: Atlas) -> Iterator[tuple[str, Snapshot]]:
    request = plan.request
    for value, filters, selection in _values(plan, atlas):
        titled = replace(request, title=f"{request.title}: {value}") if request.title else request
        yield value, _take(titled, filters, selection, atlas)


def _values(plan: Plan, atlas: Atlas) -> list[tuple[str, Filters, Selection]]:
    by: Literal["group", "year"] = "year" if plan.each == "year" else "group"
    values = each_value(by, records=atlas.records, filters=plan.filters)
    if not values:
        msg = f"None of these records names a {by}; choose one file for all."
        raise ExportError(msg)
    return values


def _take(request: Request, filters: Filters, selection: Selection, atlas: Atlas) -> Snapshot:
    return take_snapshot(request, seeds=atlas.seeds, filters=filters, selection=selection)


def _write_zip(path: Path, plan: Plan, atlas: Atlas, report: Progress, title: str) -> None:
    """Write a file for each value, one after the other, into a ZIP."""
    count = len(_values(plan, atlas))
    suffix = plan.request.format
    packing = zipfile.ZIP_DEFLATED if suffix in (*DATA_FORMATS, "html", "svg") else 0
    names: set[str] = set()
    with whole_file(path) as temporary, zipfile.ZipFile(temporary, "w", packing) as archive:
        for done, (value, snapshot) in enumerate(_one_each(plan, atlas)):
            member = temporary.with_name(f"member.{suffix}")
            write_snapshot(member, [snapshot], _part_of(report, done, count))
            name = unlike_name(safe_name(f"{value} {title}", suffix), names)
            # Its date is in its manifest; that of the archive would differ at each run.
            archive.writestr(zipfile.ZipInfo(name), member.read_bytes(), packing)
            member.unlink()
    report(1.0)


def _part_of(report: Progress, done: int, count: int) -> Progress:
    return lambda part: report((done + part) / count)


def _make_room(keep: Path) -> None:
    """Let the oldest files go when there are too many, or too much."""
    files = sorted(
        (each for each in folder().iterdir() if each.is_file()),
        key=lambda each: (each == keep, each.stat().st_mtime),
        reverse=True,
    )
    total = 0
    for rank, each in enumerate(files):
        total += each.stat().st_size
        if rank and (rank >= MOST_FILES or total > MOST_BYTES):
            each.unlink(missing_ok=True)
