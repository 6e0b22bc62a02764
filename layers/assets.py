"""The page's scripts, styles and data files, as text for whoever serves or inlines them."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from layers.data import DrawOptions
from layers.ground import draw_areas
from layers.popup import record_cards
from layers.registry import LAYERS
from layers.style import css_variables

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.seeds import Seeds

SCRIPTS: Final = (
    *("dom", "signs", "popup", "layers", "records", "routes"),
    *("linelabels", "labels", "legend", "tiles", "place", "atlas"),
)
"""Our scripts in the order the page needs them."""

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


def page_files() -> dict[str, str]:
    """Give Leaflet and the map's own script and style, by file name.

    Returns
    -------
    dict
        ``leaflet.js``, ``leaflet.css``, ``khyber.js``, ``khyber.css``.
    """
    leaflet = files("js_lib_leaflet") / "static" / "js_lib_leaflet"
    own = files("layers") / "js"
    scripts = [(own / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    # The map of the script's source is not served: its mention would be a dead link.
    leaflet_js = re.sub(r"//# sourceMappingURL=.*", "", (leaflet / "leaflet.js").read_text("utf-8"))
    return {
        "leaflet.js": leaflet_js,
        "leaflet.css": (leaflet / "leaflet.css").read_text("utf-8"),
        "khyber.js": "\n".join(scripts),
        "khyber.css": css_variables() + (own / "khyber.css").read_text("utf-8"),
    }


def data_files(seeds: Seeds, joined: gpd.GeoDataFrame) -> dict[str, str]:
    """Give the data that no filter changes, by file name.

    Parameters
    ----------
    seeds
        The built-in data.
    joined
        All records that the map may show, joined: their popups are one file.

    Returns
    -------
    dict
        ``<layer id>.json`` for each layer that is not of records,
        ``areas.json`` and ``cards.json``.
    """
    drawn = {
        f"{layer.id}.json": layer.draw(seeds, None, DrawOptions()).as_geojson(name=layer.id)
        for layer in LAYERS
        if not layer.of_records
    }
    named = {
        **drawn,
        "areas.json": draw_areas(seeds),
        "cards.json": record_cards(joined, seeds),
    }
    return {name: plain_json(value) for name, value in named.items()}


def version_of(texts: dict[str, str]) -> str:
    """Name the state of some files: a short checksum to put into their address."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(name.encode())
        digest.update(texts[name].encode())
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
