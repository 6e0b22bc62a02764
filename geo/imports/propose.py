"""A mapping proposed for a table of unknown layout, by the names of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process

from geo.imports.mapping import Mapping, Rule, Sides, fold_name
from geo.imports.table import LAT_COLUMN, LON_COLUMN

_SPELLINGS: Final[dict[str, tuple[str, ...]]] = {
    "lat": (fold_name(LAT_COLUMN), "latitude", "lat", "latdd", "y", "ycoord", "gpslat", "breite"),
    "lon": (
        *(fold_name(LON_COLUMN), "longitude", "lon", "long", "lng", "x", "xcoord"),
        *("gpslon", "gpslong", "lange", "länge"),
    ),
    "id": ("id", "recordid", "eventid", "caseid", "ref", "reference", "no", "nr", "number", "uid"),
    "date": (
        *("date", "eventdate", "dateofseizure", "seizuredate", "incidentdate", "datestart"),
        *("startdate", "day", "datum", "تاریخ", "dateofincident", "occurredon", "when"),
    ),
    "date_end": ("dateend", "enddate", "dateto", "until"),
    "date_precision": ("dateprecision", "timeprecision", "dateprec"),
    "year": ("year", "iyear", "jahr", "سال"),
    "month": ("month", "imonth", "monat"),
    "place": (
        *("place", "location", "placename", "town", "city", "village", "site", "locality", "ort"),
        *("where", "settlement", "crossing", "borderpoint", "محل", "مقام", "placeofseizure"),
    ),
    "district": ("district", "admin2", "adm2", "tehsil", "ولسوالی", "ضلع", "county"),
    "province": ("province", "admin1", "adm1", "provstate", "state", "region", "ولایت", "صوبہ"),
    "country": ("country", "countryname", "countrycode", "iso", "iso3", "admin0", "adm0", "کشور"),
    "precision": ("precision", "geoprecision", "locationprecision", "accuracy", "geoprec"),
    "kind": ("kind", "recordtype", "typeofrecord"),
    "group": ("group", "armedgroup", "perpetrator", "organisation", "organization", "گروه"),
    "role": ("role", "grouprole"),
    "attribution": ("attribution", "claim", "responsibility"),
    "actor": ("actor", "force", "agency", "seizedby", "authority", "unit of", "by"),
    "category": ("category", "type", "eventtype", "incidenttype", "commodity", "class", "نوع"),
    "direction": ("direction", "flow"),
    "conveyance": ("conveyance", "transport", "vehicle", "modeoftransport", "mode"),
    "killed": ("killed", "fatalities", "deaths", "dead", "kia", "nkill", "best", "کشته"),
    "injured": ("injured", "wounded", "nwound", "wia", "زخمی"),
    "summary": ("summary", "notes", "description", "details", "remarks", "narrative", "text"),
    "source_name": ("sourcename", "source", "publisher", "reportedby", "منبع"),
    "source_url": ("sourceurl", "url", "link", "sourcelink", "weblink", "href"),
    "source_date": ("sourcedate", "published", "datepublished", "reportdate"),
    "other_urls": ("otherurls", "furtherlinks", "morelinks"),
    "item": ("item", "goods", "weapon", "weapontype", "drug", "drugtype", "seized", "product"),
    "quantity": ("quantity", "amount", "qty", "weight", "quantitykg", "kg", "count", "مقدار"),
    "unit": ("unit", "units", "measure", "uom", "واحد"),
}
_LIKE: Final = 88
_SEIZURE_SIGNS: Final = ("item", "quantity", "conveyance")


def propose_mapping(columns: Sequence[str]) -> Mapping:
    """Propose which columns give which fields.

    Parameters
    ----------
    columns
        Headings of a table.

    Returns
    -------
    Mapping
        Each column gives one field at most. Nothing is said of columns whose
        names tell nothing: people choose.
    """
    free = {fold_name(column): column for column in reversed(columns)}
    fields: dict[str, tuple[Rule, ...]] = {}
    for field, spellings in _SPELLINGS.items():
        known = [fold_name(each) for each in spellings if fold_name(each) in free]
        # A feature without a geometry may still have its coordinates in columns.
        wanted = known if field in ("lat", "lon") else known[:1]
        if wanted:
            fields[field] = (Rule(columns=tuple(free.pop(each) for each in wanted)),)
    for field, spellings in _SPELLINGS.items():
        if field in fields or not free:
            continue
        likely = [spelling for spelling in spellings if len(spelling) > 4]
        for spelling in likely:
            match = process.extractOne(spelling, free, scorer=fuzz.ratio, score_cutoff=_LIKE)
            # Of a dict it matches the values: the headings as they stand.
            if match:
                fields[field] = (Rule(columns=(free.pop(match[2]),)),)
                break
    if "date" in fields:
        fields.pop("year", None)
        fields.pop("month", None)
    seized = any(name in fields for name in _SEIZURE_SIGNS)
    return Mapping(
        kind="" if "kind" in fields else "seizure" if seized else "incident",
        fields=fields,
        sides=_sides(fields),
    )


def _sides(fields: dict[str, tuple[Rule, ...]]) -> Sides | None:
    """Let the group's name be settled by the vocabulary, where there is one column of it."""
    return Sides(a=fields["group"][0].columns) if "group" in fields else None
