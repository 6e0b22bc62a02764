"""Filters as the page reads them, against the server's own."""

from __future__ import annotations

import base64
from functools import cache
from itertools import product
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.distances import geodesic_km
from geo.filters import Filters
from geo.joins import join_records
from geo.recordset import RecordSet
from geo.select import filter_records
from layers.columns import record_columns
from layers.pagefilter import page_filter
from layers.payload import columns_frame
from tests import small

Mask = npt.NDArray[np.bool_]

GATE: Final = {"lat": 30.5, "lon": 62.0}


def written(filters: Filters, *rows: dict[str, Any]) -> dict[str, Any]:
    records = small.records(*(rows or ({},)))
    world = small.seeds(records)
    asked = RecordSet(join_records(records, world), world.items, world)
    return page_filter(filters, filter_records(asked, filters).surely, world.crossings)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {}),
        (Filters(kind="seizure"), {"equal": {"kind": ["seizure"]}}),
        (
            Filters(groups=("TTP", "ISKP"), roles=("target",), countries=("AFG",)),
            {"equal": {"group": ["TTP", "ISKP"], "role": ["target"], "country": ["AFG"]}},
        ),
        (
            Filters(attributions=("claimed",), categories=("opium",)),
            {"equal": {"attribution": ["claimed"], "category": ["opium"]}},
        ),
        (Filters(precision="site"), {"equal": {"precision": ["site"]}}),
        (Filters(precision="district"), {"equal": {"precision": ["site", "town", "district"]}}),
        (Filters(items=("opium", "rifle")), {"items": ["opium", "rifle"]}),
        (Filters(provinces=("East",)), {"provinces": ["East"]}),
        (Filters(date_from="1970-01-02"), {"from": 1}),
        (Filters(date_to="1969"), {"to": -1}),
        (Filters(date_from="2024-02", date_to="2024-02"), {"from": 19754, "to": 19782}),
        (Filters(year="2024"), {"from": 19723, "to": 20088}),
        (Filters(year="2024", date_from="2024-02", date_to="2025"), {"from": 19754, "to": 20088}),
        (Filters(borders=("NBR",)), {"borders": ["NBR"]}),
        (Filters(borders=("NBR",), within_km=25), {"rows": "AA=="}),
        (Filters(actors=("Customs",), year="1970"), {"from": 0, "to": 364, "rows": "AA=="}),
        (Filters(near="Gate"), {"near": {**GATE, "km": 10}}),
        (Filters(near="Gate", within_km=2.5), {"near": {**GATE, "km": 2.5}}),
        (
            Filters(near="Gate", within_km=5, borders=("NBR",)),
            {"borders": ["NBR"], "near": {**GATE, "km": 5}},
        ),
    ],
)
def test_only_what_is_set_is_written(filters: Filters, expected: dict[str, Any]) -> None:
    assert written(filters) == expected


def test_words_are_looked_for_here_and_sent_as_a_bit_a_row() -> None:
    words = ["Opium" if number in {0, 3, 9} else "" for number in range(10)]
    rows = [{"id": f"s-{number}", "summary": word} for number, word in enumerate(words)]
    found = written(Filters(text="opium"), *rows)
    # Rows 0 and 3 in the first byte, lowest bit first; row 9 in the second.
    assert found == {"rows": base64.b64encode(bytes([0b00001001, 0b00000010])).decode()}
    assert written(Filters(text="heroin"), *rows) == {"rows": "AAA="}


# Distances from the gate and the border at 62°E: 2.9, 19 and 144 km, and none.
LONGITUDES: Final = ("61.97", "61.8", "60.5", "")
PRECISIONS: Final = ("site", "town", "district", "province")
DATES: Final = ("2009-12-31", "2010-01", "2010", "2011-06-15", "2011-06")
GROUPS: Final = ("TTP", "ISKP", "Unattributed")


def _varied_rows() -> list[dict[str, Any]]:
    return [
        {
            "id": f"r-{number}",
            "kind": ("seizure", "incident")[number % 2],
            "lon": lon,
            "lat": "30.6" if lon else "",
            "precision": precision,
            "province": ("", "East", "West")[number % 3],
            "date": DATES[number % len(DATES)],
            "group": GROUPS[number % len(GROUPS)],
            "role": ("", "target", "perpetrator")[number // 2 % 3],
            "attribution": ("", "claimed")[number // 3 % 2],
            "category": ("opium", "raid")[number // 4 % 2],
            "country": ("BOX", "NBR")[number // 5 % 2],
            "summary": ("Police found rifles.", "An attack.")[number // 3 % 2],
        }
        for number, (lon, precision, _) in enumerate(product(LONGITUDES, PRECISIONS, range(4)))
    ]


RECORDS: Final = small.records(*_varied_rows())
WORLD: Final = small.seeds(RECORDS)
JOINED: Final = join_records(RECORDS, WORLD)
ITEMS: Final = pd.DataFrame(
    [
        (f"r-{number}", name)
        for number in range(0, 64, 4)
        for name in ("opium", "rifle")[: number % 3]
    ],
    columns=["record_id", "item"],
).assign(quantity=1.0, unit="kg", approx="", **{"class": "drug"})


@cache
def records_and_columns(kind: str) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Give the records of a kind, and the columns that the page has of them."""
    mine = JOINED[JOINED["kind"] == kind]
    return mine, columns_frame(record_columns(mine, ITEMS))


def kept_by_page(table: pd.DataFrame, told: dict[str, Any]) -> Mask:
    """Keep rows as the page does, from its columns and the filter alone."""
    keep = pd.Series(data=True, index=table.index)
    for column, values in told.get("equal", {}).items():
        keep &= table[column].isin(values)
    if "items" in told:
        keep &= table["items"].map(lambda held: bool(set(held) & set(told["items"])))
    if "provinces" in told:
        keep &= table[["adm1_reported", "adm1_today"]].isin(told["provinces"]).any(axis="columns")
    first, last = _days(table)
    keep &= (first >= told.get("from", -np.inf)) & (last <= told.get("to", np.inf))
    if "borders" in told:
        keep &= table["border"].isin(told["borders"]) & (table["precision"] != "province")
    if "near" in told:
        place = told["near"]
        km = geodesic_km(table["lon"], table["lat"], place["lon"], place["lat"])
        keep &= _within(table, pd.Series(km), place["km"])
    if "rows" in told:
        bits = np.frombuffer(base64.b64decode(told["rows"]), dtype=np.uint8)
        keep &= np.unpackbits(bits, count=len(table), bitorder="little").astype(bool)
    kept: Mask = keep.to_numpy(dtype=bool)
    return kept


def _days(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    ends = {"day": pd.DateOffset(days=1), "month": pd.DateOffset(months=1)}
    dates = zip(table["date"], table["date_precision"], strict=True)
    after = [day + ends.get(precision, pd.DateOffset(years=1)) for day, precision in dates]
    epoch = pd.Timestamp("1970-01-01")
    return (table["date"] - epoch).dt.days, (pd.Series(after) - epoch).dt.days - 1


def _within(table: pd.DataFrame, km: pd.Series, limit_km: float) -> pd.Series:
    fine = (table["radius_km"] <= limit_km) & (table["precision"] != "province")
    return fine & (km <= limit_km)


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, min_size=1, max_size=2).map(tuple)


dates = st.sampled_from(["2009", "2010", "2010-01", "2010-01-15", "2011-06", "2011-06-15"])

FIELDS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "kind": st.sampled_from(["seizure", "incident"]),
    "date_from": dates,
    "date_to": dates,
    "year": st.sampled_from(["2010", "2011"]),
    "groups": some(*GROUPS),
    "roles": some("target", "perpetrator"),
    "attributions": some("claimed", "suspected"),
    "categories": some("opium", "raid"),
    "items": some("opium", "rifle", "tank"),
    "countries": some("BOX", "NBR"),
    "provinces": some("East", "West", "Old East"),
    "borders": some("NBR"),
    "near": st.just("Gate"),
    "within_km": st.sampled_from([1, 2.9, 5, 19.5, 25, 150]),
    "precision": st.sampled_from(PRECISIONS),
    "text": st.sampled_from(["police", "rifles found", "xyz"]),
    "actors": some("Police", "Customs"),
    "area": st.sampled_from(["box:61,30,62.5,31", "circle:62,30.6,30"]),
}


@st.composite
def some_filters(draw: st.DrawFn) -> Filters:
    """Set a few fields: with many, no record would be left to disagree about."""
    chosen = draw(st.lists(st.sampled_from(sorted(FIELDS)), unique=True, max_size=4))
    return Filters(**{name: draw(FIELDS[name]) for name in chosen})


@pytest.mark.parametrize("kind", ["seizure", "incident"])
@settings(max_examples=150)
@given(filters=some_filters())
def test_the_page_keeps_what_the_server_keeps_for_sure(kind: str, filters: Filters) -> None:
    mine, table = records_and_columns(kind)
    selection = filter_records(RecordSet(mine, ITEMS, WORLD), filters)
    kept = kept_by_page(table, page_filter(filters, selection.surely, WORLD.crossings))
    assert mine["id"][kept].tolist() == selection.records["id"].tolist()
