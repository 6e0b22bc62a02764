"""The tab of time: records by month or year, brushed to choose a period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from geo.counts import plural
from geo.dates import parse_period, show_date
from geo.facet_words import value_words
from geo.facets import FACETS
from geo.filters import Filters
from geo.timeline import count_over_time
from layers.charts.timeline import BRUSH, Period, timeline_chart, timeline_frame
from layers.data import rows_of
from layers.popup import safe_href
from views import state
from views.data import select
from views.figure import Figure, show_figure
from views.options import OPTION_KEYS, OPTIONS
from views.words import link, tagged

if TYPE_CHECKING:
    from geo.select import Selection
    from geo.timeline import By, Timeline
    from views.choices import Choices
    from views.data import Atlas

KEY: Final = "time"
BY: Final = {"year": "Years", "month": "Months"}
MARKS: Final = {"on": "Events marked", "off": "No marks"}


def show_time(atlas: Atlas, choices: Choices, selection: Selection) -> None:
    """Show how many records there are in each month or year."""
    by: Any = choices.views["time-by"]
    stack = choices.views["time-stack"]
    _controls()
    undated = select(atlas, _any_time(choices.filters))
    timeline = count_over_time(atlas.records, undated.surely, by, stack)
    show_figure(_figure(atlas, choices, timeline, by=by, stack=stack), atlas, choices, selection)
    if _period(choices.filters) != (None, None):
        st.button(
            "Any time",
            on_click=state.put_filters,
            key="time-clear",
            args=(_any_time(choices.filters), atlas),
        )
    _list_events(atlas, choices.views["time-marks"])


def _controls() -> None:
    stacks = next(each.values for each in OPTIONS if each.word == "time-stack")
    with st.container(horizontal=True, vertical_alignment="bottom", key="time-controls"):
        st.segmented_control(
            "Count by",
            list(BY),
            key=OPTION_KEYS["time-by"],
            format_func=BY.__getitem__,
            required=True,
        )
        st.selectbox(
            "Divide by",
            stacks,
            key=OPTION_KEYS["time-stack"],
            width=220,
            format_func=lambda name: FACETS[name].label,
        )
        st.segmented_control(
            "Events that matter",
            list(MARKS),
            key=OPTION_KEYS["time-marks"],
            format_func=MARKS.__getitem__,
            required=True,
        )


def _any_time(filters: Filters) -> Filters:
    return replace(filters, date_from=None, date_to=None, year=None)


def _period(filters: Filters) -> Period:
    since, until = filters.date_from or filters.year, filters.date_to or filters.year
    return (
        pd.Timestamp(parse_period(since).start) if since else None,
        pd.Timestamp(parse_period(until).end) if until else None,
    )


def _figure(atlas: Atlas, choices: Choices, timeline: Timeline, *, by: By, stack: str) -> Figure:
    values = list(timeline.counts.columns)
    words = dict(zip(values, value_words(atlas.records, stack, values), strict=True))
    frame = timeline_frame(timeline, by, stack, words)
    events = atlas.seeds.events if choices.views["time-marks"] == "on" else None
    chart = timeline_chart(
        frame,
        by=by,
        stack=stack,
        colours={text: value for value, text in words.items()},
        events=_within(events, timeline),
        period=_period(choices.filters),
    )
    return Figure(
        key=KEY,
        title=f"Records by {by} and {FACETS[stack].label.lower()}",
        chart=chart if len(frame) else None,
        table=_table(timeline, by, words),
        alt=_told(timeline, by),
        notes=_notes(timeline, choices.filters),
        on_select=lambda: _brushed(atlas, by),
    )


def _within(events: pd.DataFrame | None, timeline: Timeline) -> pd.DataFrame | None:
    """Keep the events of the years shown: others would stretch the axis."""
    if events is None or timeline.counts.empty:
        return None
    first, last = timeline.counts.index[0], timeline.counts.index[-1] + pd.DateOffset(years=1)
    kept: pd.DataFrame = events[(events["end"] >= first) & (events["start"] <= last)]
    return kept


def _notes(timeline: Timeline, filters: Filters) -> tuple[str, ...]:
    notes = ["Drag across the bars to keep a period."]
    if timeline.too_coarse:
        notes.append(
            f"{plural(timeline.too_coarse, 'record')} dated to a year only: in no month, "
            "and not in these bars."
        )
    if _period(filters) != (None, None):
        notes.append("Faint: outside the period that is on; all other filters hold for them too.")
    return tuple(notes)


def _table(timeline: Timeline, by: By, words: dict[str, str]) -> pd.DataFrame:
    counts = timeline.counts.rename(columns=words)
    length = 4 if by == "year" else 7
    table = counts.assign(Records=counts.sum(axis="columns"))
    table.index = pd.Index(
        [str(day.date())[:length] for day in table.index], name=by.capitalize(), dtype="str"
    )
    if timeline.too_coarse:
        table.loc["Year only"] = [None] * counts.shape[1] + [timeline.too_coarse]
    return table


def _told(timeline: Timeline, by: By) -> str:
    if timeline.counts.empty:
        return "No records."
    totals = timeline.counts.sum(axis="columns")
    most = show_date(str(totals.idxmax())[: 4 if by == "year" else 7])
    return (
        f"Bars of records by {by}, from {totals.index[0].year} to {totals.index[-1].year}; "
        f"most, {int(totals.max())}, in {most}."
    )


def _brushed(atlas: Atlas, by: By) -> None:
    """Keep the months or years that were dragged across."""
    chosen = st.session_state[f"figure-{KEY}"]["selection"].get(BRUSH) or {}
    span = next((value for value in chosen.values() if len(value) == 2), None)
    if span is None:
        return
    first, last = (pd.Timestamp(edge, unit="ms") for edge in sorted(span))
    length = 4 if by == "year" else 7
    begin, end = str(first.date())[:length], str(last.date())[:length]
    st.session_state[state.WIDGETS["date_from"]] = begin
    st.session_state[state.WIDGETS["date_to"]] = end
    state.follow_dates(atlas)


def _list_events(atlas: Atlas, marks: str) -> None:
    if marks == "off":
        return
    rows = "".join(_line(event) for event in rows_of(atlas.seeds.events))
    st.html(f'<h4 class="ka-figure">Events that matter</h4><ul class="ka-events">{rows}</ul>')


def _line(event: Any) -> str:
    words = tagged(f"{event.name}: {event.note}", tag="span")
    source = link(event.source_name, safe_href(event.source_url))
    return f"<li>{tagged(_when(event), tag='strong')} {words} {source}</li>"


def _when(event: Any) -> str:
    first, last = (show_date(str(day.date())) for day in (event.start, event.end))
    return first if first == last else f"{first} to {last}"
