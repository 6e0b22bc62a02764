"""The usual way to a picture and to a page: folium, photographed by a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import folium

from bench._pages import FIELDS
from geo.formats.dataset import COLUMNS
from geo.places import valid_on
from layers.assets import page_files
from tests.get_browser import BROWSER_ARGS

if TYPE_CHECKING:
    import geopandas as gpd
    from playwright.sync_api import BrowserType, Route, ViewportSize

    from geo.seeds import Seeds

CORNERS: Final = ((29.3, 60.4), (38.6, 75.0))
VIEWPORT: Final[ViewportSize] = {"width": 1169, "height": 827}
DOTS_A_PIXEL: Final = 2
"""With the size of the view: the dots of a lying A4 sheet at 200 to the inch."""

COLOURS: Final = {"seizure": "#0072b2", "incident": "#d55e00"}
LINKED: Final = {"leaflet.js": "text/javascript", "leaflet.css": "text/css"}
"""What the browser gets of the files that folium's page links to; the others are empty."""

ELSEWHERE: Final = re.compile(r"^https?://")
TWO_FRAMES: Final = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
)


class Linked(NamedTuple):
    """A page's HTML as folium writes it, and with Leaflet in it instead of linked to."""

    html: str
    inlined: str


def plain_map(seeds: Seeds, joined: gpd.GeoDataFrame) -> folium.Map:
    """Show countries, today's provinces, borders, crossings and records, a GeoJson each.

    Of countries and provinces it takes the light copies, as the atlas does where it can.
    """
    page = folium.Map(tiles=None)
    today = seeds.provinces_light[valid_on(seeds.provinces_light)]
    for frame, colour in (
        (seeds.countries_light, "#8a8272"),
        (today, "#b5ab97"),
        (seeds.borders, "#444444"),
        (seeds.crossings, "#222222"),
    ):
        style = {"color": colour, "weight": 1, "fillOpacity": 0.1}
        folium.GeoJson(
            frame[["geometry"]],
            marker=folium.CircleMarker(radius=3, color=colour),
            style_function=lambda _, style=style: style,
        ).add_to(page)
    for kind, colour in COLOURS.items():
        records = joined[joined["kind"] == kind]
        _records(records, FIELDS, color=colour).add_to(page)
    page.fit_bounds(CORNERS)
    return page


def one_geojson(joined: gpd.GeoDataFrame, fields: tuple[str, ...] = COLUMNS) -> folium.Map:
    """Show records as one GeoJson whose popups tell some fields of them."""
    page = folium.Map(tiles=None)
    _records(joined, fields).add_to(page)
    page.fit_bounds(CORNERS)
    return page


def _records(records: gpd.GeoDataFrame, fields: tuple[str, ...], **style: Any) -> folium.GeoJson:
    return folium.GeoJson(
        records.loc[records.geometry.notna(), [*fields, "geometry"]],
        marker=folium.CircleMarker(radius=4, weight=1, fill=True, fill_opacity=0.6, **style),
        popup=folium.GeoJsonPopup(fields=list(fields)),
    )


def linked(page: folium.Map) -> Linked:
    """Write a page as folium's ``save`` does, and beside it with Leaflet inside.

    The other files that it links to (jQuery, Bootstrap, icons) are left as links: neither
    GeoJson nor its popups need them.
    """
    html = page.get_root().render()
    texts = page_files()
    inlined = html
    for name, address in (*page.default_js, *page.default_css):
        if name == "leaflet":
            old, new = (
                f'<script src="{address}"></script>',
                f"<script>{texts['leaflet.js']}</script>",
            )
        elif name == "leaflet_css":
            old = f'<link rel="stylesheet" href="{address}"/>'
            new = f"<style>{texts['leaflet.css']}</style>"
        else:
            continue
        if old not in inlined:
            raise RuntimeError(f"folium's page links to {name} in another way than thought")
        inlined = inlined.replace(old, new)
    return Linked(html=html, inlined=inlined)


class Camera(NamedTuple):
    """What starts a browser, and its program."""

    chromium: BrowserType
    executable: Path


def photograph(html: str, file: Path, camera: Camera) -> bytes:
    """Open a page in a browser started for it and take its picture, as ``_to_png`` does.

    folium waits three seconds for the page; this waits only until it is drawn.

    Parameters
    ----------
    html
        The page.
    file
        Where to put it for the browser to open.
    camera
        The browser to start.

    Returns
    -------
    bytes
        PNG.
    """
    texts = page_files()
    asked: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        asked.append(name)
        route.fulfill(content_type=LINKED.get(name, "text/css"), body=texts.get(name, ""))

    file.write_text(html, encoding="utf-8")
    browser = camera.chromium.launch(
        executable_path=camera.executable, headless=True, args=list(BROWSER_ARGS)
    )
    try:
        page = browser.new_page(viewport=VIEWPORT, device_scale_factor=DOTS_A_PIXEL)
        page.route(ELSEWHERE, answer)
        page.goto(file.as_uri(), wait_until="load")
        shape = page.locator(".leaflet-interactive").first
        shape.wait_for(state="attached")
        page.evaluate(TWO_FRAMES)
        picture: bytes = page.locator(".folium-map").screenshot()
    finally:
        browser.close()
    if not set(LINKED) <= set(asked):
        raise RuntimeError(f"folium's page asked for {asked}, not for Leaflet")
    return picture
