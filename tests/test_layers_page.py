"""The page as text: what is in it, how large it is, that it is the same each time."""

from __future__ import annotations

import base64
import json
import re
import zlib
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from geo.filters import Filters
from layers.page import page_html
from layers.page_data import page_view
from layers.page_sources import source_table
from layers.page_text import link, plain, tag
from layers.payload import decode_columns
from layers.registry import LAYERS
from tests import layers_small
from tests.snapshot_case import make_snapshot

MOST_BYTES = 2_000_000
HOSTILE = "</script></head><script>x</script> ${x} {{7*7}} <img src=x> \u2028 ' \" \\ & =1+1 \u202e"


class Words(HTMLParser):
    """Collects the text of a page outside of scripts and styles, and its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.aside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.aside += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.aside -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.aside and data.strip():
            self.text.append(data.strip())


def read(text: str) -> Words:
    words = Words()
    words.feed(text)
    return words


def block(text: str, name: str) -> bytes:
    found = re.search(rf'<script type="text/plain" id="data-{name}">([^<]*)</script>', text)
    assert found is not None, name
    return base64.b64decode(found[1])


def unpacked(text: str, name: str) -> Any:
    return json.loads(zlib.decompress(block(text, name)))


@pytest.fixture(scope="module")
def built_in() -> str:
    return page_html(make_snapshot(format_="html"))


def test_the_built_in_data_with_all_layers_is_at_most_2_mb(built_in: str) -> None:
    assert len(built_in.encode()) <= MOST_BYTES


def test_the_same_snapshot_gives_the_same_bytes(built_in: str) -> None:
    assert page_html(make_snapshot(format_="html")) == built_in


def test_every_layer_is_in_the_page_and_those_of_the_snapshot_are_on(built_in: str) -> None:
    view = json.loads(built_in.split('id="view">')[1].split("</script>", 1)[0])
    assert [each["id"] for each in view["layers"]] == [layer.id for layer in LAYERS]
    assert [each["id"] for each in view["layers"] if each["on"]] == [
        *("basemap", "borders", "disputed", "provinces", "crossings", "seizures", "incidents")
    ]
    for each in view["layers"]:
        assert block(built_in, (each["columns"] if each.get("kind") else each)["block"][5:])
    assert len(unpacked(built_in, "layer-borders")["features"]) == 6


def test_a_page_refers_to_nothing_and_lets_only_its_own_scripts_and_styles_work() -> None:
    text = page_html(layers_small.snapshot({"place": HOSTILE}))
    assert not re.findall(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=", text)
    assert text.count("<script>") == 3
    assert text.count("<style>") == 3
    assert text.count("'sha256-") == 6
    assert "unsafe" not in text.split("</head>")[0].split("content=")[1].split(">")[0]
    assert HOSTILE not in text


def test_there_is_one_head_whatever_the_title_is() -> None:
    snapshot = replace(layers_small.snapshot({}), title=HOSTILE + "\x00\ud800\n" * 300)
    text = page_html(snapshot)
    assert text.count("</head>") == 1
    assert text.encode()
    words = read(text)
    assert words.text[0].startswith(HOSTILE[:40])
    assert "img" not in words.tags
    assert len(words.ids) == len(set(words.ids))


def test_the_page_says_what_it_shows_in_words() -> None:
    filters = Filters(kind="seizure", groups=("TTP",), date_from="2019")
    snapshot = make_snapshot(filters=filters, format_="html", title="Arms of the TTP")
    words = read(page_html(snapshot)).text
    assert words[0] == "Arms of the TTP"
    for said in (
        "Seizures that name TTP, since 2019",
        "Khyber Atlas",
        "14 November 2023, 22:13 UTC",
        "kind: seizure",
        "group: TTP",
        "from: 2019",
        "python cli.py verify FILE",
        snapshot.manifest.digest,
        "Routes: opiates and other drugs",
        "Open Data Commons Open Database License 1.0",
    ):
        assert said in words
    assert any(text.startswith("A count is of published records") for text in words)
    assert any(text.startswith("The lines and names shown imply no opinion") for text in words)
    shown, total = len(snapshot.selection.records), 1123
    assert f"{shown} of 1\u202f{total - 1000} records" in words


def test_columns_hold_what_the_table_sorts_by() -> None:
    text = page_html(layers_small.snapshot({"place": "", "district": "Ost"}, {"id": "s-2"}))
    columns = decode_columns(block(text, "columns-seizures"))
    assert columns["place"].tolist() == ["Ost", "Boxtown"]
    assert columns["injured"].isna().tolist() == [True, True]
    assert columns["killed"].isna().tolist() == [True, True]
    incidents = decode_columns(block(text, "columns-incidents"))
    assert incidents["place"].tolist() == []


def test_an_extent_is_written_as_corners() -> None:
    view = page_view(make_snapshot(format_="html", extent=(69.5, 33.5, 72.0, 35.0)))
    assert view["extent"] == [[33.5, 69.5], [35.0, 72.0]]
    assert view["years"] == [2005, 2026]


def test_sources_are_listed_by_record_with_links_of_http_only() -> None:
    seeds = layers_small.seeds()
    rows = [
        {"source_name": "", "source_url": "https://www.example.org/a"},
        {"id": "s-2", "source_name": "The Box", "source_url": "javascript:x"},
        {"id": "s-3", "source_name": "", "source_url": "", "other_urls": ""},
    ]
    records = layers_small.selection(*rows).records
    told = source_table([records, records.iloc[:0]], seeds.sources)
    assert told["publishers"] == ["example.org", "The Box"]
    assert told["publisher"] == [0, 1]
    assert told["record"] == [0, 1]
    assert told["url"] == ["https://www.example.org/a", ""]


def test_text_becomes_html_that_shows_it_and_nothing_else() -> None:
    assert plain("<b>\x00\ud800&\u202e\n") == "&lt;b&gt;\ufffd\ufffd&amp;\u202e\n"
    assert tag("p", "a<b", class_="x", dir="") == '<p class="x">a&lt;b</p>'
    assert link("x", "javascript:y") == "x"
    assert link("x", 'https://a.org/"').startswith('<a href="https://a.org/&quot;"')
