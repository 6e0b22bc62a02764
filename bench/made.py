"""Made-up records for benchmarks, in any number: no such event took place.

Their *shape* is that of an event database such as UCDP GED: many events at few
places, around real towns, more of them in later years, and dates and places
told more or less precisely. Groups, events and numbers are made up and say so.
Every field that a filter asks for has values in about the shares of the
built-in records.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from bench._shares import ITEMS, SHARES
from bench._timing import markdown
from geo.distances import PRECISIONS
from geo.joins import join_records
from geo.places import valid_on
from geo.records import make_records
from geo.seeds import load_seeds

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.seeds import Seeds

SEED: Final = 1893
FIRST_DAY: Final = date(1989, 1, 1)
LAST_DAY: Final = date(2026, 6, 30)

PRECISION_SHARES: Final = (0.30, 0.32, 0.25, 0.13)
"""Of ``PRECISIONS``, in their order."""

JITTER_KM: Final = {"site": 6.0, "town": 4.0, "district": 15.0, "province": 0.0}
"""Standard deviation of a place's distance from its town."""

DATE_LENGTHS: Final = {10: 0.84, 7: 0.13, 4: 0.03}
"""Shares of days, months and years, by the letters of their ISO dates."""

COUNTRY_SHARES: Final = {
    "AFG": 0.46,
    "PAK": 0.44,
    "TJK": 0.045,
    "IRN": 0.03,
    "UZB": 0.015,
    "TKM": 0.01,
}
RECORDS_A_PLACE: Final = 12
UNNAMED_SHARE: Final = 0.1
"""Of the records, those that name no province."""

GROUPS: Final = tuple(f"Made-up group {number}" for number in range(1, 9))
INCIDENT_SHARE: Final = 0.8

MOST_ITEMS: Final = 4
STATED_SHARE: Final = 0.8
"""Of the items, those whose quantity is stated."""

MOST_JOINED: Final = 400_000
REPEAT_JITTER_DEGREES: Final = 0.02

KM_A_DEGREE: Final = 111.2

Floats = npt.NDArray[np.float64]


def made_up_records(n: int, seeds: Seeds, seed: int = SEED) -> gpd.GeoDataFrame:
    """Make up records around real towns; the same ones for the same arguments.

    Parameters
    ----------
    n
        How many.
    seeds
        Towns and provinces to make them around.
    seed
        Of the random numbers.

    Returns
    -------
    geopandas.GeoDataFrame
        As :func:`geo.records.make_records` gives: WGS84, not yet joined. Every
        record says in ``id``, ``group`` and ``summary`` that it is made up.
    """
    random = np.random.default_rng(seed)
    places = _made_up_places(max(1, n // RECORDS_A_PLACE), seeds, random)
    # A few places see most of what happens.
    weights = random.pareto(1.6, len(places)) + 0.05
    where = random.choice(len(places), size=n, p=weights / weights.sum())
    rows = places.iloc[where].reset_index(drop=True)
    unnamed = random.random(n) < UNNAMED_SHARE
    rows["province"] = rows["province"].where(~unnamed, "")
    rows["date"] = _made_up_dates(n, random)
    rows["id"] = [f"made-up-{number:07d}" for number in range(n)]
    incident = random.random(n) < INCIDENT_SHARE
    rows["kind"] = np.where(incident, "incident", "seizure")
    for column in SHARES["incident"]:
        drawn = {kind: _draw(SHARES[kind][column], n, random) for kind in SHARES}
        rows[column] = np.where(incident, drawn["incident"], drawn["seizure"])
    rows["group"] = random.choice(GROUPS, n)
    rows["killed"] = np.where(incident, random.poisson(2, n).astype(str), "")
    rows["summary"] = "Made up for a benchmark; no such event."
    rows["source_name"] = "Made up"
    return make_records(rows)


def made_up_items(records: pd.DataFrame, seed: int = SEED) -> pd.DataFrame:
    """Make up what was seized; the same for the same arguments.

    Parameters
    ----------
    records
        Made-up records.
    seed
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        ``record_id``, ``item``, ``quantity`` (NaN: not stated), ``unit``,
        ``approx``, ``class``; one to ``MOST_ITEMS`` different items a seizure.
    """
    random = np.random.default_rng(seed)
    seizures = records.loc[records["kind"] == "seizure", "id"].to_numpy()
    holders = np.repeat(seizures, random.integers(1, MOST_ITEMS + 1, len(seizures)))
    items = ITEMS.iloc[random.integers(0, len(ITEMS), len(holders))].reset_index(drop=True)
    about = items["quantity"] * random.lognormal(0, 1, len(items))
    items["quantity"] = np.ceil(about).where(random.random(len(items)) < STATED_SHARE)
    items.insert(0, "record_id", holders)
    items.insert(4, "approx", "")
    return items.drop_duplicates(["record_id", "item"], ignore_index=True)


def made_up_joined(n: int, seeds: Seeds, seed: int = SEED) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Make up records that are joined already, and their items.

    More than ``MOST_JOINED`` are those again and again, each copy with ids of its
    own and a little beside the first: what they were joined to is not asked anew.

    Parameters
    ----------
    n, seeds, seed
        As for :func:`made_up_records`.

    Returns
    -------
    records : geopandas.GeoDataFrame
        As :func:`geo.joins.join_records` gives.
    items : pandas.DataFrame
        As :func:`made_up_items` gives.
    """
    joined = join_records(made_up_records(min(n, MOST_JOINED), seeds, seed), seeds)
    items = made_up_items(joined, seed)
    if n <= MOST_JOINED:
        return joined, items
    random = np.random.default_rng(seed)
    copies = -(-n // len(joined))
    rows = joined.iloc[np.tile(np.arange(len(joined)), copies)[:n]].reset_index(drop=True)
    copy_of = np.repeat(np.arange(copies), len(joined))[:n].astype(str)
    rows["id"] = rows["id"] + "-" + copy_of
    for column in ("lat", "lon"):
        rows[column] += random.normal(size=n) * REPEAT_JITTER_DEGREES
    held = [items.assign(record_id=items["record_id"] + f"-{copy}") for copy in range(copies)]
    return rows, pd.concat(held, ignore_index=True)


def _draw(shares: dict[str, float], n: int, random: np.random.Generator) -> npt.NDArray[np.str_]:
    weights = np.array(list(shares.values()))
    return random.choice(np.array(list(shares)), n, p=weights / weights.sum())


def _made_up_places(count: int, seeds: Seeds, random: np.random.Generator) -> pd.DataFrame:
    units = seeds.provinces[valid_on(seeds.provinces)].drop_duplicates(["country", "name"])
    # The towns of a country without provinces here (China) drop out.
    towns = seeds.towns.merge(
        units[["country", "name", "label_lon", "label_lat"]],
        left_on=["country", "adm1"],
        right_on=["country", "name"],
        suffixes=("", "_of_unit"),
    )
    size = np.sqrt(towns["population"] + 5000)
    share = towns["country"].map(COUNTRY_SHARES)
    weights = share * size / size.groupby(towns["country"]).transform("sum")
    drawn = random.choice(len(towns), size=count, p=(weights / weights.sum()).to_numpy())
    chosen = towns.iloc[drawn].reset_index(drop=True)
    precision = pd.Series(random.choice(PRECISIONS, size=count, p=PRECISION_SHARES))
    # A province-level record stands at the province's own point, as the sources put it.
    coarse = precision == "province"
    lon = chosen["label_lon"].where(coarse, chosen["lon"])
    lat = chosen["label_lat"].where(coarse, chosen["lat"])
    away = random.normal(size=(2, count)) * precision.map(JITTER_KM).to_numpy() / KM_A_DEGREE
    return pd.DataFrame(
        {
            "place": chosen["name"].where(~coarse, ""),
            "province": chosen["adm1"],
            "country": chosen["country"],
            "lon": (lon + away[0] / np.cos(np.radians(lat))).round(4),
            "lat": (lat + away[1]).round(4),
            "precision": precision,
        }
    )


def _made_up_dates(n: int, random: np.random.Generator) -> list[str]:
    days = (LAST_DAY - FIRST_DAY).days
    # More in later years: the share of a day grows in a straight line.
    ago = (days * (1 - np.sqrt(random.random(n)))).astype(int)
    dates = np.datetime_as_string(np.datetime64(LAST_DAY, "D") - ago)
    lengths = random.choice(list(DATE_LENGTHS), size=n, p=list(DATE_LENGTHS.values()))
    return [str(day)[:length] for day, length in zip(dates, lengths, strict=True)]


def shape_table(frames: dict[str, gpd.GeoDataFrame]) -> str:
    """Write a table of what kinds of records some frames hold, in per cent.

    Parameters
    ----------
    frames
        Records by the name of their row.
    """
    head = ("records", "n", "places", *PRECISIONS, "day", "month", "year", *COUNTRY_SHARES)
    return markdown(head, (_shape(name, frame) for name, frame in frames.items()))


def _shape(name: str, records: gpd.GeoDataFrame) -> list[str]:
    def share(chosen: Any) -> str:
        return f"{100 * chosen.mean():.0f} %"

    letters = records["date"].str.len()
    return [
        name,
        f"{len(records):,}",
        f"{len(records[['lon', 'lat']].drop_duplicates()):,}",
        *(share(records["precision"] == each) for each in PRECISIONS),
        *(share(letters == each) for each in DATE_LENGTHS),
        *(share(records["country"] == each) for each in COUNTRY_SHARES),
    ]


def main(arguments: list[str] | None = None) -> None:
    """Show the shape of the made-up records beside that of the built-in ones."""
    parser = argparse.ArgumentParser(prog="python -m bench.made", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="make up fewer")
    options = parser.parse_args(arguments)
    seeds = load_seeds()
    made = made_up_records(1000 if options.quick else 60_000, seeds)
    print(shape_table({"built-in": seeds.records, "made up": made}))


if __name__ == "__main__":
    main()
