"""Cross-checks of the built-in records, beyond what a table's schema can say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import shapely

from geo.crs import REGION
from geo.distances import RADIUS_KM
from geo.places import valid_on
from geo.seeds import Seeds

COARSE_KM: Final = 20.0
"""How far the centre given for a whole province may lie from it."""


def place_faults(seeds: Seeds) -> Iterator[str]:
    """Find records whose point lies out of the country or province they name.

    The point may lie outside by no more than the radius of its location.

    Parameters
    ----------
    seeds
        The built-in data.

    Yields
    ------
    str
        A sentence a record.
    """
    records = seeds.records
    today = seeds.provinces[valid_on(seeds.provinces)]
    provinces = today.set_index(["country", "name"]).geometry.to_crs(REGION)
    countries = seeds.countries.set_index("iso3").geometry.to_crs(REGION)
    points = records.geometry.to_crs(REGION)
    for record, point in zip(records.itertuples(), points, strict=True):
        if point is None:
            continue
        slack_m = RADIUS_KM.get(record.precision, COARSE_KM) * 1000
        if shapely.distance(countries[record.country], point) > slack_m:
            yield f"{record.id}: its point is not in {record.country}; mend lat, lon or country"
        side = (record.country, record.province)
        if not record.province or record.country == "CHN":
            continue
        if side not in provinces.index:
            yield f"{record.id}: {record.province!r} is no province of {record.country}"
        elif shapely.distance(provinces[side], point) > slack_m:
            yield f"{record.id}: its point is not in {record.province}; mend one of them"


def item_faults(seeds: Seeds) -> Iterator[str]:
    """Find items that belong to no seizure.

    Parameters
    ----------
    seeds
        The built-in data.

    Yields
    ------
    str
        A sentence an item.
    """
    seizures = set(seeds.records.loc[seeds.records["kind"] == "seizure", "id"])
    for record, item in seeds.items[["record_id", "item"]].to_numpy():
        if record not in seizures:
            yield f"{record}: {item!r} is an item of no seizure"
    for record in seeds.records.loc[seeds.records["id"].duplicated(), "id"]:
        yield f"{record}: more than one record has this id"


def source_faults(seeds: Seeds) -> Iterator[str]:
    """Find records without a main source, sources without a record, bad links.

    Parameters
    ----------
    seeds
        The built-in data.

    Yields
    ------
    str
        A sentence a fault.
    """
    known = set(seeds.records["id"])
    for record in seeds.records.loc[seeds.records["source_url"] == "", "id"]:
        yield f"{record}: has no source of rank 1 in sources.csv"
    for record, url in seeds.sources[["record_id", "url"]].to_numpy():
        if record not in known:
            yield f"{record}: a source of no record"
        if not url.startswith(("http://", "https://")):
            yield f"{record}: {url!r} is no http or https link"
