"""Records that were brought beside the built-in ones: what is known of each set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

ID_MARK: Final = "~"
"""Stands in ids between the key of a set and the id in it; no id of the atlas's own has it."""

DATASET: Final = "dataset"
"""Column of joined records that tells which set each is of; empty: built-in."""


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A set of records that was brought.

    Attributes
    ----------
    key
        What ``DATASET`` says of its records.
    title
        The file's name, for people.
    publisher, licence
        Whose data it is, and under which terms.
    kinds
        The kinds of record it has.
    checksums
        SHA-256 of its file, by name.
    """

    key: str
    title: str
    publisher: str
    licence: str
    kinds: tuple[str, ...]
    checksums: Mapping[str, str] = field(default_factory=dict)
