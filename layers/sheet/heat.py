"""Where records lie thick, as a tint (layers/js/heat.js): shapes, so that it stays sharp."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from contourpy import contour_generator
from matplotlib.path import Path

from layers.sheet.ink import Ink, colour
from layers.sheet.key import Section
from layers.sheet.surfaces import Counted, gather, left_out, over, ramp_at, round_km
from layers.style import GROUND

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.sheet.points import RecordSet
    from layers.sheet.projection import MapFrame, Numbers

CELL: Final = 4.0
HALF_BOX: Final = 3
PASSES: Final = 4
MARGIN: Final = PASSES * HALF_BOX
CLEAR_BELOW: Final = 0.03
SOLID_FROM: Final = 0.45
OPAQUE: Final = 0.85
LEAST_FULL: Final = 10
FAINT_FROM: Final = 40
STEPS: Final = (0.1, 0.16, 0.22, 0.28, 0.34, 0.4, 0.48, 0.56, 0.64, 0.72, 0.8, 0.88, 0.96)
WORDS: Final = ((0.25, "a few"), (0.5, "some"), (0.75, "many"), (1.0, "most on this map"))


@dataclass(frozen=True, kw_only=True, eq=False)
class Heat:
    """A tint: how much at each place of a grid, from 0 to 1 and beyond, as of its root."""

    x: Numbers
    y: Numbers
    step: Numbers
    faint: bool
    counted: Counted


def measure_heat(sets: list[RecordSet], frame: MapFrame, px: float) -> Heat:
    """Blur the records of all layers into one tint."""
    cell = CELL * px
    counted = gather(sets, MARGIN * cell / frame.metre / 1000)
    columns = int(np.ceil(frame.box.width / cell)) + 2 * MARGIN + 1
    lines = int(np.ceil(frame.box.height / cell)) + 2 * MARGIN + 1
    x0, y0 = frame.box.x0 - MARGIN * cell, frame.box.y0 - MARGIN * cell
    column = ((counted.x - x0) / cell).astype(np.int64)
    line = ((counted.y - y0) / cell).astype(np.int64)
    weights = np.bincount(line * columns + column, minlength=lines * columns).astype(float)
    blurred = _blur(weights.reshape(lines, columns))
    one = np.zeros((2 * MARGIN + 1, 2 * MARGIN + 1))
    one[MARGIN, MARGIN] = 1
    peak = float(_blur(one)[MARGIN, MARGIN])
    full = max(float(blurred.max(initial=0)), LEAST_FULL * peak)
    return Heat(
        x=np.asarray(x0 + (np.arange(columns) + 0.5) * cell, dtype=float),
        y=np.asarray(y0 + (np.arange(lines) + 0.5) * cell, dtype=float),
        step=np.sqrt(np.clip(blurred, 0, None) / full),
        faint=full >= FAINT_FROM * peak,
        counted=counted,
    )


def _blur(grid: Numbers) -> Numbers:
    """Take running means along and across, so often that they make a bell curve."""
    wide = 2 * HALF_BOX + 1
    for _ in range(PASSES):
        for axis in (0, 1):
            room = [(0, 0), (0, 0)]
            room[axis] = (HALF_BOX + 1, HALF_BOX)
            sums = np.cumsum(np.pad(grid, room), axis=axis)
            after, before = [slice(None)] * 2, [slice(None)] * 2
            after[axis], before[axis] = slice(wide, None), slice(None, -wide)
            grid = (sums[tuple(after)] - sums[tuple(before)]) / wide
    return grid


def _cover(step: float) -> float:
    rise = max(0.0, min(1.0, (step - CLEAR_BELOW) / (SOLID_FROM - CLEAR_BELOW)))
    return OPAQUE * rise * rise * (3 - 2 * rise)


def draw_heat(axes: Axes, heat: Heat) -> None:
    """Draw a tint as shapes one upon the other, darker each, under the lines of the map."""
    generator = contour_generator(heat.x, heat.y, heat.step, fill_type="OuterCode")
    ink = Ink(axes=axes, zorder=4.0)
    for at, step in enumerate(STEPS):
        after = STEPS[at + 1] if at + 1 < len(STEPS) else 1.0
        middle = (step + after) / 2
        tint = over(ramp_at(middle), _cover(middle), GROUND["land"])
        filled: Any = generator.filled(step, np.inf)
        points, codes = filled
        for vertices, code in zip(points, codes, strict=True):
            ink.add(Path(vertices, code), face=colour(tint))
    ink.flush()


def heat_section(heat: Heat, frame: MapFrame, px: float) -> Section:
    """Write the legend of a tint."""
    section = Section(title="Density of records")
    if len(heat.counted.x):
        for at, (step, label) in enumerate(WORDS):
            seen = over(ramp_at(step), _cover(step), GROUND["land"])
            section.add(label, {"shape": "hexagon", "colour": seen, "size": 16}, at)
        reach = MARGIN * CELL * px / frame.metre / 1000
        section.notes.append(f"Each record tints about {round_km(reach)} km around it.")
        if heat.faint:
            section.notes.append("Beside very many, a single one hardly shows.")
    section.notes += left_out(heat.counted)
    return section
