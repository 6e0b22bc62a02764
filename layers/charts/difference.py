"""Where a second filter has more or fewer records than a first: a map, and the intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from geo.compare import is_change, is_lasting
from layers.charts.shapes import shape_layer
from layers.charts.theme import with_theme
from layers.style import GROUND

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.compare import Comparison
    from layers.charts.shapes import Shapes

CLASSES: Final = (
    ("×⅓ or less", 1 / 3, "#1F5F96"),
    ("×⅓ to ×⅔", 2 / 3, "#9DC1DC"),
    ("×⅔ to ×1½", 1.5, "#E9E3D6"),
    ("×1½ to ×3", 3.0, "#F2B06B"),
    ("×3 or more", np.inf, "#B9500D"),
)
"""Classes of the ratio of B's rate to A's: name, upper limit, colour (blue to orange,
which all kinds of colour blindness can tell apart)."""

NO_RATIO: Final = ("No rate", "#BDBDBD")

_HEIGHT_PX: Final = 460
_INK: Final = GROUND["ink"]
_FAINT: Final = 0.5
_HAIR: Final = "#8F887B"
_EDGE: Final = 32.0
_HIGH_PX: Final = 22
_FRAME_PX: Final = 160
"""Of legend and axis, which the page counts into a chart's height."""


def class_names(ratios: Iterable[float]) -> list[str]:
    """Put ratios into classes.

    Parameters
    ----------
    ratios
        Of B's rate to A's; NaN: there is none.

    Returns
    -------
    list of str
        Names of :data:`CLASSES`; the limits themselves are in the class that is
        nearer to no change, but for the outer ones, which name them.
    """
    return [_class_name(ratio) for ratio in ratios]


def _class_name(ratio: float) -> str:
    if np.isnan(ratio):
        return NO_RATIO[0]
    names = [name for name, _, _ in CLASSES]
    lowest, low, high, highest = (limit for _, limit, _ in CLASSES[:-1])
    place = sum([ratio > lowest, ratio >= low, ratio > high, ratio >= highest])
    return names[place]


def ratio_words(ratio: float) -> str:
    """Write a ratio: ``×2.5``, ``×0.07``, ``×12``; ``new`` after none, ``–`` for none."""
    if np.isnan(ratio):
        return "–"
    if np.isinf(ratio):
        return "new"
    if ratio == 0:
        return "none"
    digits = 0 if ratio >= 10 else 1 if ratio >= 1 else 2
    return f"×{ratio:.{digits}f}"


def difference_map(comparison: Comparison, shapes: Shapes, by: str) -> alt.LayerChart:
    """Draw the ratio of rates by province or border.

    Parameters
    ----------
    comparison
        By the same ``by``.
    shapes
        Outlines of provinces and borders.
    by
        ``province`` or ``border``.

    Returns
    -------
    altair.LayerChart
        In a conic equal-area projection; with its data inside.
    """
    rows = _drawn(comparison.rows)
    units = shapes.provinces
    if by == "province":
        units = units[units["home"] | units["value"].isin(rows["value"])]
        things = units.merge(rows, on="value").sort_values("sure", kind="stable")
        coloured = shape_layer("compared", things, strokeJoin="round").encode(
            fill=_colour(alt.Fill), fillOpacity=_doubt(), stroke=_edge(), strokeWidth=_thick()
        )
    else:
        units = units[units["home"]]
        things = shapes.borders.merge(rows, on="value")
        coloured = shape_layer(
            "compared", things, filled=False, strokeWidth=8, strokeCap="round", strokeJoin="round"
        ).encode(stroke=_colour(alt.Stroke), strokeOpacity=_doubt())
    look = {"fill": GROUND["land"], "fillOpacity": 0.35, "stroke": _HAIR, "strokeWidth": 0.6}
    layers = [shape_layer("ground", units, **look), coloured.encode(tooltip=_tooltip())]
    chart = alt.layer(*layers, *_labels(things)).project(
        type="conicEqualArea", parallels=[30, 37], rotate=[-67, 0, 0]
    )
    sized: alt.LayerChart = with_theme(chart, height=_HEIGHT_PX)
    return sized


def interval_chart(comparison: Comparison) -> alt.LayerChart:
    """Draw each ratio with its interval, on a logarithmic axis.

    Parameters
    ----------
    comparison
        Its rows with an interval are drawn, the largest ratio first; what lies
        beyond 32 times (more or less) is drawn at the edge.
    """
    rows = _drawn(comparison.rows[comparison.rows["chance"].notna()])
    rows = rows.sort_values("ratio", ascending=False, kind="stable")
    for name in ("ratio", "ratio_low", "ratio_high"):
        rows[name] = rows[name].clip(1 / _EDGE, _EDGE)
    columns = ["name", "ratio", "ratio_low", "ratio_high", "class", "sure", *_TOLD]
    base = alt.Chart(rows[columns]).encode(
        y=alt.Y(
            "name:N",
            sort=list(rows["name"]),
            title=None,
            axis=alt.Axis(labelLimit=170, labelOverlap=False),
        )
    )
    ticks = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32]
    scale = alt.Scale(type="log", base=2, domain=[1 / _EDGE, _EDGE], nice=False)
    words = (
        "datum.value < 1 ? '÷' + format(1 / datum.value, '.0f') : '×' + format(datum.value, '.0f')"
    )
    axis = alt.Axis(values=ticks, labelExpr=words, grid=True, gridOpacity=0.25)
    x = alt.X("ratio_low:Q", scale=scale, axis=axis, title="B's rate by A's")
    line = base.mark_rule(strokeWidth=1.8, color=_HAIR).encode(x=x, x2="ratio_high:Q")
    dot = base.mark_point(size=80, filled=True, stroke=_INK, opacity=1).encode(
        x=alt.X("ratio:Q", scale=scale),
        fill=_colour(alt.Fill),
        strokeWidth=alt.condition("datum.sure > 0", alt.value(2), alt.value(0.6)),
        tooltip=_tooltip(),
    )
    same = pd.DataFrame({"at": [1.0]})
    even = (
        alt.Chart(same)
        .mark_rule(strokeDash=[4, 3], color=_HAIR)
        .encode(x=alt.X("at:Q", scale=scale))
    )
    chart = alt.layer(even, line, dot)
    sized: alt.LayerChart = with_theme(chart, height=len(rows) * _HIGH_PX + _FRAME_PX)
    return sized


_TOLD: Final = ("told", "records_a", "records_b", "interval")


def _drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """Add what the charts show: class, label, sureness (0 to 2), words."""
    drawn = rows[["value", "name", "ratio", "ratio_low", "ratio_high"]].copy()
    drawn["class"] = class_names(rows["ratio"])
    drawn["sure"] = is_change(rows).astype(int) + is_lasting(rows).astype(int)
    drawn["told"] = [ratio_words(each) for each in rows["ratio"]]
    drawn["records_a"], drawn["records_b"] = rows["a"], rows["b"]
    drawn["interval"] = [
        interval_words(low, high)
        for low, high in zip(rows["ratio_low"], rows["ratio_high"], strict=True)
    ]
    return drawn


def interval_words(low: float, high: float) -> str:
    """Write the interval of a ratio: ``×1.2 to ×5.1``; ``–``: there is none."""
    if np.isnan(low):
        return "–"
    if np.isinf(high):
        return f"{ratio_words(low)} or more" if low else "any"
    return f"{ratio_words(low) if low else '×0'} to {ratio_words(high)}"


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title="Where"),
        alt.Tooltip("records_a:Q", title="Records of A"),
        alt.Tooltip("records_b:Q", title="Records of B"),
        alt.Tooltip("told:N", title="B's rate by A's"),
        alt.Tooltip("interval:N", title="Between"),
    ]


def _colour(channel: Any) -> Any:
    names = [*(name for name, _, _ in CLASSES), NO_RATIO[0]]
    colours = [*(colour for _, _, colour in CLASSES), NO_RATIO[1]]
    look: dict[str, Any] = {"symbolType": "square", "symbolStrokeWidth": 0}
    if channel is alt.Stroke:
        look = {"symbolType": "stroke", "symbolStrokeWidth": 6}
    legend = alt.Legend(orient="top", title=None, columns=3, symbolOpacity=1, **look)
    return channel("class:N", scale=alt.Scale(domain=names, range=colours), legend=legend)


def _doubt() -> Any:
    return alt.condition("datum.sure > 0", alt.value(1.0), alt.value(_FAINT))


def _edge() -> Any:
    return alt.condition("datum.sure > 0", alt.value(_INK), alt.value(_HAIR))


def _thick() -> Any:
    return alt.condition("datum.sure > 1", alt.value(2.4), alt.value(0.9))


def _labels(things: pd.DataFrame) -> list[alt.Chart]:
    """Write the ratio where it is a change; under it a pale edge, to be read on any colour."""
    shown = pd.DataFrame(things[things["sure"] > 0][["lon", "lat", "told"]])
    base = alt.Chart(shown).encode(longitude="lon:Q", latitude="lat:Q", text="told:N")
    look: dict[str, Any] = {"fontSize": 11, "fontWeight": "bold"}
    halo = base.mark_text(**look, stroke="#FFFFFF", strokeWidth=3, strokeOpacity=0.85)
    return [halo, base.mark_text(**look, color=_INK)]
