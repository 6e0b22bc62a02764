"""A file imported by a process of its own, with limits; it can be watched and ended."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from geo.errors import ImportFileError
from geo.imports.bundle import load_import
from geo.imports.limits import LIMITS, Limits
from geo.imports.peek import Glance, load_glances
from geo.imports.worker import OUT_OF_MEMORY
from geo.scratch import scratch_folder
from geo.seeds import SEEDS

if TYPE_CHECKING:
    from geo.imports.mapping import Mapping as ColumnMapping
    from geo.imports.result import Import

ROOT: Final = Path(__file__).resolve().parents[2]
CANCELLED: Final = "The import was cancelled."
BROKE: Final = (
    "The file broke the program that reads it, which was ended; it may be damaged. Save it anew."
)
_POLL_SECONDS: Final = 0.1
_PASSED_ON: Final = (
    *("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"),
    *("PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "LD_LIBRARY_PATH", "SOURCE_DATE_EPOCH"),
)
"""Variables that the process gets: a file that takes it over finds no others."""

_BY_THE_SYSTEM: Final = tuple(
    -getattr(signal, name) for name in ("SIGKILL", "SIGXCPU") if hasattr(signal, name)
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Job:
    """What to import, and how: as :class:`geo.imports.run.Plan`, for a process of its own.

    Attributes
    ----------
    path, name, preset, mapping, choices, limits
        As there.
    others
        GeoParquet file of the records of other imports; ``None``: there are none.
    seeds
        Folder of the built-in data.
    peek
        Only look at the file: its headings and first rows.
    """

    path: Path
    name: str
    preset: str = "auto"
    mapping: ColumnMapping | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    others: Path | None = None
    limits: Limits = LIMITS
    seeds: Path = SEEDS
    peek: bool = False


class Running:
    """An import that goes on.

    Parameters
    ----------
    job
        What to import.

    Attributes
    ----------
    done, what
        Part done, 0 to 1, and what goes on.
    folder
        Where its files come to lie; gone when this object is, unless moved.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.done, self.what = 0.0, "Starting"
        self._error = ""
        self._complete = False
        self._ends_at = time.monotonic() + job.limits.seconds
        self.folder = scratch_folder("import-")
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._log = (self.folder / "log").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "geo.imports.worker"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
            env=_environment(),
        )
        # The process ends when this pipe does: it does not outlive who started it.
        weakref.finalize(self, _close, self._process.stdin)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        """Send the job, then follow what the process says until it ends."""
        told = asdict(self.job) | {
            "path": str(self.job.path.resolve()),
            "others": str(self.job.others.resolve()) if self.job.others else "",
            "seeds": str(self.job.seeds.resolve()),
            "folder": str(self.folder),
            "mapping": self.job.mapping.model_dump(mode="json") if self.job.mapping else None,
            "choices": dict(self.job.choices),
        }
        way_in, way_out = self._process.stdin, self._process.stdout
        if way_in is None or way_out is None:
            return
        # A process that has ended already says why on the other pipe.
        with contextlib.suppress(BrokenPipeError):
            way_in.write(json.dumps(told) + "\n")
            way_in.flush()
        with way_out:
            for line in way_out:
                self._hear(line)
        _close(way_in)

    def _hear(self, line: str) -> None:
        try:
            said: Any = json.loads(line)
        except ValueError:
            return
        if not isinstance(said, dict):
            return
        self._error = str(said.get("error", self._error))
        self.done = float(said.get("done", self.done))
        self.what = str(said.get("what", self.what))
        self._complete = bool(said.get("complete", self._complete))

    @property
    def over(self) -> bool:
        """Whether it has ended; one that takes too long is ended."""
        if self._process.poll() is None:
            if time.monotonic() < self._ends_at:
                return False
            self._end(
                f"The import took more than {self.job.limits.seconds} s and was ended; "
                "give the file in parts."
            )
        self._listener.join(timeout=5)
        return True

    def cancel(self) -> None:
        """End it: nothing of it is kept."""
        if self._process.poll() is None:
            self._end(CANCELLED)

    def _end(self, why: str) -> None:
        self._process.kill()
        self._process.wait()
        self._log.close()
        self._complete = False
        self._error = why

    def result(self) -> Import:
        """Give what was imported, once it is over.

        Raises
        ------
        ImportFileError
            If the file could not be imported, saying why.
        """
        self._check()
        return load_import(self.folder)

    def peeked(self) -> list[Glance]:
        """Give what a look at the file showed, once it is over; errors as of :meth:`result`."""
        self._check()
        return load_glances(self.folder)

    def _check(self) -> None:
        self._log.close()
        if self._error:
            raise ImportFileError(self._error)
        if not self._complete:
            ended_by = self._process.returncode
            # Else by a fault in a library of C.
            by_system = ended_by in _BY_THE_SYSTEM or ended_by >= 0
            raise ImportFileError(OUT_OF_MEMORY if by_system else BROKE)


def _environment() -> dict[str, str]:
    known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return known | {"OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}


def _close(way: IO[str] | None) -> None:
    if way is not None:
        with contextlib.suppress(OSError):
            way.close()


def run_job(job: Job, progress: Callable[[float, str], None] | None = None) -> Running:
    """Import a file and wait for it.

    Parameters
    ----------
    job
        What to import.
    progress
        Told of the part done and what goes on.

    Returns
    -------
    Running
        One that is over; its ``result`` is the import, and its folder holds the
        files as long as it is kept.
    """
    running = Running(job)
    try:
        while not running.over:
            if progress:
                progress(running.done, running.what)
            time.sleep(_POLL_SECONDS)
    except BaseException:
        running.cancel()
        raise
    if progress:
        progress(1.0, running.what)
    return running
