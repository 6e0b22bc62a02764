"""Counts in words: how many records of how many, over which years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.select import Selection

THIN: Final = "\u202f"
"""A narrow no-break space, between thousands."""


def number(value: int) -> str:
    """Write a whole number with thin spaces between thousands: ``1 125``."""
    return f"{value:,}".replace(",", THIN)


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun: ``1 record``, ``2 records``."""
    return f"{number(count)} {one if count == 1 else many or f'{one}s'}"


def count_phrase(selection: Selection) -> str:
    """Say how many of how many: ``12 of 1 125 records``."""
    return f"{number(selection.count)} of {plural(selection.total, 'record')}"


def undecided_phrase(selection: Selection) -> str:
    """Say how many may match but cannot be told to; empty: none."""
    undecided = int(selection.unsure.sum())
    verb = "is" if undecided == 1 else "are"
    if not undecided:
        return ""
    return f"{number(undecided)} more {verb} dated or located too coarsely to tell."


def period_phrase(records: gpd.GeoDataFrame) -> str:
    """Say which years records lie in: ``2008–2026``; empty: there are none."""
    if records.empty:
        return ""
    first, last = records["date_start"].min().year, records["date_end"].max().year
    return str(first) if first == last else f"{first}–{last}"
