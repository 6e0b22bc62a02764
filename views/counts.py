"""How records are shown, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.counts import number, undecided_phrase
from layers.records import not_drawn
from layers.registry import LAYERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from geo.select import Selection
    from layers.registry import Layer


def caveats(
    selection: Selection,
    layers: tuple[str, ...],
    show_as: str = "signs",
    known: Sequence[Layer] = LAYERS,
) -> list[str]:
    """Say what the map does not show as a point, and why.

    Parameters
    ----------
    selection
        What the filters keep.
    layers
        Ids of the layers that are on.
    show_as
        How records show: what hexagons and heat leave out changes with the zoom,
        so the map's legend says it.
    known
        All layers that there are.

    Returns
    -------
    list of str
        Sentences; none if there is nothing to say.
    """
    undecided = undecided_phrase(selection)
    sentences = [undecided] if undecided else []
    shown = np.ones(len(selection.records), dtype=bool)
    for layer in known:
        if not layer.of_records or layer.id in layers:
            continue
        hidden = layer.of(selection.records)
        shown &= ~hidden
        if hidden.any():
            count = number(int(hidden.sum()))
            sentences.append(f"{layer.name} are switched off on the map ({count}).")
    shown = selection.records[shown]
    return sentences + (_roughly(shown) if show_as == "signs" else [])


def _roughly(records: gpd.GeoDataFrame) -> list[str]:
    reasons = not_drawn(records)
    drawn = records.drop(index=reasons.index)
    parts = []
    district = int((drawn["precision"] == "district").sum())
    province = int((drawn["precision"] == "province").sum())
    if district:
        parts.append(f"{number(district)} known only to the district")
    if province:
        parts.append(f"{number(province)} known only to the province")
    sentences = [f"Shown as areas: {', '.join(parts)}."] if parts else []
    if len(reasons):
        why = [f"{number(count)} with {reason}" for reason, count in reasons.value_counts().items()]
        told = ", ".join(why).replace("with province not known", "whose province is not known")
        sentences.append(f"Cannot be drawn: {told}.")
    return sentences
