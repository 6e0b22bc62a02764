"""Pairs of records that are likely of the same event, told by different sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from geo.brought import DATASET
from geo.crs import REGION
from geo.distances import geodesic_km
from geo.imports.groups import UNATTRIBUTED
from geo.imports.limits import MOST_COMPARED, MOST_PAIRS
from geo.imports.result import PAIR_COLUMNS

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
_PART_PAIRS: Final = 2_000_000
"""Pairs looked at in one go."""

MOST_A_RECORD: Final = 10
"""Pairs of a record that are kept, the strongest."""

KILLED_APART: Final = 3
KILLED_SHARE: Final = 0.5


class Found(NamedTuple):
    """The pairs that were found; ``complete``: all that are near were looked at."""

    pairs: pd.DataFrame
    complete: bool


def find_pairs(records: gpd.GeoDataFrame, others: gpd.GeoDataFrame) -> Found:
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
    Found
        Its pairs have ``PAIR_COLUMNS``, strongest first, ``MOST_A_RECORD`` a record and
        ``MOST_PAIRS`` in all. ``days`` between the dates (0: they overlap); ``km`` between
        the points; ``same_group``; ``killed_apart`` (NaN: not both known); ``strength``: 4
        for one day, one group, numbers within one, and places within ``LEAST_KM``, less
        one for each that does not hold.
    """
    mine, theirs = _comparable(records), _comparable(others)
    found = [_frame([])]
    looked_at, complete = 0, True
    for part, left, right in _near(mine, theirs):
        looked_at += len(left)
        complete = looked_at <= MOST_COMPARED
        if not complete:
            break
        found.append(_pairs(mine, part, left, right))
    order, rising = ["strength", "days", "km"], [False, True, True]
    pairs = pd.concat(found).sort_values(order, ascending=rising, kind="stable", ignore_index=True)
    strongest = pairs.groupby("id", sort=False).cumcount() < MOST_A_RECORD
    return Found(pairs[strongest].head(MOST_PAIRS).reset_index(drop=True), complete)


def _pairs(
    mine: pd.DataFrame,
    theirs: pd.DataFrame,
    left: npt.NDArray[np.intp],
    right: npt.NDArray[np.intp],
) -> pd.DataFrame:
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
    seized = (
        (kind == "seizure") & (days == 0) & _of_one_day(mine, left) & _of_one_day(theirs, right)
    )
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
) -> Iterator[tuple[pd.DataFrame, npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Find pairs near in space and time, in a box of both that misses none, in parts.

    A part is as many of theirs as have ``_PART_PAIRS`` near them: where all lie at one
    place, one alone may have more.
    """
    if mine.empty or theirs.empty:
        return
    window = MOST_DAYS + LONGEST_PERIOD
    places, others = (
        np.column_stack([side["x"], side["y"], _middle(side) / window]) for side in (mine, theirs)
    )
    tree = cKDTree(places)
    many = tree.query_ball_point(others, r=1.0, p=np.inf, return_length=True)
    part_of = np.cumsum(many) // _PART_PAIRS
    for number in np.unique(part_of[many > 0]):
        rows = np.flatnonzero((part_of == number) & (many > 0))
        found = tree.query_ball_point(others[rows], r=1.0, p=np.inf)
        right = np.repeat(np.arange(len(rows)), many[rows])
        left = np.fromiter((at for each in found for at in each), dtype=np.intp, count=len(right))
        yield theirs.iloc[rows], left, right.astype(np.intp)


def _of_one_day(side: pd.DataFrame, at: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    same: npt.NDArray[np.bool_] = _day(side["date_start"]) == _day(side["date_end"])
    return same[at]


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
