"""Named views: kept, opened, renamed, removed; a file of them read back or told what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from geo.vocabulary import make_vocabulary
from tests.snapshot_case import built_in
from views.saved_file import (
    MOST_BYTES,
    SavedView,
    ViewsError,
    check_views,
    read_views,
    write_views,
)

TEXTS = st.text(min_size=1, max_size=20).filter(lambda text: text.strip() == text)
VIEWS = st.lists(
    st.builds(
        SavedView,
        name=TEXTS,
        query=st.dictionaries(TEXTS, st.lists(TEXTS, min_size=1, max_size=3), max_size=3),
    ),
    max_size=4,
    unique_by=lambda view: view.name,
)


@given(VIEWS)
@settings(max_examples=30)
def test_a_file_of_views_is_read_back(views: list[SavedView]) -> None:
    assert read_views(write_views(views), "v.json") == views


def file_of(*views: Any, **more: Any) -> bytes:
    whole = {"format": "khyber-atlas-views", "version": 1, "views": list(views)} | more
    return json.dumps(whole).encode()


GOOD = {"name": "Torkham", "query": {"near": ["Torkham"]}}


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "v.json is not JSON (EOF while parsing a value at line 1 column 0)."),
        (b"[" * 100_000, "v.json is not JSON (recursion limit exceeded at line 1 column 202)."),
        (b"\xff\xfe", "v.json is not JSON (expected value at line 1 column 1)."),
        (b" " * (MOST_BYTES + 1), "v.json is larger than 256 kB: it is no file of views."),
        (b"[]", "v.json: must be an object."),
        (b"{}", "v.json, 'views': is missing."),
        (file_of(version=2), "v.json, 'version': must be 1."),
        (file_of(format="x"), "v.json, 'format': must be 'khyber-atlas-views'."),
        (file_of(more=1), "v.json, 'more': is not known here; take it out."),
        (file_of(GOOD, 7), "v.json, view 2: must be an object."),
        (file_of(GOOD, {"query": {}}), "v.json, view 2, 'name': is missing."),
        (file_of({"name": " ", "query": {}}), "v.json, view 1 “”, 'name': is empty."),
        (
            file_of({"name": "A", "query": []}),
            "v.json, view 1 “A”, 'query': must be words, each with a list of values.",
        ),
        (
            file_of({"name": "A", "query": {"near": "Torkham"}}),
            "v.json, view 1 “A”, word 'near': must be a list.",
        ),
        (
            file_of({"name": "A", "query": {"near": ["Torkham", 3]}}),
            "v.json, view 1 “A”, word 'near', value 2: must be text.",
        ),
        (
            file_of({"name": "A", "query": {"text": ["x" * 3000]}}),
            "v.json, view 1 “A”, word 'text', value 1: is longer than 2500 letters.",
        ),
        (
            file_of({"name": "A", "query": {"group": ["x"] * 51}}),
            "v.json, view 1 “A”, word 'group': has more than 50 entries.",
        ),
        (file_of(*[GOOD] * 201), "v.json, 'views': has more than 200 entries."),
        (file_of(GOOD, GOOD), "v.json: the name “Torkham” is there twice."),
    ],
    ids=range(19),
)
def test_a_hostile_file_is_told_where_it_is_wrong(data: bytes, fault: str) -> None:
    with pytest.raises(ViewsError) as caught:
        read_views(data, "v.json")
    assert str(caught.value) == fault


def test_many_faults_are_few_lines() -> None:
    with pytest.raises(ViewsError) as caught:
        read_views(file_of(*range(30)), "v.json")
    lines = str(caught.value).splitlines()
    assert len(lines) == 9
    assert lines[-1] == "22 more faults."


def test_words_and_values_that_the_data_does_not_know_are_told() -> None:
    seeds, joined = built_in()
    query = {"near": ["Torkam"], "group": ["TTP", "Nobody at all"], "colour": ["red"]}
    told = check_views(
        [SavedView(name="Mine", query=query), SavedView(name="Fine", query={"kind": ["seizure"]})],
        make_vocabulary(joined, seeds.items, seeds),
        set(joined["id"]),
        "v.json",
    )
    assert [line.split(":")[0] for line in told] == ["v.json, view “Mine”"] * len(told)
    said = " ".join(told)
    assert "near='Torkam'" in said
    assert "group='Nobody at all'" in said
    assert "'colour' is not a word of a link." in said
    assert "TTP'" not in said


def script() -> None:
    """Show the named views alone, beside what the page keeps in step."""
    import streamlit

    from views import state
    from views.data import load_atlas
    from views.saved_views import show_saved_views

    atlas = load_atlas()
    choices, _ = state.settle(atlas)
    streamlit.text(repr(choices.filters.groups))
    show_saved_views(atlas, choices)


def test_a_view_is_kept_opened_renamed_and_removed() -> None:
    app = AppTest.from_function(script, default_timeout=60)
    app.query_params["group"] = "TTP"
    app.run()
    app.text_input(key="saved-name").set_value("  [TTP](x)  only ")
    next(button for button in app.button if button.label == "Keep").click().run()
    assert app.selectbox(key="saved-chosen").options == ["[TTP](x) only"]
    app.session_state[
        "filter-groups" if "filter-groups" in app.session_state else "filter-group"
    ] = []
    app.run()
    assert app.text[0].value == "()"
    app.button(key="saved-open").click().run()
    assert app.text[0].value == "('TTP',)"
    app.text_input(key="saved-new-name").set_value("Mine")
    app.button(key="saved-rename").click().run()
    assert app.selectbox(key="saved-chosen").options == ["Mine"]
    app.button(key="saved-remove").click().run()
    assert not [box for box in app.selectbox if box.key == "saved-chosen"]
    assert not app.exception


def faults(app: AppTest) -> list[str]:
    return [str(each.proto.body) for each in app.get("html") if "ka-fault" in each.proto.body]


def test_a_file_is_loaded_whole_or_not_at_all() -> None:
    app = AppTest.from_function(script, default_timeout=60).run()
    bad = file_of(GOOD, {"name": "<b>", "query": {"near": 3}})
    app.file_uploader[0].set_value(("bad.json", bad, "application/json")).run()
    assert faults(app) == [
        (
            '<p class="ka-fault">bad.json, view 2 “&lt;b&gt;”, word &#x27;near&#x27;: '
            "must be a list.</p>"
        )
    ]
    assert not [box for box in app.selectbox if box.key == "saved-chosen"]
    odd = {"name": "Odd", "query": {"group": ["TTP", "Nobody"]}}
    app.file_uploader[0].set_value(("good.json", file_of(GOOD, odd), "application/json")).run()
    assert app.selectbox(key="saved-chosen").options == ["Torkham", "Odd"]
    assert len(faults(app)) == 1
    assert "good.json, view “Odd”: group=&#x27;Nobody&#x27; is not known" in faults(app)[0]
    app.selectbox(key="saved-chosen").set_value("Odd").run()
    app.button(key="saved-open").click().run()
    assert app.text[0].value == "('TTP',)"
    assert not app.exception
