"""From options to records: read, join, resolve, filter."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

import geopandas as gpd
import typer

from geo.errors import FilterError, RecordError
from geo.filters import Filters, from_query
from geo.joins import join_records
from geo.recordset import RecordSet
from geo.seeds import Seeds, load_seeds
from geo.select import Selection, filter_records
from geo.snapshots.manifest import data_checksums
from geo.tables import read_records
from geo.vocabulary import make_vocabulary, resolve_filters

DataOption = Annotated[
    Path | None, typer.Option(help="CSV file of records other than the built-in ones.")
]


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


def read_source(data: Path | None) -> Source:
    """Read the built-in data, and join its records or those of a file.

    Parameters
    ----------
    data
        CSV file of records to use instead of the built-in ones.

    Raises
    ------
    RecordError, SeedError
        If a file cannot be read.
    """
    seeds = load_seeds()
    checksums = data_checksums(seeds.package, seeds.checksum)
    rows = seeds.records
    if data is not None:
        rows = read_records(data, seeds.package)
        checksums[data.name] = _checksum(data)
    return Source(seeds=seeds, joined=join_records(rows, seeds), checksums=checksums)


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
