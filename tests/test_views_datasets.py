"""A visitor's imports: with the session, or kept under a key that alone opens them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from geo.errors import ImportFileError, RecordError
from geo.imports.result import Import
from geo.imports.store import FOLDER_VARIABLE
from geo.seeds import Seeds
from tests.imports_case import bring, write_csv
from views import datasets, page
from views.record_pairs import twins_of

ROW = {"date": "2022-03-04", "lat": "34.53", "lon": "69.17", "killed": "2"}


class Sessions:
    """Sessions of several visitors; one at a time is the present one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def enter(self, session: dict[str, Any]) -> None:
        self._monkeypatch.setattr(datasets, "st", SimpleNamespace(session_state=session))


@pytest.fixture
def found(seeds: Seeds, tmp_path: Path) -> Import:
    return bring(write_csv(tmp_path / "a.csv", ROW), seeds)


def test_an_import_is_of_its_session_alone(found: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = Sessions(monkeypatch)
    mine: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    sessions.enter(mine)
    running = SimpleNamespace(result=lambda: found)
    assert datasets.add_import(running) is found  # type: ignore[arg-type]
    # The same file again takes its own place.
    datasets.add_import(running)  # type: ignore[arg-type]
    assert datasets.own_imports() == (found,)
    sessions.enter(theirs)
    assert datasets.own_imports() == ()
    sessions.enter(mine)
    datasets.remove_import(found.key)
    assert datasets.own_imports() == ()


def test_a_kept_import_is_opened_by_its_link_and_removed_by_its_owner(
    found: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "kept"))
    sessions = Sessions(monkeypatch)
    mine: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    sessions.enter(mine)
    datasets.add_import(SimpleNamespace(result=lambda: found))  # type: ignore[arg-type]
    token = datasets.keep_import(found.key)
    assert datasets.kept_tokens() == [token]
    sessions.enter(theirs)
    datasets.open_kept([token, "x" * 32])
    assert [each.key for each in datasets.own_imports()] == [found.key]
    assert datasets.complaints() == [
        "The link names records that this server does not keep (any more)."
    ]
    # Who was only given the link cannot take it from the others.
    assert not datasets.may_forget(found.key)
    datasets.forget_kept(found.key)
    datasets.remove_import(found.key)
    datasets.open_kept([token])
    assert datasets.own_imports() == ()
    sessions.enter({})
    datasets.open_kept([token])
    assert len(datasets.own_imports()) == 1
    sessions.enter(mine)
    assert datasets.may_forget(found.key)
    datasets.forget_kept(found.key)
    datasets.open_kept([token])
    assert datasets.own_imports() == (found,)
    sessions.enter({})
    datasets.open_kept([token])
    assert datasets.own_imports() == ()


def test_what_is_kept_and_taken_off_the_map_can_be_put_back_or_taken_off_the_server(
    found: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "kept"))
    sessions = Sessions(monkeypatch)
    sessions.enter({})
    datasets.add_import(SimpleNamespace(result=lambda: found))  # type: ignore[arg-type]
    token = datasets.keep_import(found.key)
    datasets.remove_import(found.key)
    # The address still names it, and it does not come back by that.
    datasets.open_kept([token])
    assert (datasets.own_imports(), datasets.kept_off_map()) == ((), {token: found.title})
    datasets.put_back(token)
    assert [each.key for each in datasets.own_imports()] == [found.key]
    assert (datasets.kept_off_map(), datasets.may_forget(found.key)) == ({}, True)
    datasets.remove_import(found.key)
    datasets.forget_token(token)
    assert datasets.kept_off_map() == {}
    sessions.enter({})
    datasets.open_kept([token])
    assert datasets.own_imports() == ()
    # Nor does anybody else's session take it off by its token.
    sessions.enter({})
    datasets.forget_token(token)


def test_nothing_is_kept_where_the_operator_names_no_folder(
    found: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    Sessions(monkeypatch).enter({})
    datasets.add_import(SimpleNamespace(result=lambda: found))  # type: ignore[arg-type]
    assert not datasets.can_keep()
    with pytest.raises(ImportFileError, match="keeps no imports"):
        datasets.keep_import(found.key)


def test_pairs_lead_both_ways(
    seeds: Seeds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = seeds.records[
        (seeds.records["group"] == "ISKP") & (seeds.records["precision"] == "town")
    ]
    record = known[known["date"].str.len() == 10].iloc[0]
    row = {name: record[name] for name in ("date", "lat", "lon", "country", "precision", "group")}
    copy = bring(write_csv(tmp_path / "b.csv", {**row, "killed": record["killed"]}), seeds)
    Sessions(monkeypatch).enter({})
    datasets.add_import(SimpleNamespace(result=lambda: copy))  # type: ignore[arg-type]
    (mine,) = copy.joined["id"]
    assert record["id"] in twins_of(mine)
    assert mine in twins_of(record["id"])
    assert twins_of("nobody") == []


def test_another_file_of_the_same_key_takes_nobodys_place(
    found: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = Sessions(monkeypatch)
    sessions.enter({})
    other = replace(found, checksums={"a.csv": "0" * 64})
    datasets.add_import(SimpleNamespace(result=lambda: found))  # type: ignore[arg-type]
    with pytest.raises(ImportFileError, match="has the key of another file"):
        datasets.add_import(SimpleNamespace(result=lambda: other))  # type: ignore[arg-type]
    assert datasets.own_imports() == (found,)


def test_an_import_is_kept_once_and_a_session_keeps_so_many(
    found: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "kept"))
    monkeypatch.setattr(datasets, "MOST_KEPT", 1)
    Sessions(monkeypatch).enter({})
    other = replace(found, key="b-00000000")
    for each in (found, other):
        datasets.add_import(SimpleNamespace(result=lambda each=each: each))  # type: ignore[arg-type]
    token = datasets.keep_import(found.key)
    assert datasets.keep_import(found.key) == token
    with pytest.raises(ImportFileError, match="kept 1 files already"):
        datasets.keep_import(other.key)
    datasets.forget_kept(found.key)
    assert datasets.keep_import(other.key)


def test_what_cannot_be_laid_beside_the_others_is_taken_out_and_told(
    found: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    session: dict[str, Any] = {}
    Sessions(monkeypatch).enter(session)
    datasets.add_import(SimpleNamespace(result=lambda: found))  # type: ignore[arg-type]
    tried: list[int] = []

    def load(imports: tuple[Import, ...] = ()) -> str:
        tried.append(len(imports))
        if imports:
            msg = "Column 'drugs_kg' is too large"
            raise RecordError(msg)
        return "the atlas"

    monkeypatch.setattr(page, "load_atlas", load)
    loaded: object = page._with_imports()
    assert loaded == "the atlas"
    assert tried == [1, 0]
    assert datasets.own_imports() == ()
    assert session[datasets.TAKEN_OUT][0].startswith("“a.csv” cannot be laid beside")
