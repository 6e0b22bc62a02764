"""Counts as horizontal bars, longest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import altair as alt

from layers.charts.theme import Spec, chart_of, colour_of, spec_of, with_theme
from layers.style import BLUE

if TYPE_CHECKING:
    import pandas as pd

CHOICE: Final = "choice"
"""Name of the selection by which a visitor chooses a bar."""

BAR_PX: Final = 24
LONGEST_LABEL_PX: Final = 260


def bar_chart(frame: pd.DataFrame, *, facet: str) -> Spec:
    """Draw bars; a click chooses one (``CHOICE``, with its ``value``).

    Parameters
    ----------
    frame
        ``value``, ``words``, ``records`` and ``share`` (0 to 1), in order.
    facet
        Key of :data:`geo.facets.FACETS`, for the colours; bars of facets with no
        colours of their own are all alike.

    Returns
    -------
    dict
        A Vega-Lite specification, its rows beside it (:func:`layers.charts.theme.spec_of`).
    """
    own = facet in ("kind", "precision", "attribution", "group", "category")
    colours = [
        colour_of(facet, value, at) if own else BLUE for at, value in enumerate(frame["value"])
    ]
    choice = alt.selection_point(name=CHOICE, fields=["value"])
    base = chart_of("bars").encode(
        y=alt.Y(
            "words:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelLimit=LONGEST_LABEL_PX, ticks=False, labelOverlap=False),
        ),
        x=alt.X("records:Q", title=None, axis=None),
        tooltip=[
            alt.Tooltip("words:N", title="What"),
            alt.Tooltip("records:Q", title="Records"),
            alt.Tooltip("share:Q", title="Share", format=".1%"),
        ],
    )
    bars = base.mark_bar(cursor="pointer").encode(color=alt.Color("colour:N", scale=None))
    numbers = base.mark_text(align="left", dx=4).encode(text="records:Q")
    layered = alt.layer(bars.add_params(choice), numbers)
    return spec_of(
        with_theme(layered, height=BAR_PX * len(frame) + 2 * BAR_PX),
        bars=frame.assign(colour=colours),
    )
