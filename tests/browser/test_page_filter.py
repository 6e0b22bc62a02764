"""The page keeps the same records as the server, for any filter."""

from __future__ import annotations

import random
from typing import Any, Final

import geopandas as gpd
import pytest
from playwright.sync_api import Page

from geo.distances import PRECISIONS, geodesic_km
from geo.filters import Filters
from geo.recordset import RecordSet
from geo.seeds import Seeds
from geo.select import Selection, filter_records, select_all
from geo.vocabulary import Vocabulary, make_vocabulary, resolve_filters
from layers.pagefilter import page_filter
from tests import layers_small
from tests.browser.record_page import layer_options, open_blank

ROUNDS: Final = 250
KINDS: Final = ("seizure", "incident")
MANY: Final = (
    *("groups", "roles", "attributions", "categories", "items", "countries"),
    *("provinces", "borders", "routes", "sources", "actors", "directions"),
)
DATES: Final = ("2014", "2018-05", "2021-08-15", "2022-06", "2023-11-03", "2025")
WORDS: Final = ("torkham", "police rifles", "opium", "NDS", "no such word anywhere", "کابل")


@pytest.fixture(scope="module")
def everything(joined: gpd.GeoDataFrame) -> Selection:
    return select_all(joined)


def some_filters(dice: random.Random, vocabulary: Vocabulary) -> Filters:
    """Make a filter of one to three conditions at random."""
    makers: dict[str, Any] = {
        name: lambda name=name: tuple(dice.sample(vocabulary.values(name), dice.randint(1, 3)))
        for name in MANY
    }
    makers |= {
        "kind": lambda: dice.choice(KINDS),
        "date_from": lambda: dice.choice(DATES),
        "date_to": lambda: dice.choice(DATES),
        "year": lambda: str(dice.randint(2012, 2026)),
        "near": lambda: dice.choice(vocabulary.values("near")),
        "within_km": lambda: dice.choice([1.0, 5.0, 20.0, 33.3, 150.0, 2500.0]),
        "at_least": lambda: dice.choice(["100 kg", "20", "1000 rounds"]),
        "area": lambda: dice.choice(["box:69,33,72,35", "circle:71.09,34.13,40"]),
        "province_as": lambda: dice.choice(["reported", "today"]),
        "precision": lambda: dice.choice(PRECISIONS),
        "text": lambda: dice.choice(WORDS),
    }
    chosen = dice.sample(sorted(makers), dice.randint(1, 3))
    filters, _ = resolve_filters(Filters(**{name: makers[name]() for name in chosen}), vocabulary)
    return filters


def rows_kept(page: Page, conditions: dict[str, Any]) -> list[int]:
    kept: list[int] = page.evaluate(
        "(filter) => [...khyber.matching(table, filter).entries()]"
        ".filter(([, kept]) => kept).map(([row]) => row)",
        conditions,
    )
    return kept


def read_table(page: Page, options: dict[str, Any]) -> None:
    page.evaluate(
        "async (columns) => { window.table ="
        " khyber.placeRecords(await khyber.loadColumns(columns), {}); }",
        options["columns"],
    )


@pytest.mark.parametrize("kind", KINDS)
def test_page_and_server_keep_the_same_records(
    page: Page, seeds: Seeds, everything: Selection, kind: str
) -> None:
    open_blank(page)
    read_table(page, layer_options(seeds, everything, kind))
    mine = everything.records[everything.records["kind"] == kind]
    vocabulary = make_vocabulary(everything.records, seeds.items, seeds)
    records = RecordSet(mine, seeds.items, seeds)
    dice = random.Random(1893)  # noqa: S311 - the same filters every time
    kept_any = 0
    for _ in range(ROUNDS):
        filters = some_filters(dice, vocabulary)
        selection = filter_records(records, filters)
        expected = selection.records
        rows = rows_kept(page, page_filter(filters, selection.surely, seeds.crossings))
        assert mine.iloc[rows]["id"].tolist() == expected["id"].tolist(), filters
        kept_any += bool(rows)
    # A test of empty answers alone would tell nothing.
    assert kept_any > ROUNDS / 10


def test_a_filter_of_boxland_by_hand(page: Page) -> None:
    chosen = layers_small.selection(
        {"date": "2012-03"},
        {"id": "s-2", "date": "2012", "group": "TTP"},
        {"id": "s-3", "date": "2012-03-31", "lat": "", "lon": ""},
        {"id": "s-4", "precision": "province", "province": "West", "date": "1950-01-01"},
    )
    open_blank(page)
    read_table(page, layer_options(layers_small.seeds(), chosen, "seizure"))
    march = {"from": 15400, "to": 15430}  # 1 to 31 March 2012
    assert rows_kept(page, {}) == [0, 1, 2, 3]
    assert rows_kept(page, march) == [0, 2]
    assert rows_kept(page, {"from": 15401}) == [2]
    assert rows_kept(page, {"equal": {"group": ["TTP"]}}) == [1]
    assert rows_kept(page, {"provinces": ["West"]}) == [0, 1, 3]
    assert rows_kept(page, {"borders": ["NBR"]}) == [0, 1]
    assert rows_kept(page, {"near": {"lat": 30.5, "lon": 60.5, "km": 4.9}}) == []
    assert rows_kept(page, {"near": {"lat": 30.5, "lon": 60.5, "km": 5}}) == [0, 1]
    assert rows_kept(page, {"rows": "Bg=="}) == [1, 2]


PLACES: Final = (
    (34.122, 71.093, 34.5167, 69.1833),  # Torkham to Kabul
    (34.122, 71.093, -33.8688, 151.2093),  # and to Sydney
    (0.0, 0.0, 0.0, 1.0),
    (30.0, 60.0, 30.0, 60.0),
    (31.0, 62.0, 31.00001, 62.0),
    (36.9, 179.9, 36.9, -179.9),
)


@pytest.mark.parametrize("places", PLACES)
def test_the_pages_distances_are_geodesic(page: Page, places: tuple[float, ...]) -> None:
    open_blank(page)
    lat, lon, to_lat, to_lon = places
    expected = float(geodesic_km(lon, lat, to_lon, to_lat))
    told = page.evaluate("(places) => khyber.geodesicKm(...places)", list(places))
    assert told == pytest.approx(expected, abs=1e-6)
