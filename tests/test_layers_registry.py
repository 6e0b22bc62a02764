"""The registry: complete entries, and layers that draw what they say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from layers.data import LayerData
from layers.registry import BROUGHT_GROUP, LAYER_GROUPS, LAYERS, Layer, default_layers, get_layer
from tests import layers_small


def test_the_layers_are_those_of_the_atlas() -> None:
    assert [layer.id for layer in LAYERS] == [
        *("basemap", "borders", "disputed", "provinces", "nangarhar"),
        *("khyber-pakhtunkhwa", "fata", "wakhan", "crossings"),
        *("routes-arms", "routes-opiates", "routes-precursors", "routes-people", "routes-trade"),
        *("seizures", "incidents"),
    ]
    assert {layer.group for layer in LAYERS} | {BROUGHT_GROUP} == set(LAYER_GROUPS)


def test_default_layers_show_records_and_leave_the_washes_off() -> None:
    assert default_layers() == (
        *("basemap", "borders", "disputed", "provinces", "crossings", "seizures", "incidents"),
    )


def test_an_entry_without_source_and_licence_is_refused_naming_both() -> None:
    with pytest.raises(ValueError, match="layer x lacks source, licence"):
        Layer(
            id="x",
            name="X",
            group=LAYER_GROUPS[0],
            source="",
            licence=" ",
            draw=lambda seeds: LayerData(features=()),
        )


def test_an_entry_of_an_unknown_group_is_refused() -> None:
    with pytest.raises(ValueError, match="layer x is in group 'Others'"):
        Layer(
            id="x",
            name="X",
            group="Others",
            source="S",
            licence="L",
            draw=lambda seeds: LayerData(features=()),
        )


def test_an_unknown_layer_names_the_known() -> None:
    with pytest.raises(KeyError, match="no layer 'roads'; there are basemap, borders"):
        get_layer("roads")


def test_an_entry_is_either_drawn_or_of_records() -> None:
    about: dict[str, Any] = dict.fromkeys(("id", "name", "source", "licence"), "x")
    about["group"] = LAYER_GROUPS[0]
    with pytest.raises(ValueError, match="layer x needs either a way to draw it or a kind"):
        Layer(**about)
    with pytest.raises(ValueError, match="layer x needs either a way to draw it or a kind"):
        Layer(**about, kind="seizure", draw=lambda seeds: LayerData(features=()))


DRAWN = [layer for layer in LAYERS if layer.draw]


@pytest.mark.parametrize("layer", DRAWN, ids=lambda layer: layer.id)
def test_every_layer_draws_features_the_page_knows(layer: Layer) -> None:
    assert layer.draw is not None
    drawn = layer.draw(layers_small.seeds())
    known = set(re.findall(r"khyber\.draw\.(\w+) =", _scripts()))
    assert {each["properties"]["draw"] for each in drawn.features} <= known
    assert drawn.as_geojson(name=layer.id)["type"] == "FeatureCollection"


def test_counts_are_of_features_or_records() -> None:
    seeds = layers_small.seeds()
    counts = {layer.id: layer.count(seeds) for layer in LAYERS}
    assert counts["borders"] == 1
    assert counts["crossings"] == 1
    assert counts["seizures"] == 1
    assert counts["incidents"] == 0


def _scripts() -> str:
    folder = Path(__file__).resolve().parents[1] / "layers" / "js"
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.js"))
