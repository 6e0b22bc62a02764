"""What the map tells the app: an area that was drawn on it, a record that was opened."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import streamlit as st

from geo.areas import parse_area
from geo.errors import AreaError
from views import state

if TYPE_CHECKING:
    from views.data import Atlas

SCRIPT: Final = Path(__file__).with_name("bridge.js")
KEY: Final = "map-bridge"
LONGEST_AREA: Final = 2500
"""Letters of an area of the most corners, and some more."""

_OPENED: Final = "map-opened"

_script: Final = st.components.v2.component(
    "khyber_bridge", js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
)


def hear_map(atlas: Atlas) -> None:
    """Put the script into the page that hands on what the map tells; it shows nothing."""
    _script(
        key=KEY,
        data={},
        on_area_change=partial(_drawn, atlas),
        on_record_change=partial(_opened, atlas),
    )


def is_on_map(record_id: str) -> bool:
    """Tell whether a record was opened on the map itself, which need not go there."""
    return st.session_state.get(_OPENED) == (record_id, st.session_state[state.NONCE])


def read_area(told: Any) -> str | None:
    """Read what a browser says was drawn; it may say anything.

    Returns
    -------
    str or None
        The area's text (:mod:`geo.areas`); empty: it is taken away. ``None``:
        what was said is no area.
    """
    if not isinstance(told, str) or len(told) > LONGEST_AREA:
        return None
    if not told:
        return ""
    try:
        return parse_area(told).text
    except AreaError:
        return None


def read_record(told: Any, atlas: Atlas) -> str | None:
    """Read which record a browser says was opened; it may say anything.

    Parameters
    ----------
    told
        Id of a layer and number of a row of it.
    atlas
        The records that the layers are of.

    Returns
    -------
    str or None
        The record's id; ``None``: there is no such record.
    """
    if not isinstance(told, list | tuple) or len(told) != len(("layer", "row")):
        return None
    layer, row = told
    if not isinstance(layer, str) or layer not in atlas.of_layer:
        return None
    # True is a number to Python.
    if isinstance(row, bool) or not isinstance(row, int) or row < 0:
        return None
    rows = np.flatnonzero(atlas.of_layer[layer])
    if row >= len(rows):
        return None
    return str(atlas.joined["id"].iloc[rows[row]])


def _told(word: str) -> Any:
    st.session_state[state.HEARD] = True
    answer = st.session_state.get(KEY)
    return answer.get(word) if answer else None


def _drawn(atlas: Atlas) -> None:
    text = read_area(_told("area"))
    if text is None:
        return
    filters = state.take(atlas).filters
    state.put_filters(replace(filters, area=text or None), atlas)


def _opened(atlas: Atlas) -> None:
    record_id = read_record(_told("record"), atlas)
    if record_id is None:
        return
    state.choose_record(record_id, go=False)
    st.session_state[_OPENED] = (record_id, st.session_state[state.NONCE])
