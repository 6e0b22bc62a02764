"""Sheets of small and built-in data, for tests."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest
from matplotlib.text import Text

from geo.filters import Filters
from geo.select import Selection
from layers.sheet.frame import Box
from layers.snapshot import Request, Sheet, Snapshot, take_snapshot
from tests import layers_small
from tests.snapshot_case import MADE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMS: Final = [
    Sheet(size=size, landscape=landscape, dpi=72)
    for size in ("a4", "a3", "16:9")
    for landscape in (True, False)
]
LONG: Final = "Weapons, ammunition and narcotics seized at the crossing and the pass " * 5

ROWS: Final = (
    {"id": "s-1"},
    {"id": "s-2", "lat": "30.51", "group": "TTP"},
    {"id": "s-3", "precision": "district", "lat": "30.7", "lon": "61.2"},
    {"id": "i-1", "kind": "incident", "group": "ISKP", "role": "target", "lon": "61.5"},
    {"id": "i-2", "kind": "incident", "group": "ISKP", "role": "perpetrator", "lon": "61.9"},
)
"""Records of Boxland."""


def boxland(
    *rows: dict[str, Any], filters: Filters | None = None, format_: str = "png", **asked: Any
) -> Snapshot:
    """Take a snapshot of Boxland at a fixed time."""
    seeds = layers_small.seeds()
    selection: Selection = layers_small.selection(*(rows or ROWS), base=seeds)
    asked.setdefault("extent", (59.9, 29.9, 62.1, 31.1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", MADE)
        request = Request(format=format_, **asked)
        return take_snapshot(
            request,
            seeds=seeds,
            filters=filters or Filters(),
            selection=selection,
            checksums={"datapackage.json": "0123456789abcdef" * 4},
        )


def text_boxes(figure: Figure, axes: int | None = None) -> list[tuple[str, Box]]:
    """Give the texts of a figure, or of one of its axes, with their boxes in pixels."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    of = figure if axes is None else figure.axes[axes]
    found = []
    for text in of.findobj(Text):
        if text.get_text() and text.get_visible():
            x0, y0, x1, y1 = text.get_window_extent(renderer).extents
            found.append((text.get_text(), Box(x0=x0, y0=y0, x1=x1, y1=y1)))
    return found


def overlapping(boxes: list[tuple[str, Box]], most: float = 0.0) -> list[tuple[str, str]]:
    """Give the pairs of boxes that overlap by more than some units both ways."""
    return [
        (name, other)
        for (name, one), (other, two) in combinations(boxes, 2)
        if min(one.x1, two.x1) - max(one.x0, two.x0) > most
        and min(one.y1, two.y1) - max(one.y0, two.y0) > most
    ]


def touching(boxes: np.ndarray[Any, Any], others: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Tell for each pair of rows (left, bottom, right, top) whether they overlap."""
    one, two = boxes[:, None], others[None]
    wide = np.minimum(one[..., 2], two[..., 2]) - np.maximum(one[..., 0], two[..., 0])
    high = np.minimum(one[..., 3], two[..., 3]) - np.maximum(one[..., 1], two[..., 1])
    return np.asarray((wide > 1e-6) & (high > 1e-6))
