"""Files to read as tables, for tests of the readers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geo.imports.limits import LIMITS, Limits
from geo.imports.source import open_tables
from geo.imports.table import BadRow, Table


def tables(path: Path, limits: Limits = LIMITS) -> list[Table]:
    folder = path.parent / "work"
    folder.mkdir(exist_ok=True)
    return open_tables(path, folder, limits=limits)


def read(path: Path, limits: Limits = LIMITS) -> tuple[pd.DataFrame, list[BadRow]]:
    (table,) = tables(path, limits)
    chunks = list(table.read())
    rows = pd.concat([chunk.rows for chunk in chunks])
    return rows, [bad for chunk in chunks for bad in chunk.bad]


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
