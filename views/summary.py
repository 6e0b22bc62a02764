"""The tab of summaries: cross-tabs, quantities, rankings, shares and hot spots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.facets import FACETS
from views.figure import show_figure
from views.options import OPTION_KEYS, OPTIONS
from views.summary_figures import (
    crosstab_figure,
    hot_spot_figure,
    quantity_figure,
    ranking_figure,
)

if TYPE_CHECKING:
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

CELLS: Final = {"5": "about 250 km²", "4": "about 1 770 km²", "3": "about 12 390 km²"}
RANKED: Final = ("crossing", "province", "route", "border")
SHARES: Final = ("precision", "attribution")


def show_summary(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    """Show what the records add up to."""
    part = st.segmented_control(
        "Summary",
        list(PARTS),
        key=OPTION_KEYS["sum"],
        format_func=lambda name: PARTS[name][0],
        required=True,
        label_visibility="collapsed",
    )
    PARTS[part or "cross"][1](atlas, choices, selection)


def _cross(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    left, right = st.columns(2)
    for column, label, word in ((left, "Rows", "sum-rows"), (right, "Columns", "sum-cols")):
        values = next(each.values for each in OPTIONS if each.word == word)
        column.selectbox(label, values, key=OPTION_KEYS[word], format_func=_facet_name)
    figure = crosstab_figure(atlas, choices, selection)
    show_figure(figure, atlas, choices, selection)


def _facet_name(name: str) -> str:
    return FACETS[name].label if name in FACETS else "None"


def _quantities(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    for by in ("class", "item"):
        show_figure(quantity_figure(atlas, selection, by), atlas, choices, selection)


def _rankings(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    for facet in RANKED:
        show_figure(ranking_figure(atlas, choices, selection, facet), atlas, choices, selection)


def _shares(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    for facet in SHARES:
        show_figure(ranking_figure(atlas, choices, selection, facet), atlas, choices, selection)


def _hot_spots(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    st.segmented_control(
        "Size of a hexagon",
        list(CELLS),
        key=OPTION_KEYS["sum-cells"],
        format_func=CELLS.__getitem__,
        required=True,
    )
    figure = hot_spot_figure(atlas, selection, int(choices.views["sum-cells"]))
    show_figure(figure, atlas, choices, selection)


PARTS: Final = {
    "cross": ("Cross-tab", _cross),
    "quantities": ("Quantities", _quantities),
    "top": ("Top places", _rankings),
    "shares": ("How sure", _shares),
    "hot": ("Hot spots", _hot_spots),
}
