"""The record layer as part of any folium map."""

from __future__ import annotations

import json
import re

import folium
import pytest

from layers.columns import record_columns
from layers.data import DrawOptions
from layers.payload import encode_columns
from layers.recordlayer import RecordFilter, RecordLayer, columns_source, details_source
from layers.recordstyle import record_style
from tests import layers_small

STYLE = record_style("seizure", DrawOptions())
HOSTILE = "</script><script>x</script> ${x} {{7*7}} {%if%}"


def options_of(text: str) -> list[dict[str, object]]:
    calls = re.findall(r"new khyber\.RecordLayer\((.*)\)\.addTo\(", text)
    return [json.loads(call) for call in calls]


def test_a_layer_brings_its_scripts_once_and_its_data() -> None:
    records = layers_small.selection({}).records
    payload = encode_columns(record_columns(records, layers_small.seeds().items))
    base = folium.Map(tiles=None)
    RecordLayer(payload, style=STYLE, name="one").add_to(base)
    RecordLayer(payload, style=STYLE, name="two", filter={"items": [HOSTILE]}).add_to(base)
    text = base.get_root().render()
    first, second = options_of(text)
    assert (first["id"], second["id"]) == ("one", "two")
    assert first["columns"] == columns_source(payload)
    assert second["filter"] == {"items": [HOSTILE]}
    assert text.count("khyber.RecordLayer = L.Layer.extend") == 1
    assert HOSTILE not in text


def test_a_layer_may_name_its_data_by_address_and_leave_scripts_to_the_page() -> None:
    base = folium.Map(tiles=None)
    layer = RecordLayer("/r.bin", style=STYLE, details="/r-", areas="/areas.json", scripts=False)
    layer.add_to(base)
    text = base.get_root().render()
    assert options_of(text)[0]["columns"] == {"url": "/r.bin"}
    assert options_of(text)[0]["details"] == details_source("/r-")
    assert options_of(text)[0]["areas"] == {"url": "/areas.json"}
    assert "khyber.RecordLayer = L.Layer.extend" not in text


def test_a_filter_calls_the_layer_of_its_map() -> None:
    base = folium.Map(tiles=None)
    group = folium.FeatureGroup().add_to(base)
    RecordFilter("one", {"items": [HOSTILE]}).add_to(group)
    text = base.get_root().render()
    call = re.search(r"khyber\.filterRecords\((\w+), \"one\", (.*)\);", text)
    assert call is not None
    assert call[1] == base.get_name()
    assert json.loads(call[2]) == {"items": [HOSTILE]}


def test_a_filter_without_a_map_says_so() -> None:
    with pytest.raises(ValueError, match="add the RecordFilter to a FeatureGroup of a map"):
        _ = RecordFilter("one", {}).map_name
