"""Imports of a session while they go on: files that wait, the one in hand, what was said."""

from __future__ import annotations

import shutil
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, BinaryIO, Final

import streamlit as st

from geo.imports.result import title_of
from geo.scratch import scratch_folder
from views import datasets
from views.imports_words import layout_key

if TYPE_CHECKING:
    from geo.imports.job import Running
    from geo.imports.mapping import Mapping
    from geo.imports.peek import Glance

WORK: Final = datasets.WORK
AUTO: Final = "auto"
CHOOSE: Final = "generic"
COPY_BYTES: Final = 1 << 20
NO_ROOM: Final = "There is no room for this file on the server now; try again later."


@dataclass(kw_only=True, eq=False)
class Brought:
    """A file that was brought, under a private name in a folder of its own.

    Attributes
    ----------
    name
        What people call it; anything at all, but cut to a line.
    folder
        Gone when nothing asks for it any more.
    preset, mapping, choices
        As :class:`geo.imports.job.Job` has them.
    looked
        Whether its layout is settled.
    reused
        Whether that was by columns chosen for an earlier file.
    token
        Tells its widgets from those of other files.
    """

    name: str
    folder: Path = field(default_factory=lambda: scratch_folder("upload-"))
    preset: str = AUTO
    mapping: Mapping | None = None
    choices: dict[str, str] = field(default_factory=dict)
    looked: bool = False
    reused: bool = False
    token: str = field(default_factory=lambda: token_hex(4))

    def __post_init__(self) -> None:
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / "file"


@dataclass(kw_only=True, eq=False)
class Work:
    """What a session has to import.

    Attributes
    ----------
    waiting
        Files whose turn comes.
    brought, running
        The file in hand, and the process that works on it: ``None`` while others
        have their turn, or while columns are asked for.
    glances
        Tables of the file in hand whose columns are to be chosen.
    answers
        What was chosen so far, by the name of the widget.
    left_out
        Columns of one item each that are not to be read.
    total, faults, done
        How many files were brought together; what went wrong; what became of them.
    layouts
        Mappings settled in this session, by :func:`views.imports_words.layout_key`.
    kept
        Files that may be imported again, by the key of their import.
    shown
        Key of the import to show.
    guard
        Ends what goes on when the session is gone.
    """

    waiting: list[Brought] = field(default_factory=list)
    brought: Brought | None = None
    running: Running | None = None
    glances: list[Glance] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    total: int = 0
    faults: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    layouts: dict[tuple[str, ...], Mapping] = field(default_factory=dict)
    kept: dict[str, Brought] = field(default_factory=dict)
    shown: str = ""
    guard: weakref.finalize | None = None  # type: ignore[type-arg]

    @property
    def busy(self) -> bool:
        """Whether something goes on by itself."""
        return bool(self.waiting or self.brought) and not self.glances


def session_work() -> Work:
    """Give what this session has to import."""
    work: Work = st.session_state.setdefault(WORK, Work())
    return work


def bring(work: Work, files: list[tuple[str, BinaryIO]], preset: str, own: Mapping | None) -> None:
    """Put files into the queue.

    Parameters
    ----------
    work
        The session's.
    files
        Name and content of each; written to this session's own folders.
    preset
        Id of a preset, ``AUTO`` or ``CHOOSE``.
    own
        A mapping that was brought too; goes before ``preset``.
    """
    work.faults, work.done = [], []
    for name, content in files:
        called = title_of(name) or "file"
        try:
            brought = Brought(name=called, preset=preset, mapping=own)
            with brought.path.open("wb") as file:
                shutil.copyfileobj(content, file, COPY_BYTES)
        except OSError:
            work.faults.append(f"{called}: {NO_ROOM}")
        else:
            work.waiting.append(brought)
    work.total = len(work.waiting)


def again(work: Work, key: str, choices: dict[str, str]) -> None:
    """Import a file once more, with places that people have chosen."""
    brought = work.kept[key]
    brought.choices |= choices
    work.faults, work.done, work.total = [], [], 1
    work.waiting.append(brought)


def settle(work: Work, mapping: Mapping) -> None:
    """Go on with the file in hand by the columns that were chosen."""
    if work.brought is None:
        return
    for glance in work.glances:
        work.layouts[layout_key(glance.columns)] = mapping
    work.brought.mapping = mapping
    work.glances, work.answers, work.left_out = [], {}, set()


def cancel(work: Work) -> None:
    """End what goes on and leave out what waits; imports that are there stay."""
    left = [*([work.brought] if work.brought else []), *work.waiting]
    # Who cancels may have chosen wrong columns: they are asked for again.
    chosen = [each.mapping for each in left]
    work.layouts = {
        key: each for key, each in work.layouts.items() if all(each is not one for one in chosen)
    }
    if work.running is not None:
        work.running.cancel()
    drop(work)
    work.waiting, work.glances, work.answers, work.left_out = [], [], {}, set()
    if left:
        more = f" and {len(left) - 1} more" if len(left) > 1 else ""
        work.done.append(f"Cancelled: “{left[0].name}”{more}. Nothing of it was kept.")


def leave(work: Work) -> None:
    """Leave out the file whose columns were asked for, and go on with the next."""
    if work.brought is not None:
        work.done.append(f"Left out: “{work.brought.name}”.")
    work.glances, work.answers, work.left_out = [], {}, set()
    drop(work)


def release(work: Work) -> None:
    """Leave the process that is over, with all that it wrote."""
    if work.guard is not None:
        work.guard.detach()
    work.running, work.guard = None, None


def drop(work: Work) -> None:
    """Leave the file in hand."""
    release(work)
    work.brought = None
