"""The joins of `geo` beside plain geopandas, on the same points and polygons.

`geopandas.sjoin` answers less: only which province of today holds a point. The
whole join adds the province at the record's date, the country a record names,
and the nearest border, crossing and route with what a location can support.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from bench._timing import Timings, markdown, ratio, say, seconds_of, spread, take_turns
from bench.made import made_up_records
from geo.crs import REGION
from geo.distances import nearest
from geo.joins import join_records
from geo.places import valid_on
from geo.seeds import load_seeds

if TYPE_CHECKING:
    from geo.seeds import Seeds

BUILT_IN: Final = 0
"""Stands in a list of sizes for the built-in records."""

JOIN_REPEATS: Final = {BUILT_IN: 9, 10_000: 5, 60_000: 3, 400_000: 3}
BORDER_REPEATS: Final = {BUILT_IN: 5, 10_000: 3}
"""Rounds by number of records. The plain distance takes too long for more."""

QUICK: Final = {BUILT_IN: 1, 200: 1}

OURS: Final = "ours"
PREDICATES: Final = ("intersects", "within")
"""Of `sjoin`: its default, and the one that asks the polygons instead of the points."""

JOIN_HEAD: Final = (
    "records",
    "rounds",
    "whole join, s",
    "plain `sjoin`, s",
    "ratio",
    '`sjoin(predicate="within")`, s',
    "ratio",
    "same province where both tell",
)
BORDER_HEAD: Final = (
    "records",
    "rounds",
    "`geo.distances.nearest`, s",
    "distance to whole lines, s",
    "ratio",
    "same border",
)

Floats = npt.NDArray[np.float64]
Keys = npt.NDArray[np.object_]


def records_of(n: int, seeds: Seeds) -> gpd.GeoDataFrame:
    """Give ``n`` made-up records, or the built-in ones for ``BUILT_IN``."""
    return seeds.records if n == BUILT_IN else made_up_records(n, seeds)


def provinces_today(seeds: Seeds) -> gpd.GeoDataFrame:
    """Give the units that are valid today: polygons, WGS84."""
    return seeds.provinces[valid_on(seeds.provinces)]


def plain_sjoin(
    records: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame, predicate: str = PREDICATES[0]
) -> gpd.GeoDataFrame:
    """Join points to polygons as geopandas does it.

    Parameters
    ----------
    records, provinces
        WGS84 points and polygons.
    predicate
        One of ``PREDICATES``.

    Returns
    -------
    geopandas.GeoDataFrame
        Index of ``records``, twice for a point on a shared edge; columns
        ``unit``, ``holder`` (country) and ``name``, missing outside all polygons.
    """
    units = provinces[["unit", "country", "name", "geometry"]].rename(columns={"country": "holder"})
    return gpd.sjoin(records[["geometry"]], units, how="left", predicate=predicate)


def plain_nearest(records: gpd.GeoDataFrame, borders: gpd.GeoDataFrame) -> tuple[Keys, Floats]:
    """Find the nearest border by the distance to each whole line.

    Parameters
    ----------
    records, borders
        WGS84 points and lines.

    Returns
    -------
    keys : numpy.ndarray of object, shape (n records,)
        ISO code of the neighbour.
    km : numpy.ndarray of float, shape (n records,)
        Planar kilometres in the metric CRS.
    """
    points = records.geometry.to_crs(REGION)
    # By the key, so that a tie (where three countries meet) goes as in `nearest`.
    ordered = borders.sort_values("iso3")
    lines = ordered.geometry.to_crs(REGION)
    metres = np.column_stack([points.distance(line).to_numpy() for line in lines])
    first = metres.argmin(axis=1)
    keys: Keys = ordered["iso3"].to_numpy(dtype=object)[first]
    return keys, metres[np.arange(len(first)), first] / 1000


def same_provinces(joined: gpd.GeoDataFrame, plain: gpd.GeoDataFrame) -> tuple[int, int]:
    """Count the records that both sides put into the same province of today.

    Only some can be compared: where the polygon that holds the point lies in
    another country or province than the record names, `sjoin` takes the polygon
    and the whole join weighs the record's own words.

    Parameters
    ----------
    joined
        As :func:`geo.joins.join_records` gives.
    plain
        As :func:`plain_sjoin` gives for the same records.

    Returns
    -------
    same, comparable : int
    """
    # The join's own rule for a point on an edge: the unit with the lowest code.
    lowest = plain.sort_values("unit", kind="stable")
    held = lowest[~lowest.index.duplicated()].reindex(joined.index)
    at_home = held["holder"] == joined["country"]
    as_named = (joined["province"] == "") | (joined["province"] == held["name"])
    comparable = at_home & as_named
    same = comparable & (held["name"] == joined["adm1_today"])
    return int(same.sum()), int(comparable.sum())


def time_joins(records: gpd.GeoDataFrame, seeds: Seeds, repeats: int) -> Timings:
    """Time the whole join and plain `sjoin` with each predicate, in turns."""
    today = provinces_today(seeds)

    def plain(predicate: str) -> float:
        points, polygons = _fresh(records), _fresh(today)
        return seconds_of(lambda: plain_sjoin(points, polygons, predicate))

    sides: dict[str, Callable[[], float]] = {
        OURS: partial(_timed, records, lambda points: join_records(points, seeds))
    }
    sides |= {predicate: partial(plain, predicate) for predicate in PREDICATES}
    return take_turns(sides, repeats)


def time_borders(records: gpd.GeoDataFrame, seeds: Seeds, repeats: int) -> Timings:
    """Time the nearest border, ours and plain, in turns."""

    def ours(points: gpd.GeoDataFrame) -> object:
        return nearest(points.geometry, seeds.borders, "iso3")

    def plain(points: gpd.GeoDataFrame) -> object:
        return plain_nearest(points, seeds.borders)

    sides = {OURS: partial(_timed, records, ours), "plain": partial(_timed, records, plain)}
    return take_turns(sides, repeats)


def join_table(sizes: dict[int, int], seeds: Seeds) -> str:
    """Measure the whole join and write the table.

    Parameters
    ----------
    sizes
        Rounds by number of records.
    seeds
        What to join to.
    """
    rows = []
    for n, repeats in sizes.items():
        records = records_of(n, seeds)
        say(f"joins: {len(records):,} records, {repeats} rounds")
        timings = time_joins(records, seeds, repeats)
        joined = join_records(records, seeds)
        counts = same_provinces(joined, plain_sjoin(records, provinces_today(seeds), "within"))
        rows.append(_join_row(_name(n, records), timings, counts))
    return markdown(JOIN_HEAD, rows)


def border_table(sizes: dict[int, int], seeds: Seeds) -> str:
    """Measure the distance to the border and write the table."""
    rows = []
    for n, repeats in sizes.items():
        records = records_of(n, seeds)
        say(f"borders: {len(records):,} records, {repeats} rounds")
        timings = time_borders(records, seeds, repeats)
        ours, _ = nearest(records.geometry, seeds.borders, "iso3")
        plain, _ = plain_nearest(records, seeds.borders)
        rows.append(
            [
                _name(n, records),
                str(repeats),
                spread(timings[OURS]),
                spread(timings["plain"]),
                ratio(timings[OURS], timings["plain"]),
                f"{(ours == plain).sum():,} of {len(records):,}",
            ]
        )
    return markdown(BORDER_HEAD, rows)


def _join_row(name: str, timings: Timings, counts: tuple[int, int]) -> Sequence[str]:
    ours = timings[OURS]
    plain = [
        text
        for predicate in PREDICATES
        for text in (spread(timings[predicate]), ratio(ours, timings[predicate]))
    ]
    return [name, str(len(ours)), spread(ours), *plain, f"{counts[0]:,} of {counts[1]:,}"]


def _name(n: int, records: gpd.GeoDataFrame) -> str:
    return f"{len(records):,} {'built-in' if n == BUILT_IN else 'made up'}"


def _timed(records: gpd.GeoDataFrame, work: Callable[[gpd.GeoDataFrame], Any]) -> float:
    points = _fresh(records)
    return seconds_of(lambda: work(points))


def _fresh(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Copy a frame without the spatial index that geopandas keeps with it."""
    shapes = gpd.GeoSeries(frame.geometry.to_numpy().copy(), index=frame.index, crs=frame.crs)
    return gpd.GeoDataFrame(pd.DataFrame(frame.drop(columns="geometry")), geometry=shapes)


def main(arguments: list[str] | None = None) -> None:
    """Measure the joins and print two tables; medians, with least and most."""
    parser = argparse.ArgumentParser(prog="python -m bench.joins", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="few records, one round")
    quick = parser.parse_args(arguments).quick
    seeds = load_seeds()
    # What is slow only once (PROJ's own files, say) belongs to neither side.
    time_joins(seeds.records, seeds, 1)
    print(join_table(QUICK if quick else JOIN_REPEATS, seeds), flush=True)
    print()
    print(border_table(QUICK if quick else BORDER_REPEATS, seeds))


if __name__ == "__main__":
    main()
