"""What is kept of a layer is the layer's own, and gone with it."""

from __future__ import annotations

import gc

import geopandas as gpd

from geo.once import once_a_layer


def layer(*x: float) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, x), crs=4326)


def test_a_layer_is_worked_out_once_for_each_word() -> None:
    asked: list[str] = []

    @once_a_layer
    def sizes(layer: gpd.GeoDataFrame, word: str) -> tuple[str, int]:
        asked.append(word)
        return word, len(layer)

    one, two = layer(1), layer(1, 2)
    assert [sizes(one, "a"), sizes(two, "a"), sizes(one, "b"), sizes(one, "a")] == [
        ("a", 1),
        ("a", 2),
        ("b", 1),
        ("a", 1),
    ]
    assert asked == ["a", "a", "b"]


def test_nothing_is_kept_of_a_layer_that_is_gone() -> None:
    class Made:
        alive = 0

        def __init__(self) -> None:
            Made.alive += 1

        def __del__(self) -> None:
            Made.alive -= 1

    @once_a_layer
    def make(_: gpd.GeoDataFrame) -> Made:
        return Made()

    for size in range(1, 20):
        this = layer(*range(size))
        assert make(this) is make(this)
    assert Made.alive < 19
    del this
    gc.collect()
    assert Made.alive == 0
