"""A page of the record layer's interaction alone: Leaflet, our scripts, a painter of signs."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from layers.assets import page_files, script_json

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

ADDRESS: Final = "http://localhost/map/"
CHUNK_ROWS: Final = 10
APART: Final = (
    {"lat": 35, "lon": 63, "title": "West", "date": "2021", "group": "ISKP", "category": "clash"},
    {"lat": 35, "lon": 69, "title": "East", "date": "2022-07", "group": "TTP", "category": "raid"},
    {"lat": 32, "lon": 66, "title": "South", "date": "2023-06-03", "group": "", "category": "raid"},
)
"""Three records, each a sign of its own at zoom 6."""
SCRIPTS: Final = (
    *("dom", "points", "surface", "details", "signwords"),
    *("popup", "hits", "tooltip", "stepper", "interact"),
)

_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Map</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ margin: 0 }} #map {{ width: 100%; height: 100vh }} {css}</style>
<body><div id="map"></div><script>{js}</script>
<script>harness.start({layers}, {options})</script></body></html>"""


def record(lat: float = 34, lon: float = 66, **texts: Any) -> dict[str, Any]:
    """Describe a record of the page; the texts: date, group, category, title and more."""
    usual = {"date": "2023-06-03", "group": "TTP", "category": "clash", "title": "Boxtown"}
    return {"lat": lat, "lon": lon, **usual, **texts}


def details_of(rows: list[dict[str, Any]], first: int) -> dict[str, Any]:
    """Write the chunk of details that starts with a row."""
    some = rows[first : first + CHUNK_ROWS]
    return {
        "ids": [f"i-{first + at}" for at in range(len(some))],
        "title": [row["title"] for row in some],
        "subtitle": [f"Incident: {row['category']}" for row in some],
        "rows": [
            {"label": "", "cells": [row.get("summary", "") for row in some]},
            {"label": "Date", "cells": [row["date"] for row in some]},
            {"label": "Group", "cells": [row["group"] for row in some]},
            {"label": "Source", "cells": [row.get("sources", "") for row in some]},
        ],
    }


class Details:
    """Answers for chunks of details: which were asked for, and whether they can be read."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows
        self.asked: list[int] = []
        self.broken = False

    def answer(self, route: Route) -> None:
        """Answer a request for a chunk."""
        number = int(Path(route.request.url).stem)
        self.asked.append(number)
        if self.broken:
            route.fulfill(status=503)
        else:
            route.fulfill(json=details_of(self.rows, number * CHUNK_ROWS))


def open_page(
    page: Page,
    *rows: dict[str, Any],
    seizures: tuple[dict[str, Any], ...] = (),
    **options: Any,
) -> Details:
    """Open a map of incidents, their details by the chunk, and seizures, theirs inline."""
    details = Details(list(rows))
    incidents = {"url": f"{ADDRESS}details/", "size": CHUNK_ROWS}
    layers = [{"kind": "incident", "rows": list(rows), "details": incidents}]
    if seizures:
        chunks = [
            details_of(list(seizures), first) for first in range(0, len(seizures), CHUNK_ROWS)
        ]
        layers.append({"kind": "seizure", "rows": list(seizures), "details": {"chunks": chunks}})
    text = _page(layers, {"zoomAnimation": False, **options})
    page.route(ADDRESS, lambda route: route.fulfill(body=text, content_type="text/html"))
    page.route(f"{ADDRESS}details/*.json", details.answer)
    page.goto(ADDRESS)
    return details


def _page(layers: list[dict[str, Any]], options: dict[str, Any]) -> str:
    own = files("layers") / "js"
    leaflet = page_files()
    harness = Path(__file__).with_name("interaction.js").read_text(encoding="utf-8")
    scripts = [(own / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return _PAGE.format(
        css=leaflet["leaflet.css"] + (own / "records.css").read_text(encoding="utf-8"),
        js="\n".join([leaflet["leaflet.js"], *scripts, harness]),
        layers=script_json(layers),
        options=json.dumps(options),
    )


def crowd(many: int, spread: float = 0.0) -> list[dict[str, Any]]:
    """Make records of one sign at zoom 6, the last one the newest."""
    return [
        record(
            34 + spread * (at % 10) / 10,
            66 + spread * (at // 10 % 10) / 10,
            title=f"Place {at}",
            date=f"{2000 + at * 24 // many}",
            group=("TTP", "ISKP", "Haqqani Network", "", "Other")[at % 5],
        )
        for at in range(many)
    ]


def place_of(page: Page, first: int, kind: str = "incident") -> tuple[float, float]:
    """Give the place in the window of the sign whose first row is given, in pixels."""
    place = page.evaluate("([first, kind]) => harness.placeOf(first, kind)", [first, kind])
    return place["x"], place["y"]


def click(page: Page, first: int, kind: str = "incident") -> None:
    """Click on a sign."""
    page.mouse.click(*place_of(page, first, kind))
