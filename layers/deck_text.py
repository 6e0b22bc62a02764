"""The words of a slide: its caption, its notes, and what its picture shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.counts import count_phrase, number, period_phrase, plural, undecided_phrase
from geo.filters import Filters
from geo.notes import BOUNDARY_NOTE, CAVEAT, LICENCE, PROGRAM
from layers.popup import safe_href
from layers.registry import known_layers

if TYPE_CHECKING:
    from layers.snapshot import Snapshot

LONGEST_CAPTION: Final = 300
MOST_LINKS: Final = 40
MOST_PUBLISHERS: Final = 30

_ILLEGAL: Final = re.compile("[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML does not allow, and controls that nobody sees."""


def caption_of(snapshot: Snapshot) -> str:
    """Write what stands below a slide's title: how many, of what, when."""
    selection = snapshot.selection
    words = "" if snapshot.filters == Filters() else snapshot.words
    count = count_phrase(selection)
    parts = [count, "" if words == snapshot.title else words, period_phrase(selection.records)]
    told = " · ".join(part for part in parts if part)
    text = plain(told)
    return text if len(text) <= LONGEST_CAPTION else f"{text[: LONGEST_CAPTION - 1].rstrip()}…"


def alternative_text(snapshot: Snapshot) -> str:
    """Say in words what a slide's picture shows, for who cannot see it."""
    names = ", ".join(_layer_names(snapshot)).lower() or "no layers"
    told = f"{count_phrase(snapshot.selection)}: {snapshot.words}"
    return plain(f"Map of Afghanistan and its borders. {told}. On it: {names}.")


def notes_of(snapshot: Snapshot) -> str:
    """Write a slide's notes: what it shows, where it is from, and its limits."""
    selection, manifest = snapshot.selection, snapshot.manifest
    made = manifest.made.replace("T", " ").replace("Z", " UTC")
    count = f"{count_phrase(selection)}. {undecided_phrase(selection)}".strip()
    proof = (
        f"Made {made} by {PROGRAM} {manifest.version} from data with the checksum "
        f"{manifest.data.get('datapackage.json', '')[:16]}; checksum of the records shown: "
        f"{manifest.digest[:16]}. `python cli.py verify FILE` tells whether the file is as it was "
        "made and the data still gives the same."
    )
    paragraphs = [
        snapshot.title,
        f"Shows {snapshot.words[0].lower()}{snapshot.words[1:]}: {count}",
        CAVEAT,
        BOUNDARY_NOTE,
        *_sources(snapshot),
        *_layer_sources(snapshot),
        f"Licences. {LICENCE}.",
        proof,
    ]
    return plain("\n\n".join(paragraphs))


def _sources(snapshot: Snapshot) -> list[str]:
    """Name the publishers that records are from and, where these are few, link to the reports."""
    ids = snapshot.selection.records["id"]
    sources = snapshot.seeds.sources
    mine = sources[sources["record_id"].isin(ids)]
    if mine.empty:
        return []
    counted = mine["name"].fillna("").replace("", "not named").value_counts(sort=False)
    ranked = sorted(counted.items(), key=lambda each: (-each[1], str(each[0]).casefold()))
    named = "; ".join(f"{name} ({number(count)})" for name, count in ranked[:MOST_PUBLISHERS])
    more = len(ranked) - MOST_PUBLISHERS
    rest = f"; and {plural(more, 'publisher')} more" if more > 0 else ""
    told = [f"Sources of the records, with how many reports of each: {named}{rest}."]
    if len(ids) <= MOST_LINKS:
        links = dict.fromkeys(filter(None, map(safe_href, mine["url"])))
        told.append("\n".join(links))
    return told


def _layer_sources(snapshot: Snapshot) -> list[str]:
    on = [layer for layer in known_layers(snapshot.seeds) if layer.id in snapshot.layer_ids]
    lines = [f"{layer.name}: {layer.source} ({layer.licence})" for layer in on]
    return ["\n".join(["Layers of the map:", *lines])] if lines else []


def _layer_names(snapshot: Snapshot) -> list[str]:
    return [layer.name for layer in known_layers(snapshot.seeds) if layer.id in snapshot.layer_ids]


def plain(text: str) -> str:
    """Take out of a text what a file of XML cannot hold.

    Parameters
    ----------
    text
        Anything that somebody may have typed.
    """
    return _ILLEGAL.sub("", text)
