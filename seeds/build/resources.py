"""Every file of the seeds: what it is, from where, under which licence.

One entry a file. A new seed is a new entry here; ``package.py`` adds what it
can measure (checksum, bytes, rows or features).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from seeds.build import schemas


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One file: path under ``seeds/``, words about it, keys from ``origins.py``.

    ``fields`` holds ``(name, type, description)`` of a GeoJSON file's
    properties; ``schema`` the Table Schema of a CSV file.
    """

    path: str
    title: str
    description: str
    sources: tuple[str, ...]
    license: str
    fields: tuple[tuple[str, str, str], ...] = ()
    schema: dict[str, Any] | None = None


_NAME = ("name", "string", "Name in English")
_NOTE = ("note", "string", "What to know about it")
_LABEL = (
    ("label_lon", "number", "Where to put the label, degrees east"),
    ("label_lat", "number", "Where to put the label, degrees north"),
)
_LINKS = (
    ("source_url", "string", "Main source"),
    ("other_urls", "array", "Further sources"),
)
_COUNTRY = (
    ("iso3", "string", "ISO 3166-1 alpha-3"),
    _NAME,
    ("role", "string", "afghanistan, neighbour or other"),
    *_LABEL,
)
_BORDER = (
    ("iso3", "string", "Neighbour, ISO 3166-1 alpha-3"),
    ("neighbour", "string", "Neighbour's name"),
    ("name", "string", "Name of the line"),
    ("length_km", "number", "Geodesic length on WGS84"),
    ("published_km", "number", "Published length"),
    ("published_source", "string", "Who published it"),
    ("status", "string", "Standing of the line, one sentence"),
    _NOTE,
)
_PROVINCE = (
    ("unit", "string", "Unique id: ISO 3166-2 code, with a suffix for a past unit"),
    ("iso_3166_2", "string", "ISO 3166-2 code"),
    ("country", "string", "ISO 3166-1 alpha-3"),
    ("name", "string", "Name in English, spelled as in the records"),
    ("name_fa", "string", "Name in Persian"),
    ("name_ur", "string", "Name in Urdu"),
    ("area_km2", "number", "Geodesic area on WGS84"),
    ("valid_from", "date", "First day; null: before the period covered"),
    ("valid_to", "date", "Last day; null: still valid"),
    *_LABEL,
    _NOTE,
)

RESOURCES = (
    Resource(
        path="geometry/countries.geojson",
        title="Countries",
        description="Afghanistan, its six neighbours and other land in the frame, for the ground "
        "of the map. Afghanistan's outline is the union of its provinces.",
        sources=("osm", "natural-earth"),
        license="odbl",
        fields=_COUNTRY,
    ),
    Resource(
        path="geometry/countries_light.geojson",
        title="Countries, simplified",
        description="The same countries simplified for small zooms; they still tile.",
        sources=("osm", "natural-earth"),
        license="odbl",
        fields=_COUNTRY,
    ),
    Resource(
        path="geometry/borders.geojson",
        title="Afghanistan's six borders",
        description="One line a neighbour, tri-point to tri-point, about 10 m precise. "
        "Lines shown imply no endorsement.",
        sources=("osm", "factbook"),
        license="odbl",
        fields=_BORDER,
    ),
    Resource(
        path="geometry/borders_light.geojson",
        title="Afghanistan's six borders, simplified",
        description="The same lines simplified to within 300 m, for drawing small.",
        sources=("osm", "factbook"),
        license="odbl",
        fields=_BORDER,
    ),
    Resource(
        path="geometry/disputed.geojson",
        title="Other lines in dispute within the frame",
        description="Lines of control and claim lines, drawn dotted. No endorsement implied.",
        sources=("osm", "natural-earth"),
        license="odbl",
        fields=(_NAME, _NOTE),
    ),
    Resource(
        path="geometry/provinces.geojson",
        title="Provinces",
        description="First-level units of Afghanistan, Pakistan (before and since 31 May 2018), "
        "Iran, Turkmenistan, Uzbekistan and Tajikistan. Inner lines from Natural Earth, "
        "conformed to the national outline.",
        sources=("natural-earth", "osm"),
        license="odbl",
        fields=_PROVINCE,
    ),
    Resource(
        path="geometry/provinces_light.geojson",
        title="Provinces, simplified",
        description="The same units simplified for small zooms; they still tile.",
        sources=("natural-earth", "osm"),
        license="odbl",
        fields=_PROVINCE,
    ),
    Resource(
        path="geometry/wakhan.geojson",
        title="Wakhan Corridor",
        description="Cut from Badakhshan by the rule that the feature states.",
        sources=("natural-earth", "osm"),
        license="odbl",
        fields=(
            _NAME,
            ("length_km", "number", "Length by the rule"),
            ("mean_width_km", "number", "Area over length"),
            ("area_km2", "number", "Geodesic area on WGS84"),
            ("entrance_width_km", "number", "Width where it was cut"),
            ("published_length_km", "number", "Published length"),
            ("published_width_km", "string", "Published width"),
            ("published_source", "string", "Who published them"),
            ("rule", "string", "How it was cut"),
        ),
    ),
    Resource(
        path="geometry/crossings.geojson",
        title="Border crossings and passes",
        description="Points on the border line, Torkham first; each says how it was placed and "
        "how far the published point lay from it.",
        sources=("reports", "osm", "geonames"),
        license="odbl",
        fields=(
            ("id", "string", "Stable id"),
            _NAME,
            ("alt_names", "array", "Other names"),
            ("neighbour", "string", "ISO 3166-1 alpha-3"),
            ("afghan_province", "string", "Province on the Afghan side"),
            ("neighbour_province", "string", "Province on the other side"),
            ("type", "string", "road, rail, bridge, pass or informal"),
            ("status", "string", "Last status found"),
            ("status_date", "string", "When that was, as precise as known; may be empty"),
            ("description", "string", "One sentence"),
            ("precision", "string", "Of the published point: site or approximate"),
            ("placed_by", "string", "By which rule it was set on the line"),
            ("moved_km", "number", "From the published point to this one"),
            ("published_lat", "number", "Published point, degrees north"),
            ("published_lon", "number", "Published point, degrees east"),
            *_LINKS,
        ),
    ),
    Resource(
        path="geometry/routes.geojson",
        title="Overland routes",
        description="Schematic: straight between named waypoints, not surveyed roads.",
        sources=("reports", "osm", "geonames"),
        license="odbl",
        fields=(
            ("id", "string", "Stable id"),
            _NAME,
            (
                "commodities",
                "array",
                "Of arms, opiates, methamphetamine, precursors, people, trade",
            ),
            ("direction", "string", "From country > to country; <> both ways"),
            ("summary", "string", "What the source says"),
            ("waypoints", "array", "Names of the waypoints, in order"),
            ("inferred", "boolean", "Whether the line of the road is inferred, not in the source"),
            ("source_name", "string", "Main source"),
            *_LINKS,
        ),
    ),
    Resource(
        path="geometry/gazetteer.csv",
        title="Gazetteer of towns",
        description="Towns for labels and searches: all that GeoNames has of Afghanistan, larger "
        "or near or named ones elsewhere.",
        sources=("geonames",),
        license="cc-by",
        schema=schemas.gazetteer(),
    ),
    Resource(
        path="geometry/places.csv",
        title="Places by name",
        description="Towns and districts of Afghanistan, its neighbours and Xinjiang with their "
        "spellings in Latin, Arabic and Cyrillic script, by which imports find places. A "
        "district's point is its seat or largest town, else a record's, else its province's "
        "centre: `precision` says which.",
        sources=("geonames", "geonames-districts", "records"),
        license="cc-by",
        schema=schemas.places(),
    ),
    Resource(
        path="records/seizures.csv",
        title="Seizures",
        description="Seizures of arms, ammunition, explosives, optics, drugs, precursors and cash, "
        "2005–2026. Not a census: what was reported and found.",
        sources=("records",),
        license="cc-by",
        schema=schemas.seizures(),
    ),
    Resource(
        path="records/seizure_items.csv",
        title="Items of the seizures",
        description="One row an item of a seizure.",
        sources=("records",),
        license="cc-by",
        schema=schemas.seizure_items(),
    ),
    Resource(
        path="records/items.csv",
        title="Vocabulary of items",
        description="The names used for items, each with its class.",
        sources=("records",),
        license="cc-by",
        schema=schemas.items(),
    ),
    Resource(
        path="records/incidents.csv",
        title="Incidents",
        description="Attacks, operations, strikes, clashes, closures, talks and leaders killed, "
        "2007–2026. Not a census: what was reported and found.",
        sources=("records",),
        license="cc-by",
        schema=schemas.incidents(),
    ),
    Resource(
        path="records/sources.csv",
        title="Sources of the records",
        description="Where each record was read; rank 1 is the main source.",
        sources=("records",),
        license="cc-by",
        schema=schemas.sources(),
    ),
    Resource(
        path="records/left_out.csv",
        title="Rows left out",
        description="Rows of the research that are not records here, each with its reason.",
        sources=("records",),
        license="cc-by",
        schema=schemas.left_out(),
    ),
    Resource(
        path="records/events.csv",
        title="Events that matter",
        description="Days and periods that charts of time mark: what changed for the records.",
        sources=("events",),
        license="cc-by",
        schema=schemas.events(),
    ),
    Resource(
        path="records/background.json",
        title="Background claims",
        description="What the background study says, restated, with the works it cites and the "
        "filters that show it on the map.",
        sources=("background",),
        license="cc-by",
    ),
)
