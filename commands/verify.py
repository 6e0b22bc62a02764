"""``verify``: whether a snapshot is as written, and the data still says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from commands.choosing import AlsoOption, DataOption, read_source
from geo.dates import show_date
from geo.snapshots.verify import Outcome, verify_snapshot

if TYPE_CHECKING:
    from geo.snapshots.verify import Verdict

NOT_AS_IT_WAS: Final = 1
"""Exit code where a file was altered or its data has changed."""


def verify(
    file: Annotated[Path, typer.Argument(help="A snapshot of any format.")],
    data: DataOption = None,
    also: AlsoOption = None,
) -> None:
    """Say whether a snapshot is as written, and its data and filters still give it."""
    source = read_source(data, also)
    found = verify_snapshot(file, source.seeds, source.joined, source.checksums)
    for verdict in found.verdicts:
        for line in _lines(verdict):
            typer.echo(line)
    if found.intact:
        typer.echo("File:    as it was written.")
    else:
        typer.echo("File:    altered since it was written: its seal is broken.")
    typer.echo(_conclusion(found.intact, found.verdicts))
    if not found.holds:
        raise typer.Exit(NOT_AS_IT_WAS)


def _lines(verdict: Verdict) -> list[str]:
    manifest = verdict.manifest
    made = f"{show_date(manifest.made[:10])} by version {manifest.version}"
    lines = [
        f"Title:   {manifest.title}",
        f"Made:    {made}, as {manifest.format}",
        f"Shows:   {manifest.shown} of {manifest.total} records",
    ]
    if verdict.files:
        lines.append(f"Data:    changed since: {', '.join(verdict.files)}")
    else:
        lines.append("Data:    the same")
    if verdict.outcome is not Outcome.CHANGED:
        return [*lines, "Records: the same"]
    changes = verdict.changes
    if changes is None:
        told = "which were shown then can no longer be told"
    else:
        told = f"{changes.added} added, {changes.removed} removed, {changes.changed} changed"
    return [*lines, f"Records: {told}; now {verdict.shown} of {verdict.total}"]


def _conclusion(intact: bool, verdicts: tuple[Verdict, ...]) -> str:
    outcomes = {verdict.outcome for verdict in verdicts}
    if outcomes == {Outcome.SAME}:
        data = "Same data, same result"
    elif Outcome.CHANGED not in outcomes:
        data = "The data has changed since, but not the records shown"
    elif not any(verdict.files for verdict in verdicts):
        data = "Same data, but this version of the program gives other records"
    else:
        data = "The data has changed since, and with it the records shown"
    return f"{data}{'.' if intact else '; the file was altered.'}"
