"""``records``: the joined records that match, as a file of data."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from commands.choosing import AlsoOption, DataOption, read_source, tell_count
from commands.filters import Query
from commands.progress import progress_bar
from commands.terminal import show
from geo.errors import ExportError
from geo.formats import write_data
from layers.exports import dataset_of, write_snapshot
from layers.snapshot import DATA_FORMATS, Request, Snapshot, take_snapshot

Format = Literal["csv", "xlsx", "geojson", "gpkg", "parquet", "kml"]
_TEXT: Final = ("csv", "geojson", "kml")


def records(
    *,
    query: Query,
    data: DataOption = None,
    also: AlsoOption = None,
    format_: Annotated[
        Format | None,
        typer.Option("--format", help="Format; by default that of the file, or CSV."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write, with a manifest; else standard output.")
    ] = None,
) -> None:
    """Write the joined records that match, with their sources."""
    source = read_source(data, also)
    filters = source.resolve(query)
    selection = source.select(filters)
    name = format_ or _format_of(out)
    snapshot = take_snapshot(
        Request(format=name),
        seeds=source.seeds,
        filters=filters,
        selection=selection,
        checksums=source.checksums,
    )
    if out is None:
        _write_out(snapshot, name)
    else:
        with progress_bar(f"Writing {out.name}") as report:
            write_snapshot(out, [snapshot], report)
    tell_count(selection)


def _format_of(out: Path | None) -> str:
    suffix = out.suffix.lower().removeprefix(".") if out else ""
    return suffix if suffix in DATA_FORMATS else DATA_FORMATS[0]


def _write_out(snapshot: Snapshot, name: str) -> None:
    """Write to standard output: plainly, since a pipe's reader expects nothing but records."""
    if name not in _TEXT and sys.stdout.isatty():
        msg = f"{name} is not for a terminal to show; give a file with --out."
        raise ExportError(msg)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"records.{name}"
        write_data(path, dataset_of(snapshot, with_manifest=False), name)
        try:
            if sys.stdout.isatty():
                show(path.read_text(encoding="utf-8"))
                return
            with path.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            # The reader of a pipe went away, as `head` does: not a fault.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
