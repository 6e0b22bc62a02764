"""Popups as rows of plain text."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from layers.popup import record_cards, row, safe_href
from tests import layers_small


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
    card = record_cards(chosen.records, seeds)["s-1"]
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
    card = record_cards(chosen.records, layers_small.seeds())["s-1"]
    texts = {each["label"]: each["text"] for each in card["rows"]}
    assert texts["Group"] == "TTP; was the target; suspected, not confirmed"
    assert (texts["Killed"], texts["Injured"]) == ("3", "0")


def test_the_province_then_is_told_where_it_has_another_name_now() -> None:
    fields = {"date": "2008", "lat": "30.8", "lon": "61.5", "province": "East"}
    card = record_cards(layers_small.selection(fields).records, layers_small.seeds())["s-1"]
    texts = {each["label"]: each["text"] for each in card["rows"]}
    assert texts["Province then"] == "Old East (today East)"


def test_a_record_known_to_a_province_claims_no_distance() -> None:
    fields = {"precision": "province", "province": "West"}
    card = record_cards(layers_small.selection(fields).records, layers_small.seeds())["s-1"]
    assert not {"Border", "Crossing", "Route"} & {each["label"] for each in card["rows"]}
