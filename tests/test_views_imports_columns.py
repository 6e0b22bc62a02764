"""The panel of imports: columns chosen for a table become its mapping."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geo.imports.mapping import Mapping
from geo.imports.propose import propose_mapping
from geo.imports.rules import Rule
from tests.panel_case import (
    BAD,
    NAMES,
    SAFE,
    answers,
    glance_of,
    import_of,
)
from views.imports_list import imports_table
from views.imports_mapping import (
    BY_COLUMN,
    faults_of,
    make_mapping,
    preview,
    proposed_columns,
)
from views.imports_pairs import pair_html
from views.imports_result import about_html


@given(st.lists(st.sampled_from(NAMES), unique=True))
def test_what_is_not_changed_stays_as_proposed(columns: list[str]) -> None:
    proposal = propose_mapping(columns)
    made = make_mapping(proposal, answers(proposed_columns(proposal)))
    assert made.fields == proposal.fields


def test_what_was_chosen_becomes_the_mapping() -> None:
    strict = Rule(columns=("prec",), values={"1": "town"}, strict=True)
    proposal = Mapping(fields={"precision": (strict,), "date": (Rule(columns=("d1",)),)})
    chosen = {"date": "d2", "place": "", "lat": "y", "group": "who", "precision": "prec"}
    made = make_mapping(
        proposal,
        answers({**chosen, "kind": "k"}, order="month", decimal=",", licence=" CC BY 4.0 "),
    )
    assert {name: rules[0].columns for name, rules in made.fields.items()} == {
        "date": ("d2",),
        "lat": ("y",),
        "group": ("who",),
        "precision": ("prec",),
    }
    assert made.fields["precision"] == (strict,)
    assert (made.kind, made.precision, made.day_first, made.decimal) == (
        "incident",
        "town",
        False,
        ",",
    )
    assert (made.licence, made.publisher) == ("CC BY 4.0", "")
    assert made.sides is not None
    assert made.sides.a == ("who",)
    assert faults_of(made) == ["Choose both latitude and longitude, or neither."]


def test_a_mapping_says_what_it_lacks() -> None:
    made = make_mapping(Mapping(), answers({}, kind=BY_COLUMN))
    assert faults_of(made) == [
        "Choose the column of the date.",
        "Choose latitude and longitude, or the column of the place.",
        "Choose the column that says seizure or incident, or that every row is one.",
    ]
    same = make_mapping(Mapping(), answers({"date": "d", "lat": "x", "lon": "x"}))
    assert faults_of(same) == ["Latitude and longitude are the same column; choose one for each."]
    good = make_mapping(Mapping(), answers({"year": "y", "district": "d"}))
    assert faults_of(good) == []


def test_columns_of_one_item_each_can_be_left_out() -> None:
    proposal = propose_mapping(["Date", "Place", "Opium (kg)", "Heroin (kg)"])
    columns = {"date": "Date", "place": "Place"}
    every = make_mapping(proposal, answers(columns, kind="seizure"))
    assert [each.column for each in every.items] == ["Opium (kg)", "Heroin (kg)"]
    some = make_mapping(proposal, answers(columns, items=frozenset({"Heroin (kg)"})))
    assert [each.column for each in some.items] == ["Heroin (kg)"]
    glance = glance_of("Date", "Place", "Opium (kg)", "Heroin (kg)")
    assert [*preview(glance, some)] == ["Date", "Place", "Heroin (kg)"]


def test_first_rows_stand_under_the_fields() -> None:
    mapping = make_mapping(Mapping(), answers({"place": "b", "date": "A", "killed": "gone"}))
    frame = preview(glance_of("a", "b", "c"), mapping)
    assert frame.to_dict("records") == [{"Date": "a 1", "Place": "b 1"}]


def test_names_and_texts_never_become_markup() -> None:
    unchecked = {"title": BAD, "publisher": BAD, "url": "javascript:alert(1)"}
    found = import_of(BAD, mapping=Mapping().model_copy(update=unchecked))
    told = [
        imports_table((found,), {"a": False}),
        about_html(found),
        pair_html(found.joined, ("a-2", "a-1"), BAD),
    ]
    for each in told:
        assert SAFE in each
        assert "<img" not in each
        assert "href" not in each
