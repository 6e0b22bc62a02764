"""What popups say of records, made column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypedDict

import numpy as np
import pandas as pd

from geo.brought import DATASET
from geo.dates import show_date
from geo.phrases import (
    ATTRIBUTION_WORDS,
    PRECISION_WORDS,
    ROLE_WORDS,
    distance_phrase,
    item_phrases,
)
from geo.records import SOURCE_COLUMNS
from layers.popup import KIND_WORDS, Card, card, row, source_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import geopandas as gpd

    from geo.seeds import Seeds

CHUNK_ROWS: Final = 200
"""Records whose details are one file: some 150 kB, so that a popup opens at once."""


class Link(TypedDict):
    """A text of a record's details with its address, which may be empty."""

    text: str
    href: str


Cell = str | Link | list[str | Link]
"""What a record's details say under one label; a list is one line each."""


def record_details(joined: gpd.GeoDataFrame, seeds: Seeds) -> pd.DataFrame:
    """Write what the popups of records say.

    Parameters
    ----------
    joined
        Joined records.
    seeds
        For the items, the sources, and the names of countries and routes.

    Returns
    -------
    pandas.DataFrame
        A row for each record, in their order, with a fresh index: ``id``,
        ``title``, ``subtitle``, then a column for each label of the popup, in
        its order (the one without a label is the summary). A cell is a text, a
        text with its address, or a list of those; empty text where a record
        has nothing to say.
    """
    records = pd.DataFrame(joined).reset_index(drop=True)
    countries = seeds.country_names
    routes = dict(zip(seeds.routes["id"], seeds.routes["name"], strict=True))
    named = ("place", "district", "province", "country")
    return pd.DataFrame(
        {
            "id": records["id"],
            "title": _said(records, named, lambda *names: next(filter(None, names), "")),
            "subtitle": _said(records, ("kind", "category"), _subtitle),
            "": records["summary"],
            "Date": _said(records, ("date",), show_date),
            "Place": _said(records, named, lambda *names: _place(names, countries)),
            "Location": _said(
                records, ("precision",), lambda word: str(PRECISION_WORDS.get(word, word))
            ),
            "Province then": _said(records, ("adm1_reported", "adm1_today"), _province_then),
            "Group": _said(records, ("group", "role", "attribution"), _group),
            "Seized by": records["actor"].where(records["kind"] == "seizure", ""),
            "State actor": records["actor"].where(records["kind"] != "seizure", ""),
            "Seized": _of_record(records["id"], _item_cells(records["id"], seeds.items)),
            "Conveyance": records["conveyance"],
            "Direction": records["direction"].str.replace(">", " → ", regex=False),
            "Killed": _said(records, ("killed", "killed_low", "killed_high"), _estimate),
            "Injured": _said(records, ("injured",), _count),
            "Border": _distances(
                records, "border", lambda key: f"the Afghanistan–{countries.get(key, key)} border"
            ),
            "Crossing": _distances(records, "crossing", str),
            "Route": _distances(records, "route", lambda key: f"the route {routes.get(key, key)}"),
            "Brought here": _brought(records, seeds),
            "Source": _of_record(
                records["id"],
                _source_cells(records["id"], seeds.sources),
                _said(records, SOURCE_COLUMNS, _own_sources),
            ),
        }
    )


def detail_chunks(details: pd.DataFrame, rows: int = CHUNK_ROWS) -> list[dict[str, Any]]:
    """Cut details into chunks that the page asks for when a record is opened.

    Parameters
    ----------
    details
        As :func:`record_details` gives.
    rows
        Records a chunk; the last one may have fewer.

    Returns
    -------
    list of dict
        Plain data: ``ids``, ``title``, ``subtitle``, and ``rows`` of ``label``
        and ``cells``. A label that no record of the chunk has is left out.
    """
    chunks = []
    for start in range(0, len(details), rows):
        part = details.iloc[start : start + rows]
        cells = {str(label): part[label].tolist() for label in part.columns}
        heads = {key: cells.pop(name) for key, name in _HEADS.items()}
        kept = [{"label": label, "cells": texts} for label, texts in cells.items() if any(texts)]
        chunks.append({**heads, "rows": kept})
    return chunks


def detail_card(detail: pd.Series) -> Card:
    """Give the popup of one record.

    Parameters
    ----------
    detail
        A row of :func:`record_details`.
    """
    rows = []
    for label, cell in detail.drop(list(_HEADS.values())).items():
        lines: list[str | Link] = cell if isinstance(cell, list) else [cell]
        for number, line in enumerate(lines):
            link = Link(text=line, href="") if isinstance(line, str) else line
            rows.append(row(str(label) if number == 0 else "", link["text"], link["href"]))
    return card(detail["title"], detail["subtitle"], rows)


_HEADS: Final = {"ids": "id", "title": "title", "subtitle": "subtitle"}
"""Key in a chunk: column of the details."""


def _brought(records: pd.DataFrame, seeds: Seeds) -> pd.Series:
    """Name the file of a record that is not built in."""
    titles = {each.key: each.title for each in seeds.brought}
    if DATASET not in records:
        return pd.Series("", index=records.index, dtype="object")
    return records[DATASET].map(titles).fillna("").astype("object")


def _said(records: pd.DataFrame, columns: Sequence[str], say: Callable[..., Cell]) -> pd.Series:
    """Put values into words, each distinct combination of them once."""
    codes = np.zeros(len(records), dtype=np.int64)
    for column in columns:
        more, found = pd.factorize(records[column], use_na_sentinel=False)
        codes, _ = pd.factorize(codes * len(found) + more)
    first = ~pd.Series(codes).duplicated().to_numpy()
    words = [say(*values) for values in _rows(records.loc[first, list(columns)])]
    return pd.Series(words, dtype="object").take(codes).reset_index(drop=True)


def _of_record(
    ids: pd.Series, cells: Mapping[str, Cell], others: pd.Series | None = None
) -> pd.Series:
    """Give each record the cell that is its own; to those without, that of ``others``."""
    told = [""] * len(ids) if others is None else others.tolist()
    own = [cells.get(each, other) for each, other in zip(ids.tolist(), told, strict=True)]
    return pd.Series(own, dtype="object")


def _rows(frame: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    """Give rows as plain values; walking over Arrow's texts takes ten times as long."""
    return zip(*(frame[column].tolist() for column in frame.columns), strict=True)


def _of_ids(table: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    """Keep a table's rows of some records; with many, pandas' own isin takes seconds."""
    known = set(ids.tolist())
    held = [record_id in known for record_id in table["record_id"].tolist()]
    return table[np.array(held, dtype=bool)]


def _subtitle(kind: str, category: str) -> str:
    return f"{KIND_WORDS.get(kind, kind)}: {category}"


def _place(names: Sequence[str], countries: Mapping[str, str]) -> str:
    """Say where, from the place to the country, naming nothing twice."""
    *places, country = names
    named = [*places, countries.get(country, country)]
    return ", ".join(dict.fromkeys(text for text in named if text))


def _group(group: str, role: str, attribution: str) -> str:
    """Say who, what they did, and on whose word."""
    role, attribution = ROLE_WORDS.get(role, role), ATTRIBUTION_WORDS.get(attribution, attribution)
    return "; ".join(word for word in (group or "Unattributed", role, attribution) if word)


def _province_then(then: str, now: str) -> str:
    return f"{then} (today {now})" if then and now and then != now else ""


def _count(value: Any) -> str:
    return "" if pd.isna(value) else f"{int(value)}"


def _estimate(value: Any, low: Any, high: Any) -> str:
    """Say a number with the estimates it lies between, where a source has some."""
    bounds = [_count(bound) for bound in (low, high)]
    if not all(bounds) or bounds[0] == bounds[1]:
        return _count(value)
    between = f"{bounds[0]} to {bounds[1]}"
    return f"{_count(value)} (estimates: {between})" if _count(value) else between


def _distances(records: pd.DataFrame, key: str, name: Callable[[str], str]) -> pd.Series:
    def say(thing: str, km: float, supported: Any, radius_km: float, precision: str) -> str:
        if not thing:
            return ""
        return distance_phrase(
            km, radius_km, name(thing), supported=bool(supported), precision=precision
        )

    columns = (key, f"{key}_km", f"{key}_supported", "radius_km", "precision")
    return _said(records, columns, say)


def _item_cells(ids: pd.Series, items: pd.DataFrame) -> dict[str, Cell]:
    phrases = item_phrases(_of_ids(items, ids))
    return {record_id: _cell(each) for record_id, each in phrases.items()}


def _source_cells(ids: pd.Series, sources: pd.DataFrame) -> dict[str, Cell]:
    ranked = _of_ids(sources, ids)
    ranked = ranked.assign(rank=ranked["rank"].astype(int))
    ranked = ranked.sort_values(["record_id", "rank"], kind="stable")
    lines: dict[str, list[str | Link]] = {}
    for record_id, name, url, date in _rows(ranked[["record_id", "name", "url", "date"]]):
        lines.setdefault(record_id, []).append(_source_line(name, url, date))
    return {record_id: _cell(each) for record_id, each in lines.items()}


def _own_sources(name: str, url: str, date: str, others: str) -> Cell:
    main = [_source_line(name, url, date)] if name or url else []
    return _cell([*main, *(_source_line("", other, "") for other in others.split())])


def _source_line(name: str, url: str, date: str) -> str | Link:
    line = source_row(name, url, date, first=True)
    return Link(text=line["text"], href=line["href"]) if line["href"] else line["text"]


def _cell(lines: Sequence[str | Link]) -> Cell:
    """Give a single line as it is, and several as a list."""
    return lines[0] if len(lines) == 1 else [*lines] or ""
