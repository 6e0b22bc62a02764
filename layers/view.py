"""A view: what the map is to show, as data for the page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from layers.assets import script_json
from layers.data import DrawOptions
from layers.registry import LAYERS, get_layer
from layers.tiles import get_tiles

if TYPE_CHECKING:
    from geo.seeds import Seeds
    from geo.select import Selection


@dataclass(frozen=True, kw_only=True)
class Focus:
    """A record to go to and open; a new ``nonce`` is a new wish."""

    record_id: str
    nonce: str


@dataclass(frozen=True, kw_only=True)
class View:
    """What the map is to show.

    Attributes
    ----------
    layer_ids
        Layers that are on; drawn in the order of the registry.
    records
        Record layers as text, by layer id (:func:`record_layer`). A record
        layer that is on and not among them is not shown.
    data_url
        Address of the folder of :func:`layers.assets.data_files`, with no
        slash at the end.
    tiles
        Id of an online background; empty: none.
    focus
        The record to go to.
    """

    layer_ids: tuple[str, ...]
    records: Mapping[str, str] = field(default_factory=dict)
    data_url: str
    tiles: str = ""
    focus: Focus | None = None


def record_layer(seeds: Seeds, selection: Selection, layer_id: str, options: DrawOptions) -> str:
    """Draw a record layer as text to keep and to put into a view.

    Parameters
    ----------
    seeds, selection, options
        What to draw and how.
    layer_id
        ``seizures`` or ``incidents``.

    Returns
    -------
    str
        Its FeatureCollection as JSON, safe in scripts.
    """
    drawn = get_layer(layer_id).draw(seeds, selection, options)
    return script_json(drawn.as_geojson(name=layer_id))


def view_json(view: View) -> str:
    """Write a view as JSON, safe in scripts."""
    wanted = [layer for layer in LAYERS if layer.id in view.layer_ids]
    layers = []
    for layer in wanted:
        described: dict[str, Any] = {"id": layer.id, "name": layer.name, "group": layer.group}
        if not layer.of_records:
            url = f"{view.data_url}/{layer.id}.json"
            layers.append(script_json({**described, "url": url, "version": url}))
        elif layer.id in view.records:
            text = view.records[layer.id]
            version = hashlib.sha256(text.encode()).hexdigest()[:16]
            head = script_json({**described, "version": version, "areas": True})
            layers.append(f'{head[:-1]},"data":{text}}}')
    choice = get_tiles(view.tiles)
    rest = {
        "areas": {"url": f"{view.data_url}/areas.json"},
        "cards": {"url": f"{view.data_url}/cards.json"},
        "tiles": choice.as_dict() if choice else None,
        "focus": {"id": view.focus.record_id, "nonce": view.focus.nonce} if view.focus else None,
    }
    return f'{script_json(rest)[:-1]},"layers":[{",".join(layers)}]}}'
