"""A cross-tab as a matrix of shaded cells with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import altair as alt

from layers.charts.theme import Spec, chart_of, spec_of, with_theme

if TYPE_CHECKING:
    import pandas as pd

CELL: Final = "cell"
"""Name of the selection by which a visitor chooses a cell."""

ROW_PX: Final = 24
HEAD_PX: Final = 130
FEW_COLUMNS: Final = 4
MOST_ROWS: Final = 25
MOST_COLUMNS: Final = 16
_DARK_FROM: Final = 0.5
"""From this share of the largest count on, numbers are white."""


def matrix_chart(frame: pd.DataFrame, *, rows: str, columns: str) -> Spec:
    """Draw the cells; a click chooses one (``CELL``: ``row`` and ``column``).

    Parameters
    ----------
    frame
        ``row``, ``column`` (values), ``row_words``, ``column_words``, ``records``;
        in the order of the table.
    rows, columns
        What the facets are called.

    Returns
    -------
    dict
        A Vega-Lite specification, its rows beside it (:func:`layers.charts.theme.spec_of`).
    """
    row_order = list(dict.fromkeys(frame["row_words"]))
    column_order = list(dict.fromkeys(frame["column_words"]))
    most = int(frame["records"].max()) if len(frame) else 1
    whole = alt.Axis(labelLimit=240, labelOverlap=False, ticks=False)
    choice = alt.selection_point(name=CELL, fields=["row", "column"])
    base = chart_of("cells").encode(
        y=alt.Y("row_words:N", sort=row_order, title=rows, axis=whole),
        x=alt.X(
            "column_words:N",
            sort=column_order,
            title=columns,
            axis=alt.Axis(
                orient="top",
                labelAngle=-40 if len(column_order) > FEW_COLUMNS else 0,
                labelLimit=150,
                labelOverlap=False,
                ticks=False,
            ),
        ),
        tooltip=[
            alt.Tooltip("row_words:N", title=rows),
            alt.Tooltip("column_words:N", title=columns),
            alt.Tooltip("records:Q", title="Records"),
        ],
    )
    cells = base.mark_rect(cursor="pointer").encode(
        color=alt.Color(
            "records:Q", legend=None, scale=alt.Scale(scheme="blues", domain=[0, max(most, 1)])
        )
    )
    numbers = (
        base.transform_filter("datum.records > 0")
        .mark_text()
        .encode(
            text="records:Q",
            color=alt.condition(
                f"datum.records > {most * _DARK_FROM:g}", alt.value("#FFFFFF"), alt.value("#23211F")
            ),
        )
    )
    layered = alt.layer(cells.add_params(choice), numbers)
    return spec_of(with_theme(layered, height=ROW_PX * len(row_order) + HEAD_PX), cells=frame)
