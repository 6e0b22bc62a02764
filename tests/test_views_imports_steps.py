"""The panel of imports: one step after another, with jobs that are over when the test says so."""

from __future__ import annotations

import io
import shutil
from typing import Any

import pandas as pd
import pytest

from geo.errors import ImportFileError
from geo.imports.job import Job
from geo.imports.limits import APP_LIMITS
from geo.imports.mapping import Mapping, presets
from geo.imports.peek import Glance
from geo.imports.rejects import WHY_COLUMNS
from tests.panel_case import (
    answers,
    glance_of,
    import_of,
)
from views import datasets, imports_steps
from views.imports_mapping import (
    make_mapping,
)
from views.imports_steps import BROKEN, Turns, advance
from views.imports_work import AUTO, CHOOSE, Work, again, bring, cancel, leave, settle


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
    again = "Imported: “b.csv”, by the columns chosen before for its headings."
    assert work.done == ["Imported: “a.csv”.", again]


def test_columns_of_an_import_that_was_cancelled_are_asked_for_again(
    fake: type[FakeRunning],
) -> None:
    work = brought("a.csv")
    finish(work, [glance_of("when", "where")])
    settle(work, make_mapping(Mapping(), answers({"date": "when", "place": "where"})))
    advance(work)
    cancel(work)
    bring(work, [("a.csv", io.BytesIO(b"x"))], AUTO, None)
    finish(work, [glance_of("when", "where")])
    assert len(work.glances) == 1


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
