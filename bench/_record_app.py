"""A year slider over record layers: the page has the data, a change sends a filter.

`bench.record_app` lays this file, the data and a folder ``static/`` out and serves
them; the other two `_*_app.py` beside it do the same in plain ways.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from layers.recordlayer import RecordFilter, RecordLayer

STATIC = "../../app/static"
EPOCH = date(1970, 1, 1)


@st.cache_resource
def styles() -> dict[str, Any]:
    """Read once for all sessions how each kind of record is drawn."""
    read: dict[str, Any] = json.loads(Path(os.environ["BENCH_DATA"], "styles.json").read_text())
    return read


def base_map() -> folium.Map:
    """Make the map with its layers, the same at every call."""
    base = folium.Map(location=(33.9, 67.5), zoom_start=6, tiles=None)
    base.default_js = [(name, f"{STATIC}/{name}.js") for name in ("leaflet", "records")]
    base.default_css = [(name, f"{STATIC}/{name}.css") for name in ("leaflet", "records")]
    for kind, style in styles().items():
        RecordLayer(
            f"{STATIC}/{kind}.bin",
            style=style,
            name=kind,
            areas=f"{STATIC}/areas.json",
            scripts=False,
        ).add_to(base)
    return base


@st.fragment
def show() -> None:
    """Show the slider and the map."""
    year = st.slider("Year", 2000, 2026, 2003)
    last = 2026 if os.environ["BENCH_SPAN"] == "since" else year
    days = {"from": (date(year, 1, 1) - EPOCH).days, "to": (date(last, 12, 31) - EPOCH).days}
    group = folium.FeatureGroup(control=False)
    for kind in styles():
        RecordFilter(kind, days).add_to(group)
    st_folium(
        base_map(),
        key="map",
        height=640,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=[group],
    )


st.set_page_config(page_title="Record layer", layout="wide")
show()
