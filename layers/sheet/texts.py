"""What a sheet says in words: head, sources, notes, and how it was made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.counts import count_phrase, number, period_phrase, plural, undecided_phrase
from geo.filters import Filters
from geo.notes import BOUNDARY_NOTE, CAVEAT, PROGRAM, RECORDS_LICENCE
from layers.registry import known_layers
from layers.sheet.projection import PROJECTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.sheet.points import RecordSet
    from layers.snapshot import Snapshot

MOST_NAMED: Final = 7
LONGEST_NAME: Final = 60
DIGITS: Final = 12
"""Of a checksum: enough to tell two data sets apart."""


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The words of a sheet, as they come; nothing is cut yet.

    Attributes
    ----------
    title
        As typed.
    count, period, words
        How many records, of which years, by which filters.
    asides
        What is not on the map, a sentence each.
    sources, notes, making
        Paragraphs at the foot.
    """

    title: str
    count: str
    period: str
    words: str
    asides: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    making: tuple[str, ...]


def sheet_texts(snapshot: Snapshot, sets: list[RecordSet]) -> Texts:
    """Write the words of a sheet.

    Parameters
    ----------
    snapshot
        What is shown.
    sets
        The records that are drawn, by layer.
    """
    selection = snapshot.selection
    return Texts(
        title=snapshot.title,
        count=count_phrase(selection),
        period=period_phrase(selection.records),
        words=_words(snapshot),
        asides=tuple(_asides(snapshot, sets)),
        sources=(" ".join(_sources(snapshot)),),
        notes=(CAVEAT, BOUNDARY_NOTE),
        making=tuple(_making(snapshot)),
    )


def _words(snapshot: Snapshot) -> str:
    """Give the filters in words, where title and count do not say them."""
    said = snapshot.words == snapshot.title or snapshot.filters == Filters()
    return "" if said else snapshot.words


def without_heading(texts: Texts) -> Texts:
    """Leave out what a slide says above the picture; what is not on the map becomes a note."""
    notes = tuple(filter(None, (" ".join(texts.asides), *texts.notes)))
    return replace(texts, title="", count="", period="", words="", asides=(), notes=notes)


def _asides(snapshot: Snapshot, sets: list[RecordSet]) -> Iterable[str]:
    if undecided := undecided_phrase(snapshot.selection):
        yield undecided
    for layer in known_layers(snapshot.seeds):
        if not layer.of_records or layer.id in snapshot.layer_ids:
            continue
        if hidden := int(layer.of(snapshot.selection.records).sum()):
            yield f"{layer.name} are not drawn ({number(hidden)})."
    if beyond := sum(each.beyond for each in sets):
        yield f"{plural(beyond, 'record')} {'lies' if beyond == 1 else 'lie'} beyond this map."
    if nowhere := sum(each.nowhere for each in sets):
        yield f"{plural(nowhere, 'record')} cannot be drawn: the place is not known."


def _sources(snapshot: Snapshot) -> Iterable[str]:
    """Name the sources of the layers that are on, those with the same ones together."""
    known = known_layers(snapshot.seeds)
    layers = [each for each in known if each.id in snapshot.layer_ids]
    shared: dict[tuple[str, str], list[str]] = {}
    for layer in layers:
        if not layer.of_records or layer.dataset:
            shared.setdefault((layer.source, layer.licence), []).append(layer.name)
    for (source, licence), names in shared.items():
        # "Routes: arms" and "Routes: people" are both routes.
        listed = dict.fromkeys(name.partition(":")[0] for name in names)
        yield f"{'; '.join(listed)}: {source} ({licence})."
    records = snapshot.selection.records
    own = [each.of(records) for each in layers if each.of_records and not each.dataset]
    records = records[np.logical_or.reduce(own)] if own else records.iloc[:0]
    if len(records):
        yield f"Records: {_reports(records['source_name'])} ({RECORDS_LICENCE})."


def _reports(names: object) -> str:
    counts = names[names != ""].value_counts(sort=False)  # type: ignore[index]
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0].casefold()))
    most = [cut_name(name) for name, _ in ordered[:MOST_NAMED]]
    if not most:
        return "published reports, named in each record"
    left = len(ordered) - len(most)
    more = f" and {number(left)} more" if left else ""
    return f"reports by {', '.join(most)}{more}; each record names its own"


def cut_name(name: str) -> str:
    """Shorten a name that someone else may have made long."""
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME].rstrip()}…"


def _making(snapshot: Snapshot) -> Iterable[str]:
    manifest = snapshot.manifest
    yield f"{made_words(manifest.made)}. {PROGRAM} {manifest.version}."
    yield f"Data {data_mark(snapshot)} (SHA-256)."
    yield f"Projection: {PROJECTION_WORDS}."


def made_words(made: str) -> str:
    """Write the time of a manifest: ``22 November 2026, 23:40 UTC``."""
    moment = made_at(made)
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def made_at(made: str) -> datetime:
    """Read the time of a manifest."""
    return datetime.strptime(made, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def data_mark(snapshot: Snapshot) -> str:
    """Give the first digits of the checksum of the data.

    Of the built-in data that of its descriptor, which holds those of all files;
    of a user's file its own.
    """
    data = snapshot.manifest.data
    name = "datapackage.json" if "datapackage.json" in data else min(data, default="")
    return (data.get(name) or snapshot.seeds.checksum)[:DIGITS]
