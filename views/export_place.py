"""Which part of the earth the map shows, as the browser tells it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

if TYPE_CHECKING:
    from geo.snapshots.manifest import Extent

SCRIPT: Final = Path(__file__).with_name("export.js")
KEY: Final = "export-map"
HOME: Final[Extent] = (60.5, 29.4, 74.9, 38.5)
"""West, south, east and north of Afghanistan."""

_script: Final = st.components.v2.component(
    "khyber_export", js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
)
FARTHEST: Final = 1000.0
"""Degrees; a map that is dragged round the earth counts on beyond 180."""

FARTHEST_NORTH: Final = 85.0
_NUMBERS: Final = 4


def follow_map(told: Extent | None, start: str) -> None:
    """Put the script into the page that tells where the map is; it shows nothing.

    Parameters
    ----------
    told
        What it has told already.
    start
        Mark of a file whose download it is to start; empty: none.
    """
    _script(
        key=KEY,
        data={"extent": list(told) if told else None, "start": start},
        on_extent_change=lambda: None,
    )


def map_bounds() -> Extent | None:
    """Give the edges of the map in degrees; ``None``: not told yet."""
    state = st.session_state.get(KEY)
    return read_bounds(state.get("extent") if state else None)


def read_bounds(told: Any) -> Extent | None:
    """Read what a browser says the edges are; it may say anything."""
    if not isinstance(told, list | tuple) or len(told) != _NUMBERS:
        return None
    if not all(isinstance(edge, int | float) and abs(edge) <= FARTHEST for edge in told):
        return None
    west, east = (min(max(float(edge), -180.0), 180.0) for edge in (told[0], told[2]))
    south, north = (
        min(max(float(edge), -FARTHEST_NORTH), FARTHEST_NORTH) for edge in (told[1], told[3])
    )
    return (west, south, east, north) if west < east and south < north else None


def part_shown(bounds: Extent | None) -> Extent | None:
    """Give the extent to print; ``None`` for a map on which all of Afghanistan is."""
    if bounds is None:
        return None
    west, south, east, north = bounds
    if west <= HOME[0] and south <= HOME[1] and east >= HOME[2] and north >= HOME[3]:
        return None
    return bounds
