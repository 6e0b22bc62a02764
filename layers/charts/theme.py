"""What all charts share: the map's colours, quiet axes, one font."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from geo.crosstab import NOT_STATED, TOO_COARSE
from layers.style import (
    BLUE,
    DARK,
    GOODS,
    GREEN,
    GREY,
    GROUPS,
    ORANGE,
    PURPLE,
    SKY,
    VERMILLION,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from layers.style import Swatch

Spec = dict[str, Any]

HEIGHT_PX: Final = 240

_FIXED: Final[dict[str, dict[str, str]]] = {
    "kind": {"seizure": BLUE, "incident": VERMILLION},
    "precision": {"site": DARK, "town": BLUE, "district": SKY, "province": GREY},
    "attribution": {"claimed": VERMILLION, "attributed": BLUE, "suspected": ORANGE},
    "role": {"perpetrator": VERMILLION, "target": SKY, "party": PURPLE},
}
_CYCLE: Final = (BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY)


def classes_of(facet: str) -> tuple[Swatch, ...]:
    """Give the legend's classes of a facet; none: each value is a class of its own."""
    return {"group": GROUPS, "category": GOODS}.get(facet, ())


def class_of(facet: str, value: str) -> str:
    """Give the legend's class of a value, as the map has it; the value itself if none."""
    for swatch in classes_of(facet):
        if value in swatch.members:
            return swatch.name
    return value


def colour_of(facet: str, name: str, at: int = 0) -> str:
    """Give the colour of a class or value.

    Parameters
    ----------
    facet
        Key of :data:`geo.facets.FACETS`.
    name
        A class of the legend or a value; the same one has the same colour in
        every chart and on the map.
    at
        Its place among the values, for those with no colour of their own.
    """
    for swatch in classes_of(facet):
        if name == swatch.name or name in swatch.members:
            return swatch.colour
    if name in ("", NOT_STATED, TOO_COARSE):
        return GREY
    fixed = _FIXED.get(facet, {})
    return fixed.get(name, _CYCLE[at % len(_CYCLE)])


def colour_scale(facet: str, names: Sequence[str]) -> alt.Scale:
    """Give the scale of colours of some classes or values, in their order.

    Parameters
    ----------
    facet, names
        As for :func:`colour_of`.
    """
    return alt.Scale(
        domain=list(names), range=[colour_of(facet, name, at) for at, name in enumerate(names)]
    )


def chart_of(name: str) -> alt.Chart:
    """Make a chart of rows that :func:`spec_of` puts beside it under a name."""
    return alt.Chart(alt.NamedData(name=name))


def spec_of(chart: Any, **rows: pd.DataFrame) -> Spec:
    """Write a chart as Vega-Lite, with its rows beside it.

    Altair would look at each value of rows that it holds itself, several times.

    Parameters
    ----------
    chart
        An Altair chart of :func:`chart_of` charts.
    **rows
        Frames by the names that the chart has for them.

    Returns
    -------
    dict
        The specification; ``datasets`` holds the frames as they are.
    """
    spec: Spec = chart.to_dict()
    return spec | {"datasets": rows}


def with_theme(chart: Any, *, width: int | str = "container", height: int = HEIGHT_PX) -> Any:
    """Give a chart the size and the look that all have.

    Colours of text and lines are left to the page, which may be light or dark.

    Parameters
    ----------
    chart
        An Altair chart.
    width, height
        In pixels; ``container``: as wide as there is room.
    """
    sized = chart.properties(width=width, height=height)
    return (
        sized.configure_view(strokeWidth=0)
        .configure_axis(grid=False, domainWidth=1, tickSize=4, titleFontWeight="normal")
        .configure_axisY(grid=True, gridOpacity=0.35, domain=False, ticks=False)
        .configure_legend(
            orient="top",
            title=None,
            columns=5,
            symbolType="square",
            symbolStrokeWidth=0,
            labelLimit=240,
        )
    )
