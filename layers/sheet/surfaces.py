"""What hexagons and heat have in common: which records count, colours of the ramp, words.

The rules are those of the web map (layers/js/surface.js); the projection being
equal in area, what records cover is the same ground everywhere on the map.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import to_hex, to_rgb

from geo.counts import number, plural
from layers.ramp import RAMP
from layers.sheet.points import PROVINCE

if TYPE_CHECKING:
    from layers.sheet.points import RecordSet
    from layers.sheet.projection import Numbers


@dataclass(frozen=True, kw_only=True, eq=False)
class Counted:
    """Records that a surface counts, by their places, and how many it leaves out."""

    x: Numbers
    y: Numbers
    rough: int
    provincial: int


def _hex(channels: Numbers) -> str:
    red, green, blue = (float(each) for each in channels)
    return str(to_hex((red, green, blue)))


def ramp_at(step: float) -> str:
    """Give the colour of the ramp at 0 (few) to 1 (many)."""
    place = step * (len(RAMP) - 1)
    at = min(int(place), len(RAMP) - 2)
    first, last = np.array(to_rgb(RAMP[at])), np.array(to_rgb(RAMP[at + 1]))
    return _hex(first + (last - first) * (place - at))


def over(tint: str, alpha: float, ground: str) -> str:
    """Give a colour as it looks over another through which it lets something."""
    return _hex(np.array(to_rgb(tint)) * alpha + np.array(to_rgb(ground)) * (1 - alpha))


def gather(sets: list[RecordSet], reach_km: float) -> Counted:
    """Take the records known well enough to be counted at a scale."""
    fine = [(each.rank < PROVINCE) & (each.radius_km <= reach_km) for each in sets]
    provincial = sum(int((each.rank >= PROVINCE).sum()) for each in sets)
    total = sum(len(each.x) for each in sets)
    x = np.concatenate([np.empty(0), *(s.x[f] for s, f in zip(sets, fine, strict=True))])
    y = np.concatenate([np.empty(0), *(s.y[f] for s, f in zip(sets, fine, strict=True))])
    return Counted(x=x, y=y, rough=total - provincial - len(x), provincial=provincial)


def left_out(counted: Counted) -> list[str]:
    """Say which records a surface leaves out."""
    words = []
    for count, why in (
        (counted.rough, "known too roughly for this scale"),
        (counted.provincial, "known only by province"),
    ):
        if count:
            verb = "is" if count == 1 else "are"
            words.append(f"{plural(count, 'record')} {why} {verb} not in it.")
    return words


def round_km(km: float) -> str:
    """Write about how many kilometres."""
    return number(round(float(f"{km:.2g}"))) if km >= 10 else f"{float(f'{km:.1g}'):g}"
