"""What the page holds: its view, and blocks of packed data."""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.phrases import ROLE_WORDS
from layers.assets import plain_json
from layers.columns import record_columns
from layers.details import CHUNK_ROWS, detail_chunks, record_details
from layers.ground import draw_areas
from layers.page_sources import source_table
from layers.payload import Column, encode_columns
from layers.registry import LAYER_GROUPS, Layer, known_layers
from layers.style import GROUPS, OTHER_GROUPS
from layers.view import layer_head
from layers.webmap import CENTRE, MAP_OPTIONS, ZOOM

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from layers.snapshot import Snapshot

_BEST = 9


def page_view(snapshot: Snapshot) -> dict[str, Any]:
    """Describe the page to its scripts: a view of all layers, and what the controls need."""
    return {
        "layers": [_entry(layer, snapshot) for layer in known_layers(snapshot.seeds)],
        "areas": {"block": "data-areas"},
        "as": snapshot.options.show_as,
        "tiles": None,
        "focus": None,
        "extent": _corners(snapshot),
        "map": _leaflet_options(),
        "headings": list(LAYER_GROUPS),
        "years": _years(snapshot.selection.records),
        "groups": [
            {"name": each.name, "colour": each.colour, "members": list(each.members)}
            for each in GROUPS
        ],
        "other_group": GROUPS.index(OTHER_GROUPS),
        "countries": snapshot.seeds.country_names,
        "roles": ROLE_WORDS,
        "total": snapshot.selection.total,
    }


def early_blocks(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Give what the first picture needs: geometry and the records' columns."""
    seeds = snapshot.seeds
    for layer in known_layers(seeds):
        if layer.draw is None:
            records = _records_of(layer, snapshot)
            columns = [*record_columns(records, snapshot.items), *_table_columns(records)]
            # Already packed.
            yield f"data-columns-{layer.id}", _base64(encode_columns(_once(columns)))
        else:
            yield f"data-layer-{layer.id}", _packed(layer.draw(seeds).as_geojson(name=layer.id))
    yield "data-areas", _packed(draw_areas(seeds))


def late_blocks(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Give what is read when it is asked for: popups and sources."""
    for layer in known_layers(snapshot.seeds):
        if layer.kind:
            details = record_details(_records_of(layer, snapshot), snapshot.seeds)
            for number, chunk in enumerate(detail_chunks(details)):
                yield f"data-details-{layer.id}-{number}", _packed(chunk)
    frames = [_records_of(layer, snapshot) for layer in known_layers(snapshot.seeds) if layer.kind]
    yield "data-sources", _packed(source_table(frames, snapshot.seeds.sources))


def _entry(layer: Layer, snapshot: Snapshot) -> dict[str, Any]:
    entry = layer_head(layer, snapshot.options) | {
        "version": "1",
        "on": layer.id in snapshot.layer_ids,
    }
    if not layer.kind:
        return entry | {"block": f"data-layer-{layer.id}"}
    return entry | {
        "columns": {"block": f"data-columns-{layer.id}"},
        "details": {"block": f"data-details-{layer.id}-", "size": CHUNK_ROWS},
        "filter": {},
    }


def _records_of(layer: Layer, snapshot: Snapshot) -> gpd.GeoDataFrame:
    records = snapshot.selection.records
    return records[layer.of(records)]


def _table_columns(records: gpd.GeoDataFrame) -> list[Column]:
    """Give what only the table shows, and sorts by."""
    place = records["place"].where(records["place"] != "", records["district"])
    province = records["adm1_reported"].where(records["adm1_reported"] != "", records["province"])
    return [
        Column(name="place", type="text", values=place),
        Column(name="province", type="text", values=province),
        Column(name="killed", type="number", values=_whole(records["killed"])),
        Column(name="injured", type="number", values=_whole(records["injured"])),
    ]


def _whole(values: pd.Series) -> pd.Series:
    return pd.Series(values.to_numpy(dtype=np.float64, na_value=np.nan), index=values.index)


def _once(columns: list[Column]) -> list[Column]:
    """Leave out columns of a name that is there already."""
    return list({each.name: each for each in reversed(columns)}.values())[::-1]


def _corners(snapshot: Snapshot) -> list[list[float]] | None:
    """Write the extent as Leaflet does: south-west and north-east, latitude first."""
    if snapshot.extent is None:
        return None
    west, south, east, north = snapshot.extent
    return [[south, west], [north, east]]


def _years(records: gpd.GeoDataFrame) -> list[int]:
    if records.empty:
        return []
    return [int(records["date_start"].min().year), int(records["date_end"].max().year)]


def _leaflet_options() -> dict[str, Any]:
    def camel(name: str) -> str:
        first, *rest = name.split("_")
        return first + "".join(word.capitalize() for word in rest)

    return {
        "center": CENTRE,
        "zoom": ZOOM,
        **{camel(name): value for name, value in MAP_OPTIONS.items()},
    }


def _packed(value: Any) -> str:
    # Text may hold half a character (a lone surrogate), which no file can.
    text = plain_json(value).encode("utf-8", "replace")
    return _base64(zlib.compress(text, _BEST))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
