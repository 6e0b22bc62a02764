"""An import: records from elsewhere, with all that became of the rows that were read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.imports.fates import Counts, count_fates

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.imports.mapping import Mapping

PAIR_COLUMNS: Final = (
    *("id", "other_id", "other_dataset", "days", "km", "same_group", "killed_apart", "strength"),
)
NAMES: Final = ("place", "district", "province", "country")
UNPLACED_COLUMNS: Final = (*NAMES, "rows", "status", "candidates", "candidate_words")

LONGEST_TITLE: Final = 60
KEY_LETTERS: Final = 8
_WORDS: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Import:
    """What one file gave.

    Attributes
    ----------
    key
        Start of the ids of its records, by the file's name and content.
    title
        The file's name, for people.
    mappings
        How its tables became records, each once; ``publisher``, ``url`` and
        ``licence`` are the source's.
    joined
        Records as :func:`geo.joins.join_records` gives them, and :data:`geo.brought.DATASET`.
    items
        As those of :class:`geo.seeds.Seeds`.
    report
        One row an input row (:data:`geo.imports.fates.REPORT_COLUMNS`).
    pairs
        Likely the same event elsewhere (:data:`PAIR_COLUMNS`).
    unplaced
        Names that need a choice (:data:`UNPLACED_COLUMNS`).
    notes
        What was found out about the file.
    checksums
        SHA-256 of the file, by its name.
    rejects
        CSV file of the rejected rows; ``None``: there are none.
    """

    key: str
    title: str
    mappings: tuple[Mapping, ...]
    joined: gpd.GeoDataFrame
    items: pd.DataFrame
    report: pd.DataFrame
    pairs: pd.DataFrame
    unplaced: pd.DataFrame
    notes: tuple[str, ...]
    checksums: dict[str, str]
    rejects: Path | None = None

    @property
    def mapping(self) -> Mapping:
        """How the first of its tables became records."""
        return self.mappings[0]

    @property
    def layouts(self) -> str:
        """Titles of the mappings, for people."""
        return ", ".join(dict.fromkeys(each.title for each in self.mappings))

    @property
    def counts(self) -> Counts:
        """How many rows were read, and what became of them."""
        return count_fates(self.report)


def checksum_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def key_of(name: str, checksum: str) -> str:
    """Make the key of an import, the same for the same file: ``gedevent-v25-1-3fa9c1d2``."""
    stem = _WORDS.sub("-", Path(name).stem.casefold()).strip("-")[:20].strip("-")
    return f"{stem or 'import'}-{checksum[:KEY_LETTERS]}"


def title_of(name: str) -> str:
    """Cut a file's name to what fits a line, without what no name should hold."""
    plain = " ".join("".join(each if each.isprintable() else " " for each in name).split())
    return plain if len(plain) <= LONGEST_TITLE else f"{plain[:LONGEST_TITLE]}…"
