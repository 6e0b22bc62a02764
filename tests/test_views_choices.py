"""Choices and the address bar: written and read back they are equal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.filters import Filters
from geo.vocabulary import Vocabulary
from layers.data import DrawOptions
from layers.registry import LAYERS, default_layers
from views.choices import LONGEST_TEXT, Choices, read_query, write_query

TERMS = {
    "kind": ["seizure", "incident"],
    "groups": ["TTP", "ISKP"],
    "roles": ["target"],
    "attributions": ["claimed"],
    "categories": ["firearms", "opium"],
    "items": ["pistol"],
    "countries": ["AFG", "PAK"],
    "provinces": ["Nangarhar"],
    "borders": ["PAK"],
    "near": ["Torkham"],
    "precision": ["site", "town", "district", "province"],
}
VOCABULARY = Vocabulary(
    terms={name: {term: term for term in terms} for name, terms in TERMS.items()}
)
RECORDS = {"s-1"}


def read(query: dict[str, list[str]]) -> tuple[Choices, list[str]]:
    return read_query(query, VOCABULARY, RECORDS)


def some(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(TERMS[name]), unique=True).map(tuple)


CHOICES = st.builds(
    Choices,
    filters=st.builds(
        Filters,
        kind=st.sampled_from([None, *TERMS["kind"]]),
        year=st.sampled_from([None, "2012"]),
        groups=some("groups"),
        categories=some("categories"),
        near=st.just("Torkham"),
        within_km=st.none() | st.floats(0.5, 500).map(lambda km: round(km, 3)),
        precision=st.sampled_from([None, "site", "town", "district"]),
        text=st.none() | st.text("ab &=%+#é؀", min_size=1).map(str.strip).filter(bool),
    ),
    layers=st.sets(st.sampled_from([layer.id for layer in LAYERS])).map(
        lambda on: tuple(layer.id for layer in LAYERS if layer.id in on)
    ),
    tiles=st.sampled_from(["", "osm"]),
    options=st.builds(
        DrawOptions,
        seizure_measure=st.sampled_from(["records", "drugs_kg"]),
        seizure_colour=st.sampled_from(["group", "goods"]),
    ),
    record=st.sampled_from(["", "s-1"]),
)


@given(CHOICES)
def test_what_is_written_is_read_back(choices: Choices) -> None:
    assert read(write_query(choices)) == (choices, [])


def test_the_usual_choices_need_no_words() -> None:
    assert write_query(Choices()) == {}


@given(st.dictionaries(st.text(max_size=12), st.lists(st.text(max_size=30), max_size=4)))
def test_any_address_can_be_read(query: dict[str, list[str]]) -> None:
    choices, _ = read(query)
    assert read(write_query(choices)) == (choices, [])


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ({"groups": ["TTP"]}, "'groups' is not a word of a link; try 'group'."),
        ({"tiles": ["osmm"]}, "tiles='osmm' is not known; try 'osm'"),
        ({"layers": ["seizure"]}, "layers='seizure' is not known; try 'seizures'"),
        ({"record": ["s-2"]}, "record='s-2': there is no such record."),
        ({"year": ["2012"], "from": ["2011"]}, "only the year is used"),
        ({"size-seizures": ["killed"]}, "size-seizures='killed' is not known"),
    ],
)
def test_what_cannot_be_read_is_told(query: dict[str, list[str]], complaint: str) -> None:
    _, complaints = read(query)
    assert len(complaints) == 1
    assert complaint in complaints[0]


def test_other_words_of_an_address_are_left_alone() -> None:
    assert read({"utm_source": ["x"], "embed": ["true"]}) == (Choices(), [])


def test_layers_that_are_not_known_do_not_hide_the_others() -> None:
    assert read({"layers": ["borders,nothing"]})[0].layers == ("borders",)
    assert read({"layers": ["nothing"]})[0].layers == default_layers()
    assert read({"layers": ["none"]})[0].layers == ()


def test_very_long_values_are_cut_short() -> None:
    choices, complaints = read({"text": ["x" * 9000], "group": ["y" * 9000] * 900})
    assert choices.filters.text == "x" * LONGEST_TEXT
    assert len(complaints) <= 51
    assert max(map(len, complaints)) < 300


def test_the_coarsest_precision_is_no_condition() -> None:
    assert read({"precision": ["province"]}) == (Choices(), [])
