"""A view: what the map is to show, as data for the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from layers.data import DrawOptions
from layers.recordlayer import details_source
from layers.recordstyle import record_style
from layers.registry import LAYERS, Layer
from layers.tiles import get_tiles

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True, kw_only=True)
class Focus:
    """A record to go to and open, by its row of a layer; a new ``nonce`` is a new wish."""

    layer_id: str
    row: int
    nonce: str


@dataclass(frozen=True, kw_only=True)
class Versus:
    """Other filters, whose records a second map in the frame shows.

    Attributes
    ----------
    mode
        ``side`` (beside the map) or ``swipe`` (over it, with a line to move).
    filters
        As those of :class:`View`.
    """

    mode: str
    filters: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class View:
    """What the map is to show.

    Attributes
    ----------
    layer_ids
        Layers that are on; drawn in the order of the registry.
    filters
        For each layer of records by id, what it is to show
        (:func:`layers.pagefilter.page_filter`); all, where there is none.
    options
        How records are drawn.
    data_url
        Address of the folder of :func:`layers.assets.data_files`, with no
        slash at the end.
    brought
        Layers of records that were brought, and the address of each one's folder.
    tiles
        Id of an online background; empty: none.
    focus
        The record to go to.
    outlines
        What the records are filtered by (:func:`layers.reach.outlines`); ``None``
        for a page that has nobody to filter by what is drawn on it.
    versus
        What a second map shows; ``None``: there is one map.
    """

    layer_ids: tuple[str, ...]
    filters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    options: DrawOptions = field(default_factory=DrawOptions)
    data_url: str
    brought: Mapping[Layer, str] = field(default_factory=dict)
    tiles: str = ""
    focus: Focus | None = None
    outlines: tuple[dict[str, Any], ...] | None = None
    versus: Versus | None = None


def find_focus(
    joined: gpd.GeoDataFrame, record_id: str, nonce: str, layers: Iterable[Layer] = LAYERS
) -> Focus | None:
    """Find the layer and row of a record.

    Parameters
    ----------
    joined
        All records that the map may show, as :func:`layers.assets.data_files` got them.
    record_id, nonce
        The record, and the name of the wish to see it.
    layers
        All layers that there are.
    """
    for layer in layers:
        ids = joined.loc[layer.of(joined), "id"].to_numpy()
        (rows,) = (ids == record_id).nonzero()
        if len(rows):
            return Focus(layer_id=layer.id, row=int(rows[0]), nonce=nonce)
    return None


def view_data(view: View) -> dict[str, Any]:
    """Write a view for the page's ``khyber.show``."""
    tiles = get_tiles(view.tiles)
    focus = view.focus
    return {
        "layers": [
            layer_head(layer, view.options) | _where(layer, view)
            for layer in (*LAYERS, *view.brought)
            if layer.id in view.layer_ids
        ],
        "areas": {"url": f"{view.data_url}/areas.json"},
        "as": view.options.show_as,
        "tiles": tiles.as_dict() if tiles else None,
        "focus": {"layer": focus.layer_id, "row": focus.row, "nonce": focus.nonce}
        if focus
        else None,
        **({} if view.outlines is None else {"outlines": list(view.outlines)}),
        **({} if view.versus is None else {"versus": asdict(view.versus)}),
    }


def layer_head(layer: Layer, options: DrawOptions) -> dict[str, Any]:
    """Describe a layer to the page, without its data."""
    head: dict[str, Any] = {"id": layer.id, "name": layer.name, "group": layer.group}
    if layer.kind:
        # What was brought is painted over what is built in.
        order = LAYERS.index(layer) if layer in LAYERS else len(LAYERS)
        head |= {"kind": layer.kind, "order": order, "style": record_style(layer.kind, options)}
    return head


def _where(layer: Layer, view: View) -> dict[str, Any]:
    base = f"{view.brought.get(layer, view.data_url)}/{layer.id}"
    if not layer.kind:
        return {"url": f"{base}.json", "version": base}
    return {
        "columns": {"url": f"{base}.bin"},
        "details": details_source(f"{base}-details-"),
        "filter": view.filters.get(layer.id, {}),
        "version": base,
    }
