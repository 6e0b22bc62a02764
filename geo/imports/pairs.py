"""Pairs of records that are likely of the same event, told by different sources."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from geo.brought import DATASET
from geo.crs import REGION
from geo.distances import geodesic_km
from geo.imports.groups import UNATTRIBUTED

PAIR_COLUMNS: Final = (
    *("id", "other_id", "other_dataset", "days", "km", "same_group", "killed_apart", "strength"),
)
MOST_DAYS: Final = 3
"""Days between two dates, beyond what the dates leave open."""

LONGEST_PERIOD: Final = 31
"""Days that a date may mean; one of a whole year is near too many."""

LEAST_KM: Final = 10.0
MOST_KM: Final = 45.0
"""Two places of an event lie at most as far apart as both radii reach together."""

_COMPARED: Final = (
    *("id", "kind", "date_start", "date_end", "lon", "lat", "radius_km", "group", "actor"),
    "killed",
)
_PART_ROWS: Final = 5_000
"""Records looked at in one go: each may have hundreds near it before more is asked."""

KILLED_APART: Final = 3
KILLED_SHARE: Final = 0.5


def find_pairs(records: gpd.GeoDataFrame, others: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find pairs that are likely of the same event.

    Both are of one kind; their dates overlap or lie ``MOST_DAYS`` apart at most;
    their places lie no farther apart than the radii of both locations together
    (at least ``LEAST_KM``); the groups named do not differ; the numbers of
    people killed differ by no more than ``KILLED_APART`` or half. And either
    the group or the number is the same, or both are seizures of one day.

    Parameters
    ----------
    records, others
        Joined records of different sources; ``others`` with ``dataset``.

    Returns
    -------
    pandas.DataFrame
        ``PAIR_COLUMNS``, strongest first. ``days`` between the dates (0: they
        overlap); ``km`` between the points; ``same_group``; ``killed_apart``
        (NaN: not both known); ``strength``: 4 for one day, one group, numbers
        within one, and places within ``LEAST_KM``, less one for each that does
        not hold.
    """
    mine, theirs = _comparable(records), _comparable(others)
    parts = range(0, len(theirs), _PART_ROWS) if len(mine) else ()
    found = [_frame([]), *(_pairs(mine, theirs[at : at + _PART_ROWS]) for at in parts)]
    order, rising = ["strength", "days", "km"], [False, True, True]
    return pd.concat(found).sort_values(order, ascending=rising, kind="stable", ignore_index=True)


def _pairs(mine: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    left, right = _near(mine, theirs)
    days = _days_apart(mine, theirs, left, right)
    km = geodesic_km(
        mine["lon"].to_numpy(float)[left],
        mine["lat"].to_numpy(float)[left],
        theirs["lon"].to_numpy(float)[right],
        theirs["lat"].to_numpy(float)[right],
    )
    reach = mine["radius_km"].to_numpy(float)[left] + theirs["radius_km"].to_numpy(float)[right]
    both = ((mine, left), (theirs, right))
    group, other = (side["group"].to_numpy(object)[at] for side, at in both)
    named = (group != UNATTRIBUTED) & (other != UNATTRIBUTED)
    # Of two groups that fought, each source may name either first.
    met, others_met = (side["actor"].to_numpy(object)[at] for side, at in both)
    same_group = named & ((group == other) | (group == others_met) | (met == other))
    dead, others_dead = (
        side["killed"].astype("Float64").to_numpy(float, na_value=np.nan)[at] for side, at in both
    )
    apart = np.abs(dead - others_dead)
    with np.errstate(invalid="ignore"):
        far = apart > np.maximum(KILLED_APART, KILLED_SHARE * np.fmax(dead, others_dead))
        same_number = (apart <= 1) & (np.fmax(dead, others_dead) > 0)
    kind, other_kind = (side["kind"].to_numpy(object)[at] for side, at in both)
    seized = (kind == "seizure") & (days == 0)
    holds = (kind == other_kind) & (days <= MOST_DAYS) & (km <= np.maximum(reach, LEAST_KM))
    holds &= ~(named & ~same_group) & ~far & (same_group | same_number | seized)
    strength = (days == 0).astype(int) + same_group + same_number + (km <= LEAST_KM)
    columns = (
        *(mine["id"].to_numpy(object)[left], theirs["id"].to_numpy(object)[right]),
        theirs[DATASET].to_numpy(object)[right],
        *(days, np.round(km, 1), same_group, apart, strength),
    )
    return _frame([*zip(*(column[holds].tolist() for column in columns), strict=True)])


def _comparable(records: gpd.GeoDataFrame) -> pd.DataFrame:
    """Keep the records whose date and place are known well enough to compare."""
    period = (records["date_end"] - records["date_start"]).dt.days < LONGEST_PERIOD
    known = period & records["precision"].ne("province") & records.geometry.notna()
    also = [name for name in (DATASET,) if name in records]
    kept = records.loc[known, [*_COMPARED, *also, "geometry"]]
    flat = kept.geometry.to_crs(REGION)
    return pd.DataFrame(kept.drop(columns="geometry")).assign(
        x=flat.x.to_numpy() / (MOST_KM * 1000), y=flat.y.to_numpy() / (MOST_KM * 1000)
    )


def _near(
    mine: pd.DataFrame, theirs: pd.DataFrame
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Find pairs near in space and time, in a box of both that misses none."""
    window = MOST_DAYS + LONGEST_PERIOD
    trees = [
        cKDTree(np.column_stack([side["x"], side["y"], _middle(side) / window]))
        for side in (mine, theirs)
    ]
    found = trees[1].query_ball_tree(trees[0], r=1.0, p=np.inf)
    right = np.repeat(np.arange(len(theirs)), [len(each) for each in found])
    left = np.fromiter((at for each in found for at in each), dtype=np.intp, count=len(right))
    return left, right.astype(np.intp)


def _middle(side: pd.DataFrame) -> npt.NDArray[np.float64]:
    first, last = (_day(side[name]) for name in ("date_start", "date_end"))
    return (first + last) / 2


def _day(dates: pd.Series) -> npt.NDArray[np.float64]:
    return dates.to_numpy(dtype="datetime64[D]").astype(float)


def _days_apart(
    mine: pd.DataFrame,
    theirs: pd.DataFrame,
    left: npt.NDArray[np.intp],
    right: npt.NDArray[np.intp],
) -> npt.NDArray[np.int64]:
    starts = [_day(side["date_start"])[at] for side, at in ((mine, left), (theirs, right))]
    ends = [_day(side["date_end"])[at] for side, at in ((mine, left), (theirs, right))]
    gap = np.maximum(starts[0] - ends[1], starts[1] - ends[0])
    return np.maximum(gap, 0).astype(np.int64)


def _frame(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(PAIR_COLUMNS))
    kinds = {"days": "int64", "km": "float64", "killed_apart": "float64", "strength": "int64"}
    texts = dict.fromkeys(("id", "other_id", "other_dataset"), "str")
    return frame.astype({**kinds, **texts, "same_group": "bool"})
