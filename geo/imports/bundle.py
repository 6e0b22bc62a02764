"""An import as a folder of files: GeoParquet, and what goes with it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import pandas as pd

from geo.brought import DATASET
from geo.errors import ImportFileError
from geo.fields import ITEM_COLUMNS
from geo.files import write_whole
from geo.imports.fates import REPORT_COLUMNS
from geo.imports.mapping import parse_mapping
from geo.imports.result import PAIR_COLUMNS, UNPLACED_COLUMNS, Import
from geo.joins import JOINED_COLUMNS
from geo.records import RECORD_COLUMNS

if TYPE_CHECKING:
    from typing import Any

FORMAT: Final = "khyber-atlas-import/2"
ABOUT: Final = "import.json"
RECORDS: Final = "records.parquet"
REJECTS: Final = "rejects.csv"
_TABLES: Final = ("items", "report", "pairs", "unplaced")
_BROKEN: Final = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    RECORDS: (*RECORD_COLUMNS, *JOINED_COLUMNS, DATASET),
    "items": ITEM_COLUMNS,
    "report": REPORT_COLUMNS,
    "pairs": PAIR_COLUMNS,
    "unplaced": UNPLACED_COLUMNS,
}


def save_import(found: Import, folder: Path) -> None:
    """Write an import into a folder that is there.

    The description is written last: a folder without it is not complete.

    Parameters
    ----------
    found
        The import.
    folder
        Where to.

    Raises
    ------
    OSError
        If the folder cannot be written to, or the disk is full.
    """
    found.joined.to_parquet(folder / RECORDS, compression="zstd")
    for name in _TABLES:
        table: pd.DataFrame = getattr(found, name)
        table.to_parquet(folder / f"{name}.parquet", compression="zstd")
    if found.rejects is not None and found.rejects != folder / REJECTS:
        shutil.copyfile(found.rejects, folder / REJECTS)
    about = {
        "format": FORMAT,
        "key": found.key,
        "title": found.title,
        "mappings": [
            each.model_dump(mode="json", exclude_defaults=True) for each in found.mappings
        ],
        "notes": list(found.notes),
        "checksums": found.checksums,
        "rejects": found.rejects is not None,
    }
    write_whole(folder / ABOUT, json.dumps(about, ensure_ascii=False, indent=1))


def _dated(joined: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give dates the unit that they have in memory: Parquet has none of seconds."""
    return joined.astype(dict.fromkeys(("date_start", "date_end"), "datetime64[s]"))


def load_import(folder: Path) -> Import:
    """Read what :func:`save_import` wrote.

    Raises
    ------
    ImportFileError
        If the folder holds no complete import of this layout.
    """
    try:
        about: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        if about["format"] != FORMAT:
            msg = f"it has the layout {about['format']!r:.60}"
            raise ValueError(msg)
        tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in _TABLES}
        joined = _dated(gpd.read_parquet(folder / RECORDS))
        for name, columns in _COLUMNS.items():
            frame = joined if name == RECORDS else tables[name]
            if missing := set(columns) - set(frame.columns):
                msg = f"{name} lacks {min(missing)}"
                raise ValueError(msg)
        return Import(
            key=str(about["key"]),
            title=str(about["title"]),
            mappings=tuple(parse_mapping(each, ABOUT) for each in about["mappings"]),
            joined=joined,
            notes=tuple(map(str, about["notes"])),
            checksums={str(name): str(digest) for name, digest in about["checksums"].items()},
            rejects=folder / REJECTS if about["rejects"] else None,
            **tables,
        )
    except _BROKEN as error:
        msg = f"A stored import cannot be read ({str(error)[:100]}); import the file anew."
        raise ImportFileError(msg) from error
