"""A bare page with the record layer's own scripts, for tests of what the page does itself."""

from __future__ import annotations

import base64
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from layers.assets import page_files, record_script, record_style_sheet
from layers.columns import record_columns
from layers.data import DrawOptions
from layers.details import CHUNK_ROWS, detail_chunks, record_details
from layers.payload import encode_columns
from layers.recordstyle import record_style

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from geo.seeds import Seeds
    from geo.select import Selection

MAP: Final = "{zoomSnap: 0.5, fadeAnimation: false, zoomAnimation: false, maxZoom: 14}"


def open_blank(page: Page, body: str = "") -> None:
    """Open a page with Leaflet and the record layer's scripts, and nothing else."""
    leaflet, style = page_files()["leaflet.js"], page_files()["leaflet.css"]
    page.set_content(
        f"<!DOCTYPE html><meta charset='utf-8'><style>{style}{record_style_sheet()}"
        "body {margin: 0} .map {width: 600px; height: 400px}</style>"
        f"{body}<script>{leaflet}</script><script>{record_script()}</script>"
    )


def layer_options(seeds: Seeds, selection: Selection, kind: str, **options: Any) -> dict[str, Any]:
    """Give what the page's ``khyber.RecordLayer`` takes, with all data inside."""
    records = selection.records[selection.records["kind"] == kind]
    payload = encode_columns(record_columns(records, seeds.items))
    return {
        "id": f"{kind}s",
        "columns": {"data": base64.b64encode(payload).decode()},
        "details": {"chunks": detail_chunks(record_details(records, seeds)), "size": CHUNK_ROWS},
        "style": record_style(kind, DrawOptions(**options)),
        "filter": {},
        "order": 0 if kind == "seizure" else 1,
    }


def open_map(page: Page, *layers: dict[str, Any], lat: float, lon: float, zoom: float) -> None:
    """Open a map of record layers, 600 by 400 pixels, and wait until they are painted."""
    open_blank(page, "<div id='map' class='map'></div>")
    page.evaluate(
        f"(layers) => {{ window.map = L.map('map', {MAP}).setView([{lat}, {lon}], {zoom});"
        " window.made = layers.map((each) => new khyber.RecordLayer(each).addTo(map));"
        " return Promise.all(made.map((each) => each.ready))"
        "  .then(() => { map.kaPainter.paint(); }); }",
        list(layers),
    )


def signs(page: Page) -> list[dict[str, Any]]:
    """Tell what signs are painted: where (container pixels), of which layer, how many."""
    told: list[dict[str, Any]] = page.evaluate(
        "() => map.kaPainter.signs.map((sign) => { const at ="
        " map.layerPointToContainerPoint(L.point(sign.x, sign.y));"
        " return {x: at.x, y: at.y, half: sign.half, count: sign.count, coarse: sign.coarse,"
        " layer: sign.layer ? sign.layer.id : '', open: sign.open, soft: sign.soft,"
        " first: sign.first, classes: sign.classes}; })"
    )
    return told


def pixel(page: Page, x: float, y: float) -> tuple[int, int, int, int]:
    """Read the canvas of the map at a place of its container: red, green, blue, alpha."""
    colour = page.evaluate(
        "([x, y]) => { const canvas = map.kaPainter._container;"
        " const at = map.containerPointToLayerPoint([x, y]).subtract(map.kaPainter._bounds.min);"
        " const ratio = window.devicePixelRatio;"
        " const read = canvas.getContext('2d').getImageData(at.x * ratio, at.y * ratio, 1, 1);"
        " return [...read.data]; }",
        [x, y],
    )
    return tuple(colour)


def open_scripts(page: Page, *names: str) -> None:
    """Open a blank page with some scripts of the map beside those of its records."""
    open_blank(page)
    for name in names:
        text = (files("layers") / "js" / f"{name}.js").read_text(encoding="utf-8")
        page.add_script_tag(content=text)
