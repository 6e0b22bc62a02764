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

import pandas as pd

from geo.imports.bundle import load_import, save_import
from geo.imports.run import Plan, import_file
from tests.snapshot_case import built_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.imports.job import Job
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
        work = self.folder / "work"
        work.mkdir()
        plan = Plan(
            path=job.path,
            name=job.name,
            folder=work,
            preset=job.preset,
            mapping=job.mapping,
            choices=job.choices,
            limits=job.limits,
        )
        save_import(import_file(plan, built_in()[0]), self.folder)

    def result(self) -> Import:
        """Give what was imported, as it was written."""
        return load_import(self.folder)


def run_here(job: Job, progress: Callable[[float, str], None] | None = None) -> JobHere:
    """Stand in for :func:`geo.imports.job.run_job`; errors come a little sooner."""
    return JobHere(job)
