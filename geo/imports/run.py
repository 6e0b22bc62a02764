"""The whole import of one file: read, map, place, check, join, pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.brought import DATASET
from geo.distances import RADIUS_KM
from geo.errors import ImportFileError
from geo.imports.choose import choose_mappings, table_words
from geo.imports.countries import Countries
from geo.imports.days import is_day_first
from geo.imports.fates import REPORT_COLUMNS
from geo.imports.gazetteer import Gazetteer
from geo.imports.items import make_items
from geo.imports.limits import LIMITS, Limits
from geo.imports.named import Namer
from geo.imports.pairs import find_pairs
from geo.imports.place import decimal_of
from geo.imports.rejects import Rejects, is_mended, without_why
from geo.imports.result import Import, checksum_of, key_of, title_of
from geo.imports.rows import Context, read_rows
from geo.imports.source import open_tables
from geo.imports.values import Fields
from geo.joins import join_records
from geo.records import RECORD_COLUMNS, make_records

if TYPE_CHECKING:
    from geo.imports.mapping import Mapping as ColumnMapping
    from geo.imports.table import Chunk, Table
    from geo.seeds import Seeds

Progress = Callable[[float, str], None]

REJECTS_FILE: Final = "rejects.csv"
READ_SHARE: Final = 0.7
"""Part of the time that reading takes, for the progress."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """What to import, and how.

    Attributes
    ----------
    path, name
        The file, and what people call it.
    folder
        A folder of the import's own, for what it unpacks and writes.
    preset
        Id of a preset, ``generic``, or ``auto``: told by the columns.
    mapping
        A mapping of one's own; goes before ``preset``.
    choices
        For each :func:`geo.imports.named.place_key` the id of a candidate.
    others
        Joined records of other imports, with ``DATASET``, to pair with.
    limits
        What it may take.
    today
        The last day that a record can be of.
    """

    path: Path
    name: str
    folder: Path
    preset: str = "auto"
    mapping: ColumnMapping | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    others: gpd.GeoDataFrame | None = None
    limits: Limits = LIMITS
    today: date = field(default_factory=date.today)


def import_file(plan: Plan, seeds: Seeds, progress: Progress | None = None) -> Import:
    """Import a file.

    Parameters
    ----------
    plan
        What to import, and how.
    seeds
        The built-in data, to join to and to pair with.
    progress
        Told of the part done, 0 to 1, and what goes on.

    Returns
    -------
    Import
        Every row that was read is accepted, noted or rejected in its report.

    Raises
    ------
    ImportFileError
        If the file as a whole cannot be read, or no table of it holds records.
    """
    progress = progress or _silent
    progress(0.0, "Opening")
    tables = open_tables(plan.path, plan.folder, file=plan.name, limits=plan.limits)
    chosen = choose_mappings(tables, plan.preset, plan.mapping)
    checksum = checksum_of(plan.path)
    key = key_of(plan.name, checksum)
    reader = _Reader(plan, seeds, key, [table for table, _ in chosen])
    for number, (table, mapping) in enumerate(chosen):
        reader.read(table, mapping, number, len(chosen), progress)
    progress(READ_SHARE, "Joining")
    # What is no longer needed goes, before the join takes its own room.
    reader.context.seen.clear()
    joined = _joined(reader.records, seeds).assign(**{DATASET: key})
    progress(0.9, "Looking for the same events")
    pairs = _pairs(joined, seeds, plan)
    report = _noted_pairs(pd.concat(reader.reports, ignore_index=True), pairs)
    notes = [note for table, _ in chosen for note in table.notes]
    skipped = [each for each in tables if all(each is not table for table, _ in chosen)]
    notes += [f"{table_words(each)} holds no records and was not read" for each in skipped]
    progress(1.0, "Done")
    return Import(
        key=key,
        title=title_of(plan.name),
        mapping=chosen[0][1],
        joined=joined,
        items=make_items(reader.items, reader.classes),
        report=report,
        pairs=pairs,
        unplaced=reader.namer.unplaced(),
        notes=tuple(dict.fromkeys(notes)),
        checksums={plan.name: checksum},
        rejects=reader.rejects.path if reader.rejects.count else None,
    )


@lru_cache(maxsize=1)
def _gazetteer(seeds: Seeds) -> Gazetteer:
    """Make the gazetteer once for several imports: it takes a second."""
    return Gazetteer(seeds)


def _silent(_done: float, _what: str) -> None:
    """Tell nobody."""


class _Reader:
    """Reads tables into records, and keeps what became of every row."""

    def __init__(self, plan: Plan, seeds: Seeds, key: str, tables: list[Table]) -> None:
        self.plan = plan
        self.namer = Namer(_gazetteer(seeds), plan.choices)
        self.classes = dict(zip(seeds.items["item"], seeds.items["class"], strict=True))
        self.context = Context(
            key=key,
            source=title_of(plan.name),
            countries=Countries(seeds),
            namer=self.namer,
            classes=self.classes,
            today=plan.today,
        )
        columns = dict.fromkeys(column for table in tables for column in table.columns)
        self.rejects = Rejects(plan.folder / REJECTS_FILE, [*columns])
        self.records: list[pd.DataFrame] = []
        self.items: list[dict[str, object]] = []
        self.reports: list[pd.DataFrame] = [pd.DataFrame(columns=list(REPORT_COLUMNS))]
        self.count = 0

    def read(
        self, table: Table, mapping: ColumnMapping, number: int, count: int, progress: Progress
    ) -> None:
        """Read one table."""
        mended = is_mended(table.columns)
        first = True
        for chunk in table.read():
            part = replace(chunk, rows=without_why(chunk.rows)) if mended else chunk
            if first:
                self._learn(part, mapping)
                first = False
            self.count += len(part.rows) + len(part.bad)
            if self.count > self.plan.limits.rows:
                msg = f"{table.file} has more than {self.plan.limits.rows} rows; give it in parts."
                raise ImportFileError(msg)
            self._take(part, mapping, table)
            done = READ_SHARE * (number + chunk.done) / count
            progress(done, f"{self.count:,} rows read".replace(",", "\u202f"))

    def _learn(self, chunk: Chunk, mapping: ColumnMapping) -> None:
        """Tell from a table's beginning how its numbers and dates are written."""
        fields = Fields(chunk.rows, mapping)
        self.context.decimal = decimal_of(fields, mapping)
        self.context.day_first = mapping.day_first
        if mapping.day_first is None:
            self.context.day_first = is_day_first(fields.get("date").unique().tolist())

    def _take(self, chunk: Chunk, mapping: ColumnMapping, table: Table) -> None:
        where = table.name or (table.file.partition("/")[2])
        if len(chunk.rows):
            read = read_rows(chunk, mapping, self.context, where)
            report = read.fates.report(table.file, table.name, read.ids)
            self.records.append(read.records.astype("str"))
            self.items += read.items.to_dict("records")  # type: ignore[arg-type]
            self.reports.append(report)
            gone = read.fates.rejected
            self.rejects.add(chunk.rows[gone], report[gone])
        if chunk.bad:
            start = (table.file, table.name)
            told = [
                (*start, bad.row, "rejected", "", bad.column, bad.value, bad.reason)
                for bad in chunk.bad
            ]
            report = pd.DataFrame(told, columns=list(REPORT_COLUMNS))
            self.reports.append(report)
            self.rejects.add_bad(chunk.bad, report)


def _joined(parts: list[pd.DataFrame], seeds: Seeds) -> gpd.GeoDataFrame:
    empty = pd.DataFrame(columns=list(RECORD_COLUMNS), dtype="str")
    rows = pd.concat(parts, ignore_index=True) if parts else empty
    parts.clear()
    return join_records(make_records(rows), seeds)


def _pairs(joined: gpd.GeoDataFrame, seeds: Seeds, plan: Plan) -> pd.DataFrame:
    built_in = seeds.records.assign(**{DATASET: ""})
    radius = built_in["precision"].map(RADIUS_KM)
    found = [find_pairs(joined, built_in.assign(radius_km=radius))]
    if plan.others is not None and len(plan.others):
        found.append(find_pairs(joined, plan.others))
    return pd.concat([each for each in found if len(each)] or found[:1], ignore_index=True)


def _noted_pairs(report: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Note in the report which rows are likely of an event that is there already."""
    first = pairs.drop_duplicates("id").set_index("id")["other_id"]
    other = report["record_id"].map(first)
    known = other.notna().to_numpy()
    said = "likely the same event as " + other[known].astype("str")
    before = report.loc[known, "reason"]
    reason = report["reason"].astype(object)
    reason[known] = np.where(before == "", said, before + "; " + said)
    fate = report["fate"].where(~known, "noted")
    return report.assign(fate=fate.astype("str"), reason=reason.astype("str"))
