"""Imports go on step by step: nothing here waits, so nobody else does."""

from __future__ import annotations

import logging
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from geo.errors import ImportFileError
from geo.imports.job import Job, Running
from geo.imports.limits import APP_LIMITS
from geo.imports.result import checksum_of, key_of
from views import datasets
from views.imports_words import layout_key
from views.imports_work import AUTO, CHOOSE, NO_ROOM, WORK, Brought, Work, drop, release

if TYPE_CHECKING:
    from geo.imports.peek import Glance

MOST_AT_ONCE: Final = 2
"""Imports of all visitors together that go on at a time."""

BROKEN: Final = "It could not be imported, and nothing of it was kept; save it anew, or as CSV."
STALE: Final = (
    "What is kept on the server is as it was before; to replace it, take it off and keep it anew."
)

_LOG: Final = logging.getLogger(__name__)


class Turns:
    """Sees to it that only so many imports go on at a time, whoever's they are."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._running: weakref.WeakSet[Running] = weakref.WeakSet()

    def start(self, job: Job) -> Running | None:
        """Start a job; ``None``: it is not its turn yet."""
        with self._lock:
            # When it is asked, one that takes too long is ended, even where its visitor has left.
            if sum(not each.over for each in self._running) >= self._most:
                return None
            running = Running(job)
            self._running.add(running)
            return running


@st.cache_resource(show_spinner=False)
def _turns() -> Turns:
    return Turns()


def take_finished() -> None:
    """Take over what has ended meanwhile; nothing is done where nothing goes on."""
    work: Work | None = st.session_state.get(WORK)
    if work is not None and work.busy:
        advance(work)


def advance(work: Work) -> bool:
    """Do what can be done without waiting.

    Returns
    -------
    bool
        Whether the page has something new to show.
    """
    if work.glances:
        return False
    if work.brought is None:
        if not work.waiting:
            return False
        work.brought = work.waiting.pop(0)
    try:
        if work.running is None:
            _start(work, work.brought)
            return False
        if not work.running.over:
            return False
        _finish(work, work.brought, work.running)
    except ImportFileError as error:
        _fail(work, str(error))
    except OSError:
        _fail(work, NO_ROOM)
    except Exception:
        _LOG.exception("An import failed")
        _fail(work, BROKEN)
    return True


def _start(work: Work, brought: Brought) -> None:
    """Start what is next for a file, if it is its turn."""
    peek = not brought.looked and brought.mapping is None and brought.preset in (AUTO, CHOOSE)
    job = Job(path=brought.path, name=brought.name, peek=True, limits=APP_LIMITS)
    if not peek:
        job = Job(
            path=brought.path,
            name=brought.name,
            preset=brought.preset,
            mapping=brought.mapping,
            choices=brought.choices,
            others=_others(brought),
            limits=APP_LIMITS,
        )
    work.running = _turns().start(job)
    if work.running is not None:
        # A visitor who leaves takes along what goes on.
        work.guard = weakref.finalize(work, work.running.cancel)


def _others(brought: Brought) -> Path | None:
    """Write the records of the session's other imports, to be paired with."""
    imports = datasets.own_imports()
    if not imports:
        return None
    key = key_of(brought.name, checksum_of(brought.path))
    others = [each.joined for each in imports if each.key != key]
    if not others:
        return None
    path = brought.folder / "others.parquet"
    pd.concat(others, ignore_index=True).to_parquet(path)
    return path


def _finish(work: Work, brought: Brought, running: Running) -> None:
    """Take what a process has found: the layout of a file, or its records."""
    if running.job.peek:
        glances = running.peeked()
        release(work)
        _look(work, brought, glances)
        return
    found = datasets.add_import(running)
    drop(work)
    work.shown = found.key
    by = ", by the columns chosen before for its headings" if brought.reused else ""
    work.done.append(f"Imported: “{found.title}”{by}.")
    if datasets.kept_token(found.key):
        work.done.append(STALE)
    work.kept.pop(found.key, None)
    if len(found.unplaced):
        work.kept[found.key] = brought


def _look(work: Work, brought: Brought, glances: list[Glance]) -> None:
    """Tell by its tables' headings how to import a file, or ask."""
    brought.looked = True
    usable = [each for each in glances if not each.lacks] or glances
    if brought.preset == AUTO:
        if any(each.preset and not each.lacks for each in usable):
            return
        settled = [work.layouts.get(layout_key(each.columns)) for each in usable]
        brought.mapping = next((each for each in settled if each is not None), None)
        brought.reused = brought.mapping is not None
    if brought.mapping is None:
        work.glances = usable


def _fail(work: Work, why: str) -> None:
    if work.brought is not None:
        name, mapping = work.brought.name, work.brought.mapping
        work.faults.append(why if name in why else f"{name}: {why}")
        # Columns that did not do are asked for anew.
        work.layouts = {key: each for key, each in work.layouts.items() if each is not mapping}
    drop(work)
