"""Popups as rows of plain text."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from layers.details import detail_card, detail_chunks, record_details
from layers.popup import Card, row, safe_href
from tests import layers_small

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.seeds import Seeds


def card_of(joined: gpd.GeoDataFrame, seeds: Seeds | None = None, at: int = 0) -> Card:
    """Give the popup of one of some records."""
    return detail_card(record_details(joined, seeds or layers_small.seeds()).iloc[at])


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        (" http://example.org ", "http://example.org"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)//https://example.org", ""),
        ("data:text/html,<script>alert(1)</script>", ""),
        ("https:", ""),
        ("//example.org", ""),
        ("https://[bad", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_links(url: str, kept: str) -> None:
    assert safe_href(url) == kept


def test_a_row_keeps_its_text_when_its_address_is_dropped() -> None:
    assert row("Source", "The Box", "ftp://x") == {"label": "Source", "text": "The Box", "href": ""}


def test_a_seizure_tells_all_it_knows() -> None:
    items = [
        {"record_id": "s-1", "item": "opium", "quantity": 2500.0, "unit": "kg", "approx": "floor"},
        {"record_id": "s-1", "item": "pistol", "quantity": math.nan, "unit": "count", "approx": ""},
    ]
    sources = [
        ("s-1", "2", "", "https://two.example/x", ""),
        ("s-1", "1", "The Box", "https://one.example", "2012-03"),
    ]
    seeds = replace(
        layers_small.seeds(items),
        sources=pd.DataFrame(sources, columns=["record_id", "rank", "name", "url", "date"]),
    )
    chosen = layers_small.selection(
        {"date": "2012-03", "province": "West", "direction": "BOX>NBR", "actor": "Box Police"}
    )
    card = card_of(chosen.records, seeds)
    assert (card["title"], card["subtitle"]) == ("Boxtown", "Seizure: firearms")
    assert [(each["label"], each["text"], each["href"]) for each in card["rows"]] == [
        ("", "Police found rifles.", ""),
        ("Date", "March 2012", ""),
        ("Place", "Boxtown, West, Boxland", ""),
        ("Location", "known to the town (about 5 km)", ""),
        ("Group", "Unattributed", ""),
        ("Seized by", "Box Police", ""),
        ("Seized", "opium: at least 2\u202f500 kg", ""),
        ("", "pistol: number not stated", ""),
        ("Direction", "BOX → NBR", ""),
        ("Border", "about 144 km from the Afghanistan–NBR border", ""),
        ("Crossing", "about 144 km from Torkham", ""),
        ("Route", "within 5 km of the route Box Road", ""),
        ("Source", "The Box, March 2012", "https://one.example"),
        ("", "two.example", "https://two.example/x"),
    ]


def test_group_role_and_attribution_are_words() -> None:
    fields = {"kind": "incident", "group": "TTP", "role": "target", "attribution": "suspected"}
    chosen = layers_small.selection({**fields, "killed": "3", "injured": "0"})
    card = card_of(chosen.records)
    texts = {each["label"]: each["text"] for each in card["rows"]}
    assert texts["Group"] == "TTP; was the target; suspected, not confirmed"
    assert (texts["Killed"], texts["Injured"]) == ("3", "0")


def test_the_province_then_is_told_where_it_has_another_name_now() -> None:
    fields = {"date": "2008", "lat": "30.8", "lon": "61.5", "province": "East"}
    card = card_of(layers_small.selection(fields).records)
    texts = {each["label"]: each["text"] for each in card["rows"]}
    assert texts["Province then"] == "Old East (today East)"


def test_a_record_known_to_a_province_claims_no_distance() -> None:
    fields = {"precision": "province", "province": "West"}
    card = card_of(layers_small.selection(fields).records)
    assert not {"Border", "Crossing", "Route"} & {each["label"] for each in card["rows"]}


def test_a_record_without_a_table_of_sources_names_its_own() -> None:
    named = {"source_name": "", "source_url": "https://one.example/a", "source_date": "soon"}
    rows = [
        {"id": "s-1", **named, "other_urls": "https://two.example ftp://three.example"},
        {"id": "s-2"},
        {"id": "s-3", "source_name": "", "source_url": ""},
    ]
    joined = layers_small.selection(*rows).records
    details = record_details(joined, layers_small.seeds())
    assert details["Source"].tolist() == [
        [
            {"text": "one.example, soon", "href": "https://one.example/a"},
            {"text": "two.example", "href": "https://two.example"},
            "ftp://three.example",
        ],
        {"text": "The Box", "href": "https://example.org/1"},
        "",
    ]
    last = card_of(joined)["rows"][-3:]
    assert [each["label"] for each in last] == ["Source", "", ""]
    assert [each["href"] for each in last] == ["https://one.example/a", "https://two.example", ""]


def test_each_record_of_a_frame_has_its_own_words() -> None:
    rows = [
        {"id": "s-1", "date": "2012", "lon": "61.9", "precision": "site"},
        {"id": "i-1", "kind": "incident", "actor": "Box Army", "killed": "2", "lat": ""},
        {"id": "s-2", "date": "2012", "actor": "Box Police", "place": "", "district": "Box"},
    ]
    joined = layers_small.selection(*rows).records
    seeds = layers_small.seeds()
    details = record_details(joined, seeds)
    assert details["id"].tolist() == ["s-1", "i-1", "s-2"]
    assert details["title"].tolist() == ["Boxtown", "Boxtown", "Box"]
    assert details["Date"].tolist() == ["2012", "4 March 2012", "2012"]
    assert details["Seized by"].tolist() == ["", "", "Box Police"]
    assert details["State actor"].tolist() == ["", "Box Army", ""]
    assert details["Killed"].tolist() == ["", "2", ""]
    assert details["Crossing"].tolist() == [
        "about 10 km from Torkham",
        "",
        "about 144 km from Torkham",
    ]
    for at in range(3):
        alone = card_of(joined.iloc[[at]], seeds)
        assert card_of(joined, seeds, at) == alone


def test_chunks_hold_the_rows_in_order_and_no_label_that_none_has() -> None:
    items = [
        {"record_id": "s-3", "item": "opium", "quantity": 1.0, "unit": "kg", "approx": ""},
        {"record_id": "s-3", "item": "rifle", "quantity": 2.0, "unit": "count", "approx": ""},
    ]
    rows: list[dict[str, Any]] = [{"id": f"s-{n}", "precision": "province"} for n in (1, 2, 3)]
    joined = layers_small.selection(*rows).records
    seeds = layers_small.seeds(items)
    first, second = detail_chunks(record_details(joined, seeds), rows=2)
    source = {"text": "The Box", "href": "https://example.org/1"}
    assert first == {
        "ids": ["s-1", "s-2"],
        "title": ["Boxtown", "Boxtown"],
        "subtitle": ["Seizure: firearms", "Seizure: firearms"],
        "rows": [
            {"label": "", "cells": ["Police found rifles."] * 2},
            {"label": "Date", "cells": ["4 March 2012"] * 2},
            {"label": "Place", "cells": ["Boxtown, Boxland"] * 2},
            {"label": "Location", "cells": ["known to the province only"] * 2},
            {"label": "Group", "cells": ["Unattributed"] * 2},
            {"label": "Source", "cells": [source] * 2},
        ],
    }
    seized = next(each for each in second["rows"] if each["label"] == "Seized")
    assert (second["ids"], seized["cells"]) == (["s-3"], [["opium: 1 kg", "rifle: 2"]])
    assert detail_chunks(record_details(joined.iloc[:0], seeds)) == []


def test_chunks_are_plain_data() -> None:
    joined = layers_small.selection({"killed": "3", "kind": "incident"}).records
    chunks = detail_chunks(record_details(joined, layers_small.seeds()))
    assert json.loads(json.dumps(chunks)) == chunks
