"""Where the records shown come from, by publisher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from geo.counts import number, plural
from geo.search import has_words, haystack
from layers.popup import safe_href
from views.table_rows import place_words
from views.words import link, say, tagged

if TYPE_CHECKING:
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

HEIGHT_PX: Final = 420
SEARCHED: Final = ("publisher", "place", "date", "url")


def show_sources(atlas: Atlas, _choices: Choices, selection: Selection) -> None:
    """Show the sources of the records that the filters keep, and of the data."""
    rows = source_rows(atlas, selection)
    say(
        f"{plural(len(rows), 'source')} of {plural(len(selection.records), 'record')} that "
        f"the filters keep, from {plural(rows['publisher'].nunique(), 'publisher')}.",
        css="ka-hint",
    )
    wanted = st.text_input(
        "Find a source", key="find-source", placeholder="a publisher, a place or an address"
    )
    if wanted.strip():
        rows = rows[has_words(haystack(rows, SEARCHED), wanted)]
        say(f"{number(len(rows))} found.", css="ka-hint")
    left, right = st.columns([2, 3])
    with left, st.container(key="publishers-table"):
        st.dataframe(
            _by_publisher(rows),
            hide_index=True,
            height=HEIGHT_PX,
            alt="Publishers, with the number of records and of links",
        )
    with right, st.container(key="links-table"):
        st.dataframe(
            rows,
            hide_index=True,
            height=HEIGHT_PX,
            placeholder="",
            alt="Links to the sources, with the records they tell of",
            column_config={
                "publisher": st.column_config.TextColumn("Publisher"),
                "place": st.column_config.TextColumn("Place of the record"),
                "date": st.column_config.TextColumn("Published"),
                "url": st.column_config.LinkColumn(
                    "Link", display_text=r"^https?://(?:www\.)?([^/?#]*)"
                ),
            },
            column_order=["publisher", "place", "date", "url"],
        )
    _show_licences(atlas)


def source_rows(atlas: Atlas, selection: Selection) -> pd.DataFrame:
    """List the sources of a selection's records.

    Returns
    -------
    pandas.DataFrame
        ``record_id``, ``publisher``, ``place``, ``date`` as given, ``url``
        (missing if it is not an http(s) address).
    """
    sources = atlas.seeds.sources
    mine = sources[sources["record_id"].isin(selection.records["id"])]
    places = dict(zip(atlas.joined["id"], place_words(atlas.joined), strict=True))
    urls = [safe_href(url) for url in mine["url"]]
    hosts = [urlsplit(url).netloc.removeprefix("www.") for url in urls]
    named = [name or host or "not named" for name, host in zip(mine["name"], hosts, strict=True)]
    return pd.DataFrame(
        {
            "record_id": mine["record_id"].to_numpy(),
            "publisher": named,
            "place": mine["record_id"].map(places).to_numpy(),
            "date": mine["date"].to_numpy(),
            "url": [url or None for url in urls],
        }
    ).sort_values(["publisher", "date"], key=lambda column: column.str.casefold())


def _by_publisher(rows: pd.DataFrame) -> pd.DataFrame:
    counted = rows.groupby("publisher", as_index=False).agg(
        records=("record_id", "nunique"), links=("url", "count")
    )
    ranked = counted.sort_values(["records", "publisher"], ascending=[False, True])
    return ranked.rename(columns={"publisher": "Publisher", "records": "Records", "links": "Links"})


def _show_licences(atlas: Atlas) -> None:
    st.subheader("The data of the atlas", anchor=False)
    lines = []
    for resource in atlas.seeds.package["resources"]:
        sources = "; ".join(
            link(source["title"], safe_href(source.get("path", "")))
            for source in resource.get("sources", [])
        )
        terms = "; ".join(
            link(each.get("title", each["name"]), safe_href(each.get("path", "")))
            for each in resource.get("licenses", [])
        )
        lines.append(
            f"<tr>{tagged(resource['title'], tag='th')}<td>{sources}</td><td>{terms}</td></tr>"
        )
    for brought in atlas.seeds.brought:
        cells = (brought.publisher or "a file of this session", brought.licence or "not stated")
        told = "".join(tagged(cell, tag="td") for cell in cells)
        lines.append(f"<tr>{tagged(brought.title, tag='th')}{told}</tr>")
    st.html(
        '<div class="ka-scroll"><table class="ka-table"><thead><tr><th>Data</th><th>From</th>'
        f"<th>Licence</th></tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )
