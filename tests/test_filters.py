"""Filters in the address bar, their vocabulary, and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.describe import describe_filters
from geo.filters import WORDS, Filters, from_query, to_query
from geo.joins import join_records
from geo.vocabulary import Vocabulary, make_vocabulary, resolve_filters
from tests import small

WORD = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)
    .map(str.strip)
    .filter(bool)
)
MANY = st.lists(WORD, unique=True, max_size=3).map(tuple)


def make() -> Vocabulary:
    rows = [{"id": "s-1", "group": "TTP"}, {"id": "s-2", "group": "ISKP"}]
    frame = small.records(*rows)
    world = small.seeds(frame)
    return make_vocabulary(join_records(frame, world), world.items, world)


BOXLAND = make()


@pytest.fixture
def vocabulary() -> Vocabulary:
    return BOXLAND


def test_the_words_are_those_of_the_contract() -> None:
    assert list(WORDS) == [
        *("kind", "from", "to", "year", "group", "role", "attribution", "category"),
        *("item", "at-least", "actor", "direction", "country", "province", "province-as"),
        *("border", "route", "near", "within-km", "area", "precision", "source", "file"),
        "text",
    ]


@given(
    st.builds(
        Filters,
        kind=st.none() | WORD,
        year=st.none() | WORD,
        groups=MANY,
        provinces=MANY,
        within_km=st.none() | st.floats(0.001, 20000).map(lambda km: float(f"{km:.12g}")),
        text=st.none() | WORD,
    )
)
def test_filters_survive_the_address_bar(filters: Filters) -> None:
    assert from_query(to_query(filters)) == (filters, [])


def test_a_query_leaves_out_what_is_not_set() -> None:
    assert to_query(Filters()) == {}
    assert to_query(Filters(near="Torkham", within_km=10, groups=("TTP", "ISKP"))) == {
        "group": ["TTP", "ISKP"],
        "near": ["Torkham"],
        "within-km": ["10"],
    }


@pytest.mark.parametrize("number", ["ten", "-1", "0", "nan", "inf", "1e999", "1,5"])
def test_what_is_no_distance_is_said(number: str) -> None:
    filters, complaints = from_query({"near": ["Gate"], "within-km": [number]})
    assert filters == Filters(near="Gate")
    assert complaints == [f"within-km={number!r} is not a distance; give kilometres above 0."]


@pytest.mark.parametrize("number", ["10.12345678901234567", "6" * 60, "1e-300"])
def test_a_distance_is_read_as_precisely_as_it_is_written(number: str) -> None:
    filters, complaints = from_query({"near": ["Gate"], "within-km": [number]})
    assert complaints == []
    assert from_query(to_query(filters)) == (filters, [])


def test_spelling_is_settled(vocabulary: Vocabulary) -> None:
    given_ = Filters(
        kind="SEIZURE",
        groups=("ttp",),
        countries=("boxland",),
        near="tor",
        borders=("neighbouria",),
    )
    settled = Filters(
        kind="seizure", groups=("TTP",), countries=("BOX",), near="Gate", borders=("NBR",)
    )
    assert resolve_filters(given_, vocabulary) == (settled, [])


def test_what_nobody_knows_is_left_out_and_said(vocabulary: Vocabulary) -> None:
    filters, complaints = resolve_filters(
        Filters(groups=("TPP", "ISKP"), near="Gat", precision="exact"), vocabulary
    )
    assert filters == Filters(groups=("ISKP",))
    assert complaints[0] == "group='TPP' is not known; try 'TTP'."
    assert "near='Gat' is not known; try 'Gate'" in complaints[1]
    assert "precision='exact' is not known" in complaints[2]


@pytest.mark.parametrize(
    ("filters", "complaint"),
    [
        (Filters(date_from="soon"), "from: 'soon' is not a date"),
        (Filters(year="2022-06"), "year='2022-06' is not a year"),
        (Filters(date_from="2023", date_to="2022"), "from='2023' is after to='2022'"),
        (Filters(within_km=5), "within-km needs a crossing"),
    ],
)
def test_dates_and_distances_that_make_no_sense(
    vocabulary: Vocabulary, filters: Filters, complaint: str
) -> None:
    settled, complaints = resolve_filters(filters, vocabulary)
    assert settled == Filters()
    assert complaint in complaints[0]


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    filters, _ = from_query({word: [text] for word in WORDS})
    resolve_filters(filters, BOXLAND)


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        (Filters(), "Records"),
        (
            Filters(kind="seizure", categories=("firearms",), near="Torkham", year="2022"),
            "Seizures of firearms within 10 km of Torkham, 2022",
        ),
        (
            Filters(groups=("TTP", "ISKP"), roles=("perpetrator",), date_from="2021-08-15"),
            "Records that name TTP or ISKP that the group carried out, since 15 August 2021",
        ),
        (
            Filters(borders=("PAK",), within_km=30, precision="town", text="truck"),
            (
                "Records within 30 km of the border with Pakistan, located to the town or better, "
                "with the words “truck”"
            ),
        ),
        (
            Filters(countries=("PAK",), date_from="2022-06", date_to="2022-11"),
            "Records in Pakistan, June 2022 to November 2022",
        ),
    ],
)
def test_filters_in_words(filters: Filters, sentence: str) -> None:
    assert describe_filters(filters, {"PAK": "Pakistan"}) == sentence
