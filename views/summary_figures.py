"""The figures of the summaries, made of the records that the filters keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from geo.counts import number, plural
from geo.crosstab import NOT_STATED, TOO_COARSE, CrossTab, cross
from geo.facet_words import value_words
from geo.facets import FACETS
from geo.hotspots import find_hot_spots, name_cells
from geo.phrases import UNIT_WORDS
from geo.quantities import sum_quantities
from layers.charts.bars import bar_chart
from layers.charts.hexmap import hex_map, is_seen
from layers.charts.matrix import MOST_COLUMNS, MOST_ROWS, matrix_chart
from layers.charts.shapes import make_shapes
from views import state
from views.figure import Figure
from views.narrow import narrow

if TYPE_CHECKING:
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

MOST_BARS: Final = 15
TITLES: Final = {
    "crossing": "Crossings with most records within 10 km",
    "route": "Routes with most records within 10 km",
    "province": "Provinces with most records, as reported",
    "border": "Records by nearest border",
    "precision": "Records by location precision",
    "attribution": "Records by attribution",
}


def crosstab_figure(atlas: Atlas, choices: Choices, selection: Selection) -> Figure:
    """Count the records by two facets, or by one; a click on a cell filters by both."""
    rows, columns = choices.views["sum-rows"], choices.views["sum-cols"]
    across = columns if columns in FACETS else None
    table = cross(atlas.records, selection.surely, rows, across)
    row_words = _words(atlas, rows, table.rows)
    column_words = _words(atlas, columns, table.columns) if across else ["Records"]
    frame = pd.DataFrame(table.counts, index=row_words, columns=column_words)
    long = _cells(table, row_words, column_words)
    label = FACETS[rows].label
    title = f"Records by {label.lower()}"
    title += f" and {FACETS[across].label.lower()}" if across else ""
    return Figure(
        key="cross",
        title=title,
        chart=matrix_chart(long, rows=label, columns=FACETS[across].label if across else "")
        if len(long)
        else None,
        table=_with_totals(frame, table, label) if table.total else pd.DataFrame(),
        alt=f"Matrix of {title.lower()}; its table is below.",
        notes=_cross_notes(table, rows, across),
        on_select=lambda: _choose(
            atlas, choices, "cross", {"row": rows} | ({"column": across} if across else {})
        ),
    )


def _words(atlas: Atlas, facet: str, values: tuple[str, ...]) -> list[str]:
    return value_words(atlas.records, facet, values)


def _cells(table: CrossTab, row_words: list[str], column_words: list[str]) -> pd.DataFrame:
    """Give the largest rows and columns as one row a cell, for the chart."""
    rows = sorted((-table.row_totals).argsort(kind="stable")[:MOST_ROWS].tolist())
    columns = sorted((-table.column_totals).argsort(kind="stable")[:MOST_COLUMNS].tolist())
    return pd.DataFrame(
        [
            (
                table.rows[i],
                table.columns[j],
                row_words[i],
                column_words[j],
                int(table.counts[i, j]),
            )
            for i in rows
            for j in columns
        ],
        columns=["row", "column", "row_words", "column_words", "records"],
    )


def _with_totals(frame: pd.DataFrame, table: CrossTab, label: str) -> pd.DataFrame:
    whole = frame.assign(**{"All records": table.row_totals})
    whole.loc["All records"] = [*table.column_totals, table.total]
    whole.index.name = label
    return whole


def _cross_notes(table: CrossTab, rows: str, columns: str | None) -> tuple[str, ...]:
    notes = []
    if not table.adds_up:
        notes.append(
            "A record with several values counts for each of them; “All records” counts it once."
        )
    if len(table.rows) > MOST_ROWS or len(table.columns) > MOST_COLUMNS:
        notes.append(
            f"The chart shows the {MOST_ROWS} rows and {MOST_COLUMNS} columns with most records; "
            f"the table all {number(len(table.rows))} and {number(len(table.columns))}."
        )
    for facet, values, totals in (
        (rows, table.rows, table.row_totals),
        (columns, table.columns, table.column_totals),
    ):
        told = dict(zip(values, totals.tolist(), strict=True))
        if facet and told.get(TOO_COARSE):
            notes.append(
                f"{FACETS[facet].label}: {plural(told[TOO_COARSE], 'record')} located or dated "
                "too coarsely to tell."
            )
        if facet and told.get(NOT_STATED):
            notes.append(f"{FACETS[facet].label}: {plural(told[NOT_STATED], 'record')} with none.")
    return tuple(notes)


def quantity_figure(atlas: Atlas, selection: Selection, by: str) -> Figure:
    """Add up what was seized, by item or by class, each unit for itself."""
    sums = sum_quantities(atlas.records, selection.surely, by)
    what = {"class": "Class", "item": "Item"}
    table = pd.DataFrame(
        {
            **{what[name]: sums[name] for name in ("class", "item") if name in sums},
            "Unit": sums["unit"].map(lambda unit: UNIT_WORDS.get(unit, unit) or "things"),
            "Sum": [_sum(row) for row in sums.to_dict("records")],
            "Amount": sums["quantity"],
            "Records": sums["records"],
            "Amounts stated": sums["stated"],
            "Not stated": sums["not_stated"],
            "Lower bounds": sums["lower_bounds"],
        }
    )
    missing = int(sums["not_stated"].sum())
    return Figure(
        key=f"quantities-{by}",
        title=f"What was seized, by {by} and unit",
        chart=None,
        table=table,
        alt="",
        notes=(
            "Units are never added to each other.",
            "“At least”: a source gives a lower bound, or no amount.",
            f"Without an amount: {plural(missing, 'row')} of items.",
        ),
    )


def _sum(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["quantity"]):
        return "not stated"
    amount = f"{row['quantity']:,.10g}".replace(",", "\u202f")
    unit = UNIT_WORDS.get(row["unit"], row["unit"])
    return f"{row['bound']} {amount} {unit}".strip()


def ranking_figure(atlas: Atlas, choices: Choices, selection: Selection, facet: str) -> Figure:
    """Rank a facet's values by their records; a click on a bar filters by it."""
    table = cross(atlas.records, selection.surely, facet)
    frame = pd.DataFrame({"value": table.rows, "records": table.row_totals})
    told = frame.set_index("value")["records"]
    unknown = frame["value"].isin([NOT_STATED, TOO_COARSE])
    ranked = frame if facet in ("precision", "attribution") else frame[~unknown]
    if facet != "precision":
        ranked = ranked.sort_values("records", ascending=False, kind="stable")
    ranked = ranked.assign(
        words=_words(atlas, facet, tuple(ranked["value"])),
        share=ranked["records"] / max(table.total, 1),
    )
    shown = ranked.head(MOST_BARS).reset_index(drop=True)
    key = f"top-{facet}"
    return Figure(
        key=key,
        title=TITLES[facet],
        chart=bar_chart(shown, facet=facet) if len(shown) else None,
        table=pd.DataFrame(
            {
                FACETS[facet].label: ranked["words"],
                "Records": ranked["records"],
                "Share": ranked["share"].round(4),
            }
        ).reset_index(drop=True),
        alt=f"Bars: {TITLES[facet].lower()}.",
        notes=_ranking_notes(facet, told, table),
        on_select=lambda: _choose(atlas, choices, key, {"value": facet}),
        column_config={"Share": st.column_config.NumberColumn(format="percent")},
    )


def _ranking_notes(facet: str, told: pd.Series, table: CrossTab) -> tuple[str, ...]:
    notes = []
    coarse, none = int(told.get(TOO_COARSE, 0)), int(told.get(NOT_STATED, 0))
    if coarse:
        notes.append(f"{plural(coarse, 'record')} located too coarsely to tell.")
    if none and facet in ("crossing", "route"):
        notes.append(f"{plural(none, 'record')} for sure farther from any.")
    elif none and facet in ("province", "border"):
        notes.append(f"{plural(none, 'record')} with none.")
    if not table.adds_up:
        notes.append("A record near several counts for each of them.")
    return tuple(notes)


def _choose(atlas: Atlas, choices: Choices, key: str, facets: Mapping[str, str]) -> None:
    """Filter by the bar or cell that was clicked.

    ``facets`` names the facet of each value that the chart's selection has.
    """
    chosen = st.session_state[f"figure-{key}"]["selection"]
    picked: Any = next((value for value in chosen.values() if value), [])
    filters = choices.filters
    for field, facet in facets.items():
        value = str(picked[0].get(field, "")) if picked else ""
        filters = narrow(filters, facet, value, atlas.vocabulary)
    if picked and filters == choices.filters:
        st.toast("No filter can keep just those records beside what is on.")
    state.put_filters(filters, atlas)


def hot_spot_figure(atlas: Atlas, selection: Selection, resolution: int) -> Figure:
    """Count the records by hexagon."""
    shapes = atlas.records.kept("shapes", lambda: make_shapes(atlas.seeds))
    spots = find_hot_spots(atlas.records, selection.surely, resolution)
    cells = spots.cells
    names = name_cells(cells, atlas.seeds.towns)
    table = pd.DataFrame(
        {
            "Where": names,
            "Records": cells["records"],
            "Gi* (z)": cells["z"].round(1),
            "Denser than chance": cells["hot"].map({True: "yes", False: "no"}),
            "Latitude": cells["lat"].round(3),
            "Longitude": cells["lon"].round(3),
            "H3 cell": cells["cell"],
        }
    )
    left_out = [f"{plural(spots.counted, 'record')} in {plural(len(cells), 'hexagon')}."]
    if spots.too_coarse:
        left_out.append(
            f"{plural(spots.too_coarse, 'record')} left out: located to more than "
            f"{spots.reach_km:.0f} km, or to a province only."
        )
    if spots.no_place:
        left_out.append(f"{plural(spots.no_place, 'record')} left out: no place is known.")
    beyond = len(cells) - int(is_seen(cells).sum())
    if beyond:
        left_out.append(f"{plural(beyond, 'hexagon')} far from the map: in the table only.")
    left_out.append(
        "Ringed: denser, with their neighbours, than 1 in 200 would be by chance (Getis and "
        "Ord's Gi*). Many records at one place may be of one report: read it as a ranking."
    )
    return Figure(
        key="hot",
        title="Hot spots: records by hexagon",
        chart=hex_map(cells, names, shapes) if len(cells) else None,
        table=table,
        alt=f"Map of {len(cells)} hexagons; most records: {names[0] if names else 'none'}.",
        notes=tuple(left_out),
    )
