"""Folders that go with their process, however it ends."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
import weakref
from pathlib import Path

import pytest

from geo.imports.job import Job, Running
from geo.scratch import LOCK, held_folder, scratch_folder, sweep
from tests.app_server import ROOT
from views.housekeeping import spare_the_collector, tidy

HOLD = """
import sys, time
from pathlib import Path
from geo.scratch import held_folder
folder = held_folder(Path(sys.argv[1]), "own-")
(folder / "data").write_text("x")
print(folder, flush=True)
time.sleep(60)
"""

IMPORT = """
import sys, time
from pathlib import Path
from geo.imports.job import Job, Running
running = Running(Job(path=Path(sys.argv[1]), name="a.csv"))
print(running._process.pid, running.folder, flush=True)
time.sleep(60)
"""


def start(script: str, argument: Path) -> tuple[subprocess.Popen[str], str]:
    """Run a script until it has said a line; give it and the line."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(argument)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def gone(pid: int) -> bool:
    """Tell whether a process has ended; one that nobody has asked about counts."""
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


def test_a_folder_is_this_users_alone(tmp_path: Path) -> None:
    folder = scratch_folder("test-")
    assert folder.stat().st_mode & 0o077 == 0
    assert folder.parent.stat().st_mode & 0o077 == 0
    assert held_folder(tmp_path, "own-") == held_folder(tmp_path, "own-")


def test_what_a_killed_process_held_is_swept_and_what_one_holds_is_not(tmp_path: Path) -> None:
    process, said = start(HOLD, tmp_path)
    folder = Path(said)
    sweep(tmp_path, "own-")
    assert (folder / "data").exists()
    end(process)
    assert (folder / "data").exists()
    other = tmp_path / "other"
    other.mkdir()
    new = tmp_path / "own-new"
    new.mkdir()
    old = tmp_path / "own-old"
    old.mkdir()
    os.utime(old, (0, 0))
    (tmp_path / "own-link").symlink_to(other)
    sweep(tmp_path, "own-")
    assert {each.name for each in tmp_path.iterdir()} == {"other", "own-new", "own-link"}


def test_an_import_ends_with_the_server_that_started_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    row = "2022-03-04,34.53,69.17,x\n"
    path.write_text("date,lat,lon,notes\n" + row * 400_000)
    process, said = start(IMPORT, path)
    pid = int(said.split()[0])
    assert not gone(pid)
    end(process)
    limit = time.monotonic() + 20
    while not gone(pid) and time.monotonic() < limit:
        time.sleep(0.05)
    assert gone(pid)
    folder = Path(said.split(maxsplit=1)[1])
    assert folder.exists()
    sweep(folder.parent.parent, "process-")
    assert not folder.exists()


def test_a_file_that_takes_over_the_process_finds_nothing_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHYBER_ATLAS_IMPORTS", "/srv/kept")
    monkeypatch.setenv("RUST_BACKTRACE", "1")
    running = Running(Job(path=tmp_path / "none.csv", name="none.csv"))
    told = Path(f"/proc/{running._process.pid}/environ").read_bytes()
    running.cancel()
    assert b"PATH=" in told
    assert b"KHYBER" not in told
    assert b"RUST" not in told


class Held:
    """Something that a session holds, in a circle, as sessions are."""

    def __init__(self, folder: Path) -> None:
        self.me = self
        self.folder = folder
        weakref.finalize(self, folder.rmdir)


def test_a_session_that_was_there_from_the_start_takes_its_data_along(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    held = Held(folder)
    try:
        spare_the_collector()
        del held
        gc.collect()
        # What is kept out of the collector's way it does not find.
        assert folder.exists()
        tidy()
        assert not folder.exists()
    finally:
        gc.unfreeze()


def test_the_lock_is_no_data(tmp_path: Path) -> None:
    folder = held_folder(tmp_path, "own-")
    assert [each.name for each in folder.iterdir()] == [LOCK]
    assert (folder / LOCK).stat().st_size == 0
