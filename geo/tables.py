"""CSV files against their Table Schemas: every fault, by row, column and value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from frictionless import Package, Resource, Schema

from geo.dates import record_period
from geo.errors import DateError, RecordError, SeedError
from geo.formulas import restore_texts
from geo.records import RECORD_COLUMNS, make_records

Fault = tuple[int | None, str | None, str]
"""Row of the file (the heading is 1), column, and what is wrong."""

MOST_SHOWN: Final = 5


def find_faults(path: Path, schema: dict[str, Any]) -> list[Fault]:
    """Check a CSV file against a schema.

    Parameters
    ----------
    path
        UTF-8 file with a heading.
    schema
        A Frictionless Table Schema; its ``fieldsMatch`` says whether the file
        may have other columns.

    Returns
    -------
    list of Fault
        All there are, in the order of the file.
    """
    resource = Resource(
        path=path.name,
        basepath=str(path.parent.resolve()),
        format="csv",
        encoding="utf-8",
        schema=Schema.from_descriptor(schema),
    )
    report = resource.validate()
    rows = report.flatten(["rowNumber", "fieldName", "note", "message"])
    return [(row, column, message) for row, column, _, message in rows]


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


def record_schema(package: dict[str, Any]) -> dict[str, Any]:
    """Make the schema of a file that holds records of both kinds.

    Parameters
    ----------
    package
        The Data Package descriptor; its record tables give the fields.

    Returns
    -------
    dict
        A Table Schema over :data:`geo.records.RECORD_COLUMNS`.
    """
    fields: dict[str, dict[str, Any]] = {}
    for resource in package["resources"]:
        if resource["name"] in ("seizures", "incidents"):
            for each in resource["schema"]["fields"]:
                fields[each["name"]] = _merged(fields.get(each["name"]), each)
    fields["kind"] = {
        "name": "kind",
        "type": "string",
        "constraints": {"required": True, "enum": ["seizure", "incident"]},
    }
    day = fields["date"]["constraints"]["pattern"]
    days = fields["date"]["constraints"] | {"pattern": f"{day}(/{day})?"}
    fields["date"] = fields["date"] | {"constraints": days}
    for name in ("killed_low", "killed_high"):
        fields[name] = fields["killed"] | {"name": name}
    link = {"pattern": "https?://.+", "required": True}
    for name in ("source_name", "source_date", "other_urls"):
        fields[name] = {"name": name, "type": "string"}
    fields["source_url"] = {"name": "source_url", "type": "string", "constraints": link}
    ordered = [fields[name] for name in RECORD_COLUMNS]
    # "subset": a file may have more columns than these.
    return {"fields": ordered, "missingValues": [""], "fieldsMatch": "subset"}


def _merged(known: dict[str, Any] | None, more: dict[str, Any]) -> dict[str, Any]:
    """Join a field of two tables: a value of either's vocabulary will do."""
    if known is None:
        return more
    one, two = known.get("constraints", {}), more.get("constraints", {})
    if "enum" not in one or "enum" not in two:
        looser = {key: one[key] for key in one if one[key] == two.get(key)}
        return known | {"constraints": looser}
    both = sorted({*one["enum"], *two["enum"]})
    return known | {"constraints": one | {"enum": both}}


def read_records(path: Path, package: dict[str, Any]) -> gpd.GeoDataFrame:
    """Read records from a CSV file laid out as the project's own export.

    Parameters
    ----------
    path
        UTF-8 file with the columns of :data:`geo.records.RECORD_COLUMNS`;
        joined columns in it are left out, for they are joined anew.
    package
        The Data Package descriptor, for the schema.

    Returns
    -------
    geopandas.GeoDataFrame
        As :func:`geo.records.make_records` gives.

    Raises
    ------
    RecordError
        If the file cannot be read or any row breaks the schema; all faults
        are counted, the first few told with row, column and value.
    """
    if not path.is_file():
        msg = f"{path.name}: no such file; give the path of a CSV file of records."
        raise RecordError(msg)
    try:
        rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    except (OSError, ValueError) as error:
        msg = f"{path.name} cannot be read as CSV ({error}); save it as CSV in UTF-8."
        raise RecordError(msg) from error
    schema = record_schema(package)
    missing = [
        field["name"]
        for field in schema["fields"]
        if field.get("constraints", {}).get("required") and field["name"] not in rows
    ]
    if missing:
        msg = (
            f"{path.name}: no column {', '.join(map(repr, missing))}; "
            "add it to the heading (see docs/fields.md)."
        )
        raise RecordError(msg)
    present = [field for field in schema["fields"] if field["name"] in rows]
    faults = find_faults(path, schema | {"fields": present})
    if faults := faults or [*_date_faults(rows)]:
        raise RecordError(_tell(path, faults))
    return make_records(rows.apply(restore_texts))


def _date_faults(rows: pd.DataFrame) -> Iterator[Fault]:
    """Find dates of the right shape that no calendar has, such as 30 February."""
    for number, text in enumerate(rows["date"], start=2):
        try:
            record_period(text)
        except DateError as error:
            yield number, "date", f'row "{number}", field "date": {error}'


def _tell(path: Path, faults: list[Fault]) -> str:
    shown = "; ".join(
        (f"row {row}: " if row else "") + message for row, _, message in faults[:MOST_SHOWN]
    )
    more = len(faults) - MOST_SHOWN
    rest = f"; and {more} more" if more > 0 else ""
    return f"{path.name}: {len(faults)} faults. {shown}{rest}. Mend them and try again."
