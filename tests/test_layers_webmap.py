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
from layers.payload import decode_columns
from layers.tiles import TILES, get_tiles
from layers.view import Focus, View, find_focus, view_data
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
    return View(
        layer_ids=("seizures", "basemap"),
        filters={"seizures": {"equal": {"category": [HOSTILE]}}},
        options=DrawOptions(show_as="heat"),
        data_url="/app/static/abc",
        focus=Focus(layer_id="seizures", row=0, nonce="1"),
    )


def test_a_view_names_its_data_by_address_and_holds_only_the_filter() -> None:
    view = view_data(hostile_view())
    ground, records = view["layers"]
    assert ground["url"] == "/app/static/abc/basemap.json"
    assert records["columns"] == {"url": "/app/static/abc/seizures.bin"}
    assert records["details"] == {"url": "/app/static/abc/seizures-details-", "size": 200}
    assert records["filter"] == {"equal": {"category": [HOSTILE]}}
    assert records["style"]["shape"] == "square"
    assert view["areas"] == {"url": "/app/static/abc/areas.json"}
    assert view["as"] == "heat"
    assert view["focus"] == {"layer": "seizures", "row": 0, "nonce": "1"}
    assert view["tiles"] is None


def test_a_view_of_any_number_of_records_is_small() -> None:
    assert len(json.dumps(view_data(hostile_view()))) < 12_000


def test_text_of_filters_passes_folium_unchanged() -> None:
    base = base_map(ASSETS)
    view_group(hostile_view()).add_to(base)
    text = base.get_root().render()
    call = re.search(r"khyber\.show\((\w+), (.*)\);", text)
    assert call is not None
    assert call[1] == base.get_name()
    assert json.loads(call[2]) == json.loads(json.dumps(view_data(hostile_view())))


def test_a_record_is_found_by_its_row_of_its_layer() -> None:
    incident = {"id": "i-1", "kind": "incident"}
    joined = layers_small.selection({}, incident, {"id": "s-2"}).records
    assert find_focus(joined, "s-2", "n") == Focus(layer_id="seizures", row=1, nonce="n")
    assert find_focus(joined, "i-1", "n") == Focus(layer_id="incidents", row=0, nonce="n")
    assert find_focus(joined, "x", "n") is None


def test_the_files_are_those_a_view_asks_for() -> None:
    seeds = layers_small.seeds()
    files = data_files(seeds, layers_small.selection({}).records)
    assert {"basemap.json", "borders.json", "areas.json", "seizures.bin"} <= set(files)
    assert "seizures.json" not in files
    columns = files["seizures.bin"]
    assert isinstance(columns, bytes)
    assert decode_columns(columns)["lat"].tolist() == [30.5]
    assert json.loads(files["seizures-details-0.json"])["ids"] == ["s-1"]
    assert version_of(files) == version_of(dict(reversed(files.items())))
    assert version_of(files) != version_of({**files, "areas.json": "{}"})
    assert version_of(files) != version_of({**files, "seizures.bin": b""})


def test_our_scripts_write_no_markup() -> None:
    own = page_files()["khyber.js"]
    for risky in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert risky not in own


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
