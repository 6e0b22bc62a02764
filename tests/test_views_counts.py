"""How many records, and how they are shown, in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from geo.counts import count_phrase
from layers.registry import default_layers
from tests.layers_small import selection
from views.counts import caveats


def test_what_is_drawn_as_an_area_or_not_at_all_is_told() -> None:
    chosen = selection(
        {"id": "s-1"},
        {"id": "s-2", "precision": "district"},
        {"id": "s-3", "precision": "province"},
        {"id": "s-4", "lat": "", "lon": ""},
    )
    assert count_phrase(chosen) == "4 of 4 records"
    assert caveats(chosen, default_layers()) == [
        "Shown as areas: 1 known only to the district, 1 known only to the province.",
        "Cannot be drawn: 1 with no coordinates.",
    ]
    # What these leave out depends on the zoom: the legend says it.
    assert caveats(chosen, default_layers(), "hexagons") == []


def test_a_layer_that_is_off_is_told() -> None:
    chosen = selection({"id": "s-1"}, {"id": "i-1", "kind": "incident"})
    layers = tuple(layer for layer in default_layers() if layer != "seizures")
    assert caveats(chosen, layers) == ["Seizures are switched off on the map (1)."]


def test_what_cannot_be_told_is_told() -> None:
    chosen = selection({"id": "s-1"}, {"id": "s-2"})
    first = np.array([True, False])
    chosen = replace(chosen, surely=first, unsure=~first)
    assert count_phrase(chosen) == "1 of 2 records"
    assert caveats(chosen, default_layers()) == ["1 more is dated or located too coarsely to tell."]
