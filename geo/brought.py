"""Records that were brought beside the built-in ones: what is known of each set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from geo.notes import PROGRAM

ID_MARK: Final = "~"
"""Stands in ids between the key of a set and the id in it; no id of the atlas's own has it."""

DATASET: Final = "dataset"
"""Column of joined records that tells which set each is of; empty: built-in."""


BUILT_IN: Final = PROGRAM
"""What the built-in records are called beside files that were brought."""


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


def files_of(joined: pd.DataFrame, brought: Iterable[Brought]) -> pd.Series:
    """Name the file that each record is of.

    Parameters
    ----------
    joined
        Records; without ``DATASET`` all are built in.
    brought
        The sets that were brought.

    Returns
    -------
    pandas.Series of str
        Titles of files, or ``BUILT_IN``.
    """
    titles = {"": BUILT_IN, **{each.key: each.title for each in brought}}
    if DATASET not in joined:
        return pd.Series(BUILT_IN, index=joined.index, dtype=object)
    return joined[DATASET].map(titles).fillna(BUILT_IN).astype(object)
