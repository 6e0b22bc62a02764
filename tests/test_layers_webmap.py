"""The base map, the view and the saved page, as text."""

from __future__ import annotations

import json
import re
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.assets import assets_at, data_files, page_files, script_json, version_of
from layers.data import DrawOptions
from layers.page import page_html
from layers.tiles import TILES, get_tiles
from layers.view import Focus, View, record_layer, view_json
from layers.webmap import base_map, view_group
from tests import layers_small

HOSTILE = "</script><script>x</script> ${x} `x` {{7*7}} {%if%} {#x#} <img src=x> \u2028 ' \" \\ &"
ASSETS = assets_at("/app/static/abc")


def rendered_base() -> str:
    """Render the base map, its random id replaced."""
    base = base_map(ASSETS)
    text: str = base.get_root().render()
    return text.replace(base.get_name(), "map_id").replace(base._id, "id")


def test_the_base_map_is_the_same_at_every_call() -> None:
    assert rendered_base() == rendered_base()


def test_the_base_map_asks_nothing_of_the_internet() -> None:
    text = rendered_base()
    assert "http:" not in text
    assert "https:" not in text
    assert re.findall(r'(?:src|href)="([^"]+)"', text) == [*ASSETS.js, *ASSETS.css]


def test_the_assets_belong_to_the_instance() -> None:
    first = base_map(assets_at("/one"))
    second = base_map(assets_at("/two"))
    assert first.default_js[0][1] == "/one/leaflet.js"
    assert second.default_js[0][1] == "/two/leaflet.js"


@given(st.recursive(st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner)))
def test_script_json_is_the_same_value_and_passes_a_template_unchanged(value: Any) -> None:
    text = script_json({"value": value})
    assert json.loads(text) == {"value": value}
    assert not re.search(r"[<>&'`$\u2028\u2029]|\{[{%#]", text)
    assert jinja2.Template(text, keep_trailing_newline=True).render() == text


def hostile_view() -> View:
    chosen = layers_small.selection({"place": HOSTILE, "category": HOSTILE})
    seeds = layers_small.seeds()
    return View(
        layer_ids=("seizures", "basemap"),
        records={"seizures": record_layer(seeds, chosen, "seizures", DrawOptions())},
        data_url="/app/static/abc",
        focus=Focus(record_id=HOSTILE, nonce="1"),
    )


def test_a_view_names_files_by_address_and_holds_records_inline() -> None:
    view = json.loads(view_json(hostile_view()))
    ground, records = view["layers"]
    assert ground["url"] == "/app/static/abc/basemap.json"
    assert records["data"]["features"][0]["properties"]["ids"] == ["s-1"]
    assert view["areas"] == {"url": "/app/static/abc/areas.json"}
    assert view["cards"] == {"url": "/app/static/abc/cards.json"}
    assert view["focus"] == {"id": HOSTILE, "nonce": "1"}
    assert view["tiles"] is None


def test_text_of_records_passes_folium_unchanged() -> None:
    base = base_map(ASSETS)
    view_group(hostile_view()).add_to(base)
    text = base.get_root().render()
    call = re.search(r"khyber\.show\((\w+), (.*)\);", text)
    assert call is not None
    assert call[1] == base.get_name()
    assert json.loads(call[2]) == json.loads(view_json(hostile_view()))


def test_a_record_layer_changes_its_version_with_its_records() -> None:
    view = hostile_view()
    other = View(layer_ids=("seizures",), records={"seizures": "{}"}, data_url="")
    versions = [json.loads(view_json(each))["layers"][-1]["version"] for each in (view, other)]
    assert versions[0] != versions[1]


def test_the_files_are_those_a_view_asks_for() -> None:
    seeds = layers_small.seeds()
    texts = data_files(seeds, layers_small.selection({}).records)
    assert {"basemap.json", "borders.json", "areas.json", "cards.json"} <= set(texts)
    assert "seizures.json" not in texts
    assert all(json.loads(text) is not None for text in texts.values())
    assert version_of(texts) == version_of(dict(reversed(texts.items())))
    assert version_of(texts) != version_of({**texts, "areas.json": "{}"})


def test_our_scripts_write_no_markup() -> None:
    own = page_files()["khyber.js"]
    for risky in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert risky not in own


def test_a_saved_page_refers_to_nothing_and_lets_only_its_scripts_run() -> None:
    text = page_html(layers_small.seeds(), layers_small.selection({"place": HOSTILE}))
    assert not re.findall(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=", text)
    assert text.count("<script") == 4
    assert text.count("'sha256-") == 3
    assert HOSTILE not in text


@pytest.mark.parametrize("choice", TILES, ids=lambda choice: choice.id)
def test_tiles_are_served_over_https_with_attribution(choice: Any) -> None:
    told = choice.as_dict()
    assert told["url"].startswith("https://")
    assert {"{z}", "{x}", "{y}"} <= set(re.findall(r"\{\w\}", told["url"]))
    assert told["attribution"]
    assert "<" not in told["attribution"]


def test_no_tiles_are_the_default() -> None:
    assert get_tiles("") is None
    with pytest.raises(KeyError, match="no online map 'x'; there are osm"):
        get_tiles("x")
