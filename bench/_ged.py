"""A made-up file in the layout of UCDP GED, of any length: no such event took place."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from bench.made import made_up_records

if TYPE_CHECKING:
    from geo.seeds import Seeds

_COLUMNS: Final = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,"
    "conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,"
    "side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,"
    "source_date,source_headline,source_original,where_prec,where_coordinates,"
    "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,"
    "deaths_unknown,best,high,low,gwnoa,gwnob"
)
HEADING: Final = _COLUMNS.split(",")

WHERE_PREC: Final = {"site": "1", "town": "1", "district": "3", "province": "4"}
DATE_PREC: Final = {1: "1", 31: "4", 366: "5"}
COUNTRIES: Final = {"AFG": ("Afghanistan", 700), "PAK": ("Pakistan", 770)}
SIDES: Final = ("IS", "Taleban", "TTP", "Made-up front")
TEXT: Final = "Made-up report of a clash that never was, from a place near the road"


def write_ged(path: Path, n: int, seeds: Seeds) -> None:
    """Write a file of n events, as long a row as the dataset's own (about 700 bytes)."""
    records = made_up_records(n, seeds)
    rng = np.random.default_rng(1)
    sides = rng.choice(SIDES, n)
    dead = rng.poisson(3, n)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADING)
        for at, record in enumerate(records.itertuples()):
            country, code = COUNTRIES.get(record.country, (record.country, 0))
            start, end = str(record.date_start)[:10], str(record.date_end)[:10]
            side, best = str(sides[at]), int(dead[at])
            a = f"Government of {country}"
            writer.writerow(
                [
                    *(at + 1, f"{record.country}-{start[:4]}-1-{at}", start[:4], "True", "Clear"),
                    *(1, 333, 333, f"{country}: Government", 735, 735, f"{a} - {side}"),
                    *(130, 130, a, 303, 303, side, 2),
                    f'"Example Daily,{start},{TEXT} {at}";"Example Wire,{end},{TEXT}"',
                    *("Example Daily;Example Wire", f"{start};{end}", f"{TEXT} {at}", "police"),
                    *(WHERE_PREC[record.precision], f"{record.place} town"),
                    f"{record.place} and {TEXT.casefold()}",
                    *(f"{record.province} province", f"{record.district} district"),
                    *(f"{record.lat:.6f}", f"{record.lon:.6f}"),
                    f"POINT ({record.lon:.6f} {record.lat:.6f})",
                    *(179061, country, code, "Asia", 1),
                    DATE_PREC.get((record.date_end - record.date_start).days + 1, "4"),
                    *(f"{start} 00:00:00.000", f"{end} 00:00:00.000"),
                    *(0, best, 0, 0, best, best + 2, max(best - 1, 0), code, ""),
                ]
            )
