"""The atlas's own workbooks and GeoPackages: items have a table beside that of the records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from geo.imports.mapping import presets
from geo.imports.table import Chunk, Table

OWN_LAYOUT: Final = "khyber-atlas"
ITEMS: Final = "items_json"
_COLUMNS: Final = frozenset(("record_id", "item", "quantity", "unit", "approx"))


def attach_items(tables: list[Table]) -> list[Table]:
    """Lay the items of an own file beside its records, as its CSV and GeoJSON have them.

    Parameters
    ----------
    tables
        All tables of a file; others stay as they are.

    Returns
    -------
    list of Table
        Without the tables of items that were laid beside records.
    """
    signature = set(presets()[OWN_LAYOUT].signature)
    listed = {table.file: table for table in tables if set(table.columns) >= _COLUMNS}
    found = []
    used = []
    for table in tables:
        items = listed.get(table.file)
        own = signature <= set(table.columns) and not {ITEMS, "items"} & set(table.columns)
        if items is None or not own:
            found.append(table)
            continue
        used.append(items)
        found.append(replace(table, columns=(*table.columns, ITEMS), read=_reader(table, items)))
    return [table for table in found if all(table is not each for each in used)]


def _reader(table: Table, items: Table) -> Any:
    def read() -> Iterator[Chunk]:
        listed = _by_record(items)
        for chunk in table.read():
            told = [json.dumps(listed[key]) if key in listed else "" for key in chunk.rows["id"]]
            yield replace(chunk, rows=chunk.rows.assign(**{ITEMS: told}))

    return read


def _by_record(items: Table) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for chunk in items.read():
        for row in chunk.rows.to_dict("records"):
            cells = {str(name): str(cell) for name, cell in row.items()}
            item = {**cells, "quantity": _quantity(cells["quantity"])}
            found.setdefault(cells["record_id"], []).append(item)
    return found


def _quantity(text: str) -> float | str | None:
    """Read a quantity as the atlas writes it; what is none is left to be told of."""
    try:
        return float(text) if text else None
    except ValueError:
        return text
