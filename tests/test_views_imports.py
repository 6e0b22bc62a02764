"""The panel of imports without its page: words, mappings, tables, and one step after another."""

from __future__ import annotations

import io
import shutil
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from geo.errors import ImportFileError
from geo.imports.fates import REPORT_COLUMNS, Counts
from geo.imports.job import Job
from geo.imports.limits import APP_LIMITS
from geo.imports.mapping import Mapping, Rule, presets
from geo.imports.peek import Glance
from geo.imports.propose import propose_mapping
from geo.imports.rejects import WHY_COLUMNS
from geo.imports.result import PAIR_COLUMNS, Import
from views import datasets, imports_steps
from views.imports_list import import_link, imports_table
from views.imports_mapping import (
    BY_COLUMN,
    Answers,
    faults_of,
    make_mapping,
    preview,
    proposed_columns,
)
from views.imports_pairs import pair_html, pair_words, pairs_frame
from views.imports_places import name_words, split_names
from views.imports_result import about_html
from views.imports_steps import BROKEN, Turns, advance
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
)
from views.imports_work import AUTO, CHOOSE, Work, again, bring, cancel, leave, settle

BAD = "<img src=x onerror=alert(1)>&"
SAFE = "&lt;img src=x onerror=alert(1)&gt;&amp;"
NAMES = ("date", "place", "killed", "notes", "lat", "lon", "x", "unit", "weapon")


def report_of(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(REPORT_COLUMNS))


REPORT = report_of(
    ("a.csv", "", 2, "accepted", "a-row2", "", "", ""),
    ("a.csv", "", 3, "rejected", "", "Date", "=1+1", "is no date"),
    ("a.csv", "", 4, "noted", "a-row4", "Where", "+x", "found as the town"),
)


def import_of(title: str = "a.csv", *, key: str = "a", mapping: Mapping | None = None) -> Import:
    joined = gpd.GeoDataFrame(
        {
            "id": [f"{key}-1", f"{key}-2", f"{key}-3"],
            "kind": ["seizure", "incident", "incident"],
            "date": ["2021-03-12", "2021-03", "2021"],
            "place": ["Torkham", BAD, ""],
            "province": ["Nangarhar", "", ""],
            "group": ["ISKP", "TTP", "Unattributed"],
            "killed": pd.array([3, None, 0], dtype="Int64"),
            "category": ["firearms", "bombing", "other"],
            "source_name": ["", BAD, "x"],
            "summary": ["", BAD, "x"],
        }
    )
    return Import(
        key=key,
        title=title,
        mappings=(mapping or Mapping(),),
        joined=joined,
        items=pd.DataFrame(),
        report=REPORT,
        pairs=pd.DataFrame(columns=list(PAIR_COLUMNS)),
        unplaced=pd.DataFrame(),
        notes=("read as utf-8 text",),
        checksums={},
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


def test_a_saved_report_runs_nothing() -> None:
    lines = report_csv(REPORT).decode("utf-8-sig").splitlines()
    assert lines[0] == "file,table,row,fate,record_id,column,value,reason"
    assert lines[2] == "a.csv,,3,rejected,,Date,'=1+1,is no date"
    assert lines[3] == "a.csv,,4,noted,a-row4,Where,'+x,found as the town"


def test_rejected_rows_have_the_layout_of_their_source() -> None:
    assert layout_key(["Date ", "My_Place"]) == layout_key(["my place", "DATE", *WHY_COLUMNS])
    assert layout_key(["Date"]) != layout_key(["Date", "Place"])


def answers(columns: dict[str, str], **more: Any) -> Answers:
    return Answers(columns=columns, **({"kind": "incident", "precision": "town"} | more))


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


def glance_of(*columns: str, preset: str = "", lacks: tuple[str, ...] = ()) -> Glance:
    return Glance(
        file="a.csv",
        table="",
        columns=columns,
        rows=(tuple(f"{name} 1" for name in columns),),
        preset=preset,
        mapping=propose_mapping(columns),
        lacks=lacks,
    )


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


class FakeRunning:
    """A job that is over when the test says so."""

    outcome: Any = None
    started: list[Job]

    def __init__(self, job: Job) -> None:
        self.job, self.over, self.cancelled = job, False, False
        self.done, self.what = 0.0, ""
        type(self).started.append(job)

    def cancel(self) -> None:
        self.over = self.cancelled = True

    def peeked(self) -> list[Glance]:
        return list(self._outcome())

    def result(self) -> Any:
        return self._outcome()

    def _outcome(self) -> Any:
        if isinstance(type(self).outcome, Exception):
            raise type(self).outcome
        return type(self).outcome


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[FakeRunning]:
    """Jobs that start nothing, and a session with no imports."""
    FakeRunning.started, FakeRunning.outcome = [], None
    turns = Turns(most=1)
    monkeypatch.setattr(imports_steps, "Running", FakeRunning)
    monkeypatch.setattr(imports_steps, "_turns", lambda: turns)
    monkeypatch.setattr(datasets, "own_imports", tuple)
    monkeypatch.setattr(datasets, "kept_token", lambda key: "")
    monkeypatch.setattr(datasets, "add_import", lambda running: running.result())
    return FakeRunning


def finish(work: Work, outcome: Any) -> None:
    """Let what runs end, and take it over."""
    assert not advance(work)
    assert work.running is not None
    FakeRunning.outcome = outcome
    work.running.over = True  # type: ignore[misc]
    assert advance(work)


def brought(*names: str, preset: str = AUTO) -> Work:
    work = Work()
    bring(work, [(name, io.BytesIO(b"x,y\n")) for name in names], preset, None)
    return work


def test_a_known_layout_is_imported_at_once(fake: type[FakeRunning]) -> None:
    work = brought("a.csv")
    finish(work, [glance_of("event_date", preset="acled")])
    assert not work.glances
    finish(work, import_of("a.csv"))
    assert [job.peek for job in fake.started] == [True, False]
    assert (fake.started[1].preset, fake.started[1].mapping) == (AUTO, None)
    assert fake.started[1].limits is APP_LIMITS
    assert (work.done, work.shown, work.busy) == (["Imported: “a.csv”."], "a", False)
    # Nothing to place: the file is not needed any more.
    assert work.kept == {}


def test_columns_are_asked_for_once_a_layout(fake: type[FakeRunning]) -> None:
    work = brought("a.csv", "b.csv")
    finish(work, [glance_of("when", "where")])
    assert (len(work.glances), work.busy, advance(work)) == (1, False, False)
    mapping = make_mapping(Mapping(), answers({"date": "when", "place": "where"}))
    settle(work, mapping)
    finish(work, import_of("a.csv"))
    finish(work, [glance_of("Where", "When", *WHY_COLUMNS)])
    finish(work, import_of("b.csv", key="b"))
    assert [job.mapping for job in fake.started] == [None, mapping, None, mapping]


def test_a_layout_that_did_not_do_is_asked_for_again(fake: type[FakeRunning]) -> None:
    work = brought("a.csv")
    finish(work, [glance_of("when", "where")])
    settle(work, make_mapping(Mapping(), answers({"date": "where", "place": "when"})))
    finish(work, ImportFileError("No row has a date."))
    assert (work.faults, work.busy) == (["a.csv: No row has a date."], False)
    assert work.layouts == {}
    bring(work, [("b.csv", io.BytesIO(b"x"))], "acled", None)
    finish(work, KeyError("a fault of ours"))
    assert work.faults == [f"b.csv: {BROKEN}"]
    assert not work.busy


def test_columns_can_be_chosen_for_a_known_layout_too(fake: type[FakeRunning]) -> None:
    work = brought("a.csv", preset=CHOOSE)
    finish(work, [glance_of("event_date", preset="acled")])
    assert len(work.glances) == 1
    assert brought("a.csv", preset=next(iter(presets()))).waiting[0].preset == next(iter(presets()))


def test_a_file_is_left_out_and_the_next_goes_on(fake: type[FakeRunning]) -> None:
    work = brought("a.csv", "b.csv")
    finish(work, [glance_of("when", "where")])
    leave(work)
    assert (work.done, work.busy) == (["Left out: “a.csv”."], True)
    finish(work, [glance_of("event_date", preset="acled")])
    assert [job.name for job in fake.started] == ["a.csv", "b.csv"]


def test_one_waits_while_another_visitor_has_the_turn(fake: type[FakeRunning]) -> None:
    mine, theirs = brought("a.csv"), brought("b.csv")
    advance(theirs)
    assert (advance(mine), mine.running, mine.busy) == (False, None, True)
    cancel(theirs)
    assert theirs.done == ["Cancelled: “b.csv”. Nothing of it was kept."]
    assert not theirs.busy
    advance(mine)
    assert mine.running is not None


def test_a_file_is_kept_while_its_places_are_open(fake: type[FakeRunning]) -> None:
    work = brought("a.csv", preset="acled")
    found = import_of("a.csv")
    object.__setattr__(found, "unplaced", pd.DataFrame({"place": ["Jalalabd"]}))
    finish(work, found)
    again(work, "a", {"Jalalabd|||": "town"})
    finish(work, import_of("a.csv"))
    assert [job.choices for job in fake.started][1] == {"Jalalabd|||": "town"}
    assert work.kept == {}


def test_a_file_lies_under_our_own_name_and_goes_with_its_session(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = brought("../../etc/pass\nwd<b>.csv")
    assert work.waiting[0].name == "../../etc/pass wd<b>.csv"
    path = work.waiting[0].path
    assert (path.name, path.read_bytes()) == ("file", b"x,y\n")
    del work
    assert not path.exists()

    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device", "/private/folder")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    work = brought("a.csv")
    assert work.faults == [
        "a.csv: There is no room for this file on the server now; try again later."
    ]
    assert not work.busy


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
