"""Snapshots of the built-in data, for tests."""

from __future__ import annotations

from functools import cache
from typing import Any

import geopandas as gpd
import pytest

from geo.filters import Filters
from geo.joins import join_records
from geo.recordset import RecordSet
from geo.seeds import Seeds, load_seeds
from geo.select import filter_records
from layers.snapshot import Request, Snapshot, take_snapshot

MADE = "1700000000"
"""14 November 2023, 22:13:20 UTC."""


@cache
def built_in() -> tuple[Seeds, gpd.GeoDataFrame]:
    """Give the built-in data and its joined records, read once."""
    seeds = load_seeds()
    return seeds, join_records(seeds.records, seeds)


@cache
def built_in_records() -> RecordSet:
    """Give the built-in records, ready to be asked."""
    seeds, joined = built_in()
    return RecordSet(joined, seeds.items, seeds)


def make_snapshot(
    *, filters: Filters | None = None, format_: str = "png", **asked: Any
) -> Snapshot:
    """Take a snapshot of the built-in data at a fixed time."""
    records = built_in_records()
    filters = filters or Filters()
    selection = filter_records(records, filters)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", MADE)
        request = Request(format=format_, **asked)
        return take_snapshot(request, seeds=records.seeds, filters=filters, selection=selection)
