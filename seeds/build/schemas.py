"""Table Schemas of the CSV files: field types, vocabularies, keys.

The vocabularies here are the only ones: the recipes, the Data Package and the
tests all read them from this module.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
Field = dict[str, Any]

COUNTRIES = ["AFG", "PAK", "IRN", "TKM", "UZB", "TJK", "CHN"]
PRECISIONS = ["site", "town", "district", "province"]
ROLES = ["perpetrator", "target", "party"]
ATTRIBUTIONS = ["claimed", "attributed", "suspected"]
SEIZURE_CATEGORIES = [
    "firearms",
    "ammunition",
    "explosives",
    "optics and equipment",
    "opium",
    "heroin",
    "methamphetamine",
    "hashish",
    "precursors",
    "mixed drugs",
    "cash or gold",
    "other",
]
INCIDENT_CATEGORIES = [
    "bombing",
    "suicide attack",
    "complex attack",
    "armed assault",
    "assassination",
    "raid or operation",
    "clash",
    "cross-border clash",
    "air or drone strike",
    "leader killed",
    "ceasefire or talks",
    "border closure",
    "other",
]
ITEM_CLASSES = [
    "firearm",
    "ammunition",
    "explosive",
    "optics and equipment",
    "drug",
    "precursor",
    "cash or gold",
    "other",
]
UNITS = ["count", "rounds", "kg", "litres", "m", "usd", "eur", "sar"]
APPROX = ["floor", "about"]
COMMODITIES = ["arms", "opiates", "methamphetamine", "precursors", "people", "trade"]

DATE_PATTERN = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
LINK_PATTERN = r"https?://[^\s]+"
SEIZURE_ID_PATTERN = r"s-[0-9]{4,8}-[a-z0-9-]+"
INCIDENT_ID_PATTERN = r"i-[0-9]{4,8}-[a-z0-9-]+"
RECORD_ID_PATTERN = r"[si]-[0-9]{4,8}-[a-z0-9-]+"
DIRECTION_PATTERN = r"[A-Z]{3}>[A-Z]{3}"


def _field(name: str, kind: str, description: str, **constraints: Any) -> Field:
    """One field of a Table Schema; constraints only where there are any."""
    field: Field = {"name": name, "type": kind, "description": description}
    if constraints:
        field["constraints"] = constraints
    return field


def _record_fields(id_pattern: str, categories: list[str], actor: str) -> list[Field]:
    """Fields that seizures and incidents have in common, in their order."""
    return [
        _field(
            "id",
            "string",
            "Stable id: kind, date, place",
            required=True,
            unique=True,
            pattern=id_pattern,
        ),
        _field(
            "date",
            "string",
            "As precise as the source: YYYY-MM-DD, YYYY-MM or YYYY",
            required=True,
            pattern=DATE_PATTERN,
        ),
        _field("place", "string", "Where it happened; empty if no source names a place"),
        _field("district", "string", "District, if known"),
        _field(
            "province",
            "string",
            "Province under today's name; former FATA is Khyber Pakhtunkhwa",
        ),
        _field("country", "string", "ISO 3166-1 alpha-3", required=True, enum=COUNTRIES),
        _field("lat", "number", "Degrees north, WGS84", required=True, minimum=15, maximum=50),
        _field("lon", "number", "Degrees east, WGS84", required=True, minimum=44, maximum=90),
        _field(
            "precision",
            "string",
            "What lat and lon stand for: site (about 1 km), town (about 5 km), "
            "district (about 20 km, a centre), province (the whole province, a centre)",
            required=True,
            enum=PRECISIONS,
        ),
        _field(
            "group",
            "string",
            "Armed group the record is about, as the source names it; Unattributed if none",
            required=True,
        ),
        _field("role", "string", "What the group did; empty if it does not apply", enum=ROLES),
        _field(
            "attribution",
            "string",
            "Who ties the group to it: claimed by it, attributed by officials or the source, "
            "suspected by a source; empty if no group is named",
            enum=ATTRIBUTIONS,
        ),
        _field("actor", "string", actor),
        _field("category", "string", "Kind of event", required=True, enum=categories),
        _field(
            "direction",
            "string",
            "From country > to country, if stated",
            pattern=DIRECTION_PATTERN,
        ),
    ]


def _summary() -> Field:
    return _field("summary", "string", "One sentence restating the source", required=True)


def seizures() -> Schema:
    """Return the schema of ``records/seizures.csv``."""
    fields = _record_fields(SEIZURE_ID_PATTERN, SEIZURE_CATEGORIES, "Force that seized")
    fields += [_field("conveyance", "string", "How the goods were hidden or carried"), _summary()]
    return {"fields": fields, "primaryKey": ["id"]}


def incidents() -> Schema:
    """Return the schema of ``records/incidents.csv``."""
    toll = "in one report, the latest found; empty if not stated"
    fields = _record_fields(
        INCIDENT_ID_PATTERN, INCIDENT_CATEGORIES, "State forces that acted, separated by ;"
    )
    fields += [
        _field("killed", "integer", f"People killed {toll}", minimum=0),
        _field("injured", "integer", f"People injured {toll}", minimum=0),
        _summary(),
    ]
    return {"fields": fields, "primaryKey": ["id"]}


def seizure_items() -> Schema:
    """Return the schema of ``records/seizure_items.csv``: items belong to seizures only."""
    fields = [
        _field("record_id", "string", "Seizure", required=True, pattern=SEIZURE_ID_PATTERN),
        _field("item", "string", "Item, a name in items.csv", required=True),
        _field("quantity", "number", "How much, in unit; empty if not stated", minimum=0),
        _field(
            "unit",
            "string",
            "Unit; m is metres; usd, eur, sar are ISO 4217 currencies. Never add across units",
            required=True,
            enum=UNITS,
        ),
        _field("approx", "string", "floor: at least; about: roughly; empty: as given", enum=APPROX),
    ]
    keys = [
        {"fields": ["record_id"], "reference": {"resource": "seizures", "fields": ["id"]}},
        {"fields": ["item"], "reference": {"resource": "items", "fields": ["item"]}},
    ]
    return {"fields": fields, "foreignKeys": keys}


def items() -> Schema:
    """Return the schema of ``records/items.csv``, the vocabulary of items."""
    fields = [
        _field("item", "string", "Name used in seizure_items.csv", required=True, unique=True),
        _field("class", "string", "Class of goods", required=True, enum=ITEM_CLASSES),
    ]
    return {"fields": fields, "primaryKey": ["item"]}


def sources() -> Schema:
    """Return the schema of ``records/sources.csv``.

    ``record_id`` points into two files, which a foreign key cannot say: the
    tests check it.
    """
    fields = [
        _field(
            "record_id",
            "string",
            "Seizure or incident (in either file, so not a foreign key; checked by the tests)",
            required=True,
            pattern=RECORD_ID_PATTERN,
        ),
        _field("rank", "integer", "1 is the main source", required=True, minimum=1),
        _field("name", "string", "Publisher, or the site's host", required=True),
        _field("url", "string", "Link", required=True, pattern=LINK_PATTERN),
        _field(
            "date",
            "string",
            "Date of the report, as precise as known; empty if not known",
            pattern=DATE_PATTERN,
        ),
    ]
    return {"fields": fields, "primaryKey": ["record_id", "rank"]}


def left_out() -> Schema:
    """Return the schema of ``records/left_out.csv``."""
    fields = [
        _field(
            "file",
            "string",
            "Table of the research that held the row",
            required=True,
            enum=["seizures", "incidents", "seizure_items"],
        ),
        _field("id", "string", "Its id", required=True, pattern=RECORD_ID_PATTERN),
        _field("reason", "string", "Why it is not here", required=True),
    ]
    return {"fields": fields}


def events() -> Schema:
    """Return the schema of ``records/events.csv``."""
    fields = [
        _field("id", "string", "Unique id", required=True, unique=True),
        _field("name", "string", "What charts call it", required=True),
        _field("start", "date", "Its day, or its first", required=True),
        _field("end", "date", "Its last day; of a single day, the same", required=True),
        _field("note", "string", "What happened", required=True),
        _field("source_name", "string", "Publisher", required=True),
        _field("source_url", "string", "Link", required=True, pattern=LINK_PATTERN),
    ]
    return {"fields": fields, "primaryKey": "id"}


def gazetteer() -> Schema:
    """Return the schema of ``geometry/gazetteer.csv``."""
    fields = [
        _field("geonameid", "integer", "GeoNames id", required=True, unique=True),
        _field("name", "string", "Name in Latin script", required=True),
        _field("alt_names", "string", "Other names (Latin, Persian, Urdu), separated by |"),
        _field("country", "string", "ISO 3166-1 alpha-3", required=True, enum=COUNTRIES),
        _field("adm1", "string", "Province by position; empty where no provinces are held"),
        _field("lat", "number", "Degrees north, WGS84", required=True, minimum=23, maximum=42),
        _field("lon", "number", "Degrees east, WGS84", required=True, minimum=58, maximum=78),
        _field("population", "integer", "Inhabitants by GeoNames", required=True, minimum=0),
        _field(
            "min_zoom",
            "integer",
            "Web map zoom from which the label may show",
            required=True,
            minimum=4,
            maximum=12,
        ),
    ]
    return {"fields": fields, "primaryKey": ["geonameid"]}


def places() -> Schema:
    """Return the schema of ``geometry/places.csv``."""
    pattern = r"(geonames:[0-9]+|town:[a-z]+-[a-z]+|district:([0-9]+|[a-z]+-[a-z]+))"
    precision = "What lat and lon stand for; province: the district's own point is not known"
    kinds, precisions = ["town", "district"], ["town", "district", "province"]
    fields = [
        _field("id", "string", "Unique id", required=True, unique=True, pattern=pattern),
        _field("name", "string", "Name in Latin script", required=True),
        _field("alt_names", "string", "Other spellings (Latin, Arabic, Cyrillic), separated by |"),
        _field("kind", "string", "What it is", required=True, enum=kinds),
        _field("country", "string", "ISO 3166-1 alpha-3", required=True, enum=COUNTRIES),
        _field("province", "string", "Province today; empty where no provinces are held"),
        _field("district", "string", "Id of a town's district; empty if not known"),
        _field("lat", "number", "Degrees north, WGS84", required=True, minimum=15, maximum=50),
        _field("lon", "number", "Degrees east, WGS84", required=True, minimum=44, maximum=97),
        _field("precision", "string", precision, required=True, enum=precisions),
        _field("population", "integer", "Inhabitants by GeoNames; 0: not known", minimum=0),
        _field("source", "string", "GeoNames, or the id of a record", required=True),
    ]
    return {"fields": fields, "primaryKey": ["id"]}
