"""How a record was joined: what is near it, how far, and why that may be told or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import REGION, WGS84
from geo.dates import show_date
from geo.distances import STEP_DEG
from geo.phrases import distance_phrase
from geo.places import valid_on

if TYPE_CHECKING:
    import pandas as pd

    from geo.seeds import Seeds

THINGS: Final = {
    "border": ("borders", "iso3"),
    "crossing": ("crossings", "name"),
    "route": ("routes", "id"),
}
"""Join: attribute of the seeds and column that its key is looked up in."""

_FINE_KM: Final = 5.0


@dataclass(frozen=True, kw_only=True)
class Leg:
    """The way from a record to the nearest thing of a kind.

    Attributes
    ----------
    what
        ``border``, ``crossing`` or ``route``.
    name
        The thing's name.
    km
        Geodesic kilometres from the record's point.
    supported
        Whether the location is precise enough for that distance.
    place
        The nearest place on the thing: longitude and latitude in degrees.
    shape
        The thing itself, WGS84.
    words
        What may be said of it, and why: one sentence or two.
    """

    what: str
    name: str
    km: float
    supported: bool
    place: tuple[float, float]
    shape: shapely.Geometry
    words: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Explained:
    """A record's joins.

    Attributes
    ----------
    location
        How precisely it is located, in words.
    province
        Which province, then and today, and how that is known.
    then, today
        The province's shapes, WGS84; ``None``: not joined to one.
    legs
        What is nearest; none for a record without a place.
    """

    location: str
    province: str
    then: shapely.Geometry | None
    today: shapely.Geometry | None
    legs: tuple[Leg, ...]


def explain_joins(record: pd.Series, seeds: Seeds) -> Explained:
    """Explain a record's joins.

    Parameters
    ----------
    record
        A joined record.
    seeds
        What it was joined to.

    Returns
    -------
    Explained
    """
    return Explained(
        location=_location(record),
        province=_province(record),
        then=_unit(record, seeds, "adm1_reported", then=True),
        today=_unit(record, seeds, "adm1_today", then=False),
        legs=tuple(leg for what in THINGS if (leg := _leg(record, seeds, what)) is not None),
    )


def _placed(record: pd.Series) -> bool:
    return not (np.isnan(record["lon"]) or np.isnan(record["lat"]))


def _location(record: pd.Series) -> str:
    if not _placed(record):
        return "The place is not known: the record is in the table, but on no map."
    at = f"{record['lat']:.4f}, {record['lon']:.4f}"
    if record["precision"] == "province":
        return (
            f"Only the province is known. The point ({at}) is its middle, "
            "and no distance is told from it."
        )
    if np.isnan(record["radius_km"]):
        return f"How precisely the place is known is not stated. The point is {at}."
    return (
        f"Known to the {record['precision']}: somewhere within about "
        f"{record['radius_km']:.0f} km of {at}."
    )


_WHEN: Final = {len("2018-05-31"): "On", len("2018-05"): "In", len("2018"): "In"}


def _province(record: pd.Series) -> str:
    then, now = record["adm1_reported"], record["adm1_today"]
    if not now:
        return "The record lies in no province that the atlas holds."
    how = (
        "The source names the province."
        if record["province"] == now
        else "The source names no province: the point lies in it, or nearest to it."
        if not record["province"]
        else f"The source names {record['province']}, but the place lies too far from it."
    )
    if not then or then == now:
        return f"{now}, then and today. {how}"
    when = f"{_WHEN.get(len(record['date']), 'During')} {show_date(record['date'])}"
    return f"{when} this was {then}, whose land belongs to {now} today. {how}"


def _unit(record: pd.Series, seeds: Seeds, field: str, *, then: bool) -> shapely.Geometry | None:
    """Find the shape of the province that a record is joined to."""
    units = seeds.provinces
    if not record[field]:
        return None
    valid = valid_on(units, record["date_start"].date() if then else None)
    same = (units["name"] == record[field]) & (units["iso_3166_2"] == record[f"{field}_code"])
    found = units.geometry[(same & valid).to_numpy(dtype=bool)]
    return found.union_all() if len(found) else None


def _leg(record: pd.Series, seeds: Seeds, what: str) -> Leg | None:
    key = record[what]
    if not key or not _placed(record):
        return None
    table, column = THINGS[what]
    things = getattr(seeds, table)
    found = things.geometry[(things[column] == key).to_numpy(dtype=bool)]
    if not len(found):
        return None
    km, supported = float(record[f"{what}_km"]), bool(record[f"{what}_supported"])
    name = {
        "border": f"the Afghanistan–{seeds.country_names.get(key, key)} border",
        "crossing": key,
        "route": f"the route {seeds.route_names.get(key, key)}",
    }[what]
    return Leg(
        what=what,
        name=name,
        km=km,
        supported=supported,
        place=nearest_place(record["lon"], record["lat"], found),
        shape=found.iloc[0],
        words=_leg_words(record, what, name, km, supported=supported),
    )


def _leg_words(record: pd.Series, what: str, name: str, km: float, *, supported: bool) -> str:
    radius, precision = float(record["radius_km"]), record["precision"]
    if precision == "province":
        return f"The middle of the province is nearest to {name}; the record may not be."
    if np.isnan(radius):
        return f"The point is nearest to {name}; how precisely it is known is not stated."
    said = distance_phrase(km, radius, name, supported=supported, precision=precision)
    told = f"{said[0].upper()}{said[1:]}."
    schematic = " Routes are schematic between their waypoints." if what == "route" else ""
    if not supported:
        away = f"{km:.0f} km" if km >= 0.5 else "less than 1 km"
        return (
            f"{told} The point itself is {away} away, but the location is known "
            f"only to about {radius:.0f} km, too roughly for that.{schematic}"
        )
    if radius <= _FINE_KM and km < radius:
        why = f"The location, known to about {radius:.0f} km, may lie on either side of it"
        why = why if what != "crossing" else f"The location is known to about {radius:.0f} km"
        return f"{told} {why}.{schematic}"
    return (
        f"{told} The location is known to about {radius:.0f} km, "
        f"fine enough for that distance.{schematic}"
    )


def nearest_place(lon: float, lat: float, things: gpd.GeoSeries) -> tuple[float, float]:
    """Find the place on lines or points that is nearest to a point.

    Parameters
    ----------
    lon, lat
        The point, in degrees.
    things
        WGS84 lines or points.

    Returns
    -------
    tuple of float
        Longitude and latitude in degrees.
    """
    flat = things.segmentize(STEP_DEG).to_crs(REGION).union_all()
    here = gpd.GeoSeries.from_xy([lon], [lat], crs=WGS84).to_crs(REGION).iloc[0]
    on_it = shapely.get_point(shapely.shortest_line(here, flat), -1)
    found = gpd.GeoSeries([on_it], crs=REGION).to_crs(WGS84).iloc[0]
    return float(found.x), float(found.y)
