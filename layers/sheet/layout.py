"""From clusters to signs: side by side, clear of crossings, all within the map.

Signs of records known only roughly go aside, as these may lie anywhere in their
area; where there is no room, they are counted with their neighbour's. The rules
are those of the web map (layers/js/signlayout.js).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from layers.sheet.apart import push_apart
from layers.sheet.clusters import GAP, Cluster, Part, find_clusters, part_px
from layers.sheet.room import Rectangle, overlaps

if TYPE_CHECKING:
    from layers.sheet.frame import Box
    from layers.sheet.points import RecordSet
    from layers.sheet.projection import Numbers

GATE_PX: Final = 16.0
GATE_ROOM: Final = 18.0
WAYS: Final = ((1, -1), (-1, -1), (1, 1), (-1, 1), (0, -1.3), (1.3, 0), (-1.3, 0), (0, 1.3))
STEPS: Final = (14.0, 22.0, 32.0, 44.0)
APART_ROUNDS: Final = 40
THREAD_PX: Final = 9.0
"""CSS pixels that a sign must have gone aside to hang by a thread from its place."""

JOIN_PX: Final = 60.0
EDGE: Final = 2.0
"""Points kept free between a sign and the map's edge."""


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A crossing's own sign, in points; room is kept about the main one."""

    x: float
    y: float
    half: float
    main: bool

    @property
    def box(self) -> Rectangle:
        """Left, bottom, right, top."""
        return (self.x - self.half, self.y - self.half, self.x + self.half, self.y + self.half)


@dataclass(frozen=True, kw_only=True, eq=False)
class Sign:
    """A sign on the map; lengths in points.

    ``x`` and ``y`` are its middle, ``home`` the middle of its records. ``classes``
    are pairs of a class and a count, the largest first. ``threaded`` tells whether it
    went so far aside that a line must lead home.
    """

    x: float
    y: float
    half: float
    home: tuple[float, float]
    records: RecordSet
    count: int
    coarse: bool
    first: int
    classes: tuple[tuple[int, int], ...]
    spread: bool
    open: bool
    both: bool
    value: float
    soft: bool
    hollow: bool
    threaded: bool

    @property
    def colour(self) -> str:
        """Its colour, where it has only one; else empty."""
        return self.records.colours[self.classes[0][0]] if len(self.classes) == 1 else ""

    @property
    def box(self) -> Rectangle:
        """Left, bottom, right, top."""
        return (
            self.x - self.half,
            self.y - self.half,
            self.x + self.half,
            self.y + self.half,
        )


Reserve = Callable[[list[Sign]], list[Rectangle]]


def layout_signs(
    sets: list[RecordSet], box: Box, px: float, gates: list[Gate], reserve: Reserve
) -> list[Sign]:
    """Lay out the signs of records.

    Parameters
    ----------
    sets
        Records by layer, in the order of the layers.
    box
        Of the map.
    px
        Points of a CSS pixel.
    gates
        The crossings.
    reserve
        Takes the exact signs and gives boxes that the coarse ones are to leave free,
        such as of names that a map must have.

    Returns
    -------
    list of Sign
        In the order of drawing: coarse ones first, and of either sort the
        largest first.
    """
    if not sets:
        return []
    layout = _Layout(sets, box, px, gates)
    exact, coarse = find_clusters(sets, box, px)
    signs = [
        layout.sign(part, x, y, cluster, coarse=False)
        for cluster in exact
        for part, x, y in layout.beside(cluster, gated=True)
    ]
    signs = layout.apart(signs)
    taken = [each.box for each in signs] + [each.box for each in gates] + reserve(signs)
    rough = [
        layout.sign(part, x, y, cluster, coarse=True)
        for cluster in layout.place_coarse(coarse, taken)
        for part, x, y in layout.beside(cluster, gated=False)
    ]

    def by_size(sign: Sign) -> tuple[float, float, float]:
        return (-sign.half, -sign.y, sign.x)

    return [*sorted(rough, key=by_size), *sorted(signs, key=by_size)]


class _Layout:
    def __init__(self, sets: list[RecordSet], box: Box, px: float, gates: list[Gate]) -> None:
        self.sets, self.box, self.px, self.gates = sets, box, px, gates

    def held(self, x: float, y: float, half: float) -> tuple[float, float]:
        """Keep a sign whole within the map."""
        box = self.box.inset(half + EDGE)
        return min(max(x, box.x0), box.x1), min(max(y, box.y0), box.y1)

    def beside(self, cluster: Cluster, *, gated: bool) -> list[tuple[Part, float, float]]:
        """Give the middles of a cluster's signs, from left to right."""
        near = GATE_PX * self.px
        gate = next(
            (
                each
                for each in self.gates
                if each.main and max(abs(each.x - cluster.x), abs(each.y - cluster.y)) < near
            ),
            None,
        )
        placed = []
        if gated and gate:
            for part in cluster.parts:
                # Squares to the left of the crossing, circles to its right.
                side = -1 if self.sets[part.layer].style["shape"] == "square" else 1
                aside = (part.size / 2 + GATE_ROOM / 2) * self.px
                half = part.size * self.px / 2
                placed.append((part, *self.held(gate.x + side * aside, gate.y, half)))
            return placed
        x, y = self.held(cluster.x, cluster.y, cluster.half)
        left = x - cluster.half
        for part in cluster.parts:
            size = part.size * self.px
            placed.append((part, left + size / 2, y))
            left += size + GAP * self.px
        return placed

    def apart(self, signs: list[Sign]) -> list[Sign]:
        """Push signs that overlap a little apart; a large sign of a measure may be covered."""
        if any(each.style["measure"] for each in self.sets) or len(signs) < 2:
            return signs
        middles = np.array([(each.x, each.y) for each in signs])
        half = np.array([each.half for each in signs])
        main = [each for each in self.gates if each.main]
        fixed = np.array([(each.x, each.y, each.half) for each in main]).reshape(-1, 3)
        for _ in range(APART_ROUNDS):
            push = push_apart(middles, half, middles, half, 0.5) + push_apart(
                middles, half, fixed[:, :2], fixed[:, 2], 1.0
            )
            if not push.any():
                break
            middles = middles + push
        placed = [self.held(x, y, each.half) for (x, y), each in zip(middles, signs, strict=True)]
        return [replace(each, x=x, y=y) for each, (x, y) in zip(signs, placed, strict=True)]

    def sign(self, part: Part, x: float, y: float, cluster: Cluster, *, coarse: bool) -> Sign:
        """Say how a part looks."""
        records = self.sets[part.layer]
        order = np.argsort(-part.classes, kind="stable")
        classes = [(int(at), int(part.classes[at])) for at in order if part.classes[at] > 0]
        single = part.count == 1
        home = cluster.home or (cluster.x, cluster.y)
        apart = float(np.hypot(home[0] - x, home[1] - y))
        return Sign(
            x=x,
            y=y,
            half=part.size * self.px / 2,
            home=home,
            records=records,
            count=part.count,
            coarse=coarse,
            first=part.first,
            classes=tuple(classes),
            spread=not single and part.spread,
            open=part.open == part.count,
            both=not part.spread and 0 < part.open < part.count,
            value=part.value,
            soft=not coarse and part.towns == part.count and (single or not part.spread),
            hollow=records.value is not None and not part.stated,
            threaded=coarse and apart > part.size * self.px / 2 + THREAD_PX * self.px,
        )

    def place_coarse(self, clusters: list[Cluster], taken: list[Rectangle]) -> list[Cluster]:
        """Find room for coarse clusters that the exact ones leave."""
        placed: list[Cluster] = []
        for cluster in sorted(clusters, key=lambda each: -sum(part.count for part in each.parts)):
            boxes = np.array(taken).reshape(-1, 4)
            spot = self._room(cluster, boxes)
            neighbour = None if spot else self._nearest(cluster, placed)
            if neighbour is not None:
                self._join(neighbour, cluster)
                continue
            x, y = spot or self.held(cluster.x, cluster.y, cluster.half)
            cluster.home = (cluster.x, cluster.y)
            cluster.x, cluster.y = x, y
            taken.append((x - cluster.half, y - cluster.half, x + cluster.half, y + cluster.half))
            placed.append(cluster)
        return placed

    def _room(self, cluster: Cluster, boxes: Numbers) -> tuple[float, float] | None:
        px, half = self.px, cluster.half
        tries = [(0.0, 0.0)]
        tries += [(right * step, up * step) for step in STEPS for right, up in WAYS]
        for right, up in tries:
            x, y = cluster.x + right * px, cluster.y + up * px
            if (x, y) != self.held(x, y, half):
                continue
            mine = np.array([[x - half, y - half, x + half, y + half]])
            if not overlaps(mine, boxes).any():
                return x, y
        return None

    def _nearest(self, cluster: Cluster, placed: list[Cluster]) -> Cluster | None:
        def apart(each: Cluster) -> float:
            return float(np.hypot(each.x - cluster.x, each.y - cluster.y))

        found = min(placed, key=apart, default=None)
        return found if found and apart(found) < JOIN_PX * self.px else None

    def _join(self, cluster: Cluster, other: Cluster) -> None:
        for part in other.parts:
            mine = next((each for each in cluster.parts if each.layer == part.layer), None)
            if mine is None:
                cluster.parts.append(part)
                continue
            for name in ("count", "open", "towns", "stated", "value"):
                setattr(mine, name, getattr(mine, name) + getattr(part, name))
            mine.classes = mine.classes + part.classes
            mine.first, mine.spread = min(mine.first, part.first), True
            style = self.sets[mine.layer].style
            mine.size = part_px(style, mine.count, mine.value, mine.stated > 0, coarse=True)
        cluster.parts.sort(key=lambda each: each.layer)
        width = sum(each.size for each in cluster.parts) + GAP * (len(cluster.parts) - 1)
        cluster.half = width * self.px / 2
