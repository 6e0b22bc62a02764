"""Popups as rows of plain text; the page builds them without any markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypedDict
from urllib.parse import urlsplit

import pandas as pd

from geo.dates import show_date
from geo.errors import DateError
from geo.phrases import (
    ATTRIBUTION_WORDS,
    PRECISION_WORDS,
    ROLE_WORDS,
    distance_phrase,
    item_phrases,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    import geopandas as gpd

    from geo.seeds import Seeds

KIND_WORDS: Final = {"seizure": "Seizure", "incident": "Incident"}


class Row(TypedDict):
    """A line of a popup; ``href`` is empty or an http(s) address."""

    label: str
    text: str
    href: str


class Card(TypedDict):
    """A popup: a title, a line under it, and rows."""

    title: str
    subtitle: str
    rows: list[Row]


def safe_href(url: str) -> str:
    """Return the address if it is an http(s) one with a host, else empty text."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def row(label: str, text: str, href: str = "") -> Row:
    """Build a row; an address that is not http(s) is dropped, its text kept."""
    return Row(label=label, text=text, href=safe_href(href))


def card(title: str, subtitle: str = "", rows: Iterable[Row] = ()) -> Card:
    """Build a card, leaving out rows without text."""
    kept = [each for each in rows if each["text"]]
    return Card(title=title, subtitle=subtitle, rows=kept)


@dataclass(frozen=True, kw_only=True)
class _Names:
    """Names of countries by ISO code, and of routes by id."""

    countries: Mapping[str, str]
    routes: Mapping[str, str]


def record_cards(joined: gpd.GeoDataFrame, seeds: Seeds) -> dict[str, Card]:
    """Write the popup of each record.

    Parameters
    ----------
    joined
        Joined records.
    seeds
        For the items and the names of neighbours and routes.

    Returns
    -------
    dict
        Card by record id.
    """
    items = item_phrases(seeds.items)
    sources = _source_rows(seeds.sources)
    names = _Names(
        countries=seeds.country_names,
        routes=dict(zip(seeds.routes["id"], seeds.routes["name"], strict=True)),
    )
    plain = pd.DataFrame(joined.drop(columns="geometry"))
    return {
        str(record["id"]): _record_card(
            record,
            items.get(record["id"], []),
            sources.get(record["id"], []),
            names,
        )
        for record in plain.to_dict("records")
    }


def _record_card(
    record: Mapping[Hashable, Any],
    items: list[str],
    sources: list[Row],
    names: _Names,
) -> Card:
    kind, category = record["kind"], record["category"]
    rows = [
        row("", record["summary"]),
        row("Date", show_date(record["date"])),
        row("Place", place_phrase(record, names.countries)),
        row("Location", PRECISION_WORDS.get(record["precision"], record["precision"])),
        row("Province then", _province_then(record)),
        row("Group", group_phrase(record)),
        row("Seized by" if kind == "seizure" else "State actor", record["actor"]),
        *(row("Seized" if n == 0 else "", text) for n, text in enumerate(items)),
        row("Conveyance", record.get("conveyance", "")),
        row("Direction", record["direction"].replace(">", " → ")),
        row("Killed", _count(record["killed"])),
        row("Injured", _count(record["injured"])),
        *_distance_rows(record, names),
        *(sources or _own_sources(record)),
    ]
    title = record["place"] or record["district"] or record["province"] or record["country"]
    return card(title, f"{KIND_WORDS.get(kind, kind)}: {category}", rows)


def place_phrase(record: Mapping[Hashable, Any], countries: Mapping[str, str]) -> str:
    """Say where, from the place to the country, naming nothing twice."""
    country = countries.get(record["country"], record["country"])
    named = [record["place"], record["district"], record["province"], country]
    return ", ".join(dict.fromkeys(text for text in named if text))


def group_phrase(record: Mapping[Hashable, Any]) -> str:
    """Say who, what they did, and on whose word."""
    words = [
        record["group"] or "Unattributed",
        ROLE_WORDS.get(record["role"], record["role"]),
        ATTRIBUTION_WORDS.get(record["attribution"], record["attribution"]),
    ]
    return "; ".join(word for word in words if word)


def _province_then(record: Mapping[Hashable, Any]) -> str:
    then, now = record["adm1_reported"], record["adm1_today"]
    return f"{then} (today {now})" if then and now and then != now else ""


def _count(value: Any) -> str:
    return "" if pd.isna(value) else f"{int(value)}"


def _distance_rows(record: Mapping[Hashable, Any], names: _Names) -> list[Row]:
    neighbour = names.countries.get(record["border"], record["border"])
    route = names.routes.get(record["route"], record["route"])
    things = {
        "border": ("Border", f"the Afghanistan–{neighbour} border"),
        "crossing": ("Crossing", record["crossing"]),
        "route": ("Route", f"the route {route}"),
    }
    return [
        row(
            label,
            distance_phrase(
                record[f"{key}_km"],
                record["radius_km"],
                name,
                supported=bool(record[f"{key}_supported"]),
                precision=record["precision"],
            ),
        )
        for key, (label, name) in things.items()
        if record[key]
    ]


def _source_rows(sources: pd.DataFrame) -> dict[str, list[Row]]:
    ranked = sources.assign(rank=sources["rank"].astype(int))
    ranked = ranked.sort_values(["record_id", "rank"], kind="stable")
    rows: dict[str, list[Row]] = {}
    columns = ranked[["record_id", "name", "url", "date"]]
    for record_id, name, url, date in columns.itertuples(index=False):
        mine = rows.setdefault(record_id, [])
        mine.append(source_row(name, url, date, first=not mine))
    return rows


def source_row(name: str, url: str, date: str, *, first: bool) -> Row:
    """Write one source: its name (or its host), its date, its address."""
    text = name or urlsplit(safe_href(url)).netloc or url
    told = f"{text}, {_show_date(date)}" if date else text
    return row("Source" if first else "", told, url)


def _show_date(date: str) -> str:
    """Show a source's date in words; one of another shape as it is."""
    try:
        return show_date(date)
    except DateError:
        return date


def _own_sources(record: Mapping[Hashable, Any]) -> list[Row]:
    urls = [record["source_url"], *record["other_urls"].split()]
    names = [record["source_name"], *[""] * (len(urls) - 1)]
    return [
        source_row(name, url, record["source_date"] if n == 0 else "", first=n == 0)
        for n, (name, url) in enumerate(zip(names, urls, strict=True))
        if name or url
    ]
