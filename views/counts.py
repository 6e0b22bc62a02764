"""How records are shown, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.counts import number, undecided_phrase
from layers.records import not_drawn

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.select import Selection

KIND_LAYERS: Final = {"seizure": ("seizures", "Seizures"), "incident": ("incidents", "Incidents")}


def caveats(selection: Selection, layers: tuple[str, ...], show_as: str = "signs") -> list[str]:
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

    Returns
    -------
    list of str
        Sentences; none if there is nothing to say.
    """
    undecided = undecided_phrase(selection)
    sentences = [undecided] if undecided else []
    off = {kind: name for kind, (layer, name) in KIND_LAYERS.items() if layer not in layers}
    for kind, name in off.items():
        hidden = int((selection.records["kind"] == kind).sum())
        if hidden:
            sentences.append(f"{name} are switched off on the map ({number(hidden)}).")
    shown = selection.records[~selection.records["kind"].isin(list(off))]
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
