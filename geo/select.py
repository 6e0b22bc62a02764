"""Applying filters: the records that match, and those too coarse to tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np

from geo.conditions import answers
from geo.filters import Filters
from geo.recordset import Mask, RecordSet


@dataclass(frozen=True, kw_only=True, eq=False)
class Selection:
    """What a filter keeps.

    Attributes
    ----------
    joined
        All the records that were asked.
    surely
        For each of them, whether it matches.
    unsure
        For each of them, whether it may match, but is dated or located too
        coarsely (or its quantity is stated too vaguely) to tell.
    """

    joined: gpd.GeoDataFrame
    surely: Mask
    unsure: Mask

    @cached_property
    def records(self) -> gpd.GeoDataFrame:
        """The records that match, in order."""
        return self.joined[self.surely]

    @cached_property
    def undecided(self) -> gpd.GeoDataFrame:
        """The records of which it cannot be told, in order."""
        return self.joined[self.unsure]

    @cached_property
    def count(self) -> int:
        """How many records match: N."""
        return int(np.count_nonzero(self.surely))

    @property
    def total(self) -> int:
        """How many records there are: M."""
        return len(self.joined)


def filter_records(records: RecordSet, filters: Filters) -> Selection:
    """Keep the records that match.

    A date matches if all the days it may mean lie in the period asked for; a
    distance, if the record's point lies within it and the location's radius is
    no longer than it. A record for which this cannot be told, but which may
    match, is *undecided*: it is in neither the count nor the map.

    Parameters
    ----------
    records
        Joined records.
    filters
        Resolved filters (:func:`geo.vocabulary.resolve_filters`).

    Returns
    -------
    Selection
        In the order of the joined records.
    """
    surely = np.ones(len(records), dtype=bool)
    maybe = surely.copy()
    for answer in answers(records, filters).values():
        surely &= answer.surely
        maybe &= answer.maybe
    return Selection(joined=records.joined, surely=surely, unsure=maybe & ~surely)


def select_all(joined: gpd.GeoDataFrame) -> Selection:
    """Keep every record.

    Parameters
    ----------
    joined
        Joined records.
    """
    every = np.ones(len(joined), dtype=bool)
    return Selection(joined=joined, surely=every, unsure=~every)
