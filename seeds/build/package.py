"""The Data Package: ``seeds/datapackage.json``, measured from the files.

The list of files in ``seeds/README.md`` is written along with it.

The same files give the same bytes: the only dates are the stated ones.
"""

from __future__ import annotations

import csv
import hashlib
import json
import warnings
from pathlib import Path
from typing import Any

from seeds.build import readme
from seeds.build.geojson import write_text
from seeds.build.origins import LICENSES, RETRIEVED, SOURCES, WGS84
from seeds.build.resources import RESOURCES, Resource

SEEDS = Path(__file__).resolve().parents[1]
NAME = "datapackage.json"
FOLDERS = ("geometry", "records")

MEDIA_TYPES = {
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "json": "application/json",
}

Descriptor = dict[str, Any]


def build() -> None:
    """Write ``datapackage.json``, and the README's list, for the files that are there.

    A listed file that is missing is left out with a warning.

    Raises
    ------
    ValueError
        If a file is not listed in ``resources.py``, or a GeoJSON file's
        properties differ from the listed fields.
    """
    _check_all_listed()
    resources = []
    for resource in RESOURCES:
        if (SEEDS / resource.path).exists():
            resources.append(describe(resource))
        else:
            warnings.warn(f"{resource.path} is missing: run its recipe first", stacklevel=2)
    package = {
        "profile": "data-package",
        "name": "khyber-atlas-seeds",
        "title": "Khyber Atlas seeds",
        "description": "Borders, provinces, crossings and routes of Afghanistan and its "
        "neighbours; seizures and incidents from published reports, 2005–2026.",
        "version": "1.0.0",
        "licenses": [LICENSES["odbl"], LICENSES["cc-by"]],
        "resources": resources,
    }
    readme.write_files(package)
    write_text(SEEDS / NAME, json.dumps(package, ensure_ascii=False, indent=1) + "\n")


def describe(resource: Resource) -> Descriptor:
    """Return the descriptor of one file, with checksum, size and row count."""
    path = SEEDS / resource.path
    data = path.read_bytes()
    suffix = path.suffix.removeprefix(".")
    descriptor: Descriptor = {
        "name": path.stem.replace("_", "-"),
        "path": resource.path,
        "title": resource.title,
        "description": resource.description,
        "format": suffix,
        "mediatype": MEDIA_TYPES[suffix],
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "sources": [SOURCES[key] for key in resource.sources],
        "licenses": [LICENSES[resource.license]],
        "retrieved": RETRIEVED,
    }
    return descriptor | _describe_content(resource, data.decode("utf-8"))


def _describe_content(resource: Resource, text: str) -> Descriptor:
    """Count rows, features or claims, and give CRS and schema."""
    if resource.path.endswith(".geojson"):
        features = json.loads(text)["features"]
        names = [name for name, _, _ in resource.fields]
        for number, feature in enumerate(features, start=1):
            found = list(feature["properties"])
            if sorted(found) != sorted(names):
                msg = (
                    f"{resource.path}: feature {number}: properties must be "
                    f"{', '.join(names)}; got {', '.join(found)}"
                )
                raise ValueError(msg)
        fields = [{"name": n, "type": t, "description": d} for n, t, d in resource.fields]
        return {"features": len(features), "crs": WGS84, "schema": {"fields": fields}}
    if resource.schema is not None:
        rows = sum(1 for _ in csv.DictReader(text.splitlines(keepends=True)))
        located = any(field["name"] == "lat" for field in resource.schema["fields"])
        crs = {"crs": WGS84} if located else {}
        return {
            "profile": "tabular-data-resource",
            "rows": rows,
            **crs,
            "schema": resource.schema,
        }
    return {"claims": len(json.loads(text)["claims"])}


def _check_all_listed() -> None:
    listed = {resource.path for resource in RESOURCES}
    present = {
        path.relative_to(SEEDS).as_posix()
        for folder in FOLDERS
        for path in (SEEDS / folder).iterdir()
        if path.is_file() and not path.name.startswith(".")
    }
    unlisted = sorted(present - listed)
    if unlisted:
        msg = f"not listed in resources.py: {', '.join(unlisted)}: add an entry or remove the file"
        raise ValueError(msg)
