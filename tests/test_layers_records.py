"""Which records the map cannot show."""

from __future__ import annotations

from layers.records import not_drawn
from tests import layers_small


def test_what_cannot_be_drawn_is_told_with_the_reason() -> None:
    chosen = layers_small.selection(
        {},
        {"id": "s-2", "lat": "", "lon": ""},
        {"id": "s-3", "lat": "", "lon": "", "precision": "province"},
        {"id": "s-4", "precision": "province", "province": "West"},
    )
    reasons = not_drawn(chosen.records)
    assert dict(zip(chosen.records.loc[reasons.index, "id"], reasons, strict=True)) == {
        "s-2": "no coordinates",
        "s-3": "province not known",
    }
