"""``deck``: several snapshots as the slides of one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.choosing import AlsoOption, DataOption, Source, read_source
from commands.progress import progress_bar
from geo.errors import ExportError
from geo.snapshots.verify import read_manifests
from layers.exports import format_of, write_snapshot
from layers.registry import known_layers
from layers.snapshot import Snapshot, request_of, take_snapshot


def deck(
    files: Annotated[list[Path], typer.Argument(help="Snapshots of any format, in their order.")],
    out: Annotated[Path, typer.Option(help="File to write: .pptx.")],
    data: DataOption = None,
    also: AlsoOption = None,
) -> None:
    """Put several snapshots on slides: each drawn anew, as its manifest says, from today's data."""
    if format_of(out) != "pptx":
        msg = f"{out.name}: slides are a .pptx file; end the name so."
        raise ExportError(msg)
    source = read_source(data, also)
    taken = [each for path in files for each in _taken(path, source)]
    with progress_bar(f"Writing {len(taken)} slides") as report:
        write_snapshot(out, taken, report)


def _taken(path: Path, source: Source) -> list[Snapshot]:
    snapshots = []
    for manifest in read_manifests(path):
        known = {layer.id for layer in known_layers(source.seeds)}
        if lost := [each for each in manifest.layers if each not in known]:
            msg = (
                f"{path.name}: {lost[0]!r} is a layer of a file that was brought; add it by --also."
            )
            raise ExportError(msg)
        filters = source.resolve(manifest.filters)
        snapshots.append(
            take_snapshot(
                request_of(manifest, "pptx"),
                seeds=source.seeds,
                filters=filters,
                selection=source.select(filters),
                checksums=source.checksums,
            )
        )
    return snapshots
