"""From options to records: read, join, resolve, filter."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final

import geopandas as gpd
import pandas as pd
import typer

from commands.terminal import plain, say
from geo.brought import DATASET, ID_MARK
from geo.counts import plural
from geo.errors import FilterError, ImportFileError, RecordError
from geo.filters import Filters, from_query
from geo.imports.job import Job, run_job
from geo.imports.merge import merge_imports
from geo.joins import JOINED_COLUMNS, join_records
from geo.recordset import RecordSet
from geo.seeds import Seeds, load_seeds
from geo.select import Selection, filter_records
from geo.snapshots.manifest import data_checksums
from geo.vocabulary import make_vocabulary, resolve_filters

DataOption = Annotated[
    Path | None, typer.Option(help="File of records to use instead of the built-in ones.")
]
AlsoOption = Annotated[
    list[Path] | None,
    typer.Option(help="Another source's file, to import beside the others. Repeatable."),
]
OWN_LAYOUT: Final = "khyber-atlas"
_MOST_TOLD: Final = 5


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """The data that a command works on: joined records, and the checksums of its files."""

    seeds: Seeds
    joined: gpd.GeoDataFrame
    checksums: dict[str, str]

    @cached_property
    def records(self) -> RecordSet:
        """The joined records, ready to be asked."""
        return RecordSet(self.joined, self.seeds.items, self.seeds)

    def resolve(self, query: Mapping[str, Sequence[str]]) -> Filters:
        """Read filters, refusing what the data does not know.

        Raises
        ------
        FilterError
            Naming all that is wrong.
        """
        raw, misshapen = from_query(query)
        vocabulary = make_vocabulary(self.joined, self.seeds.items, self.seeds)
        filters, unknown = resolve_filters(raw, vocabulary)
        if complaints := [*misshapen, *unknown]:
            raise FilterError(" ".join(complaints))
        return filters

    def select(self, filters: Filters) -> Selection:
        """Keep the records that match."""
        return filter_records(self.records, filters)


def read_source(data: Path | None, also: Sequence[Path] | None = None) -> Source:
    """Read the built-in data, and join its records or those of a file.

    Parameters
    ----------
    data
        A file of the atlas's own layout, of records to use instead of the
        built-in ones.
    also
        Files of any source, to import beside them.

    Raises
    ------
    RecordError, SeedError, ImportFileError
        If a file cannot be read.
    """
    seeds = load_seeds()
    checksums = data_checksums(seeds.package, seeds.checksum)
    rows = seeds.records
    if data is not None:
        rows, seeds = _read_instead(data, seeds)
        checksums[data.name] = _checksum(data)
    joined = join_records(rows, seeds)
    if not also:
        return Source(seeds=seeds, joined=joined, checksums=checksums)
    names = [path.name for path in also]
    if twice := next((name for name in names if names.count(name) > 1), None):
        msg = f"Two files are called {twice}; rename one, so that they can be told apart."
        raise ImportFileError(msg)
    imports = [run_job(Job(path=path, name=plain(path.name))).result() for path in also]
    for found in imports:
        checksums |= found.checksums
        if gone := found.counts.rejected:
            say(f"{found.title}: {plural(gone, 'row')} rejected; see `import`.")
    seeds, joined = merge_imports(seeds, joined, imports)
    return Source(seeds=seeds, joined=joined, checksums=checksums)


def _read_instead(path: Path, seeds: Seeds) -> tuple[gpd.GeoDataFrame, Seeds]:
    """Read a file of the atlas's own layout, with what its records list."""
    found = run_job(Job(path=path, name=plain(path.name), preset=OWN_LAYOUT)).result()
    gone = found.report[found.report["fate"] == "rejected"]
    if len(gone):
        told = "; ".join(
            f"row {row}: {column} {value[:60]!r} {reason}"
            for row, column, value, reason in gone[["row", "column", "value", "reason"]]
            .head(_MOST_TOLD)
            .itertuples(index=False)
        )
        more = f"; and {len(gone) - _MOST_TOLD} more" if len(gone) > _MOST_TOLD else ""
        msg = f"{path.name}: {plural(len(gone), 'fault')}. {told}{more}. Mend them and try again."
        raise RecordError(msg)
    if noted := found.counts.noted:
        say(f"{path.name}: {plural(noted, 'row')} with a note; see `import --report`.")
    start = f"{found.key}{ID_MARK}"
    own, joined = merge_imports(
        replace(seeds, items=seeds.items.iloc[:0], sources=seeds.sources.iloc[:0]),
        found.joined.iloc[:0],
        [found],
    )
    rows = joined.assign(id=joined["id"].str.removeprefix(start))
    kept = rows.drop(columns=[*JOINED_COLUMNS, DATASET])
    items = own.items.assign(record_id=own.items["record_id"].str.removeprefix(start))
    sources = own.sources.assign(record_id=own.sources["record_id"].str.removeprefix(start))
    return kept, replace(
        seeds, items=_with_known(items, seeds.items), sources=_with_known(seeds.sources, sources)
    )


def _with_known(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Add what a second table has of records that the first says nothing of."""
    more = second[~second["record_id"].isin(first["record_id"])]
    return pd.concat([first, more], ignore_index=True)


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        msg = f"{path.name} cannot be read ({error.strerror})."
        raise RecordError(msg) from error


def tell_count(selection: Selection) -> None:
    """Say on standard error how many records there are, in letters of any terminal."""
    told = f"{len(selection.records)} of {selection.total} records"
    if len(selection.undecided):
        told += f"; {len(selection.undecided)} more are too coarsely dated or located to tell"
    typer.echo(told, err=True)
