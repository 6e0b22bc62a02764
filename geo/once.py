"""What is worked out of a layer once and kept as long as the layer, as its spatial index is."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import geopandas as gpd

P = ParamSpec("P")
T = TypeVar("T")


def once_a_layer(
    make: Callable[Concatenate[gpd.GeoDataFrame, P], T],
) -> Callable[Concatenate[gpd.GeoDataFrame, P], T]:
    """Keep what a function makes of a layer, until the layer is gone.

    A layer's projected lines take longer to make than a few records to join to them.

    Parameters
    ----------
    make
        Takes a layer, which nobody changes in place, and words.

    Returns
    -------
    collections.abc.Callable
        The same function; what it gives is shared and must not be changed either.
    """
    kept: dict[tuple[object, ...], T] = {}

    @wraps(make)
    def give(layer: gpd.GeoDataFrame, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (id(layer), *args, *kwargs.items())
        if key not in kept:
            made = make(layer, *args, **kwargs)
            # The number is another layer's once this one is gone.
            weakref.finalize(layer, kept.pop, key, None).atexit = False
            kept[key] = made
            return made
        return kept[key]

    return give
