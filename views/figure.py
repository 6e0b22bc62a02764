"""A figure of the desk: chart, doubts, its table, and both as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from geo.counts import count_phrase, undecided_phrase
from geo.files import safe_name
from geo.formulas import defuse
from geo.notes import LICENCE, PROGRAM, program_version
from layers.charts.output import ChartFormat, Heading, chart_bytes
from layers.snapshot import filters_in_words
from views.words import say, tagged

if TYPE_CHECKING:
    from geo.select import Selection
    from layers.charts.theme import Spec
    from views.choices import Choices
    from views.data import Atlas

MIMES: Final[dict[ChartFormat, str]] = {"png": "image/png", "svg": "image/svg+xml"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Figure:
    """A figure.

    Attributes
    ----------
    key
        Names its widgets; one a page.
    title
        What it counts.
    chart
        An Altair chart, or a specification with its rows beside it
        (:func:`layers.charts.theme.spec_of`); ``None``: the table is all there is.
    table
        The numbers behind it; its index, if named, is its first column.
    alt
        What a screen reader is told of the chart.
    notes
        Doubts: how many records could not be used, and why.
    on_select
        Called when something is chosen in the chart, whose selections then are
        in the session under ``figure-<key>``.
    """

    key: str
    title: str
    chart: Any
    table: pd.DataFrame
    alt: str
    notes: tuple[str, ...] = ()
    on_select: Callable[[], None] | None = None
    column_config: dict[str, Any] = field(default_factory=dict)

    @property
    def spec(self) -> Spec:
        """The chart as Vega-Lite."""
        spec: Spec = self.chart if isinstance(self.chart, dict) else self.chart.to_dict()
        return spec

    @property
    def chart_key(self) -> str:
        """Key under which the session has what is chosen in the chart."""
        return f"figure-{self.key}"


def show_figure(figure: Figure, atlas: Atlas, choices: Choices, selection: Selection) -> None:
    """Show a figure with its table and its files.

    Parameters
    ----------
    figure
        What to show.
    atlas, choices, selection
        What the page shows: files say so.
    """
    with st.container(key=f"figure-box-{figure.key}"):
        say(figure.title, tag="h3", css="ka-figure")
        if figure.chart is not None and len(figure.table):
            _chart(figure)
        if figure.notes:
            st.html("".join(tagged(note, css="ka-hint") for note in figure.notes))
        if figure.table.empty:
            say("There is nothing to count.", css="ka-hint")
            return
        with st.expander("Table and files", expanded=figure.chart is None):
            st.dataframe(
                figure.table,
                key=f"figure-table-{figure.key}",
                hide_index=figure.table.index.name is None,
                column_config=figure.column_config,
                alt=f"Table: {figure.title}",
            )
            _files(figure, _heading(figure, atlas, choices, selection))


def _chart(figure: Figure) -> None:
    spec = figure.spec | {"description": figure.alt}
    if figure.on_select is None:
        st.vega_lite_chart(spec, key=figure.chart_key)
    else:
        st.vega_lite_chart(spec, key=figure.chart_key, on_select=figure.on_select)


def _heading(figure: Figure, atlas: Atlas, choices: Choices, selection: Selection) -> Heading:
    words = filters_in_words(choices.filters, selection, atlas.seeds)
    doubt = undecided_phrase(selection)
    version = f"{PROGRAM} {program_version()}, data {atlas.seeds.checksum[:12]}. {LICENCE}"
    notes = (*figure.notes, *([doubt] if doubt else []), version)
    return Heading(title=figure.title, words=f"{words}: {count_phrase(selection)}.", notes=notes)


def _files(figure: Figure, heading: Heading) -> None:
    """Offer the files; each is made when it is asked for."""
    with st.container(horizontal=True):
        st.download_button(
            "CSV",
            data=partial(csv_bytes, figure.table),
            file_name=safe_name(figure.title, "csv"),
            mime="text/csv",
            on_click="ignore",
            key=f"figure-csv-{figure.key}",
        )
        if figure.chart is None:
            return
        for format_, mime in MIMES.items():
            st.download_button(
                format_.upper(),
                data=partial(_draw, figure, format_, heading),
                file_name=safe_name(figure.title, format_),
                mime=mime,
                on_click="ignore",
                key=f"figure-{format_}-{figure.key}",
            )


def _draw(figure: Figure, format_: ChartFormat, heading: Heading) -> bytes:
    return chart_bytes(figure.spec, format_, heading)


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Write a table as CSV that no spreadsheet takes for formulas.

    Parameters
    ----------
    table
        Text and numbers; a named index becomes the first columns.
    """
    # By position: two columns may have one name, and the index that of a column.
    names = table.index.names if any(table.index.names) else []
    heads = [*names, *table.columns]
    columns = [table.index.get_level_values(at).tolist() for at in range(len(names))]
    columns += [table.iloc[:, at].tolist() for at in range(table.shape[1])]
    cells = {at: [_disarmed(each) for each in column] for at, column in enumerate(columns)}
    plain = pd.DataFrame(cells).set_axis([_disarmed(str(name)) for name in heads], axis="columns")
    text: str = plain.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def _disarmed(value: Any) -> Any:
    return defuse(value) if isinstance(value, str) else value
