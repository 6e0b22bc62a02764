"""The least a Streamlit page with a folium map can be: an empty map, no data.

Leaflet comes from the page's own server, as the atlas's does. `bench.start`
copies this file beside a folder ``static/`` and serves it from there.
"""

from __future__ import annotations

import folium
import streamlit as st
from streamlit_folium import st_folium

st.set_page_config(page_title="Empty map", layout="wide")
base = folium.Map(location=(33.9, 67.5), zoom_start=6, tiles=None)
# On the instance: by default folium asks four content networks for ten files.
base.default_js = [("leaflet", "../../app/static/leaflet.js")]
base.default_css = [("leaflet", "../../app/static/leaflet.css")]
st_folium(base, key="map", height=640, use_container_width=True, returned_objects=[])
