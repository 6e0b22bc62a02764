"""From records to clusters: what would hide its neighbours is counted with them.

The rules are those of the web map (layers/js/cells.js, layers/js/clusters.js), on
arrays.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from layers.sheet.cells import CELL, Cells, columns_of, count_cells

if TYPE_CHECKING:
    from layers.sheet.frame import Box
    from layers.sheet.points import RecordSet

Integers = npt.NDArray[np.int64]

# In CSS pixels; layers/js/clusters.js has the same and says why.
NEAREST: Final = (1.0, 1.25)
ROUNDS: Final = 3
GAP: Final = 1.0
WIDEST_NEAR: Final = 20.0
LARGEST_APART: Final = 12.0
BADGE_ONE: Final = 9.0
BADGE_MORE: Final = 14.0

SUMS: Final = ("count", "open", "towns", "stated", "value")


@dataclass(kw_only=True, eq=False)
class Part:
    """What a sign says of one layer's records; ``size`` in CSS pixels.

    ``classes`` counts by class; ``first`` is the first row; ``spread`` tells
    whether they are at more than one place.
    """

    layer: int
    size: float
    count: int
    open: int
    towns: int
    stated: int
    value: float
    first: int
    spread: bool
    classes: Integers


@dataclass(kw_only=True, eq=False)
class Cluster:
    """Records counted together: middle, half the width in points, and parts.

    ``home`` is where the middle was before it was moved to where there is room.
    """

    x: float
    y: float
    half: float
    home: tuple[float, float] | None = None
    parts: list[Part] = field(default_factory=list)


def sign_px(style: dict[str, Any], count: int, value: float, stated: bool) -> float:
    """Give the width of a sign that stands for some records, in CSS pixels."""
    measure = style["measure"]
    if not measure:
        return float(next(px for least, px in reversed(style["steps"]) if count >= least))
    if not stated or value <= 0:
        return float(measure["smallest_px"])
    px = measure["full_px"] * math.sqrt(value / measure["full"])
    return float(min(max(px, measure["smallest_px"]), measure["largest_px"]))


def part_px(style: dict[str, Any], count: int, value: float, stated: bool, coarse: bool) -> float:
    """Give the width of the sign of a part, in CSS pixels: its number must be readable."""
    px = sign_px(style, count, value, stated)
    if not coarse:
        return max(px, BADGE_MORE) if count > 1 else px
    return max(BADGE_MORE if count > 1 else BADGE_ONE, px - 3)


class Clumps:
    """The cells of all layers that hold records, merged from the largest on."""

    def __init__(self, sets: list[RecordSet], box: Box, px: float, coarse: bool) -> None:
        self.sets, self.px, self.coarse = sets, px, coarse
        self.counted = [count_cells(each, box, px, coarse) for each in sets]
        self.cells = np.unique(np.concatenate([each.cell for each in self.counted]))
        self.columns = columns_of(box, px)
        many, layers = len(self.cells), len(sets)
        self.count, self.value, self.stated = (np.zeros((many, layers)) for _ in range(3))
        x, y = np.zeros(many), np.zeros(many)
        for which, cells in enumerate(self.counted):
            at = np.searchsorted(self.cells, cells.cell)
            self.count[at, which] = cells.count
            self.value[at, which] = cells.value
            self.stated[at, which] = cells.stated
            x[at] += cells.x * cells.count
            y[at] += cells.y * cells.count
        self.weight = self.count.sum(axis=1)
        self.x, self.y = x / self.weight, y / self.weight
        self.half = np.array([self.width_of(clump) / 2 for clump in range(many)])
        self.owner = np.full(many, -1)
        self.measured = any(each.style["measure"] for each in sets)

    def px_of(self, clump: int, which: int) -> float:
        """Give the width of one layer's sign of a clump, in CSS pixels."""
        count, value = int(self.count[clump, which]), float(self.value[clump, which])
        stated = bool(self.stated[clump, which])
        return part_px(self.sets[which].style, count, value, stated, self.coarse)

    def width_of(self, clump: int) -> float:
        """Give the width of all signs of a clump side by side, in points."""
        sizes = [self.px_of(clump, which) for which in np.flatnonzero(self.count[clump]).tolist()]
        return (sum(sizes) + GAP * (len(sizes) - 1)) * self.px

    def reach(self, half: Any) -> Any:
        """Give how far a clump keeps others off: over a large sign small ones may lie."""
        return np.minimum(half, LARGEST_APART * self.px) if self.measured else half

    def merge(self) -> None:
        """Let each, the largest first, take in what it would hide, and grow by it."""
        line, column = np.divmod(self.cells, self.columns)
        at = np.full((int(line.max()) + 1, self.columns + 1), -1) if len(self.cells) else None
        if at is None:
            return
        at[line, column] = np.arange(len(self.cells))
        for clump in np.lexsort((self.cells, -self.weight)):
            if self.owner[clump] >= 0:
                continue
            self.owner[clump] = clump
            for _ in range(ROUNDS):
                if not self._take_neighbours(clump, at, int(line[clump]), int(column[clump])):
                    break
                self.half[clump] = self.width_of(clump) / 2

    def _take_neighbours(self, clump: int, at: Integers, line: int, column: int) -> bool:
        mine = float(self.reach(self.half[clump]))
        away = math.ceil((mine / self.px + WIDEST_NEAR) / CELL)
        window = at[
            max(0, line - away) : line + away + 1, max(0, column - away) : column + away + 1
        ]
        near = window[window >= 0]
        near = near[self.owner[near] < 0]
        if not len(near):
            return False
        apart = np.hypot(self.x[near] - self.x[clump], self.y[near] - self.y[clump])
        hidden = near[apart < (mine + self.reach(self.half[near])) * NEAREST[self.coarse]]
        if not len(hidden):
            return False
        self.owner[hidden] = clump
        for sums in (self.weight, self.count, self.value, self.stated):
            sums[clump] += sums[hidden].sum(axis=0)
        return True

    def clusters(self) -> list[Cluster]:
        """Give what is left, each with what it took in."""
        found = {
            int(clump): Cluster(
                x=float(self.x[clump]), y=float(self.y[clump]), half=float(self.half[clump])
            )
            for clump in np.unique(self.owner)
        }
        for which, cells in enumerate(self.counted):
            owners = self.owner[np.searchsorted(self.cells, cells.cell)]
            for part, owner in _parts(cells, owners, which):
                part.size = self.px_of(owner, which)
                found[owner].parts.append(part)
        return list(found.values())


def _parts(cells: Cells, owners: Integers, which: int) -> list[tuple[Part, int]]:
    owned, group = np.unique(owners, return_inverse=True)
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(len(owned)))
    if not len(owned):
        return []

    def total(values: Any) -> Any:
        return np.add.reduceat(values[order], starts, axis=0)

    sums = {name: total(getattr(cells, name)) for name in SUMS}
    classes = total(cells.classes)
    first = np.minimum.reduceat(cells.first[order], starts)
    spread = (total(np.ones(len(owners))) > 1) | (total(cells.spread.astype(float)) > 0)
    return [
        (
            Part(
                layer=which,
                size=0.0,
                count=int(sums["count"][at]),
                open=int(sums["open"][at]),
                towns=int(sums["towns"][at]),
                stated=int(sums["stated"][at]),
                value=float(sums["value"][at]),
                first=int(first[at]),
                spread=bool(spread[at]),
                classes=classes[at],
            ),
            int(owner),
        )
        for at, owner in enumerate(owned)
    ]


def find_clusters(
    sets: list[RecordSet], box: Box, px: float
) -> tuple[list[Cluster], list[Cluster]]:
    """Count records of all layers into clusters.

    Parameters
    ----------
    sets
        Records by layer.
    box
        Of the map.
    px
        Points of a CSS pixel.

    Returns
    -------
    exact, coarse : list of Cluster
        Of records known to a town or better, and of the others; the parts in the
        order of the layers.
    """
    both = []
    for coarse in (False, True):
        clumps = Clumps(sets, box, px, coarse)
        clumps.merge()
        both.append(clumps.clusters() if len(clumps.cells) else [])
    return both[0], both[1]
