"""Small files to import, and the import of them in this process."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.imports.run import Plan, import_file

if TYPE_CHECKING:
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
