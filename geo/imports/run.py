"""The whole import of one file: read, map, place, check, join, pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.brought import DATASET
from geo.distances import RADIUS_KM
from geo.imports.categories import fill_categories
from geo.imports.choose import choose_mappings
from geo.imports.items import make_items
from geo.imports.limits import LIMITS, Limits
from geo.imports.own_items import attach_items
from geo.imports.pairs import Found, find_pairs
from geo.imports.result import Import, checksum_of, key_of, title_of
from geo.imports.source import open_tables
from geo.imports.tables import TableReader
from geo.joins import join_records
from geo.records import RECORD_COLUMNS, make_records

if TYPE_CHECKING:
    from geo.imports.mapping import Mapping as ColumnMapping
    from geo.seeds import Seeds

Progress = Callable[[float, str], None]

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
    encoding = plan.mapping.encoding if plan.mapping else ""
    tables = attach_items(
        open_tables(
            *(plan.path, plan.folder), file=plan.name, limits=plan.limits, encoding=encoding
        )
    )
    chosen, notes = choose_mappings(tables, plan.preset, plan.mapping)
    checksum = checksum_of(plan.path)
    key = key_of(plan.name, checksum)
    reader = TableReader(plan, seeds, key, chosen)
    for number, (table, mapping) in enumerate(chosen):
        for done, rows in reader.read(table, mapping):
            told = f"{rows:,} rows read".replace(",", "\u202f")
            progress(READ_SHARE * (number + done) / len(chosen), told)
    progress(READ_SHARE, "Joining")
    items = make_items(reader.items, reader.classes)
    sources = reader.sources()
    joined = _joined(reader.take_records(), items, seeds).assign(**{DATASET: key})
    progress(0.9, "Looking for the same events")
    pairs, complete = _pairs(joined, sources, seeds, plan)
    if not complete:
        notes.append("so many records lie near each other that not all were compared")
    report = _noted_pairs(reader.report(), pairs)
    progress(1.0, "Done")
    return Import(
        key=key,
        title=title_of(plan.name),
        mappings=reader.mappings,
        joined=joined,
        items=items,
        report=report,
        pairs=pairs,
        unplaced=reader.namer.unplaced(),
        notes=tuple(dict.fromkeys(notes)),
        checksums={plan.name: checksum},
        rejects=reader.rejects.path if reader.rejects.count else None,
    )


def _silent(_done: float, _what: str) -> None:
    """Tell nobody."""


def _joined(parts: list[pd.DataFrame], items: pd.DataFrame, seeds: Seeds) -> gpd.GeoDataFrame:
    empty = pd.DataFrame(columns=list(RECORD_COLUMNS), dtype="str")
    rows = pd.concat(parts, ignore_index=True) if parts else empty
    parts.clear()
    return join_records(make_records(fill_categories(rows, items)), seeds)


def _pairs(joined: gpd.GeoDataFrame, sources: Any, seeds: Seeds, plan: Plan) -> Found:
    """Find pairs with the built-in records, with other imports, and of two sources in the file."""
    built_in = seeds.records.assign(**{DATASET: ""})
    radius = built_in["precision"].map(RADIUS_KM)
    found = [find_pairs(joined, built_in.assign(radius_km=radius))]
    if plan.others is not None and len(plan.others):
        found.append(find_pairs(joined, plan.others))
    found += [
        find_pairs(joined[sources == source], joined[sources < source])
        for source in np.unique(sources)[1:]
    ]
    frames = [each.pairs for each in found]
    whole = pd.concat([each for each in frames if len(each)] or frames[:1], ignore_index=True)
    return Found(whole, all(each.complete for each in found))


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
