"""The Data Package against its descriptor: every file, every row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from frictionless import Package

from geo.errors import SeedError


def package_faults(folder: Path) -> Iterator[str]:
    """Check a Data Package: every file's checksum and size, every table's rows.

    Parameters
    ----------
    folder
        The folder that holds ``datapackage.json``.

    Yields
    ------
    str
        A sentence a fault: file, row, and what is wrong.

    Raises
    ------
    SeedError
        If there is no descriptor.
    """
    if not (folder / "datapackage.json").is_file():
        msg = f"{folder} holds no datapackage.json; give the folder of a Data Package."
        raise SeedError(msg)
    report = Package(str(folder / "datapackage.json")).validate()
    yield from (error.message for error in report.errors)
    for task in report.tasks:
        for row, message in task.flatten(["rowNumber", "message"]):
            yield f"{task.place}{f', row {row}' if row else ''}: {message}"
