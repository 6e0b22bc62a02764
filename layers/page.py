"""The map as one file that opens from disk, with no network at all."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING, Any

from layers.assets import page_files, script_json
from layers.data import DrawOptions
from layers.ground import draw_areas
from layers.popup import record_cards
from layers.registry import LAYERS, default_layers
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
        {
            "id": layer.id,
            "name": layer.name,
            "group": layer.group,
            "version": "1",
            "areas": layer.of_records,
            "data": layer.draw(seeds, selection, options).as_geojson(name=layer.id),
        }
        for layer in LAYERS
        if layer.id in layer_ids
    ]
    cards = record_cards(selection.records, seeds) if selection else {}
    areas = draw_areas(seeds)
    if not any(layer["areas"] for layer in layers):
        areas = {}
    return {
        "layers": layers,
        "areas": {"data": areas},
        "cards": {"data": cards},
        "tiles": None,
        "focus": None,
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
