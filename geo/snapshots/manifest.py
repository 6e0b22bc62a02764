"""The manifest: which data, filters and view a snapshot was made from."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Final

from geo.errors import AtlasError, ManifestError

FORMAT: Final = "khyber-atlas-manifest/1"
SEAL: Final = "khyber-atlas-seal:"
UNSEALED: Final = SEAL + "0" * 64
"""Stands in a manifest's text until the whole file is written (:mod:`geo.snapshots.seal`)."""

EPOCH_VARIABLE: Final = "SOURCE_DATE_EPOCH"

Extent = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What one snapshot was made from, and what it holds.

    Attributes
    ----------
    version
        Of the program.
    made
        When, in UTC: ``2026-11-22T23:40:00Z``.
    title, format
        As on the snapshot; the format by its suffix, such as ``pdf``.
    data
        SHA-256 of each file of data by its name.
    filters
        In the words of the command line (:func:`geo.filters.to_query`).
    layers
        Ids of the layers that are on; none for a file of data.
    look
        How records are drawn, in the words of the app's address bar, where it
        is not as usual.
    extent
        West, south, east and north in degrees; ``None``: all there is.
    sheet
        ``size``, ``landscape`` and ``dpi`` of a printed sheet; else empty.
    shown, total, undecided
        N, M, and how many records are too coarse to tell.
    digest
        SHA-256 of the fingerprints of the records shown.
    prints
        Those fingerprints (:mod:`geo.snapshots.fingerprints`); empty in a file
        of data, which holds the records themselves.
    """

    version: str
    made: str
    title: str
    format: str
    data: Mapping[str, str]
    filters: Mapping[str, Sequence[str]]
    layers: tuple[str, ...] = ()
    look: Mapping[str, str] = field(default_factory=dict)
    extent: Extent | None = None
    sheet: Mapping[str, Any] = field(default_factory=dict)
    shown: int
    total: int
    undecided: int
    digest: str
    prints: str = ""


def manifest_text(manifests: Sequence[Manifest]) -> str:
    """Write manifests as one line of JSON in ASCII, with room for a seal.

    Parameters
    ----------
    manifests
        One, or one a slide.

    Returns
    -------
    str
        The seal stands first, so that it stays in one piece where a format
        splits long texts.
    """
    content = {"seal": UNSEALED, "format": FORMAT, "snapshots": [asdict(one) for one in manifests]}
    text = json.dumps(content, separators=(",", ":"))
    # JSON's own escapes keep the text whole in HTML and XML.
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def parse_manifests(text: str) -> tuple[Manifest, ...]:
    """Read what :func:`manifest_text` wrote.

    Parameters
    ----------
    text
        JSON.

    Returns
    -------
    tuple of Manifest
        At least one.

    Raises
    ------
    ManifestError
        If it is not a manifest, or one of a later layout.
    """
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            msg = f"its manifest has the layout {content['format']!r:.80}; this reads {FORMAT}."
            raise ManifestError(msg)
        snapshots = tuple(_manifest(each) for each in content["snapshots"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        msg = f"its manifest cannot be read ({type(error).__name__}: {error})."
        raise ManifestError(msg) from error
    if not snapshots:
        msg = "its manifest names no snapshot."
        raise ManifestError(msg)
    return snapshots


def _manifest(content: dict[str, Any]) -> Manifest:
    known = {each.name: content[each.name] for each in fields(Manifest)}
    for name in ("shown", "total", "undecided"):
        known[name] = int(known[name])
    for name in ("version", "made", "title", "format", "digest", "prints"):
        known[name] = str(known[name])
    known["data"] = {str(name): str(digest) for name, digest in known["data"].items()}
    known["filters"] = {
        str(word): [str(value) for value in values] for word, values in known["filters"].items()
    }
    known["look"] = {str(word): str(value) for word, value in known["look"].items()}
    known["sheet"] = dict(known["sheet"])
    known["layers"] = tuple(str(each) for each in known["layers"])
    if known["extent"] is not None:
        west, south, east, north = (float(each) for each in known["extent"])
        known["extent"] = (west, south, east, north)
    return Manifest(**known)


def time_made() -> str:
    """Give the time that snapshots bear: now, or what ``SOURCE_DATE_EPOCH`` says.

    Returns
    -------
    str
        UTC to the second: ``2026-11-22T23:40:00Z``.

    Raises
    ------
    AtlasError
        If the variable is not a time in seconds.
    """
    given = os.environ.get(EPOCH_VARIABLE, "").strip()
    try:
        moment = datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        msg = (
            f"{EPOCH_VARIABLE}={given!r} is not a time; give whole seconds since 1970, or unset it."
        )
        raise AtlasError(msg) from error
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def data_checksums(package: Mapping[str, Any], descriptor: str) -> dict[str, str]:
    """List the checksums of the built-in data.

    Parameters
    ----------
    package
        The Data Package descriptor.
    descriptor
        SHA-256 of the descriptor's own file.

    Returns
    -------
    dict of str to str
        By path: the descriptor, then each file it describes.
    """
    files = {
        str(resource["path"]): str(resource["hash"]).removeprefix("sha256:")
        for resource in package["resources"]
    }
    return {"datapackage.json": descriptor, **files}
