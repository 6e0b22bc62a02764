"""How fast facet counts and charts follow a change of filter, on the server.

Against the plain way: pandas masks and ``value_counts``, for the same facets.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle
from statistics import median
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from bench._timing import markdown, ratio, say, seconds_of, spread, take_turns
from bench.made import made_up_joined
from geo.conditions import EQUAL
from geo.counting import COUNTED, count_facets
from geo.crosstab import cross
from geo.filters import Filters
from geo.hotspots import find_hot_spots
from geo.quantities import sum_quantities
from geo.recordset import RecordSet
from geo.seeds import Seeds, load_seeds
from geo.select import Selection, filter_records
from geo.timeline import count_over_time
from layers.charts.hexmap import hex_map
from layers.charts.matrix import matrix_chart
from layers.charts.shapes import make_shapes
from layers.charts.timeline import timeline_chart, timeline_frame

SIZES: Final = (1000, 60_000, 400_000)
TARGET_S: Final = 0.150
TARGET_N: Final = 60_000
REPEATS: Final = 15

CHANGES: Final = (
    Filters(kind="incident"),
    Filters(date_from="2021-08-15"),
    Filters(kind="seizure", date_from="2018", date_to="2023-06-17"),
    Filters(near="Torkham", within_km=30),
    Filters(borders=("PAK",)),
    Filters(provinces=("Nangarhar", "Khyber Pakhtunkhwa")),
    Filters(roles=("target",), precision="town"),
    Filters(area="box:69,33,72,35"),
)
"""One after the other, as an analyst might set them."""

HEAD: Final = (
    *("records", "first counts, s", "facet counts, s", "plain pandas, s", "ratio"),
    *("counts and time, s", "counts and cross-tab, s", "counts and hot spots, s", "target"),
)


def plain_counts(joined: gpd.GeoDataFrame, items: pd.DataFrame, filters: Filters) -> dict[str, Any]:
    """Count every facet of one column under the other filters as one would in pandas."""
    found = {}
    for name, column in {**EQUAL, "kind": "kind", "precision": "precision"}.items():
        if column == "source":
            continue
        found[name] = joined.loc[_plain_mask(joined, filters, but=name), column].value_counts()
    kept = joined.loc[_plain_mask(joined, filters, but="items"), "id"]
    held = items[items["record_id"].isin(kept)]
    found["items"] = held.groupby("item")["record_id"].nunique()
    return found


def _plain_mask(joined: gpd.GeoDataFrame, filters: Filters, but: str) -> pd.Series:
    mask = pd.Series(data=True, index=joined.index)
    if filters.kind and but != "kind":
        mask &= joined["kind"] == filters.kind
    if filters.roles and but != "roles":
        mask &= joined["role"].isin(filters.roles)
    if filters.provinces:
        mask &= joined["adm1_reported"].isin(filters.provinces)
    if filters.borders:
        mask &= joined["border"].isin(filters.borders)
    if filters.date_from:
        mask &= joined["date_start"] >= pd.Timestamp(filters.date_from)
    if filters.near:
        mask &= (joined["crossing"] == filters.near) & (joined["crossing_km"] <= filters.within_km)
    if filters.area:
        mask &= joined["lon"].between(69, 72) & joined["lat"].between(33, 35)
    return mask


def facet_counts(records: RecordSet, filters: Filters) -> Selection:
    """Filter, and count every facet: what each change of a filter costs in any tab."""
    selection = filter_records(records, filters)
    count_facets(records, filters, COUNTED)
    return selection


def time_tab(records: RecordSet, filters: Filters) -> None:
    """Draw the histogram by month, stacked by group."""
    facet_counts(records, filters)
    undated = filter_records(records, replace(filters, date_from=None, date_to=None))
    timeline = count_over_time(records, undated.surely, "month", "group")
    frame = timeline_frame(timeline, "month", "group", {})
    events = records.seeds.events
    timeline_chart(frame, by="month", stack="group", colours={}, events=events)


def cross_tab(records: RecordSet, filters: Filters) -> None:
    """Draw provinces by category, and add up what was seized."""
    selection = facet_counts(records, filters)
    table = cross(records, selection.surely, "province", "category")
    cells = [
        (row, column, row, column, int(table.counts[i, j]))
        for i, row in enumerate(table.rows[:25])
        for j, column in enumerate(table.columns[:16])
    ]
    frame = pd.DataFrame(cells, columns=["row", "column", "row_words", "column_words", "records"])
    matrix_chart(frame, rows="Province", columns="Category")
    sum_quantities(records, selection.surely)


def hot_spots(records: RecordSet, filters: Filters) -> None:
    """Draw the hexagons."""
    selection = facet_counts(records, filters)
    spots = find_hot_spots(records, selection.surely, 4)
    shapes = records.kept("shapes", lambda: make_shapes(records.seeds))
    hex_map(spots.cells, ["" for _ in range(len(spots.cells))], shapes).to_dict()


def measure(n: int, seeds: Seeds, repeats: int) -> tuple[str, ...]:
    """Measure one size; a row of the table."""
    joined, items = made_up_joined(n, seeds)
    records = RecordSet(joined, items, replace(seeds, items=items))
    first = seconds_of(partial(facet_counts, records, Filters(near="Torkham")))
    changes = {name: cycle(CHANGES) for name in ("counts", "plain", "time", "cross", "hot")}

    def side(name: str, work: Callable[[Filters], Any]) -> Callable[[], float]:
        return lambda: seconds_of(partial(work, next(changes[name])))

    sides = {
        "counts": side("counts", partial(facet_counts, records)),
        "plain": side("plain", partial(plain_counts, joined, items)),
        "time": side("time", partial(time_tab, records)),
        "cross": side("cross", partial(cross_tab, records)),
        "hot": side("hot", partial(hot_spots, records)),
    }
    take_turns(sides, len(CHANGES))  # what is kept is made once, when it is first asked for
    timings = take_turns(sides, repeats)
    worst = max(median(timings[name]) for name in ("counts", "time", "cross", "hot"))
    told = "–" if n != TARGET_N else f"≤ {TARGET_S:g}: {'met' if worst <= TARGET_S else 'missed'}"
    return (
        f"{n:,}".replace(",", " "),
        spread([first]),
        spread(timings["counts"]),
        spread(timings["plain"]),
        ratio(timings["counts"], timings["plain"]),
        spread(timings["time"]),
        spread(timings["cross"]),
        spread(timings["hot"]),
        told,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--repeats", type=int, default=REPEATS)
    asked = parser.parse_args(arguments)
    seeds = load_seeds()
    rows = []
    for n in asked.sizes:
        say(f"{n} made-up records…")
        rows.append(measure(n, seeds, asked.repeats))
    print(markdown(HEAD, rows))


if __name__ == "__main__":
    main()
