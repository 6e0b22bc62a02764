"""The check of the built-in data: what is tested, and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from geo.check_geometry import border_lines, crossing_lines, tiling_lines, wakhan_lines
from geo.check_records import item_faults, place_faults, source_faults
from geo.joins import join_records
from geo.seeds import SEEDS, Seeds, load_seeds
from geo.tables import package_faults

REMEASURE: Final = 'If a change is meant, measure the files anew: make seeds ONLY="records package"'


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing checked: its name, whether it holds, and the lines that show it."""

    name: str
    holds: bool
    lines: tuple[str, ...]


def check_seeds(folder: Path = SEEDS) -> list[Finding]:
    """Check the built-in data: files, tables, geometry, records, joins.

    Parameters
    ----------
    folder
        The Data Package's folder.

    Returns
    -------
    list of Finding
        In the order of the checks. If the files themselves are at fault, only
        that: the other checks would stumble over the same rows.

    Raises
    ------
    SeedError
        If a file is missing or cannot be read at all.
    """
    package = _faultless("data package", package_faults(folder), "checksums and schemas")
    if not package.holds:
        return [replace(package, lines=(*package.lines, REMEASURE))]
    seeds = load_seeds(folder)
    return [
        package,
        _told("borders", border_lines(seeds)),
        _told("tiling", tiling_lines(seeds)),
        _told("Wakhan Corridor", wakhan_lines(seeds)),
        _told("crossings", crossing_lines(seeds)),
        _faultless("places", place_faults(seeds), f"{len(seeds.records)} records"),
        _faultless("items", item_faults(seeds), f"{len(seeds.items)} items"),
        _faultless("sources", source_faults(seeds), f"{len(seeds.sources)} sources"),
        _faultless("joins", _join_faults(seeds), "every record once, in order"),
    ]


def _faultless(name: str, faults: Iterable[str], summary: str) -> Finding:
    found = tuple(faults)
    return Finding(name=name, holds=not found, lines=found or (summary,))


def _told(name: str, lines: Iterable[tuple[bool, str]]) -> Finding:
    told = tuple(lines)
    return Finding(
        name=name,
        holds=all(holds for holds, _ in told),
        lines=tuple(line if holds else f"{line}  ← out of bounds" for holds, line in told),
    )


def _join_faults(seeds: Seeds) -> Iterable[str]:
    joined = join_records(seeds.records, seeds)
    if joined["id"].tolist() != seeds.records["id"].tolist():
        yield "the join lost, doubled or reordered records"
    unplaced = joined[joined["adm1_today"].eq("") & joined["country"].ne("CHN")]
    for record in unplaced["id"]:
        yield f"{record}: in no province of its country within the radius of its location"
