"""Records: the hand-kept tables in ``seeds/records``, checked and put in order.

The tables are the source: contributors edit them. This recipe derives nothing
new. It checks what a schema of one file cannot say, then writes every table
back in its one form (column order, row order of items and sources, line ends),
so that a spreadsheet's habits leave no trace in a change.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from seeds.build import schemas
from seeds.build.geojson import write_text

RECORDS = Path(__file__).resolve().parents[1] / "records"
SCHEMAS = {
    "seizures.csv": schemas.seizures,
    "incidents.csv": schemas.incidents,
    "seizure_items.csv": schemas.seizure_items,
    "items.csv": schemas.items,
    "sources.csv": schemas.sources,
    "left_out.csv": schemas.left_out,
    "events.csv": schemas.events,
}

Row = dict[str, str]
Tables = dict[str, list[Row]]


def build() -> None:
    """Check the record tables and rewrite them in their one form.

    Raises
    ------
    ValueError
        With every failure found, one a line: file, record, what to do.
    """
    tables = {name: _read(name) for name in SCHEMAS}
    failures = find_failures(tables)
    if failures:
        raise ValueError("\n".join(failures))
    order = {row["id"]: place for place, row in enumerate(_records(tables))}
    tables["seizure_items.csv"].sort(key=lambda row: order[row["record_id"]])
    tables["sources.csv"].sort(key=lambda row: (order[row["record_id"]], int(row["rank"])))
    for name, rows in tables.items():
        _write(name, rows)


def find_failures(tables: Tables) -> list[str]:
    """Return what is wrong across the tables, one line a failure.

    Parameters
    ----------
    tables
        Rows of every file in ``SCHEMAS``, by file name.
    """
    return [
        *_find_repeated_ids(tables),
        *_find_strays(tables),
        *_find_source_faults(tables),
        *_find_role_faults(tables),
    ]


def _find_repeated_ids(tables: Tables) -> list[str]:
    seen: set[str] = set()
    failures = []
    for row in _records(tables):
        if row["id"] in seen:
            failures.append(f"records: id {row['id']} is used twice: give one of them another")
        seen.add(row["id"])
    failures += [
        f"left_out.csv: {row['id']} is also a record: remove one of them"
        for row in tables["left_out.csv"]
        if row["id"] in seen
    ]
    return failures


def _find_strays(tables: Tables) -> list[str]:
    """Rows that point to a record or an item that is not there."""
    seizures = {row["id"] for row in tables["seizures.csv"]}
    known = {row["id"] for row in _records(tables)}
    items = {row["item"] for row in tables["items.csv"]}
    failures = []
    for row in tables["seizure_items.csv"]:
        if row["record_id"] not in seizures:
            failures.append(f"seizure_items.csv: no seizure {row['record_id']}: correct the id")
        if row["item"] not in items:
            failures.append(
                f"seizure_items.csv: {row['record_id']}: item {row['item']!r} "
                "is not in items.csv: use a known name or add it with its class"
            )
    failures += [
        f"sources.csv: no record {row['record_id']}: correct the id"
        for row in tables["sources.csv"]
        if row["record_id"] not in known
    ]
    return failures


def _find_source_faults(tables: Tables) -> list[str]:
    """Records whose sources are not ranked 1, 2, 3 … or are not web links."""
    ranks: dict[str, list[int]] = {row["id"]: [] for row in _records(tables)}
    failures = []
    for row in tables["sources.csv"]:
        ranks.setdefault(row["record_id"], []).append(int(row["rank"]))
        if not re.fullmatch(schemas.LINK_PATTERN, row["url"]):
            failures.append(f"sources.csv: {row['record_id']}: {row['url']!r} is no http(s) link")
    for record, found in ranks.items():
        if not found or sorted(found) != list(range(1, len(found) + 1)):
            failures.append(f"sources.csv: {record}: ranks must run 1, 2, 3 …, got {found}")
    return failures


def _find_role_faults(tables: Tables) -> list[str]:
    """Attribution goes with a named group; a role needs one."""
    failures = []
    for row in _records(tables):
        named = row["group"] != "Unattributed"
        if named != bool(row["attribution"]):
            failures.append(
                f"records: {row['id']}: group {row['group']!r} with attribution "
                f"{row['attribution']!r}: give both or neither"
            )
        if row["role"] and not named:
            failures.append(f"records: {row['id']}: a role needs a named group")
    return failures


def _records(tables: Tables) -> list[Row]:
    return [*tables["seizures.csv"], *tables["incidents.csv"]]


def _read(name: str) -> list[Row]:
    expected = [field["name"] for field in SCHEMAS[name]()["fields"]]
    with (RECORDS / name).open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        if sorted(reader.fieldnames or []) != sorted(expected):
            msg = f"{name}: columns must be {', '.join(expected)}; got {reader.fieldnames}"
            raise ValueError(msg)
        return [{column: (row[column] or "").strip() for column in expected} for row in reader]


def _write(name: str, rows: list[Row]) -> None:
    columns = [field["name"] for field in SCHEMAS[name]()["fields"]]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_text(RECORDS / name, stream.getvalue())
