"""Verifying a snapshot: whether the file is as written, and the data still says so."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.distances import PRECISIONS
from geo.errors import AtlasError, DateError, ManifestError
from geo.filters import from_query
from geo.formats import read_data, read_manifest_text
from geo.recordset import RecordSet
from geo.select import filter_records
from geo.snapshots.carriers import get_manifest
from geo.snapshots.fingerprints import (
    Changes,
    compare_fingerprints,
    decode_fingerprints,
    digest_of,
    take_fingerprints,
)
from geo.snapshots.manifest import parse_manifests
from geo.snapshots.seal import is_intact

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from geo.seeds import Seeds
    from geo.snapshots.manifest import Manifest

_STARTS: Final = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"%PDF", "pdf"),
    (b"SQLite format 3\0", "gpkg"),
    (b"PAR1", "parquet"),
)
_TEXT_STARTS: Final = (("<!doctype html", "html"), ("<kml", "kml"), ("<svg", "svg"))
_LOOKED_AT_BYTES: Final = 2000


class Outcome(StrEnum):
    """What became of a snapshot since it was made."""

    SAME = "same"
    """The data used and the records it gives are those of the snapshot."""

    SAME_RECORDS = "same-records"
    """The data has changed, but not the records shown."""

    CHANGED = "changed"
    """The records that the filters give are no longer those shown."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found of one snapshot of a file.

    Attributes
    ----------
    manifest
        What the file says of itself.
    outcome
        What became of its records.
    changes
        Records shown that are new, gone or different; ``None`` if the file no
        longer tells which records it showed.
    files
        Names of the files of data that have changed, come or gone.
    shown, total
        N and M by the data of now.
    """

    manifest: Manifest
    outcome: Outcome
    changes: Changes | None
    files: tuple[str, ...]
    shown: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What was found of a file: whether it is as written, and each of its snapshots."""

    intact: bool
    verdicts: tuple[Verdict, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing has changed at all."""
        return self.intact and all(each.outcome is Outcome.SAME for each in self.verdicts)


def file_format(path: Path) -> str:
    """Tell the format of a file by its content, whatever its name.

    Parameters
    ----------
    path
        Any file.

    Returns
    -------
    str
        A suffix such as ``png``; ``csv`` for text of no other format.
    """
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT_BYTES)
    for mark, suffix in _STARTS:
        if start.startswith(mark):
            return suffix
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            return "pptx" if "ppt/presentation.xml" in package.namelist() else "xlsx"
    text = start.decode("utf-8", "replace").lstrip("\ufeff \r\n\t").casefold()
    found = next((suffix for mark, suffix in _TEXT_STARTS if mark in text), "")
    return found or ("geojson" if text.startswith("{") else "csv")


def read_manifests(path: Path) -> tuple[Manifest, ...]:
    """Read the manifests in a snapshot.

    Parameters
    ----------
    path
        A file of any of the formats; its name does not matter.

    Returns
    -------
    tuple of Manifest
        One, or one a slide.

    Raises
    ------
    ManifestError
        If the file is missing, not a snapshot, or its manifest cannot be read.
    """
    try:
        text = _manifest_text(path)
        if not text:
            msg = "it holds no manifest: not a snapshot of Khyber Atlas, or one that lost it."
            raise ManifestError(msg)
        return parse_manifests(text)
    except OSError as error:
        msg = f"{path.name} cannot be read ({error.strerror or error}); give a snapshot's path."
        raise ManifestError(msg) from error
    except AtlasError as error:
        msg = f"{path.name}: {error}"
        raise ManifestError(msg) from error


def _manifest_text(path: Path) -> str | None:
    suffix = file_format(path)
    if suffix in ("csv", "geojson", "gpkg", "kml", "parquet", "xlsx"):
        return read_manifest_text(path, suffix)
    return get_manifest(path.read_bytes(), suffix)


def verify_snapshot(
    path: Path,
    seeds: Seeds,
    joined: gpd.GeoDataFrame,
    checksums: Mapping[str, str],
) -> Verification:
    """Verify a snapshot against data.

    Parameters
    ----------
    path
        A snapshot of any format.
    seeds
        The built-in data.
    joined
        Joined records that the filters choose from.
    checksums
        Checksums of the data, as a manifest made of it would list them.

    Returns
    -------
    Verification

    Raises
    ------
    ManifestError
        If the file is no snapshot, or its manifest cannot be understood.
    """
    manifests = read_manifests(path)
    verdicts = tuple(_judge(path, each, seeds, joined, checksums) for each in manifests)
    return Verification(intact=is_intact(path), verdicts=verdicts)


def _judge(
    path: Path,
    manifest: Manifest,
    seeds: Seeds,
    joined: gpd.GeoDataFrame,
    checksums: Mapping[str, str],
) -> Verdict:
    records = _selected(path, manifest, seeds, joined)
    now = take_fingerprints(records, seeds.items)
    names = sorted({*checksums, *manifest.data})
    files = tuple(name for name in names if checksums.get(name) != manifest.data.get(name))
    changes = None
    if digest_of(now) == manifest.digest:
        outcome = Outcome.SAME_RECORDS if files else Outcome.SAME
        changes = Changes(added=0, removed=0, changed=0)
    else:
        outcome = Outcome.CHANGED
        then = _shown_then(path, manifest)
        if digest_of(then) == manifest.digest:
            changes = compare_fingerprints(then, now)
    return Verdict(
        manifest=manifest,
        outcome=outcome,
        changes=changes,
        files=files,
        shown=len(records),
        total=len(joined),
    )


def _selected(
    path: Path, manifest: Manifest, seeds: Seeds, joined: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    # Filters of a manifest are resolved already; a value that no record has any more is
    # one of several alternatives, or keeps nothing.
    filters, misshapen = from_query(manifest.filters)
    known = filters.near is None or filters.near in set(seeds.crossings["name"])
    if misshapen or not known or filters.precision not in (None, *PRECISIONS):
        return joined.iloc[:0]
    try:
        return filter_records(RecordSet(joined, seeds.items, seeds), filters).records
    except DateError as error:
        msg = f"{path.name}: its filters cannot be used ({error})"
        raise ManifestError(msg) from error


def _shown_then(path: Path, manifest: Manifest) -> dict[bytes, bytes]:
    try:
        if manifest.prints:
            return decode_fingerprints(manifest.prints)
        dataset = read_data(path, file_format(path))
        return take_fingerprints(dataset.records, dataset.items)
    except (AtlasError, ValueError, KeyError, OSError):
        return {}
