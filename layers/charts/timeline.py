"""Records over time as stacked bars, with a brush and marks for events that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from layers.charts.theme import (
    Spec,
    chart_of,
    class_of,
    classes_of,
    colour_scale,
    spec_of,
    with_theme,
)
from layers.style import GROUND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.timeline import By, Timeline

BRUSH: Final = "period"
"""Name of the selection by which a visitor chooses a period."""

_MARK: Final = GROUND["fata"]
_FAINT: Final = 0.3
_HEIGHT_PX: Final = 320
_NARROW_PX: Final = 560
Period = tuple[pd.Timestamp | None, pd.Timestamp | None]


def timeline_frame(
    timeline: Timeline, by: By, stack: str, words: Mapping[str, str]
) -> pd.DataFrame:
    """Give the bars: one row a month or year and class.

    Parameters
    ----------
    timeline
        The counts, by values of ``stack``.
    by
        ``year`` or ``month``.
    stack
        The facet; its values are put into the legend's classes.
    words
        What values are called, by value.

    Returns
    -------
    pandas.DataFrame
        ``from``, ``to`` (days), ``class``, ``order`` (of the legend), ``records``,
        ``bottom`` and ``top`` of its part of the stack; only parts that are not empty.
    """
    classes = [class_of(stack, value) for value in timeline.counts.columns]
    order = _ordered(stack, list(dict.fromkeys(classes)))
    # By position: a value may be called as a column of the bars is.
    cells = timeline.counts.to_numpy()
    mine = np.array(classes, dtype=object)
    parts = [cells[:, mine == name].sum(axis=1) for name in order]
    long = pd.DataFrame(
        {
            "from": np.tile(timeline.counts.index.to_numpy(), len(order)),
            "class": np.repeat(np.array(order, dtype=object), len(cells)),
            "records": np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64),
        }
    )
    frame = long[long["records"] > 0].reset_index(drop=True)
    ends = frame["from"] + (pd.DateOffset(years=1) if by == "year" else pd.DateOffset(months=1))
    places = [order.index(name) for name in frame["class"]]
    top = frame.groupby("from")["records"].cumsum()
    return frame.assign(
        to=ends,
        order=places,
        top=top,
        bottom=top - frame["records"],
        **{"class": [words.get(name, name) for name in frame["class"]]},
    )


def _ordered(stack: str, names: list[str]) -> list[str]:
    legend = [swatch.name for swatch in classes_of(stack)]
    return sorted(names, key=lambda name: legend.index(name) if name in legend else len(legend))


def timeline_chart(
    frame: pd.DataFrame,
    *,
    by: By,
    stack: str,
    colours: Mapping[str, str],
    events: pd.DataFrame | None,
    period: Period = (None, None),
) -> Spec:
    """Draw the bars; a drag across them chooses a period (``BRUSH``).

    Parameters
    ----------
    frame
        As :func:`timeline_frame` gives.
    by, stack
        What the bars are.
    colours
        Value or class of the facet by its words.
    events
        ``name``, ``start``, ``end``, ``note``; ``None``: no marks.
    period
        The days that the filters keep: bars beyond are faint. ``None``: open.

    Returns
    -------
    dict
        A Vega-Lite specification, its rows beside it (:func:`layers.charts.theme.spec_of`).
    """
    names = list(frame.sort_values("order")["class"].drop_duplicates())
    scale = colour_scale(stack, [colours.get(name, name) for name in names])
    when = "%Y" if by == "year" else "%B %Y"
    # Room above the bars for the names of events.
    room = 1.9 if events is not None and len(events) else 1.05
    scale_y = alt.Scale(domain=[0, float(frame["top"].max()) * room], nice=False)
    colours_of = alt.Scale(domain=names, range=scale.range)
    legend = alt.Legend(columns=alt.ExprRef(expr=f"width < {_NARROW_PX} ? 1 : 5"))
    brush = alt.selection_interval(name=BRUSH, encodings=["x"])
    bars = (
        chart_of("bars")
        .mark_rect()
        .encode(
            x=alt.X("from:T", title=None, axis=alt.Axis(tickCount="year", labelOverlap=True)),
            x2="to:T",
            y=alt.Y("bottom:Q", title="Records", scale=scale_y, axis=alt.Axis(tickMinStep=1)),
            y2="top:Q",
            color=alt.Color("class:N", scale=colours_of, legend=legend),
            opacity=alt.condition("datum.inside", alt.value(1.0), alt.value(_FAINT)),
            tooltip=[
                alt.Tooltip("from:T", title="When", format=when),
                alt.Tooltip("class:N", title="Which"),
                alt.Tooltip("records:Q", title="Records"),
            ],
        )
        .add_params(brush)
    )
    rows = {"bars": frame.assign(inside=_inside(frame, period))}
    return _with_events(bars, events, rows)


def _with_events(bars: alt.Chart, events: pd.DataFrame | None, rows: dict[str, Any]) -> Spec:
    layers: list[Any] = [bars]
    if events is not None and len(events):
        rows = {**rows, "events": events, "spans": events[events["end"] > events["start"]]}
        layers += _marks()
    return spec_of(with_theme(alt.layer(*layers), height=_HEIGHT_PX), **rows)


def _inside(frame: pd.DataFrame, period: Period) -> pd.Series:
    first, last = period
    kept = pd.Series(data=True, index=frame.index)
    if first is not None:
        kept &= frame["to"] > first
    if last is not None:
        kept &= frame["from"] <= last
    return kept


def _marks() -> list[Any]:
    base = chart_of("events").encode(x=alt.X("start:T"), tooltip=_told())
    band = chart_of("spans").mark_rect(color=_MARK, opacity=0.14)
    return [
        band.encode(x="start:T", x2="end:T", tooltip=_told()),
        base.mark_rule(color=_MARK, strokeDash=[3, 2]),
        base.mark_text(
            angle=270,
            align="right",
            baseline="bottom",
            dx=-2,
            dy=-3,
            fontSize=10,
            color=_MARK,
            # On a phone the names would lie over each other: the list below has them.
            opacity=alt.ExprRef(expr=f"width < {_NARROW_PX} ? 0 : 1"),
        ).encode(y=alt.value(0), text="name:N"),
    ]


def _told() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title="Event"),
        alt.Tooltip("start:T", title="From", format="%-d %B %Y"),
        alt.Tooltip("end:T", title="To", format="%-d %B %Y"),
        alt.Tooltip("note:N", title="What"),
    ]
