"""What filters keep, and what is too coarse to tell."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Final

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.filters import Filters
from geo.joins import join_records
from geo.recordset import RecordSet
from geo.select import Selection, filter_records
from tests import small

ITEMS = pd.DataFrame(
    {"record_id": ["s-1", "s-1"], "item": ["rifle", "opium"], "quantity": [3.0, None]}
)


def select(filters: Filters, *rows: dict[str, str]) -> Selection:
    frame = small.records(*rows)
    world = small.seeds(frame)
    return filter_records(RecordSet(join_records(frame, world), ITEMS, world), filters)


def kept(filters: Filters, *rows: dict[str, str]) -> tuple[list[str], list[str]]:
    selection = select(filters, *rows)
    return selection.records["id"].tolist(), selection.undecided["id"].tolist()


def test_no_filter_keeps_everything_in_order() -> None:
    selection = select(Filters(), {"id": "s-2"}, {"id": "s-1"}, {"id": "s-3", "lat": ""})
    assert selection.records["id"].tolist() == ["s-2", "s-1", "s-3"]
    assert (len(selection.undecided), selection.total) == (0, 3)


def test_values_of_a_field_are_alternatives_and_fields_are_conditions() -> None:
    rows = [
        {"id": "i-1", "kind": "incident", "group": "TTP", "role": "target"},
        {"id": "i-2", "kind": "incident", "group": "TTP", "role": "perpetrator"},
        {"id": "i-3", "kind": "incident", "group": "ISKP", "role": "perpetrator"},
        {"id": "s-1", "group": "TTP"},
    ]
    both = Filters(kind="incident", groups=("TTP", "ISKP"))
    assert kept(both, *rows) == (["i-1", "i-2", "i-3"], [])
    attacks = Filters(groups=("TTP",), roles=("perpetrator",))
    assert kept(attacks, *rows) == (["i-2"], [])
    assert kept(Filters(items=("opium",)), *rows) == (["s-1"], [])


@pytest.mark.parametrize(
    ("filters", "sure", "undecided"),
    [
        (Filters(year="2022"), ["day", "month", "year"], []),
        (Filters(date_from="2022-06"), ["day", "month"], ["year"]),
        (Filters(date_from="2022-06-16"), ["day"], ["month", "year"]),
        (Filters(date_to="2022-06-15"), [], ["month", "year"]),
        (Filters(date_from="2022-06", date_to="2022-06"), ["day", "month"], ["year"]),
        (Filters(year="2021"), [], []),
    ],
)
def test_a_date_matches_if_all_its_days_do(
    filters: Filters, sure: list[str], undecided: list[str]
) -> None:
    rows = [
        {"id": "day", "date": "2022-06-20"},
        {"id": "month", "date": "2022-06"},
        {"id": "year", "date": "2022"},
    ]
    assert kept(filters, *rows) == (sure, undecided)


@pytest.mark.parametrize("within", [{"near": "Gate"}, {"borders": ("NBR",)}])
def test_a_distance_matches_if_the_location_carries_it(within: dict[str, object]) -> None:
    """The gate and the border lie at 62°E; 61.97°E is 2.9 km off, 61.8°E 19 km."""
    rows = [
        {"id": "site", "lon": "61.97", "precision": "site"},
        {"id": "town", "lon": "61.97", "precision": "town"},
        {"id": "district", "lon": "61.97", "precision": "district"},
        {"id": "province", "lon": "61.97", "precision": "province", "province": "East"},
        {"id": "far site", "lon": "61.8", "precision": "site"},
        {"id": "far district", "lon": "61.8", "precision": "district"},
        {"id": "very far", "lon": "60.1", "precision": "district"},
        {"id": "nowhere", "lon": ""},
    ]
    near = Filters(**within, within_km=10)  # type: ignore[arg-type]
    assert kept(near, *rows) == (["site", "town"], ["district", "province", "far district"])


def test_near_without_a_distance_means_10_km() -> None:
    rows = [{"id": "in", "lon": "61.92"}, {"id": "out", "lon": "61.88"}]
    assert kept(Filters(near="Gate"), *rows) == (["in"], ["out"])


def test_provinces_match_as_reported_or_today() -> None:
    row = {"id": "s-1", "date": "2005", "lon": "61.5", "lat": "30.7"}
    assert kept(Filters(provinces=("Old East",)), row) == (["s-1"], [])
    assert kept(Filters(provinces=("East",)), row) == (["s-1"], [])
    assert kept(Filters(provinces=("West",)), row) == ([], [])


def test_precision_keeps_what_is_at_least_as_fine() -> None:
    rows = [{"id": word, "precision": word} for word in ("site", "town", "district")]
    assert kept(Filters(precision="town"), *rows) == (["site", "town"], [])


def test_all_words_of_the_text_must_occur_in_any_case_and_literally() -> None:
    rows = [{"id": "s-1", "summary": "Rifles (12) hidden in a TRUCK"}, {"id": "s-2"}]
    assert kept(Filters(text="truck BOXTOWN"), *rows) == (["s-1"], [])
    assert kept(Filters(text="(12)"), *rows) == (["s-1"], [])
    assert kept(Filters(text=".*"), *rows) == ([], [])


DATES: Final = ("2010", "2010-05", "2010-05-06", "2011", "2011-01-01")
LONGITUDES: Final = tuple(str(60 + step / 32) for step in range(65))
PRECISIONS: Final = ("site", "town", "district", "province")
VARIED: Final = [
    {"date": date, "lon": lon, "precision": precision, "group": group, "province": province}
    for date, lon, precision, group, province in product(
        DATES, LONGITUDES, PRECISIONS, ("TTP", "ISKP"), ("", "East", "West")
    )
]
"""Every record that a property below may meet."""

WORLD: Final = small.seeds()


@cache
def all_joined() -> gpd.GeoDataFrame:
    """Join them once: a record's join does not depend on the records beside it."""
    return join_records(small.records(*VARIED), WORLD)


def keep_numbered(numbers: list[int], filters: Filters) -> Selection:
    """Filter some of the varied records, with ids that sort in their order."""
    some = all_joined().iloc[numbers]
    ids = pd.array([f"s-{place:02}" for place in range(len(numbers))], dtype="str")
    some = some.assign(id=ids).reset_index(drop=True)
    return filter_records(RecordSet(some, ITEMS, WORLD), filters)


NUMBERS = st.lists(st.integers(0, len(VARIED) - 1), min_size=1, max_size=12)
FILTERS = st.builds(
    Filters,
    date_from=st.none() | st.sampled_from(DATES),
    groups=st.sampled_from([(), ("TTP",)]),
    near=st.sampled_from([None, "Gate"]),
    within_km=st.sampled_from([None, 3.0, 50.0]),
)


@given(numbers=NUMBERS, filters=FILTERS)
def test_each_record_is_kept_once_undecided_once_or_out(
    numbers: list[int], filters: Filters
) -> None:
    selection = keep_numbered(numbers, filters)
    sure, undecided = selection.records["id"].tolist(), selection.undecided["id"].tolist()
    both = sure + undecided
    assert len(set(both)) == len(both)
    assert sure == sorted(sure)
    assert undecided == sorted(undecided)


@given(numbers=NUMBERS)
def test_a_wider_distance_never_loses_a_record(numbers: list[int]) -> None:
    near = keep_numbered(numbers, Filters(near="Gate", within_km=20)).records["id"]
    wide = keep_numbered(numbers, Filters(near="Gate", within_km=40)).records["id"]
    assert set(near) <= set(wide)
