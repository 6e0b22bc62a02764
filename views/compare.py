"""The tab that compares two filters: what changed, where, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.compare import compare
from geo.describe import describe_filters
from geo.filters import Filters
from geo.source_mix import compare_sources
from layers.charts.difference import difference_map, interval_chart
from layers.charts.shapes import Shapes, make_shapes
from views import state
from views.compare_start import show_events, show_start
from views.compare_words import (
    change_words,
    comparison_table,
    doubts,
    period_words,
    source_words,
    sources_table,
    where_notes,
)
from views.figure import Figure, show_figure
from views.options import OPTION_KEYS
from views.words import cut, say

if TYPE_CHECKING:
    from geo.compare import Comparison
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

WAYS: Final = {"province": "Provinces", "border": "Borders"}
TWINS: Final = {"off": "A alone", "side": "Side by side", "swipe": "Swipe"}


def show_compare(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    """Show how the records of the second filter differ from those of the first."""
    if choices.versus is None:
        show_start(atlas, choices)
        return
    by = choices.views["compare-by"]
    comparison = compare(atlas.records, choices.filters, choices.versus, by)
    words = (_in_words(atlas, choices.filters), _in_words(atlas, choices.versus))
    _sides(comparison, words)
    _buttons(atlas, choices)
    _controls()
    say(change_words(comparison), css="ka-compare-change")
    for doubt in doubts(comparison):
        say(doubt, css="ka-hint")
    notes = (*where_notes(comparison, by), f"A: {words[0]}.", f"B: {words[1]}.")
    shapes = _shapes(atlas, atlas.version)
    for figure in _figures(comparison, shapes, by, notes):
        show_figure(figure, atlas, choices, selection)
    _sources(atlas, comparison)


def _in_words(atlas: Atlas, filters: Filters) -> str:
    if filters == Filters():
        return "All records"
    return cut(describe_filters(filters, atlas.names, atlas.seeds.route_names))


@st.cache_resource(max_entries=2, show_spinner=False)
def _shapes(_atlas: Atlas, checksum: str) -> Shapes:  # noqa: ARG001 - the key
    return make_shapes(_atlas.ground)


def _sides(comparison: Comparison, words: tuple[str, str]) -> None:
    """Say what A and B are, how many records and how long each was looked at."""
    for letter, side, sentence, column in zip(
        "AB", (comparison.a, comparison.b), words, st.columns(2), strict=True
    ):
        with column, st.container(border=True, key=f"compare-side-{letter.lower()}"):
            say(f"{letter}: {sentence}", tag="h3", css="ka-figure")
            say(period_words(side))


def _buttons(atlas: Atlas, choices: Choices) -> None:
    with st.container(horizontal=True, key="compare-buttons"):
        st.button(
            "Swap A and B",
            on_click=_swap,
            args=(atlas, choices),
            key="compare-swap",
            help="A is what the sidebar says: swap to change B there.",
        )
        st.button(
            "Keep A as B",
            on_click=state.put_versus,
            args=(choices.filters,),
            key="compare-keep",
            help="Then change A in the sidebar.",
        )
        st.button("End comparison", on_click=_end, key="compare-end")
    with st.expander("Before and after an event"):
        show_events(atlas, choices)


def _swap(atlas: Atlas, choices: Choices) -> None:
    state.put_versus(choices.filters)
    state.put_filters(choices.versus or Filters(), atlas)


def _end() -> None:
    state.put_versus(None)
    state.put_option("twin", "off")


def _controls() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare-controls"):
        st.segmented_control(
            "By",
            list(WAYS),
            key=OPTION_KEYS["compare-by"],
            format_func=WAYS.__getitem__,
            required=True,
        )
        st.segmented_control(
            "Map above",
            list(TWINS),
            key=OPTION_KEYS["twin"],
            format_func=TWINS.__getitem__,
            required=True,
            help="A and B on two linked maps, or B over A with a line to move.",
        )


def _figures(
    comparison: Comparison, shapes: Shapes, by: str, notes: tuple[str, ...]
) -> tuple[Figure, ...]:
    where = {"province": "province as it is today", "border": "nearest border"}[by]
    table = comparison_table(comparison, by)
    listed = comparison.rows["name"].tolist()
    map_figure = Figure(
        key=f"difference-{by}",
        title=f"Change of the rate from A to B by {where}",
        chart=difference_map(comparison, shapes, by) if listed else None,
        table=table,
        alt=f"Map of the change by {where}; the table has every number.",
        notes=notes,
    )
    if not comparison.tested:
        return (map_figure,)
    intervals = Figure(
        key=f"intervals-{by}",
        title=f"Ratio of rates with its 95 % interval, by {where}",
        chart=interval_chart(comparison),
        table=table,
        alt=f"Ratio of B's rate to A's with its interval, by {where}.",
        notes=("Where a line crosses ×1, the change may be chance.", *notes[-2:]),
    )
    return map_figure, intervals


def _sources(atlas: Atlas, comparison: Comparison) -> None:
    mix = compare_sources(atlas.records, comparison)
    say("Who told of them", tag="h3", css="ka-figure")
    say(source_words(mix), css="ka-compare-warning" if mix.is_unlike else "ka-hint")
    if len(mix.top):
        st.dataframe(sources_table(mix), hide_index=True, key="compare-sources")
