"""Small files to import, and the import of them in this process, for speed.

That a process of its own gives the same is for ``tests/test_imports_job.py``.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import pandas as pd

from geo.errors import ImportFileError
from geo.imports.bundle import load_import, save_import
from geo.imports.peek import load_glances, peek_file, save_glances
from geo.imports.run import Plan, import_file
from tests.snapshot_case import built_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.imports.job import Job
    from geo.imports.peek import Glance
    from geo.imports.result import Import
    from geo.seeds import Seeds

TODAY: Final = date(2026, 11, 23)


def write_csv(path: Path, *rows: dict[str, Any]) -> Path:
    """Write rows as CSV; columns that a row lacks are empty."""
    pd.DataFrame(list(rows)).to_csv(path, index=False)
    return path


def bring(path: Path, seeds: Seeds, **more: Any) -> Import:
    """Import a file in this process."""
    folder = path.parent / f"work-{path.name}"
    folder.mkdir(exist_ok=True)
    plan = Plan(path=path, name=more.pop("name", path.name), folder=folder, today=TODAY, **more)
    return import_file(plan, seeds)


class JobHere:
    """A job done in this process: what is asked of :class:`geo.imports.job.Running`."""

    def __init__(self, job: Job) -> None:
        self.folder = Path(tempfile.mkdtemp())
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._work = self.folder / "work"
        self._work.mkdir()
        self._fault: ImportFileError | None = None
        try:
            self._run(job)
        except ImportFileError as fault:
            self._fault = fault

    def _run(self, job: Job) -> None:
        if job.peek:
            save_glances(peek_file(job.path, self._work, job.name, job.limits), self.folder)
            return
        plan = Plan(
            path=job.path,
            name=job.name,
            folder=self._work,
            preset=job.preset,
            mapping=job.mapping,
            choices=job.choices,
            others=gpd.read_parquet(job.others) if job.others else None,
            limits=job.limits,
        )
        save_import(import_file(plan, built_in()[0]), self.folder)

    def result(self) -> Import:
        """Give what was imported, as it was written."""
        if self._fault:
            raise self._fault
        return load_import(self.folder)

    def peeked(self) -> list[Glance]:
        """Give what a look at the file showed."""
        if self._fault:
            raise self._fault
        return load_glances(self.folder)


def run_here(job: Job, progress: Callable[[float, str], None] | None = None) -> JobHere:
    """Stand in for :func:`geo.imports.job.run_job`."""
    return JobHere(job)
