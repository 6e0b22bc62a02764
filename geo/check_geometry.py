"""Checks of the built-in geometry against published figures and topology."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import geopandas as gpd
import shapely

from geo.crs import GEOD, REGION
from geo.dates import FATA_MERGER
from geo.distances import nearest
from geo.places import valid_on
from geo.seeds import Seeds

LENGTH_TOLERANCE: Final = 0.04
"""Share by which a border may differ from its published length."""

CROSSING_LIMIT_KM: Final = 1.0
"""How far from its border, and from its two provinces, a crossing may lie."""

PAKISTAN_UNITS: Final = {False: 8, True: 7}
"""Units of Pakistan before and after the merger of FATA."""

Line = tuple[bool, str]


def border_lines(seeds: Seeds) -> Iterator[Line]:
    """Compare each border's geodesic length with the published one.

    Parameters
    ----------
    seeds
        The built-in data.

    Yields
    ------
    tuple of bool and str
        Whether it lies within ``LENGTH_TOLERANCE``, and the figures in km.
    """
    for border in seeds.borders.itertuples():
        length_km = GEOD.geometry_length(border.geometry) / 1000
        ratio = length_km / border.published_km - 1
        yield (
            abs(ratio) <= LENGTH_TOLERANCE,
            (
                f"{border.neighbour:<13} {length_km:7.1f} km  "
                f"published {border.published_km:6.0f} km  {ratio:+.1%}"
            ),
        )


def tiling_lines(seeds: Seeds) -> Iterator[Line]:
    """Check that provinces tile their country, before and after the merger.

    Parameters
    ----------
    seeds
        The built-in data.

    Yields
    ------
    tuple of bool and str
        No gap and no overlap in the full and the light copies; their number.
    """
    for merged, day in ((False, FATA_MERGER - timedelta(days=1)), (True, FATA_MERGER)):
        expected = {"AFG": 34, "PAK": PAKISTAN_UNITS[merged]}
        for country, number in expected.items():
            full = _units(seeds.provinces, country, day)
            light = _units(seeds.provinces_light, country, day)
            outline = seeds.countries.set_index("iso3").geometry[country]
            off = shapely.area(shapely.symmetric_difference(full.union_all(), outline))
            share = off / shapely.area(outline)
            holds = (
                len(full) == len(light) == number
                and shapely.coverage_is_valid(full.to_numpy())
                and shapely.coverage_is_valid(light.to_numpy())
                and share < 1e-3
            )
            yield (
                bool(holds),
                (
                    f"{country} on {day}: {len(full)} units, no gap, no overlap: {holds}; "
                    f"{share:.4%} off the country's outline"
                ),
            )


def _units(provinces: gpd.GeoDataFrame, country: str, day: date) -> gpd.GeoSeries:
    here = provinces[provinces["country"] == country]
    return here.geometry[valid_on(here, day)]


def wakhan_lines(seeds: Seeds) -> Iterator[Line]:
    """Check that the Wakhan Corridor touches its three neighbours.

    Parameters
    ----------
    seeds
        The built-in data.

    Yields
    ------
    tuple of bool and str
        The neighbours touched, and length and width beside the published ones.
    """
    corridor = seeds.wakhan.iloc[0]
    shared = shapely.intersection(seeds.borders.geometry.to_numpy(), corridor.geometry.boundary)
    touched = shapely.length(shared) > 0
    names = sorted(seeds.borders.loc[touched, "neighbour"])
    yield (
        names == ["China", "Pakistan", "Tajikistan"],
        (
            f"touches {', '.join(names)}; {corridor.length_km:.0f} km long "
            f"(published {corridor.published_length_km}), {corridor.mean_width_km:.0f} km wide "
            f"on average (published {corridor.published_width_km})"
        ),
    )


def crossing_lines(seeds: Seeds) -> Iterator[Line]:
    """Check that each crossing lies on its border, between its two provinces.

    Parameters
    ----------
    seeds
        The built-in data.

    Yields
    ------
    tuple of bool and str
        Distance to the line, how far the published point was moved, and the
        provinces on either side.
    """
    today = seeds.provinces[valid_on(seeds.provinces)]
    metric = today.set_index(["country", "name"]).geometry.to_crs(REGION)
    places = seeds.crossings.geometry.to_crs(REGION)
    for row, crossing in enumerate(seeds.crossings.itertuples()):
        line = seeds.borders[seeds.borders["iso3"] == crossing.neighbour]
        _, km = nearest(seeds.crossings.geometry.iloc[[row]], line, "iso3")
        sides = (
            ("AFG", crossing.afghan_province),
            (crossing.neighbour, crossing.neighbour_province),
        )
        apart_km = [
            shapely.distance(metric[side], places.iloc[row]) / 1000
            for side in sides
            if side in metric.index
        ]
        yield (
            bool(max(km[0], *apart_km) <= CROSSING_LIMIT_KM),
            (
                f"{crossing.name:<28} {km[0]:.2f} km off the line, published point moved "
                f"{crossing.moved_km:.1f} km; {sides[0][1]} and {sides[1][1]}"
            ),
        )
