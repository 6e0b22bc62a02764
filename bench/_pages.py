"""Saved pages that show the same records in several ways, for `bench.record_files`."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from importlib.resources import files as resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import folium
from branca.element import Element, Figure
from folium.plugins import FastMarkerCluster, MarkerCluster

from bench.made import GROUPS
from layers.assets import page_files
from layers.columns import record_columns
from layers.data import DrawOptions
from layers.details import detail_chunks, record_details
from layers.ground import draw_areas
from layers.payload import encode_columns
from layers.recordlayer import RecordLayer
from layers.recordstyle import record_style

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.seeds import Seeds

KINDS: Final = ("incident", "seizure")
MIDDLE: Final = (33.9, 67.5)
ZOOM: Final = 6
"""At which all records are in view."""

MAX_ZOOM: Final = 14

FIELDS: Final = ("id", "date", "group", "category", "place")
"""What the popups of the plain sides say; the date is what they filter by."""

CLUSTER_PACKAGE: Final = "XStatic-Leaflet-MarkerCluster"
CLUSTER_JS: Final = "leaflet.markercluster.js"
CLUSTER_CSS: Final = ("MarkerCluster.css", "MarkerCluster.Default.css")

JQUERY: Final = (
    "window.$ = (html) =>"
    " [document.createRange().createContextualFragment(html.trim()).firstElementChild];"
)
"""All that folium's popups ask of jQuery, and quicker than jQuery itself."""


@dataclass(frozen=True, kw_only=True)
class Data:
    """Joined records, the items seized, and the frame that both are for."""

    records: gpd.GeoDataFrame
    items: pd.DataFrame
    seeds: Seeds


@dataclass(frozen=True, kw_only=True)
class Built:
    """A page and how to drive it.

    Attributes
    ----------
    page
        The map to save.
    is_there, keep, count
        Scripts of the page: whether the first picture is drawn; a function of a
        year that leaves the records dated from then on; how many are left.
    payload_bytes
        Of the records alone, where they can be served apart.
    """

    page: folium.Map
    is_there: str
    keep: str
    count: str
    payload_bytes: int = 0


def empty_map() -> folium.Map:
    """Give a map that finds Leaflet beside itself and shows nothing yet."""
    # On a canvas: for many shapes it is the fastest that Leaflet has by itself.
    page = folium.Map(location=MIDDLE, zoom_start=ZOOM, tiles=None, prefer_canvas=True)
    page.options["maxZoom"] = MAX_ZOOM
    page.default_js = [("leaflet", "leaflet.js")]
    page.default_css = [("leaflet_css", "leaflet.css")]
    return page


def lay_out(folder: Path) -> None:
    """Put into a folder what the pages ask for beside themselves."""
    texts = page_files()
    for name in ("leaflet.js", "leaflet.css"):
        (folder / name).write_text(texts[name], encoding="utf-8")
    images = folder / "images"
    images.mkdir()
    for image in (resources("js_lib_leaflet") / "static" / "js_lib_leaflet" / "images").iterdir():
        (images / image.name).write_bytes(image.read_bytes())
    for path in cluster_files():
        (folder / path.name).write_bytes(path.read_bytes())


def cluster_files() -> list[Path]:
    """Find the files of the marker cluster plugin; none where its package is missing."""
    try:
        held = files(CLUSTER_PACKAGE) or []
    except PackageNotFoundError:
        return []
    return [Path(str(each.locate())) for each in held if each.name in {CLUSTER_JS, *CLUSTER_CSS}]


def payloads(data: Data) -> dict[str, bytes]:
    """Encode the columns of each kind: what a server has to do, once for all visitors."""
    return {
        kind: encode_columns(record_columns(_of_kind(data, kind), data.items)) for kind in KINDS
    }


def made_up_style(kind: str) -> dict[str, Any]:
    """Give the atlas's own style with a colour for each made-up group."""
    style = record_style(kind, DrawOptions())
    for number, group in enumerate(GROUPS):
        style["colour"]["classes"][number]["members"].append(group)
    return style


def build_ours(data: Data, *, with_details: bool = False) -> Built:
    """Two record layers, as the atlas has them: incidents and seizures."""
    page = empty_map()
    sent = payloads(data)
    areas = draw_areas(data.seeds)
    for kind in KINDS:
        details = None
        if with_details:
            details = detail_chunks(record_details(_of_kind(data, kind), data.seeds))
        RecordLayer(
            sent[kind], style=made_up_style(kind), name=kind, details=details, areas=areas
        ).add_to(page)
    name = page.get_name()
    both = f"{list(KINDS)}.map((kind) => khyber.recordsOf({name}, kind))"
    return Built(
        page=page,
        is_there=f"window.{name} && {name}.kaPainter && ({name}.kaPainter.shown || []).length === 2"
        f" && {name}.kaPainter.signs.length > 0",
        keep="(year) => { const day = Date.UTC(year, 0, 1) / 86400000;"
        f" {both}.forEach((layer) => layer.setFilter({{from: day}})); }}",
        count=f"() => {both}.reduce((sum, {{mask}}) => sum + mask.reduce((a, b) => a + b, 0), 0)",
        payload_bytes=sum(map(len, sent.values())),
    )


def build_geojson(data: Data) -> Built:
    """One GeoJson with a popup; a filter makes what does not match invisible.

    That is the fastest plain way found: to take the shapes off the map one by one,
    or to clear the layer and add the matching data anew, takes two to four times as long.
    """
    page = empty_map()
    layer = folium.GeoJson(
        data.records[[*FIELDS, "geometry"]],
        marker=folium.CircleMarker(radius=4, weight=1, fill=True, fill_opacity=0.6),
        popup=folium.GeoJsonPopup(fields=list(FIELDS)),
    ).add_to(page)
    name, shapes = page.get_name(), layer.get_name()
    return Built(
        page=page,
        is_there=f"window.{shapes} && {name}._loaded && {shapes}.getLayers().length > 0",
        keep=f"(year) => {shapes}.eachLayer((shape) => {{"
        " const on = shape.feature.properties.date >= String(year);"
        " shape.setStyle({stroke: on, fill: on, interactive: on}); })",
        count=f"() => {shapes}.getLayers().filter((shape) => shape.options.fill).length",
    )


def build_fast_cluster(data: Data) -> Built:
    """FastMarkerCluster, without popups; a filter tells it which to add and to remove."""
    page = empty_map()
    rows = data.records[["lat", "lon", "date"]].to_numpy().tolist()
    callback = (
        "function (row) { const marker = L.marker([row[0], row[1]]);"
        " marker.date = row[2]; return marker; }"
    )
    layer = FastMarkerCluster(rows, callback=callback).add_to(page)  # type: ignore[no-untyped-call]
    _bring_plugin(layer)
    return _clustered(page, layer, "each.date")


def build_marker_cluster(data: Data) -> Built:
    """MarkerCluster of a Marker a record, each with its popup."""
    page = empty_map()
    figure = page.get_root()
    assert isinstance(figure, Figure)
    figure.header.add_child(Element(f"<script>{JQUERY}</script>"))
    layer = MarkerCluster().add_to(page)  # type: ignore[no-untyped-call]
    _bring_plugin(layer)
    records = data.records
    for lat, lon, date, group in zip(
        *(records[name].tolist() for name in ("lat", "lon", "date", "group")), strict=True
    ):
        # The popup's text is made up here; record text would have to be escaped.
        marker = folium.Marker((lat, lon), popup=f"{date}: {group}", title=date)
        marker.add_to(layer)
    return _clustered(page, layer, "each.options.title")


def _clustered(page: folium.Map, layer: Any, date: str) -> Built:
    name, cluster = page.get_name(), layer.get_name()
    return Built(
        page=page,
        is_there=f"window.{cluster} && {name}.hasLayer({cluster})"
        " && document.querySelector('.marker-cluster, .leaflet-marker-icon') !== null",
        # Only what changes, all at once: half the time of clearing and adding anew.
        keep=f"(year) => {{ const cluster = {cluster};"
        " window.every = window.every || cluster.getLayers().map((each) => [each, true]);"
        " const turned = every.filter((one) => { const each = one[0];"
        f" return one[1] !== ({date} >= String(year)); }});"
        " turned.forEach((one) => { one[1] = !one[1]; });"
        " const now = (on) => turned.filter((one) => one[1] === on).map((one) => one[0]);"
        " cluster.removeLayers(now(false)); cluster.addLayers(now(true)); }",
        count=f"() => {cluster}.getLayers().length",
    )


def _bring_plugin(layer: Any) -> None:
    # On the instance: by default folium asks a content network for the plugin.
    layer.default_js = [("markercluster", CLUSTER_JS)]
    layer.default_css = [(name, name) for name in CLUSTER_CSS]


def _of_kind(data: Data, kind: str) -> gpd.GeoDataFrame:
    return data.records[data.records["kind"] == kind]
