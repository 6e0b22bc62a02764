"""Imports in a process of their own, with limits; what is stored stays stored."""

from __future__ import annotations

import errno
import gc
import io
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal

from geo.errors import AtlasError, ImportFileError
from geo.imports import worker
from geo.imports.bundle import ABOUT
from geo.imports.job import BROKE, CANCELLED, Job, Running, run_job
from geo.imports.limits import Limits
from geo.imports.merge import merge_imports
from geo.imports.store import FOLDER_VARIABLE, Store, find_store
from geo.imports.worker import NO_ROOM, OUT_OF_MEMORY, TOO_LARGE
from geo.scratch import LOCK
from geo.seeds import Seeds
from tests.app_server import ROOT
from tests.imports_case import bring, write_csv
from views.assets import OWN, OwnFiles, serve_files

ROW = {"date": "2022-03-04", "lat": "34.53", "lon": "69.17", "killed": "2", "item": ""}


def rows(count: int, path: Path) -> Path:
    pd.DataFrame([ROW]).loc[[0] * count].assign(id=range(count)).to_csv(path, index=False)
    return path


def wait(running: Running, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not running.over and time.monotonic() < end:
        time.sleep(0.05)
    assert running.over


def test_a_job_gives_what_the_import_gives_and_leaves_nothing(seeds: Seeds, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ROW, {**ROW, "date": "never"})
    told: list[float] = []
    running = run_job(Job(path=path, name="a.csv"), lambda done, _: told.append(done))
    found = running.result()
    here = bring(path, seeds)
    assert found.counts == here.counts
    assert_geodataframe_equal(found.joined, here.joined)
    assert found.report.to_dict("records") == here.report.to_dict("records")
    assert told == sorted(told)
    assert found.rejects is not None
    assert "never" in found.rejects.read_text(encoding="utf-8")
    folder = running.folder
    del running, found
    gc.collect()
    assert not folder.exists()


def test_a_look_shows_headings_and_first_rows(tmp_path: Path) -> None:
    (glance,) = run_job(Job(path=rows(20, tmp_path / "a.csv"), name="a.csv", peek=True)).peeked()
    assert glance.columns == (*ROW, "id")
    assert len(glance.rows) == 5
    assert glance.mapping.fields["lat"][0].columns == ("lat",)


def test_a_job_is_cancelled_at_once(tmp_path: Path) -> None:
    running = Running(Job(path=rows(50_000, tmp_path / "a.csv"), name="a.csv"))
    assert not running.over
    running.cancel()
    assert running.over
    with pytest.raises(ImportFileError, match=CANCELLED):
        running.result()


def test_limits_of_time_and_memory_end_a_job_with_a_sentence(tmp_path: Path) -> None:
    path = rows(50_000, tmp_path / "a.csv")
    slow = Running(Job(path=path, name="a.csv", limits=Limits(seconds=1)))
    wait(slow)
    with pytest.raises(ImportFileError, match="took more than 1 s"):
        slow.result()
    large = run_job(Job(path=path, name="a.csv", limits=Limits(memory_bytes=120_000_000)))
    with pytest.raises(ImportFileError) as caught:
        large.result()
    assert str(caught.value) == OUT_OF_MEMORY


def test_a_worker_that_the_system_ends_is_told_of(tmp_path: Path) -> None:
    running = Running(Job(path=rows(50_000, tmp_path / "a.csv"), name="a.csv"))
    running._process.kill()
    wait(running)
    with pytest.raises(ImportFileError, match="more memory"):
        running.result()
    broken = Running(Job(path=rows(50_000, tmp_path / "b.csv"), name="b.csv"))
    broken._process.send_signal(signal.SIGSEGV)
    wait(broken)
    with pytest.raises(ImportFileError) as caught:
        broken.result()
    assert str(caught.value) == BROKE


def test_what_a_process_says_that_is_no_word_to_us_is_passed_over(tmp_path: Path) -> None:
    running = Running(Job(path=rows(2, tmp_path / "a.csv"), name="a.csv"))
    for line in ("7", "null", "[]", "Warning: {", '{"done": 0.5}'):
        running._hear(line)
    wait(running)
    assert len(running.result().joined) == 2


@pytest.mark.parametrize(("number", "told"), [(errno.ENOSPC, NO_ROOM), (errno.EFBIG, TOO_LARGE)])
def test_a_disk_without_room_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    def run(job: dict[str, Any], limits: Limits) -> None:
        raise OSError(number, "no")

    said: list[dict[str, Any]] = []
    job = json.dumps({"limits": asdict(Limits())}) + "\n"
    monkeypatch.setattr(worker, "_run", run)
    monkeypatch.setattr(worker, "_confine", lambda limits: None)
    monkeypatch.setattr(worker, "_end_with_parent", lambda: None)
    monkeypatch.setattr(worker, "_say", said.append)
    monkeypatch.setattr("sys.stdin", io.StringIO(job))
    worker.main()
    assert said == [{"error": told}]


def test_what_is_kept_is_opened_by_its_key_alone(
    seeds: Seeds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = bring(write_csv(tmp_path / "a.csv", ROW), seeds)
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    assert find_store() is None
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "kept"))
    store = find_store()
    assert store is not None
    key = store.keep(found)
    (folder,) = store.folder.iterdir()
    assert key not in folder.name
    again = store.open(key)
    assert_geodataframe_equal(again.joined, found.joined)
    assert (again.key, again.mapping, again.checksums) == (
        found.key,
        found.mapping,
        found.checksums,
    )
    for wrong in (
        key[:-1] + ("A" if key[-1] != "A" else "B"),
        "",
        "../" + folder.name,
        folder.name,
    ):
        with pytest.raises(ImportFileError, match="does not keep"):
            store.open(wrong)
    store.forget(key)
    assert list(store.folder.iterdir()) == []


FILL = """
import resource, signal, sys
from pathlib import Path
from geo.imports.store import Store
from geo.errors import ImportFileError
store = Store(Path(sys.argv[1]))
found = store.open(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    store.keep(found)
except ImportFileError as error:
    print(error)
"""

KILL = """
import os, signal, sys
from pathlib import Path
from geo.imports import bundle, store
kept = store.Store(Path(sys.argv[1]))
found = kept.open(sys.argv[2])
bundle.write_whole = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
kept.keep(found)
"""


@pytest.mark.parametrize(("script", "code"), [(FILL, 0), (KILL, -9)], ids=["full", "killed"])
def test_a_full_disk_or_a_killed_server_loses_nothing_stored(
    seeds: Seeds, tmp_path: Path, script: str, code: int
) -> None:
    store = Store(tmp_path / "kept")
    key = store.keep(bring(rows(500, tmp_path / "a.csv"), seeds))
    done = subprocess.run(
        [sys.executable, "-c", script, str(store.folder), key],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    if code == 0:
        assert "cannot be kept" in done.stdout
        assert "nothing was stored" in done.stdout
    assert len(store.open(key).joined) == 500
    # What was begun is of no name that a key could have.
    whole = [each for each in store.folder.iterdir() if (each / ABOUT).exists()]
    assert len(whole) == 1


def test_a_torn_folder_is_told_and_not_trusted(seeds: Seeds, tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    key = store.keep(bring(write_csv(tmp_path / "a.csv", ROW), seeds))
    (folder,) = store.folder.iterdir()
    (folder / "records.parquet").write_bytes(b"PAR1")
    with pytest.raises(ImportFileError, match="import the file anew"):
        store.open(key)


def test_a_visitors_files_go_with_the_visitor(tmp_path: Path) -> None:
    files = OwnFiles({"a.json": "{}"}, static=tmp_path)
    folder = files.folder
    assert (folder / "a.json").read_text() == "{}"
    assert len(folder.name) == 32
    assert tmp_path / files.address == folder
    dead = tmp_path / f"{OWN}x"
    dead.mkdir()
    (dead / LOCK).touch()
    serve_files({"b.js": ""}, static=tmp_path)
    assert folder.exists()
    assert not dead.exists()
    del files
    gc.collect()
    assert not folder.exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(AtlasError, match="cannot be written"):
        OwnFiles({}, static=tmp_path / "file")


def test_imports_lie_beside_the_built_in_records(
    seeds: Seeds, joined: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    row = {**ROW, "source_name": "A", "source_url": "https://a.example/1"}
    found = bring(
        write_csv(tmp_path / "a.csv", {**row, "other_urls": "https://b.example/2"}), seeds
    )
    own, together = merge_imports(seeds, joined, [found])
    assert len(together) == len(seeds.records) + 1
    assert together["id"].is_unique
    assert together["dataset"].value_counts().to_dict() == {"": 1123, found.key: 1}
    assert own.sources[["rank", "url"]].tail(2).to_numpy().tolist() == [
        ["1", "https://a.example/1"],
        ["2", "https://b.example/2"],
    ]
    assert own.brought[0].kinds == ("incident",)
    assert own.brought[0].title == "a.csv"


def test_what_a_server_left_half_written_is_swept_and_a_full_folder_refused(
    seeds: Seeds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "kept")
    found = bring(write_csv(tmp_path / "a.csv", ROW), seeds)
    key = store.keep(found)
    old, new = (store.folder / f".part-{name}" for name in ("old", "new"))
    for part in (old, new):
        part.mkdir()
    os.utime(old, (0, 0))
    store.keep(found)
    assert (old.exists(), new.exists()) == (False, True)
    monkeypatch.setattr("geo.imports.store.STORE_BYTES", 1000)
    with pytest.raises(ImportFileError, match="no room for more imports"):
        store.keep(found)
    assert len(store.open(key).joined) == 1


def test_a_stored_import_that_lacks_a_column_is_not_trusted(seeds: Seeds, tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    key = store.keep(bring(write_csv(tmp_path / "a.csv", ROW), seeds))
    (folder,) = store.folder.iterdir()
    records = gpd.read_parquet(folder / "records.parquet")
    records.drop(columns="adm1_today").to_parquet(folder / "records.parquet")
    with pytest.raises(ImportFileError, match="lacks adm1_today"):
        store.open(key)
    (folder / "import.json").write_text("[" * 100_000)
    with pytest.raises(ImportFileError, match="import the file anew"):
        store.open(key)
