"""The page's scripts, styles and data files, as text for whoever serves or inlines them."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from layers.columns import record_columns
from layers.details import detail_chunks, record_details
from layers.ground import draw_areas
from layers.payload import encode_columns
from layers.registry import LAYERS
from layers.style import css_variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

    from geo.seeds import Seeds
    from layers.registry import Layer

RECORD_SCRIPTS: Final = (
    *("dom", "columns", "geodesic", "filter", "points", "cells", "clusters", "signlayout"),
    *("stamps", "areas", "surface", "hexagons", "heat", "painter", "recordlayer"),
    *("details", "popup", "signwords", "hits", "tooltip", "stepper", "interact"),
)
"""Scripts of the record layer, which need nothing but Leaflet, in the order of loading."""

MAP_SCRIPTS: Final = (
    *("signs", "layers", "routes", "linelabels", "labels", "legend", "recordlegend"),
    *("reach", "shapes", "drawing", "draw", "playtime", "player", "desk"),
    *("tiles", "place", "records", "twin", "atlas"),
)
"""Scripts of the atlas about it."""

STYLES: Final = ("khyber", "desk", "twin")
"""Style sheets of the map, beside that of the record layer."""

PAGE_SCRIPTS: Final = (
    *("pagestate", "pagewords", "pagerows", "pagesort", "pagetable", "pageyears"),
    *("pagecontrols", "pagesources", "pageprint", "page"),
)
"""Scripts of a page that is a file of its own, about the atlas."""

_UNSAFE: Final = str.maketrans(
    {
        "<": "\\u003c",
        ">": "\\u003e",
        "&": "\\u0026",
        "'": "\\u0027",
        "`": "\\u0060",
        "$": "\\u0024",
    }
)
_TEMPLATE_OPENING: Final = re.compile(r"\{(?=[{%#])")


@dataclass(frozen=True, kw_only=True)
class Assets:
    """Addresses of the page's scripts and styles, in the order of loading."""

    js: tuple[str, ...]
    css: tuple[str, ...]


def plain_json(value: Any) -> str:
    """Write JSON for a file of its own, compact."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def script_json(value: Any) -> str:
    r"""Write JSON that is safe inside a script, a template and a ``<script>`` tag.

    Characters by which text could leave a string (of HTML, of a JavaScript
    template, or of the Jinja templates that folium passes its scripts through)
    are written as ``\uXXXX``. Read as JSON or JavaScript it is the same value.
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    # Outside of strings, JSON has no "{{", "{%" or "{#".
    return _TEMPLATE_OPENING.sub(r"\\u007b", text.translate(_UNSAFE))


def record_script() -> str:
    """Give the script of the record layer: all it needs but Leaflet."""
    return _joined(RECORD_SCRIPTS)


def record_style_sheet() -> str:
    """Give the style sheet of the record layer."""
    return (files("layers") / "js" / "records.css").read_text(encoding="utf-8")


def _joined(names: Iterable[str]) -> str:
    own = files("layers") / "js"
    return "\n".join((own / f"{name}.js").read_text(encoding="utf-8") for name in names)


def page_files() -> dict[str, str]:
    """Give Leaflet and the map's own script and style, by file name.

    Returns
    -------
    dict
        ``leaflet.js``, ``leaflet.css``, ``khyber.js``, ``khyber.css``.
    """
    leaflet = files("js_lib_leaflet") / "static" / "js_lib_leaflet"
    # The map of the script's source is not served: its mention would be a dead link.
    leaflet_js = re.sub(r"//# sourceMappingURL=.*", "", (leaflet / "leaflet.js").read_text("utf-8"))
    own = files("layers") / "js"
    styles = [(own / f"{name}.css").read_text(encoding="utf-8") for name in STYLES]
    return {
        "leaflet.js": leaflet_js,
        "leaflet.css": (leaflet / "leaflet.css").read_text("utf-8"),
        "khyber.js": _joined((*RECORD_SCRIPTS, *MAP_SCRIPTS)),
        "khyber.css": css_variables() + "".join(styles) + record_style_sheet(),
    }


def saved_files() -> dict[str, str]:
    """Give what a page that is a file of its own needs beyond :func:`page_files`.

    Returns
    -------
    dict
        ``page.js``, ``page.css``.
    """
    own = files("layers") / "js"
    styles = [(own / f"{name}.css").read_text(encoding="utf-8") for name in ("page", "pageprint")]
    return {"page.js": _joined(PAGE_SCRIPTS), "page.css": "".join(styles)}


def data_files(seeds: Seeds, joined: gpd.GeoDataFrame) -> dict[str, str | bytes]:
    """Give the data that no filter changes, by file name.

    Parameters
    ----------
    seeds
        The built-in data.
    joined
        All records that the map may show, joined.

    Returns
    -------
    dict
        ``<layer id>.json`` for each layer that is drawn here, ``areas.json``;
        for each layer of records ``<layer id>.bin``, its columns, and
        ``<layer id>-details-<n>.json``, its popups.
    """
    named: dict[str, str | bytes] = {"areas.json": plain_json(draw_areas(seeds))}
    for layer in LAYERS:
        if layer.draw is not None:
            named[f"{layer.id}.json"] = plain_json(layer.draw(seeds).as_geojson(name=layer.id))
            continue
        named |= record_files(layer, seeds, joined)
    return named


def record_files(layer: Layer, seeds: Seeds, joined: gpd.GeoDataFrame) -> dict[str, str | bytes]:
    """Give the data of one layer of records, by file name: its columns and its popups."""
    records = joined[layer.of(joined)]
    named: dict[str, str | bytes] = {
        f"{layer.id}.bin": encode_columns(record_columns(records, seeds.items))
    }
    for number, chunk in enumerate(detail_chunks(record_details(records, seeds))):
        named[f"{layer.id}-details-{number}.json"] = plain_json(chunk)
    return named


def version_of(contents: Mapping[str, str | bytes]) -> str:
    """Name the state of some files: a short checksum to put into their address."""
    digest = hashlib.sha256()
    for name in sorted(contents):
        content = contents[name]
        digest.update(name.encode())
        digest.update(content.encode() if isinstance(content, str) else content)
    return digest.hexdigest()[:16]


def assets_at(base: str) -> Assets:
    """Give the addresses of the page's files under a folder's address.

    Parameters
    ----------
    base
        Such as ``/app/static/<version>``, without a slash at the end.
    """
    return Assets(
        js=(f"{base}/leaflet.js", f"{base}/khyber.js"),
        css=(f"{base}/leaflet.css", f"{base}/khyber.css"),
    )
