"""What each exported field means: for the descriptions that formats have a place for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.joins import JOINED_COLUMNS
from geo.records import NUMBERS, RECORD_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

ITEM_COLUMNS: Final = ("record_id", "item", "quantity", "unit", "approx", "class")
SOURCE_TABLE_COLUMNS: Final = ("record_id", "rank", "name", "url", "date")


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of an export: its table, name, type (of the Table Schema) and meaning."""

    table: str
    name: str
    type: str
    description: str


_KM: Final = "in kilometres, geodesic on WGS 84; see the field on whether it is supported"
_DERIVED: Final = {
    "kind": ("string", "seizure or incident"),
    "killed": ("integer", "People killed, from one report; empty: not stated, which is not none"),
    "injured": ("integer", "People injured, as killed"),
    "killed_low": ("integer", "Least of the estimates of people killed, if a source has any"),
    "killed_high": ("integer", "Greatest of the estimates of people killed"),
    "source_name": ("string", "Publisher of the main source"),
    "source_url": ("string", "Link to the main source"),
    "source_date": ("string", "Date of the main source, as precise as known"),
    "other_urls": ("string", "Links to further sources, separated by spaces"),
    "adm1_reported": ("string", "Province on the record's date"),
    "adm1_reported_code": ("string", "Its ISO 3166-2 code"),
    "adm1_today": ("string", "Province now"),
    "adm1_today_code": ("string", "Its ISO 3166-2 code"),
    "border": ("string", "Neighbour with the nearest border, ISO 3166-1 alpha-3"),
    "border_km": ("number", f"Distance to it {_KM}"),
    "border_supported": ("boolean", "Whether the location is precise enough for border_km"),
    "crossing": ("string", "Nearest crossing"),
    "crossing_km": ("number", f"Distance to it {_KM}"),
    "crossing_supported": ("boolean", "Whether the location is precise enough for crossing_km"),
    "route": ("string", "Nearest route, by its id"),
    "route_km": ("number", f"Distance to it {_KM}"),
    "route_supported": ("boolean", "Whether the location is precise enough for route_km"),
    "radius_km": ("number", "Radius of the location in kilometres, by its precision"),
}
_CLASS: Final = ("string", "Class of the item, such as drug, firearm or ammunition")


def describe_fields(package: Mapping[str, Any]) -> tuple[Field, ...]:
    """Describe every field of exported records, items and sources.

    Parameters
    ----------
    package
        The Data Package descriptor, which describes the seeds' own columns.

    Returns
    -------
    tuple of Field
        In the order of the columns; tables ``records``, ``items``, ``sources``.
    """
    own = {
        resource["name"]: {each["name"]: each for each in resource["schema"]["fields"]}
        for resource in package["resources"]
        if "schema" in resource
    }
    records = own["incidents"] | own["seizures"]
    return (
        *(_field("records", name, records) for name in (*RECORD_COLUMNS, *JOINED_COLUMNS)),
        *(_field("items", name, own["seizure-items"]) for name in ITEM_COLUMNS),
        *(_field("sources", name, own["sources"]) for name in SOURCE_TABLE_COLUMNS),
    )


def _field(table: str, name: str, described: Mapping[str, Mapping[str, Any]]) -> Field:
    if table == "records" and name in _DERIVED:
        kind, description = _DERIVED[name]
    elif name == "class":
        kind, description = _CLASS
    else:
        kind, description = described[name]["type"], described[name]["description"]
    if name in NUMBERS and NUMBERS[name] == "Int64":
        kind = "integer"
    return Field(table=table, name=name, type=kind, description=description)
