"""Snapshots as files: drawn, with their manifest in them, sealed, and written whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from geo.brought import DATASET
from geo.counts import count_phrase, undecided_phrase
from geo.errors import ExportError
from geo.fields import describe_fields
from geo.files import whole_file
from geo.formats import About, Dataset, make_dataset, write_data
from geo.notes import CAVEAT, JOINS_LICENCE, LICENCE
from geo.snapshots.carriers import put_manifest
from geo.snapshots.manifest import manifest_text
from geo.snapshots.seal import seal_file
from layers.snapshot import DATA_FORMATS, FORMATS, SHEET_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from geo.seeds import Seeds
    from layers.sheet.output import Format as SheetFormat
    from layers.snapshot import Snapshot

    Progress = Callable[[float], None]


def format_of(out: Path) -> str:
    """Tell the format of a snapshot by its file's suffix.

    Raises
    ------
    ExportError
        If it is none of :data:`layers.snapshot.FORMATS`.
    """
    suffix = out.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        msg = f"{out.name}: not a format of snapshots; end the name in .{', .'.join(FORMATS)}."
        raise ExportError(msg)
    return suffix


def write_snapshot(
    out: Path, snapshots: Sequence[Snapshot], progress: Progress | None = None
) -> None:
    """Write snapshots as one file, whole or not at all.

    Parameters
    ----------
    out
        Where to. The format is that of the snapshots, whatever the suffix.
    snapshots
        One, or for slides one a slide.
    progress
        Called now and then with the part done, 0 to 1.

    Raises
    ------
    ExportError
        If there are several snapshots for a format that holds one, or the file
        cannot be written.
    """
    suffix = snapshots[0].manifest.format
    if len(snapshots) != 1 and suffix != "pptx":
        msg = f"{out.name}: {len(snapshots)} snapshots; only .pptx holds several."
        raise ExportError(msg)
    report = progress or (lambda _: None)
    report(0.0)
    try:
        with whole_file(out) as path:
            if suffix in DATA_FORMATS:
                write_data(path, dataset_of(snapshots[0]), suffix, progress=report)
            else:
                path.write_bytes(_drawn(suffix, snapshots, report))
            seal_file(path)
    except OSError as error:
        msg = f"{out} cannot be written ({error.strerror or error}); choose another place."
        raise ExportError(msg) from error
    report(1.0)


def _drawn(suffix: str, snapshots: Sequence[Snapshot], report: Progress) -> bytes:
    # Each of these takes its time to import; a file of data needs none of them.
    if suffix in SHEET_FORMATS:
        from layers.sheet import sheet_bytes

        content = sheet_bytes(snapshots[0], cast("SheetFormat", suffix))
    elif suffix == "html":
        from layers.page import page_html

        content = page_html(snapshots[0]).encode("utf-8")
    else:
        from layers.deck import deck_bytes

        content = deck_bytes(snapshots, lambda part: report(0.9 * part))
    report(0.9)
    return put_manifest(content, suffix, manifest_text([each.manifest for each in snapshots]))


def dataset_of(snapshot: Snapshot, *, with_manifest: bool = True) -> Dataset:
    """Collect what a file of data holds: records, their items and sources, and about them.

    Parameters
    ----------
    snapshot
        What to write.
    with_manifest
        Whether the file is to carry its manifest.
    """
    seeds, selection = snapshot.seeds, snapshot.selection
    undecided = undecided_phrase(selection)
    about = About(
        title=snapshot.title,
        words=snapshot.words,
        count=f"{count_phrase(selection)}. {undecided}".strip(),
        caveat=CAVEAT,
        licence=_terms(selection.records, seeds),
        credits=(
            *(_credit(resource) for resource in seeds.package["resources"]),
            *((each.title, each.publisher or each.title, each.licence) for each in seeds.brought),
        ),
        fields=describe_fields(seeds.package),
        made=snapshot.manifest.made,
        manifest=manifest_text([snapshot.manifest]) if with_manifest else "",
    )
    return make_dataset(selection.records, seeds.items, seeds.sources, about)


def _terms(records: pd.DataFrame, seeds: Seeds) -> str:
    """Say under which terms records are: the atlas's own only where some of them are its."""
    dataset = records[DATASET] if DATASET in records else pd.Series("", index=records.index)
    own = (dataset == "").any() or not seeds.brought
    lines = [LICENCE if own else JOINS_LICENCE]
    there = set(dataset)
    lines += [f"{each.title}: {each.licence}" for each in seeds.brought if each.key in there]
    return "; ".join(lines)


def _credit(resource: dict[str, Any]) -> tuple[str, str, str]:
    terms = (each.get("title", each["name"]) for each in resource.get("licenses", []))
    return resource["title"], "; ".join(map(_named, resource.get("sources", []))), "; ".join(terms)


def _named(source: dict[str, str]) -> str:
    """Name a source, with its address if it has one; a path within the data is none."""
    address = source.get("path", "")
    return f"{source['title']} {address}" if address.startswith("http") else source["title"]
