"""The plain side of the load test: the same records, as a newcomer would show them.

One GeoJson layer with popups, a choice of group and a range of years, data cached.
"""

from __future__ import annotations

import folium
import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

from geo.seeds import load_seeds

STATIC = "../../app/static"
FIELDS = ("id", "date", "group", "category", "place", "summary")


@st.cache_resource
def records() -> gpd.GeoDataFrame:
    """Read the records once for all sessions."""
    rows = load_seeds().records
    placed = rows[rows.geometry.notna()]
    return placed.assign(year=placed["date_start"].dt.year)[[*FIELDS, "year", "geometry"]]


def show() -> None:
    """Show the filters, the map and a table."""
    st.set_page_config(page_title="Plain map", layout="wide")
    every = records()
    query = st.query_params
    groups = ["All", *sorted(every["group"].unique())]
    first, last = int(every["year"].min()), int(every["year"].max())
    group = st.sidebar.selectbox("Group", groups, index=groups.index(query.get("group", "All")))
    since = st.sidebar.slider("Since", first, last, int(query.get("from", first)))
    kept = every[(every["year"] >= since) & ((group == "All") | (every["group"] == group))]
    st.write(f"{len(kept)} of {len(every)} records")
    base = folium.Map(location=(33.9, 67.5), zoom_start=6, tiles=None, prefer_canvas=True)
    base.default_js = [("leaflet", f"{STATIC}/leaflet.js")]
    base.default_css = [("leaflet", f"{STATIC}/leaflet.css")]
    folium.GeoJson(
        kept,
        marker=folium.CircleMarker(radius=4, weight=1, fill=True, fill_opacity=0.6),
        popup=folium.GeoJsonPopup(fields=[*FIELDS]),
    ).add_to(base)
    st_folium(base, height=640, use_container_width=True)
    st.dataframe(kept.drop(columns="geometry").head(250))


show()
