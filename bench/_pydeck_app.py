"""A year slider over one ScatterplotLayer in ``st.pydeck_chart``: a change sends the records."""

from __future__ import annotations

import os
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pydeck  # type: ignore[import-untyped]
import streamlit as st

FIELDS = ("id", "date", "group", "category", "place")


@st.cache_resource
def records() -> pd.DataFrame:
    """Read the records once for all sessions."""
    every = gpd.read_parquet(Path(os.environ["BENCH_DATA"], "records.parquet"))
    places = every.geometry
    return pd.DataFrame(every.drop(columns="geometry")).assign(lon=places.x, lat=places.y)


@st.fragment
def show() -> None:
    """Show the slider and the map."""
    year = st.slider("Year", 2000, 2026, 2003)
    every = records()
    years = every["year"]
    kept = every[years >= year if os.environ["BENCH_SPAN"] == "since" else years == year]
    layer = pydeck.Layer(
        "ScatterplotLayer",
        kept[[*FIELDS, "lon", "lat"]],
        id="records",
        get_position=["lon", "lat"],
        get_fill_color=[31, 95, 139, 150],
        radius_min_pixels=4,
        radius_max_pixels=4,
        pickable=True,
    )
    st.pydeck_chart(
        pydeck.Deck(
            layers=[layer],
            initial_view_state=pydeck.ViewState(latitude=33.9, longitude=67.5, zoom=5),
            map_style=None,
            map_provider=None,
            tooltip={"text": "{date}: {group}, {category}, {place}"},
        ),
        height=640,
        key="deck",
    )


st.set_page_config(page_title="pydeck", layout="wide")
show()
