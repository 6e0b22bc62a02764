"""All that is known of one record, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from layers.details import detail_card, record_details
from layers.popup import row
from views.words import link, tagged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.popup import Row
    from views.data import Atlas


def show_details(atlas: Atlas, record_id: str) -> None:
    """Show every field of a record, its distances in words and its sources."""
    one = atlas.joined[atlas.joined["id"] == record_id]
    card = detail_card(record_details(one, atlas.seeds).iloc[0])
    st.html(
        '<section class="ka-details" aria-label="The chosen record">'
        f"{tagged(card['title'], tag='h3')}{tagged(card['subtitle'], css='ka-kind')}"
        f"<dl>{_lines([*card['rows'], *_more(one.iloc[0])])}</dl></section>"
    )


def _lines(rows: Iterable[Row]) -> str:
    return "".join(
        f"{tagged(each['label'], tag='dt')}<dd>{link(each['text'], each['href'])}</dd>"
        for each in rows
        if each["text"]
    )


def _more(record: pd.Series) -> list[Row]:
    placed = not (pd.isna(record["lat"]) or pd.isna(record["lon"]))
    units = {record["adm1_reported_code"]: "then", record["adm1_today_code"]: "today"}
    codes = [f"{code} ({when})" for code, when in units.items() if code]
    return [
        row("Coordinates", f"{record['lat']:.4f}, {record['lon']:.4f}" if placed else "none"),
        row("Province code", codes[0].split(" ")[0] if len(codes) == 1 else ", ".join(codes)),
        row("Record", record["id"]),
    ]
