"""The panel of imports without its page: words, mappings, tables, and one step after another."""

from __future__ import annotations

from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from geo.imports.fates import Counts
from geo.imports.limits import APP_LIMITS
from geo.imports.rejects import WHY_COLUMNS
from tests.panel_case import BAD, REPORT, SAFE, import_of
from views.imports_list import import_link
from views.imports_pairs import pair_words, pairs_frame
from views.imports_places import name_words, split_names
from views.imports_result import row_html
from views.imports_words import (
    MOST_ROWS,
    counts_words,
    first_fate,
    kind_words,
    layer_names,
    layout_key,
    limits_words,
    report_csv,
    report_page,
    sentence,
)


def test_limits_and_counts_in_words() -> None:
    assert limits_words(APP_LIMITS) == (
        "A file may have 300 megabytes, 500\u202f000 rows, 1\u202f000 columns, and take 5 minutes."
    )
    counts = Counts(read=6, accepted=3, noted=1, rejected=2)
    assert counts_words(counts) == "6 rows read: 3 accepted, 1 accepted with a note, 2 rejected."
    assert first_fate(counts) == "rejected"
    assert first_fate(Counts(read=2, accepted=1, noted=1, rejected=0)) == "noted"
    assert first_fate(Counts(read=2, accepted=2, noted=0, rejected=0)) == ""
    assert kind_words(import_of()) == "3 records: 1 seizure, 2 incidents"
    assert layer_names(import_of()) == ["Seizures: a.csv", "Incidents: a.csv"]


def test_a_report_shows_one_fate_and_only_columns_that_say_something() -> None:
    page, count = report_page(REPORT, "rejected")
    assert count == 1
    assert page.to_dict("records") == [
        {"Row": 3, "Why": "is no date", "Column": "Date", "Value": "=1+1"}
    ]
    page, count = report_page(REPORT, "")
    assert (count, [*page["Fate"]]) == (3, ["Accepted", "Rejected", "Accepted with a note"])
    two = pd.concat([REPORT, REPORT.assign(file="b.csv")])
    assert [*report_page(two, "")[0]["File"]] == ["a.csv"] * 3 + ["b.csv"] * 3
    many = pd.concat([REPORT.iloc[:1]] * (MOST_ROWS + 5))
    page, count = report_page(many, "accepted")
    assert (len(page), count) == (1000, 1005)


def test_a_note_that_begins_with_a_file_keeps_its_name() -> None:
    assert sentence("read as text") == "Read as text."
    assert sentence("a.csv: columns not used: 'x'", ["a.csv"]) == "a.csv: columns not used: 'x'."


def test_a_line_of_the_report_is_told_in_full_and_runs_nothing() -> None:
    page, _ = report_page(REPORT, "rejected")
    told = row_html(page.assign(Why=BAD).iloc[0])
    assert "<dt>Value</dt><dd>=1+1</dd>" in told
    assert f"<dd>{SAFE}</dd>" in told


def test_a_saved_report_runs_nothing() -> None:
    lines = report_csv(REPORT).decode("utf-8-sig").splitlines()
    assert lines[0] == "file,table,row,fate,record_id,column,value,reason"
    assert lines[2] == "a.csv,,3,rejected,,Date,'=1+1,is no date"
    assert lines[3] == "a.csv,,4,noted,a-row4,Where,'+x,found as the town"


def test_rejected_rows_have_the_layout_of_their_source() -> None:
    assert layout_key(["Date ", "My_Place"]) == layout_key(["my place", "DATE", *WHY_COLUMNS])
    assert layout_key(["Date"]) != layout_key(["Date", "Place"])


def test_a_link_holds_nothing_of_the_address_it_was_made_at() -> None:
    link = import_link("abc_-1", "https://atlas.example/app?group=TTP#x")
    assert link == "https://atlas.example/app?import=abc_-1"


def pair_of(**more: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "id": "a-1",
        "other_id": "b-2",
        "other_dataset": "b",
        "days": 0,
        "km": 1.24,
        "same_group": True,
        "killed_apart": 0.0,
        "strength": 4,
    }
    return usual | more


def test_pairs_say_why() -> None:
    assert pair_words(pair_of()) == (
        "Very likely: the same time, 1 km apart; the same group; the same number killed."
    )
    far = pair_of(days=2, km=31.6, same_group=False, killed_apart=1.0, strength=1)
    assert pair_words(far) == (
        "Possible: 2 days apart, 32 km apart, within what both locations leave open; "
        "numbers killed that differ by 1 person."
    )
    unknown = pair_of(killed_apart=float("nan"), strength=3)
    assert pair_words(unknown) == "Likely: the same time, 1 km apart; the same group."


def test_pairs_stand_side_by_side() -> None:
    joined = pd.concat([import_of().joined, import_of(key="b").joined], ignore_index=True)
    pairs = pd.DataFrame([pair_of(), pair_of(other_id="gone", other_dataset="")])
    frame = pairs_frame(pairs, joined, {"b": "b.csv"})
    first, second = frame.to_dict("records")
    assert (first["Date here"], first["Date there"]) == ("12 March 2021", "March 2021")
    assert (first["Killed here"], first["Killed there"]) == ("3", "")
    assert (first["Km apart"], first["Other is in"]) == (1.2, "b.csv")
    assert (second["Place there"], second["Other is in"]) == ("", "Built-in records")


def test_names_with_candidates_are_asked_for() -> None:
    unplaced = pd.DataFrame(
        {
            "place": ["Jalalabd", "Nowhere"],
            "district": ["", ""],
            "province": ["Nangarhar", "Nangarhar"],
            "country": ["AFG", "AFG"],
            "rows": [2, 1],
            "candidates": [["town"], []],
            "candidate_words": [["Jalalabad"], []],
        }
    )
    asked, strange = split_names(unplaced)
    assert [*asked["place"]] == ["Jalalabd"]
    assert [*strange["place"]] == ["Nowhere"]
    assert name_words(asked.iloc[0]) == "Jalalabd, Nangarhar, AFG"


def script() -> None:
    from views.imports import show_imports

    show_imports(None, None, None)  # type: ignore[arg-type]


def said(app: AppTest, css: str) -> list[str]:
    return [str(each.proto.body) for each in app.get("html") if css in each.proto.body]


def test_a_saved_mapping_is_read_or_told_what_is_wrong() -> None:
    app = AppTest.from_function(script, default_timeout=60).run()
    assert app.button(key="imports-import").disabled
    app.selectbox(key="imports-layout-0").set_value("saved").run()
    app.file_uploader[0].set_value([("a.csv", b"x,y\n1,2\n", "text/csv")])
    app.file_uploader[1].set_value(("<b>.json", b'{"fields": {"when": []}}', "application/json"))
    app.run()
    app.button(key="imports-import").click().run()
    assert not app.exception
    (fault,) = said(app, "ka-fault")
    assert "&lt;b&gt;.json: &#x27;when&#x27; is no field; use one of id, kind, date," in fault
    assert app.session_state["imports-work"].waiting == []
    # The files are still there, to go with a better mapping.
    assert not app.button(key="imports-import").disabled
