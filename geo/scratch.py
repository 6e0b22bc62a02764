"""Folders that go with this process: those of processes that are gone are swept away.

Each process holds a lock on its own; the system lets go of it however the process ends.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import IO, Final, NamedTuple

try:
    import fcntl
except ImportError:  # no such locks here: nothing is swept
    fcntl = None  # type: ignore[assignment]

LOCK: Final = ".lock"
_NEW_S: Final = 600
"""A folder without a lock may be that of a process that is making it just now."""


class _Held(NamedTuple):
    """A folder, and the open file by which it is held."""

    folder: Path
    lock: IO[bytes]


def scratch_folder(prefix: str) -> Path:
    """Make a folder for something that this process works on.

    Parameters
    ----------
    prefix
        Starts its name.

    Returns
    -------
    pathlib.Path
        Readable to this user alone; gone with the process, if not before.

    Raises
    ------
    OSError
        If there is no room.
    """
    return Path(tempfile.mkdtemp(prefix=prefix, dir=held_folder(_base(), "process-")))


@cache
def held_folder(base: Path, prefix: str) -> Path:
    """Make a folder that this process holds, and remove those that nobody holds any more.

    Parameters
    ----------
    base
        Where it and its like lie.
    prefix
        Starts their names.

    Returns
    -------
    pathlib.Path
        The same one at each call.
    """
    sweep(base, prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=base))
    held = _Held(folder, (folder / LOCK).open("wb"))
    if fcntl is not None:
        fcntl.flock(held.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    atexit.register(_leave, held, os.getpid())
    return folder


def sweep(base: Path, prefix: str) -> None:
    """Remove folders of processes that are gone.

    Parameters
    ----------
    base, prefix
        As for :func:`held_folder`.
    """
    for folder in base.glob(f"{prefix}*"):
        if folder.is_dir() and not folder.is_symlink() and not _is_held(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_held(folder: Path) -> bool:
    if fcntl is None:
        return True
    try:
        with (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        with contextlib.suppress(OSError):
            return time.time() - folder.stat().st_mtime < _NEW_S
        return True
    except OSError:
        return True
    return False


def _leave(held: _Held, process: int) -> None:
    if os.getpid() == process:  # and not a fork of it
        shutil.rmtree(held.folder, ignore_errors=True)
        held.lock.close()


@cache
def _base() -> Path:
    """Give this user's folder for all processes; a fresh one where somebody else made it."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"khyber-atlas-{user}"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if not folder.is_symlink() and status.st_uid == user and not status.st_mode & 0o077:
            return folder
    return Path(tempfile.mkdtemp(prefix="khyber-atlas-"))
