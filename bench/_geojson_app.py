"""A year slider over one GeoJson with popups: the plain way, a change sends the records.

On a canvas, the fastest that Leaflet has by itself.
"""

from __future__ import annotations

import os
from pathlib import Path

import folium
import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

STATIC = "../../app/static"
FIELDS = ("id", "date", "group", "category", "place")


@st.cache_resource
def records() -> gpd.GeoDataFrame:
    """Read the records once for all sessions."""
    return gpd.read_parquet(Path(os.environ["BENCH_DATA"], "records.parquet"))


def base_map() -> folium.Map:
    """Make the empty map, the same at every call."""
    base = folium.Map(location=(33.9, 67.5), zoom_start=6, tiles=None, prefer_canvas=True)
    base.default_js = [("leaflet", f"{STATIC}/leaflet.js")]
    base.default_css = [("leaflet", f"{STATIC}/leaflet.css")]
    return base


@st.fragment
def show() -> None:
    """Show the slider and the map."""
    year = st.slider("Year", 2000, 2026, 2003)
    every = records()
    years = every["year"]
    kept = every[years >= year if os.environ["BENCH_SPAN"] == "since" else years == year]
    group = folium.FeatureGroup(control=False)
    folium.GeoJson(
        kept[[*FIELDS, "geometry"]],
        marker=folium.CircleMarker(radius=4, weight=1, fill=True, fill_opacity=0.6),
        popup=folium.GeoJsonPopup(fields=list(FIELDS)),
        # An option of no meaning to Leaflet, by which the benchmark tells whose layer it is.
        year=year,
    ).add_to(group)
    st_folium(
        base_map(),
        key="map",
        height=640,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=[group],
    )


st.set_page_config(page_title="GeoJson", layout="wide")
show()
