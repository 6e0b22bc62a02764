"""The map as one file that opens from disk, with no network at all."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING, Any

from layers.assets import page_files, script_json
from layers.columns import record_columns
from layers.data import DrawOptions
from layers.details import detail_chunks, record_details
from layers.ground import draw_areas
from layers.payload import encode_columns
from layers.recordlayer import columns_source, details_source
from layers.registry import LAYERS, Layer, default_layers
from layers.view import layer_head
from layers.webmap import CENTRE, MAP_OPTIONS, ZOOM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.seeds import Seeds
    from geo.select import Selection

_START = """
var map_div = L.map("map_div", OPTIONS);
khyber.show(map_div, JSON.parse(document.getElementById("view").textContent));
"""


def page_html(
    seeds: Seeds,
    selection: Selection | None,
    layer_ids: Sequence[str] | None = None,
    *,
    options: DrawOptions | None = None,
    title: str = "Khyber Atlas",
) -> str:
    """Write the map as a page.

    Parameters
    ----------
    seeds
        The built-in data.
    selection
        Joined records to show; ``None``: none.
    layer_ids
        Layers that are on; by default those of a first visit.
    options
        How records are drawn.
    title
        The page's title.

    Returns
    -------
    str
        HTML that refers to no other file. Its Content-Security-Policy lets
        only the scripts written here run, by their checksums.
    """
    view = _inline_view(
        seeds, selection, tuple(layer_ids or default_layers()), options or DrawOptions()
    )
    texts = page_files()
    start = _START.replace("OPTIONS", script_json(_leaflet_options()))
    scripts = [texts["leaflet.js"], texts["khyber.js"], start]
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_checksum, scripts))}; "
        "style-src 'unsafe-inline'; img-src data:"
    )
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>{texts['leaflet.css']}</style>",
            f"<style>{texts['khyber.css']}</style>",
            '</head><body><div id="map_div"></div>',
            f'<script type="application/json" id="view">{script_json(view)}</script>',
            *(f"<script>{script}</script>" for script in scripts),
            "</body></html>",
        ]
    )


def _inline_view(
    seeds: Seeds,
    selection: Selection | None,
    layer_ids: tuple[str, ...],
    options: DrawOptions,
) -> dict[str, Any]:
    layers = [
        layer_head(layer, options) | {"version": "1"} | _inline_layer(layer, seeds, selection)
        for layer in LAYERS
        if layer.id in layer_ids
    ]
    of_records = any("columns" in layer for layer in layers)
    return {
        "layers": layers,
        "areas": {"data": draw_areas(seeds) if of_records else {}},
        "as": options.show_as,
        "tiles": None,
        "focus": None,
    }


def _inline_layer(layer: Layer, seeds: Seeds, selection: Selection | None) -> dict[str, Any]:
    if layer.draw is not None:
        return {"data": layer.draw(seeds).as_geojson(name=layer.id)}
    if selection is None:
        return {}
    records = selection.records[selection.records["kind"] == layer.kind]
    columns = encode_columns(record_columns(records, seeds.items))
    details = detail_chunks(record_details(records, seeds))
    return {
        "columns": columns_source(columns),
        "details": details_source(details),
        "filter": {},
    }


def _leaflet_options() -> dict[str, Any]:
    def camel(name: str) -> str:
        first, *rest = name.split("_")
        return first + "".join(word.capitalize() for word in rest)

    return {
        "center": CENTRE,
        "zoom": ZOOM,
        **{camel(name): value for name, value in MAP_OPTIONS.items()},
    }


def _checksum(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
