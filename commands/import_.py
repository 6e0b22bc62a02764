"""``import``: other sources' files into records; each row accepted or rejected, none lost."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import pandas as pd
import typer

from commands.import_words import tell
from commands.progress import progress_bar
from commands.terminal import plain
from geo.errors import ImportFileError
from geo.files import whole_file
from geo.filters import Filters
from geo.formulas import defuse_texts
from geo.imports.choices import read_choices, write_unplaced
from geo.imports.job import Job, Running, run_job
from geo.imports.limits import LIMITS
from geo.imports.mapping import read_mapping, write_mapping
from geo.imports.merge import merge_imports
from geo.imports.rejects import join_rejects
from geo.seeds import load_seeds
from geo.select import select_all
from layers.exports import write_snapshot
from layers.snapshot import DATA_FORMATS, Request, take_snapshot

if TYPE_CHECKING:
    from geo.imports.result import Import

OutOption = Annotated[Path, typer.Option(help="File of records to write: .csv, .parquet, ….")]
MARKED: Final = "utf-8-sig"
"""A spreadsheet takes a CSV file without a mark for one in its own encoding."""


def import_(
    files: Annotated[
        list[Path], typer.Argument(help="CSV, XLSX, GeoJSON, GeoPackage or Parquet; also zipped.")
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
    """Make records of other sources' files; every row is accepted or rejected, with a reason."""
    name = _format_of(out)
    asked = [path for path in (mapping, places) if path is not None]
    _check_files(files, asked, [out, save_mapping, unplaced, rejects, report, pairs])
    job = Job(
        path=files[0],
        name="",
        preset=preset,
        mapping=read_mapping(mapping) if mapping else None,
        choices=read_choices(places) if places else {},
    )
    done = _import_all([_job_of(job, file) for file in files], save_mapping)
    imports = [found for found, _ in done]
    if rejects is not None:
        _write_rejects(rejects, done)
    if unplaced is not None:
        write_unplaced(unplaced, pd.concat([each.unplaced for each in imports]))
    if report is not None:
        _write_table(report, pd.concat([each.report for each in imports]))
    if pairs is not None:
        _write_table(pairs, pd.concat([each.pairs for each in imports]))
    if save_mapping is not None:
        write_mapping(save_mapping, imports[0].mapping)
    tell(imports)
    if all(each.joined.empty for each in imports):
        named = ", ".join(file.name for file in files)
        msg = f"No row of {named} became a record; --report FILE says why, row by row."
        raise ImportFileError(msg)
    _write_records(out, name, imports)


def _format_of(out: Path) -> str:
    suffix = out.suffix.lower().removeprefix(".")
    if suffix not in DATA_FORMATS:
        msg = f"{out.name}: give a file that ends in one of .{', .'.join(DATA_FORMATS)}."
        raise ImportFileError(msg)
    return suffix


def _check_files(
    files: Sequence[Path], asked: Sequence[Path], written: Sequence[Path | None]
) -> None:
    """Refuse too many files, one given twice, and one to be written over."""
    if len(files) > LIMITS.files:
        msg = f"{len(files)} files; give at most {LIMITS.files} at a time."
        raise ImportFileError(msg)
    read = [file.resolve() for file in files]
    if twice := next((file for file in read if read.count(file) > 1), None):
        msg = f"{twice.name} is given twice; give it once."
        raise ImportFileError(msg)
    for path in written:
        if path is not None and (path.is_dir() or not path.parent.is_dir()):
            msg = f"{path} cannot be written (no such folder); name a file in one that is there."
            raise ImportFileError(msg)
    given = [path.resolve() for path in written if path is not None]
    read += [path.resolve() for path in asked]
    if over := next((path for path in given if path in read or given.count(path) > 1), None):
        msg = f"{over.name} would be written over; write to a file of another name."
        raise ImportFileError(msg)


def _job_of(job: Job, file: Path) -> Job:
    """Give the same job for a file, under a name that is safe to say."""
    return replace(job, path=file, name=plain(file.name))


def _import_all(jobs: Sequence[Job], save_mapping: Path | None) -> list[tuple[Import, Running]]:
    """Import one file after the other; of one that does not do, save what is proposed for it."""
    done: list[tuple[Import, Running]] = []
    for job in jobs:
        running = _run(job, [found for found, _ in done])
        try:
            done.append((running.result(), running))
        except ImportFileError:
            if save_mapping is not None:
                _save_proposal(replace(job, peek=True), save_mapping)
            raise
    return done


def _write_rejects(path: Path, done: Sequence[tuple[Import, Running]]) -> None:
    kept = [each.folder / found.rejects.name for found, each in done if found.rejects]
    with whole_file(path) as temporary:
        join_rejects(kept, temporary)


def _run(job: Job, others: Sequence[Import]) -> Running:
    """Import a file, to be paired with those imported before it."""
    label = f"Importing {job.name}"
    with tempfile.TemporaryDirectory() as folder, progress_bar(label) as show:
        if others:
            path = Path(folder) / "others.parquet"
            pd.concat([each.joined for each in others], ignore_index=True).to_parquet(path)
            job = replace(job, others=path)
        return run_job(job, lambda part, _: show(part))


def _save_proposal(job: Job, path: Path) -> None:
    """Save what the headings propose, for people to correct."""
    write_mapping(path, run_job(job).peeked()[0].mapping)


def _write_records(out: Path, name: str, imports: Sequence[Import]) -> None:
    seeds = load_seeds()
    nothing = replace(seeds, items=seeds.items.iloc[:0], sources=seeds.sources.iloc[:0])
    own, joined = merge_imports(nothing, imports[0].joined.iloc[:0], imports)
    snapshot = take_snapshot(
        Request(format=name, title=", ".join(each.title for each in imports)),
        seeds=own,
        filters=Filters(),
        selection=select_all(joined),
        checksums={key: value for each in imports for key, value in each.checksums.items()},
    )
    with progress_bar(f"Writing {out.name}") as show:
        write_snapshot(out, [snapshot], show)


def _write_table(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV that no spreadsheet runs."""
    texts = table.astype(dict.fromkeys(table.select_dtypes(["str", "object"]).columns, "str"))
    named = texts.select_dtypes(["str"]).columns
    with whole_file(path) as temporary:
        texts.assign(**{name: defuse_texts(texts[name]) for name in named}).to_csv(
            temporary, index=False, lineterminator="\r\n", encoding=MARKED
        )
