"""GeoJSON: one feature a record, one feature a line."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.fields import ITEM_COLUMNS, SOURCE_TABLE_COLUMNS
from geo.formats.dataset import COLUMNS, Dataset, nested, plain_rows, restore, unnested

if TYPE_CHECKING:
    from collections.abc import Callable


def write(path: Path, dataset: Dataset, progress: Callable[[float], None]) -> None:
    """Write GeoJSON by RFC 7946, with what the file says of itself as further members.

    Parameters
    ----------
    path, dataset, progress
        See :func:`geo.formats.write_data`. Items and sources are lists in a
        feature's properties; a record without a place has no geometry.
    """
    items, sources = nested(dataset.items), nested(dataset.sources)
    head = json.dumps({"type": "FeatureCollection"} | _about(dataset), ensure_ascii=False)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{head[:-1]}, "features": [')
        done, between = 0, "\n"
        for rows in plain_rows(pd.DataFrame(dataset.records[list(COLUMNS)])):
            for row in rows:
                properties = dict(zip(COLUMNS, row, strict=True))
                key = properties["id"]
                properties |= {"items": items.get(key, []), "sources": sources.get(key, [])}
                file.write(between + json.dumps(_feature(properties), ensure_ascii=False))
                between = ",\n"
            done += len(rows)
            progress(done / len(dataset.records))
        file.write("\n]}\n")


def _feature(properties: dict[str, Any]) -> dict[str, Any]:
    place = [properties["lon"], properties["lat"]]
    geometry = None if None in place else {"type": "Point", "coordinates": place}
    return {
        "type": "Feature",
        "id": properties["id"],
        "properties": properties,
        "geometry": geometry,
    }


def _about(dataset: Dataset) -> dict[str, Any]:
    about = dataset.about
    if about is None:
        return {}
    manifest = {"manifest": json.loads(about.manifest)} if about.manifest else {}
    return manifest | {
        "title": about.title,
        "about": dict(about.lines()[1:]),
        "licence": about.licence,
        "fields": [asdict(field) for field in about.fields],
    }


def read(path: Path) -> Dataset:
    """Read what :func:`write` wrote."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    rows = [feature["properties"] for feature in features]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    items, sources = (
        unnested(table["id"], [row[name] for row in rows], columns)
        for name, columns in (("items", ITEM_COLUMNS), ("sources", SOURCE_TABLE_COLUMNS))
    )
    return restore(table, items, sources)


def read_manifest(path: Path) -> str | None:
    """Take the manifest's text out of the members; ``None``: there is none."""
    content = json.loads(path.read_text(encoding="utf-8"))
    manifest = content.get("manifest") if isinstance(content, dict) else None
    return json.dumps(manifest) if manifest else None
