"""Labels with counts, chips, undo and the views' options: what they promise without a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from geo.filters import Filters
from geo.vocabulary import resolve_filters
from tests.app_server import ROOT
from views.chips import conditions
from views.choices import Choices, read_query, write_query
from views.data import load_atlas, select
from views.labels import meant, plain_label, with_count
from views.options import OPTIONS, read_options, usual_options, write_options

if TYPE_CHECKING:
    from views.data import Atlas

TORKHAM: Final = Filters(
    kind="seizure",
    groups=("TTP", "ISKP"),
    near="Torkham",
    within_km=10.0,
    area="circle:71.0921,34.126,30",
    at_least="20",
    provinces=("Nangarhar",),
    province_as="today",
    text="rifle",
)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def app(**query: Any) -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for word, value in query.items():
        page.query_params[word.replace("_", "-")] = value
    page.run()
    assert not page.exception
    return page


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("TTP", "TTP"),
        ("TTP (155)", "TTP"),
        ("TTP (1\u202f155)", "TTP"),
        ("Jundullah (TTP faction)", "Jundullah (TTP faction)"),
        ("Jundullah (TTP faction) (1)", "Jundullah (TTP faction)"),
        ("the group acted (12)", "perpetrator"),
        ("perpetrator", "perpetrator"),
        ("group (7)", "group (7)"),
        ("group (7) (3)", "group (7)"),
        ("nothing known (3)", "nothing known (3)"),
    ],
)
def test_a_label_means_its_value_whatever_its_count(label: str, value: str) -> None:
    values = {
        "TTP": "TTP",
        "Jundullah (TTP faction)": "Jundullah (TTP faction)",
        "the group acted": "perpetrator",
        "group (7)": "group (7)",
    }
    assert meant(label, values) == value


@given(st.text(min_size=1, max_size=20), st.integers(0, 10**7))
def test_any_value_survives_its_label(value: str, count: int) -> None:
    assert meant(with_count(value, count), {value: value}) == value


def test_labels_show_markdown_as_it_is() -> None:
    assert plain_label("[a](http://x) *b* `c` :red[d] $e$").replace("\u2060", "") == (
        r"\[a\]\(http\://x\) \*b\* \`c\` \:red\[d\] \$e\$"
    )
    assert plain_label("two\nlines, 1\u202f123 ") == "two lines, 1\u202f123"


def test_a_chip_takes_off_one_condition(atlas: Atlas) -> None:
    chips = dict(conditions(TORKHAM, atlas))
    assert list(chips) == [
        "Kind: Seizures",
        "Group: TTP",
        "Group: ISKP",
        "At least: 20",
        "Province: Nangarhar",
        "Province of: today",
        "Crossing: Torkham",
        "Within: 10 km",
        "Area: a circle of 30 km round 34.13°N 71.09°E",
        "Words: rifle",
    ]
    assert chips["Group: TTP"] == replace(TORKHAM, groups=("ISKP",))
    assert chips["Crossing: Torkham"] == replace(TORKHAM, near=None, within_km=None)
    assert chips["Province: Nangarhar"] == replace(TORKHAM, provinces=(), province_as=None)
    assert conditions(Filters(), atlas) == []


def test_taking_off_every_chip_in_turn_leaves_every_record(atlas: Atlas) -> None:
    filters, before = TORKHAM, select(atlas, TORKHAM).count
    while chips := conditions(filters, atlas):
        filters = chips[0][1]
        after = select(atlas, filters).count
        assert after >= before
        before = after
    assert filters == Filters()
    assert before == len(atlas.joined)


def test_an_option_that_is_not_known_is_told_and_left() -> None:
    complaints: list[str] = []
    chosen = read_options({"time-by": ["decade"], "sum-rows": ["group"]}, complaints)
    assert chosen == usual_options() | {"sum-rows": "group"}
    assert complaints == ["time-by='decade' is not known; try 'year' or 'month'."]


@given(st.fixed_dictionaries({each.word: st.sampled_from(each.values) for each in OPTIONS[:-1]}))
def test_options_survive_the_address_bar(chosen: dict[str, str]) -> None:
    complaints: list[str] = []
    given_back = read_options(write_options(chosen), complaints)
    assert given_back == usual_options() | chosen
    assert complaints == []


@st.composite
def known_filters(draw: st.DrawFn) -> Filters:
    """Set any conditions to values that the data knows."""
    atlas = load_atlas()
    values = atlas.vocabulary.values
    some = {
        name: st.lists(st.sampled_from(values(name)), unique=True, max_size=2).map(tuple)
        for name in ("groups", "actors", "directions", "provinces", "routes", "borders", "sources")
    }
    filters = draw(
        st.builds(
            Filters,
            kind=st.sampled_from([None, "seizure", "incident"]),
            date_from=st.sampled_from([None, "2021-08-15", "2018"]),
            near=st.none() | st.sampled_from(values("near")),
            within_km=st.none() | st.floats(0.5, 900).map(lambda km: float(f"{km:.12g}")),
            at_least=st.sampled_from([None, "100 kg", "20"]),
            area=st.sampled_from([None, "box:70,34,71,35", "circle:71,34,2.5"]),
            province_as=st.sampled_from([None, "today"]),
            text=st.sampled_from([None, "night vision", "کابل", "a&b=c#d"]),
            **some,
        )
    )
    return resolve_filters(filters, atlas.vocabulary)[0]


@settings(max_examples=60)
@given(filters=known_filters(), versus=st.none() | known_filters())
def test_any_two_filters_survive_the_address_bar(filters: Filters, versus: Filters | None) -> None:
    atlas = load_atlas()
    chosen = Choices(filters=filters, versus=versus)
    query = write_query(chosen)
    assert read_query(query, atlas.vocabulary, ()) == (chosen, [])


def test_a_fault_of_the_second_filter_is_told_as_its_own(atlas: Atlas) -> None:
    choices, complaints = read_query(
        {"b-group": ["TTPP"], "b-year": ["2022"]}, atlas.vocabulary, ()
    )
    assert choices.versus == Filters(year="2022")
    assert complaints == ["b: group='TTPP' is not known; try 'TTP'."]
    assert read_query({"b": ["all"]}, atlas.vocabulary, ())[0].versus == Filters()


def test_undo_takes_back_one_change_at_a_time() -> None:
    page = app(kind="seizure")
    assert page.button(key="undo").disabled
    page.text_input(key="filter-text").set_value("torkham").run()
    page.text_input(key="filter-at-least").set_value("20").run()
    assert "".join(page.query_params["at-least"]) == "20"
    page.button(key="undo").click().run()
    assert "at-least" not in page.query_params
    assert page.text_input(key="filter-text").value == "torkham"
    page.button(key="undo").click().run()
    assert "text" not in page.query_params
    assert page.button(key="undo").disabled
    assert page.session_state["filter-kind"] == "seizure"


def test_reset_ends_a_comparison_too_and_can_be_undone() -> None:
    page = app(group="TTP", b_group="ISKP")
    page.button(key="reset").click().run()
    assert dict(page.query_params) == {}
    page.button(key="undo").click().run()
    assert set(page.query_params) == {"group", "b-group"}


@pytest.mark.parametrize("text", ["https://evil.example a", "WWW.evil.example", "me@evil.example"])
def test_an_address_in_a_label_is_no_link_and_means_what_it_meant(text: str) -> None:
    label = plain_label(text)
    bare = label.replace("\\", "")
    assert not re.search(r"https?:|www\.|[a-z]@", bare, re.IGNORECASE)
    assert bare.replace("\u2060", "") == text
    assert meant(bare, {text: "value"}) == "value"
