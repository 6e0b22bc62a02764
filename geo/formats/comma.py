"""CSV: one row a record, for spreadsheets and scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.fields import ITEM_COLUMNS, SOURCE_TABLE_COLUMNS
from geo.formats.dataset import CHUNK_ROWS, COLUMNS, Dataset, nested, restore, unnested
from geo.formulas import defuse_texts, restore_texts
from geo.phrases import item_phrases

if TYPE_CHECKING:
    from collections.abc import Callable

MANIFEST_COLUMN: Final = "snapshot"
_LISTS: Final = {"items_json": ITEM_COLUMNS, "sources_json": SOURCE_TABLE_COLUMNS}


def write(path: Path, dataset: Dataset, progress: Callable[[float], None]) -> None:
    """Write CSV: RFC 4180, UTF-8.

    Text that a spreadsheet would run as a formula is marked with a leading
    apostrophe, which :func:`read` takes off again. Items stand in words and,
    as sources, in JSON; the manifest, since CSV has no place for one, in a
    last column of the first row.

    Parameters
    ----------
    path, dataset, progress
        See :func:`geo.formats.write_data`.
    """
    records, count = dataset.records, max(len(dataset.records), 1)
    phrases = item_phrases(dataset.items)
    lists = {"items_json": nested(dataset.items), "sources_json": nested(dataset.sources)}
    manifest = dataset.about.manifest if dataset.about else ""
    with path.open("w", encoding="utf-8", newline="") as file:
        for start in range(0, count, CHUNK_ROWS):
            table = pd.DataFrame(records.iloc[start : start + CHUNK_ROWS][list(COLUMNS)])
            table["items"] = pd.Series(
                ["; ".join(phrases.get(key, ())) for key in table["id"]], table.index, dtype="str"
            )
            texts = table.select_dtypes(include=["str"]).columns
            table[texts] = table[texts].apply(defuse_texts)
            for name, rows in lists.items():
                table[name] = [_listed(rows.get(key)) for key in table["id"]]
            if manifest:
                first = [manifest] if start == 0 else [""]
                table[MANIFEST_COLUMN] = (first + [""] * len(table))[: len(table)]
            # With RFC 4180 line ends a lone CR or LF in a text is quoted too.
            table.to_csv(file, index=False, header=start == 0, lineterminator="\r\n")
            progress(min(1.0, (start + CHUNK_ROWS) / count))


def _listed(rows: list[dict[str, Any]] | None) -> str:
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def read(path: Path) -> Dataset:
    """Read what :func:`write` wrote."""
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    table = table.apply(restore_texts)
    ids = table["id"]
    items, sources = (
        unnested(ids, [json.loads(text) if text else None for text in table[name]], columns)
        for name, columns in _LISTS.items()
    )
    return restore(table, items, sources)


def read_manifest(path: Path) -> str | None:
    """Take the manifest's text out of the first row; ``None``: there is none."""
    first = pd.read_csv(path, dtype="str", keep_default_na=False, nrows=1)
    return first[MANIFEST_COLUMN].iloc[0] if MANIFEST_COLUMN in first and len(first) else None
