"""Room on the map: what is taken, and whether a box is free."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.sheet.frame import Box
    from layers.sheet.projection import Numbers

Mask = npt.NDArray[np.bool_]
Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@dataclass(kw_only=True, eq=False)
class Room:
    """The boxes on a map: of labels, of signs, and points of lines that labels avoid.

    Attributes
    ----------
    box
        The map's.
    labels, signs
        Boxes, one a row.
    lines
        Points along lines, one a row.
    """

    box: Box
    labels: Numbers = field(default_factory=lambda: np.empty((0, 4)))
    signs: Numbers = field(default_factory=lambda: np.empty((0, 4)))
    lines: Numbers = field(default_factory=lambda: np.empty((0, 2)))

    def take(self, boxes: Sequence[Rectangle]) -> None:
        """Take boxes for a label."""
        self.labels = np.concatenate([self.labels, np.asarray(boxes, dtype=float)])

    def add_signs(self, boxes: Sequence[Rectangle]) -> None:
        """Add boxes of signs."""
        more = np.asarray(boxes, dtype=float).reshape(-1, 4)
        self.signs = np.concatenate([self.signs, more])

    def within(self, tries: Numbers) -> Mask:
        """Tell which boxes lie within the map."""
        box = self.box.inset(3.0)
        return np.asarray(
            (tries[:, 0] >= box.x0)
            & (tries[:, 1] >= box.y0)
            & (tries[:, 2] <= box.x1)
            & (tries[:, 3] <= box.y1)
        )

    def hits_labels(self, tries: Numbers) -> Mask:
        """Tell which boxes touch a label."""
        return np.asarray(overlaps(tries, self.labels).any(axis=1))

    def sign_cover(self, tries: Numbers) -> Numbers:
        """Give the share of each box that signs cover, roughly."""
        return covers(tries, self.signs)

    def line_points(self, tries: Numbers) -> Numbers:
        """Count the points of lines within each box."""
        if not len(self.lines):
            return np.zeros(len(tries))
        x, y = self.lines[:, 0], self.lines[:, 1]
        inside = (
            (x > tries[:, :1]) & (x < tries[:, 2:3]) & (y > tries[:, 1:2]) & (y < tries[:, 3:4])
        )
        return np.asarray(inside.sum(axis=1), dtype=float)


def overlaps(one: Numbers, other: Numbers) -> Mask:
    """Tell for each pair of boxes whether they overlap."""
    left, right = one[:, None, :], other[None, :, :]
    return np.asarray(
        (left[..., 0] < right[..., 2])
        & (right[..., 0] < left[..., 2])
        & (left[..., 1] < right[..., 3])
        & (right[..., 1] < left[..., 3])
    )


def covers(one: Numbers, other: Numbers) -> Numbers:
    """Give for each box the share of it that lies under others, each counted by itself."""
    left, right = one[:, None, :], other[None, :, :]
    wide = np.minimum(left[..., 2], right[..., 2]) - np.maximum(left[..., 0], right[..., 0])
    high = np.minimum(left[..., 3], right[..., 3]) - np.maximum(left[..., 1], right[..., 1])
    area = (one[:, 2] - one[:, 0]) * (one[:, 3] - one[:, 1])
    shared = (np.clip(wide, 0, None) * np.clip(high, 0, None)).sum(axis=1)
    return np.asarray(shared / area)
