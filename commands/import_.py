"""``import``: another source's file into records; each row accepted or rejected, none lost."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import pandas as pd
import typer

from commands.progress import progress_bar
from geo.counts import number, plural
from geo.errors import ImportFileError
from geo.files import whole_file
from geo.filters import Filters
from geo.formulas import defuse_texts
from geo.imports.choices import read_choices, write_unplaced
from geo.imports.job import Job, Running, run_job
from geo.imports.mapping import read_mapping, write_mapping
from geo.imports.merge import merge_imports
from geo.seeds import load_seeds
from geo.select import select_all
from layers.exports import write_snapshot
from layers.snapshot import DATA_FORMATS, Request, take_snapshot

if TYPE_CHECKING:
    from geo.imports.result import Import

OutOption = Annotated[Path, typer.Option(help="File of records to write: .csv, .parquet, ….")]
_MOST_TOLD: Final = 5


def import_(
    file: Annotated[
        Path, typer.Argument(help="CSV, XLSX, GeoJSON, GeoPackage or Parquet; also zipped.")
    ],
    out: OutOption,
    preset: Annotated[
        str, typer.Option(help="auto, ucdp-ged, acled, gtd, khyber-atlas or generic.")
    ] = "auto",
    mapping: Annotated[
        Path | None, typer.Option(help="Which columns give which fields: a saved mapping.")
    ] = None,
    save_mapping: Annotated[
        Path | None, typer.Option(help="Save the mapping used, to correct it or use it again.")
    ] = None,
    places: Annotated[
        Path | None, typer.Option(help="CSV of places chosen, as --unplaced writes it.")
    ] = None,
    unplaced: Annotated[
        Path | None, typer.Option(help="CSV of names that need a choice, to fill in.")
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option(help="CSV of the rejected rows, to mend and bring back.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="CSV that says what became of every row.")
    ] = None,
    pairs: Annotated[
        Path | None, typer.Option(help="CSV of pairs that are likely of the same event.")
    ] = None,
) -> None:
    """Make records of another source's file; every row is accepted or rejected, with a reason."""
    name = _format_of(out)
    job = Job(
        path=file,
        name=file.name,
        preset=preset,
        mapping=read_mapping(mapping) if mapping else None,
        choices=read_choices(places) if places else {},
    )
    with progress_bar(f"Importing {file.name}") as show:
        running = run_job(job, lambda done, _: show(done))
    found = running.result()
    _write_beside(found, running, rejects=rejects, unplaced=unplaced)
    for path, table in ((report, found.report), (pairs, found.pairs)):
        if path is not None:
            _write_table(path, table)
    if save_mapping is not None:
        write_mapping(save_mapping, found.mapping)
    _tell(found)
    if found.joined.empty:
        msg = f"No row of {file.name} became a record; --report FILE says why, row by row."
        raise ImportFileError(msg)
    _write_records(out, name, found)


def _format_of(out: Path) -> str:
    suffix = out.suffix.lower().removeprefix(".")
    if suffix not in DATA_FORMATS:
        msg = f"{out.name}: give a file that ends in one of .{', .'.join(DATA_FORMATS)}."
        raise ImportFileError(msg)
    return suffix


def _write_records(out: Path, name: str, found: Import) -> None:
    seeds = load_seeds()
    nothing = replace(seeds, items=seeds.items.iloc[:0], sources=seeds.sources.iloc[:0])
    own, joined = merge_imports(nothing, found.joined.iloc[:0], [found])
    snapshot = take_snapshot(
        Request(format=name, title=found.title),
        seeds=own,
        filters=Filters(),
        selection=select_all(joined),
        checksums=found.checksums,
    )
    with progress_bar(f"Writing {out.name}") as show:
        write_snapshot(out, [snapshot], show)


def _write_beside(
    found: Import, running: Running, *, rejects: Path | None, unplaced: Path | None
) -> None:
    if rejects is not None:
        with whole_file(rejects) as temporary:
            if found.rejects is not None:
                shutil.copyfile(running.folder / found.rejects.name, temporary)
    if unplaced is not None:
        write_unplaced(unplaced, found.unplaced)


def _write_table(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV that no spreadsheet runs."""
    texts = table.astype(dict.fromkeys(table.select_dtypes(["str", "object"]).columns, "str"))
    named = texts.select_dtypes(["str"]).columns
    with whole_file(path) as temporary:
        texts.assign(**{name: defuse_texts(texts[name]) for name in named}).to_csv(
            temporary, index=False, lineterminator="\r\n"
        )


def _tell(found: Import) -> None:
    """Say on standard error what became of the rows."""
    counts = found.counts
    typer.echo(
        f"{plural(counts.read, 'row')} read as {found.mapping.title}: "
        f"{number(counts.accepted)} accepted, {number(counts.noted)} accepted with a note, "
        f"{number(counts.rejected)} rejected; {plural(len(found.joined), 'record')}.",
        err=True,
    )
    for note in found.notes:
        typer.echo(f"  {note}", err=True)
    gone = found.report[found.report["fate"] == "rejected"]
    for row, column, value, reason in (
        gone[["row", "column", "value", "reason"]].head(_MOST_TOLD).itertuples(index=False)
    ):
        what = f"{column} {value[:60]!r} " if column else ""
        typer.echo(f"  row {row}: {what}{reason}", err=True)
    if len(gone) > _MOST_TOLD:
        typer.echo(f"  and {number(len(gone) - _MOST_TOLD)} more: --rejects FILE", err=True)
    if len(found.unplaced):
        typer.echo(
            f"  {plural(len(found.unplaced), 'place name')} to choose for: --unplaced FILE, "
            "fill in its column choice, and give it with --places FILE",
            err=True,
        )
    if len(found.pairs):
        told = f"  {plural(len(found.pairs), 'pair')} likely of the same event: --pairs FILE"
        typer.echo(told, err=True)
