"""What the data is, its limits, and which version this is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.counts import number, plural
from geo.notes import program_version
from views.words import tagged

if TYPE_CHECKING:
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

ROOT: Final = Path(__file__).resolve().parent.parent
TEXT: Final = ROOT / "docs" / "about.md"


def show_about(atlas: Atlas, _choices: Choices, _selection: Selection) -> None:
    """Show the text about the atlas, the borders' lengths and the versions."""
    kinds = atlas.joined["kind"].value_counts()
    first, last = atlas.years
    st.html(
        tagged(
            f"{plural(int(kinds.get('seizure', 0)), 'seizure')} and "
            f"{plural(int(kinds.get('incident', 0)), 'incident')}, {first} to {last}, with "
            f"{plural(len(atlas.seeds.sources), 'source')}.",
            css="ka-hint",
        )
    )
    with st.container(key="about"):
        st.markdown(_text())
        st.subheader("Borders, measured and published", anchor=False)
        st.html(_borders(atlas))
        st.subheader("Version", anchor=False)
        st.html(
            tagged(
                f"Khyber Atlas {program_version()}; data {atlas.seeds.package.get('version', '')}, "
                f"checksum {atlas.seeds.checksum[:12]}."
            )
        )


@st.cache_data(show_spinner=False)
def _text() -> str:
    return TEXT.read_text(encoding="utf-8")


def _borders(atlas: Atlas) -> str:
    columns = ["neighbour", "name", "length_km", "published_km", "published_source"]
    lines = [
        f"<tr>{tagged(str(neighbour), tag='th')}{tagged(str(name), tag='td')}"
        f"{tagged(number(round(length)), tag='td', css='ka-number')}"
        f"{tagged(number(round(published)), tag='td', css='ka-number')}"
        f"{tagged(str(source), tag='td')}</tr>"
        for neighbour, name, length, published, source in atlas.seeds.borders[columns].itertuples(
            index=False
        )
    ]
    return (
        '<div class="ka-scroll"><table class="ka-table"><thead><tr><th>Neighbour</th><th>Border'
        "</th><th>Measured, km</th><th>Published, km</th><th>Published by</th></tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )
