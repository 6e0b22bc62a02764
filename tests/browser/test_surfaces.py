"""Hexagons and heat on a bare canvas: who is counted, where, and what is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page

from layers.ramp import ramp_json
from tests.conftest import NewPage

JS: Final = Path(__file__).parents[2] / "layers" / "js"
SITE, TOWN, DISTRICT, PROVINCE = range(4)

# One frame of 400 by 300 pixels; places are given in pixels of it, before any panning.
HARNESS: Final = """
const size = {width: 400, height: 300};
const START = {left: 700 * 256, top: 400 * 256};
window.table = function (places, scale) {
  const of = (kind, name, other) =>
    kind.from(places, (each) => (each[name] === undefined ? other : each[name]));
  const at = (name, start) => (each) => (each[name] + start) / scale;
  return {
    x: Float64Array.from(places, at("x", START.left)),
    y: Float64Array.from(places, at("y", START.top)),
    mask: of(Uint8Array, "mask", 1),
    rank: of(Uint8Array, "rank", 0),
    radiusKm: of(Float64Array, "km", 1),
  };
};
window.frameOf = function (layers, {right = 0, down = 0, km = 1, zoom = 10} = {}) {
  const scale = 256 * 2 ** zoom;
  return {
    ...size,
    scale,
    left: START.left + right,
    top: START.top + down,
    layerLeft: -50,
    layerTop: -20,
    ratio: 1,
    ramp,
    kmPerPx: () => km,
    layers: layers.map((places) => table(places, scale)),
  };
};
window.paint = function (as, layers, options) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, size);
  document.body.replaceChildren(canvas);
  window.pen = canvas.getContext("2d", {willReadFrequently: true});
  window.frame = frameOf(layers, options);
  const painted = (as === "heat" ? khyber.paintHeat : khyber.paintHexagons)(pen, frame);
  painted.signs.forEach((sign) => {
    sign.layers = sign.layers.map(({layer, count}) => [frame.layers.indexOf(layer), count]);
    sign.first.layer = frame.layers.indexOf(sign.first.layer);
  });
  return (window.painted = painted);
};
window.alphaAt = (x, y) => pen.getImageData(x, y, 1, 1).data[3];
"""

KEYS: Final = """() => Array.from(frame.layers[0].mask,
  (_, row) => khyber.hexagonOf(frame, frame.layers[0], row))"""


def load_scripts(page: Page) -> Page:
    page.set_content("<!DOCTYPE html><body style='margin: 0'></body>")
    page.evaluate("ramp => { window.khyber = {}; window.ramp = ramp; }", ramp_json())
    for name in ("stamps", "surface", "hexagons", "heat"):
        page.add_script_tag(content=(JS / f"{name}.js").read_text(encoding="utf-8"))
    page.add_script_tag(content=HARNESS)
    return page


@pytest.fixture
def bare(page: Page) -> Page:
    """A page of nothing but a canvas and the scripts that paint on it."""
    return load_scripts(page)


def paint(page: Page, how: str, *layers: list[dict[str, float]], **options: float) -> Any:
    return page.evaluate(
        "([how, layers, more]) => paint(how, layers, more)", [how, layers, options]
    )


def alpha(page: Page, x: float, y: float) -> int:
    return int(page.evaluate("([x, y]) => alphaAt(x, y)", [round(x), round(y)]))


def on_canvas(sign: dict[str, Any]) -> tuple[float, float]:
    return sign["x"] + 50, sign["y"] + 20


def heap(x: float, y: float, count: int, **more: float) -> list[dict[str, float]]:
    return [{"x": x, "y": y, **more} for _ in range(count)]


def spread(count: int) -> list[dict[str, float]]:
    """Place records all over the canvas and somewhat beyond, the same at each call."""
    return [{"x": (k * 137.508) % 520 - 60, "y": (k * 71.31) % 420 - 60} for k in range(count)]


def test_seven_records_of_a_place_are_one_hexagon(bare: Page) -> None:
    painted = paint(bare, "hexagons", heap(203, 151, 7))
    (sign,) = painted["signs"]
    x, y = on_canvas(sign)
    assert sign["hex"]
    assert sign["count"] == painted["counted"] == 7
    assert abs(x - 203) <= sign["half"]
    assert abs(y - 151) <= 16
    assert alpha(bare, x, y - 11) > 150
    around = [(x - 16, y), (x + 16, y), (x - 10, y - 15), (x + 10, y + 15), (20, 20), (380, 280)]
    assert [alpha(bare, *place) for place in around] == [0] * 6


def test_the_number_is_written_from_two_records_on(bare: Page) -> None:
    paint(bare, "hexagons", heap(100, 100, 1) + heap(300, 200, 4))
    shades = """([x, y]) => new Set(
      new Uint32Array(pen.getImageData(x - 5, y - 5, 10, 10).data.buffer)).size"""
    signs = bare.evaluate("painted.signs")
    counts = {sign["count"]: bare.evaluate(shades, on_canvas(sign)) for sign in signs}
    assert counts[1] == 1
    assert counts[4] > 1


def test_each_place_is_in_the_hexagon_nearest_to_it(bare: Page) -> None:
    places = spread(800)
    painted = paint(bare, "hexagons", places)
    middles = {sign["key"]: on_canvas(sign) for sign in painted["signs"]}
    keys = bare.evaluate(KEYS)
    # A hexagon here is 28 wide and 32 high, a regular one but for a hundredth of its height.
    for place, key in zip(places, keys, strict=True):
        if key not in middles:
            continue
        distances = {
            other: (x - place["x"]) ** 2 + ((y - place["y"]) * 28 / 24 * 0.75**0.5) ** 2
            for other, (x, y) in middles.items()
        }
        assert distances[key] <= min(distances.values()) + 1e-6


@pytest.mark.parametrize(
    ("right", "down"), [(1, 0), (0, 1), (13, 7), (-40, 95), (28, 24), (-3, -9)]
)
def test_panning_keeps_the_members_of_hexagons(bare: Page, right: int, down: int) -> None:
    places = spread(1500)
    before = {sign["key"]: sign for sign in paint(bare, "hexagons", places)["signs"]}
    after = {
        sign["key"]: sign
        for sign in paint(bare, "hexagons", places, right=right, down=down)["signs"]
    }
    both = before.keys() & after.keys()
    assert len(both) > 50
    for key in both:
        assert before[key]["count"] == after[key]["count"]
        assert before[key]["x"] == after[key]["x"] + right
        assert before[key]["y"] == after[key]["y"] + down


def test_the_records_of_a_hexagon_can_be_found_again(bare: Page) -> None:
    coarse = heap(203, 151, 3, rank=DISTRICT, km=200)
    painted = paint(bare, "hexagons", [*spread(600), *coarse])
    keys = bare.evaluate(KEYS)
    assert keys[-3:] == [-1, -1, -1]
    for sign in painted["signs"]:
        assert keys.count(sign["key"]) == sign["count"]
        assert keys[sign["first"]["row"]] == sign["key"]
    found = "key => khyber.rowsInHexagon(frame, frame.layers[0], key)"
    key = painted["signs"][9]["key"]
    assert bare.evaluate(found, key) == [row for row, each in enumerate(keys) if each == key]


def test_layers_are_counted_together_and_named_apart(bare: Page) -> None:
    painted = paint(bare, "hexagons", heap(90, 90, 2), heap(203, 151, 1) + heap(90, 90, 3))
    by_count = {sign["count"]: sign for sign in painted["signs"]}
    assert by_count[5]["layers"] == [[0, 2], [1, 3]]
    assert by_count[5]["first"] == {"layer": 0, "row": 0}
    assert by_count[1]["layers"] == [[1, 1]]
    assert by_count[1]["first"] == {"layer": 1, "row": 0}


def test_what_does_not_match_or_has_no_place_does_not_count(bare: Page) -> None:
    places = [*heap(203, 151, 4), *heap(203, 151, 3, mask=0), {"x": float("nan"), "y": 100}]
    assert [sign["count"] for sign in paint(bare, "hexagons", places)["signs"]] == [4]
    assert paint(bare, "heat", places)["counted"] == 4
    nothing = heap(203, 151, 3, mask=0)
    assert paint(bare, "hexagons", nothing)["signs"] == []
    paint(bare, "heat", nothing)
    assert alpha(bare, 203, 151) == 0


@pytest.mark.parametrize(("how", "reach_km"), [("hexagons", 28), ("heat", 48)])
def test_records_too_coarse_for_the_scale_are_left_out_and_counted(
    bare: Page, how: str, reach_km: int
) -> None:
    places = [
        *heap(203, 151, 2, rank=TOWN, km=5),
        *heap(203, 151, 3, rank=DISTRICT, km=reach_km),
        *heap(203, 151, 4, rank=DISTRICT, km=reach_km + 0.01),
        *heap(203, 151, 6, rank=PROVINCE, km=1),
        *heap(900, 900, 9, rank=DISTRICT, km=1000),
    ]
    painted = paint(bare, how, places, km=1)
    assert (painted["counted"], painted["tooCoarse"], painted["onlyProvince"]) == (5, 4, 6)
    closer = paint(bare, how, places, km=0.01)
    assert (closer["counted"], closer["tooCoarse"], closer["onlyProvince"]) == (0, 9, 6)
    note = bare.evaluate(
        "([how, painted]) => khyber.surfaceLegend(how, painted).note", [how, painted]
    )
    assert "4 records known too roughly for this scale are not in it" in note
    assert "6 records known only by province are not in it" in note


def test_heat_is_hottest_where_most_records_are(bare: Page) -> None:
    painted = paint(bare, "heat", heap(120, 100, 40) + heap(300, 200, 4))
    assert (painted["counted"], painted["faint"]) == (44, True)
    dense, thin, far = alpha(bare, 120, 100), alpha(bare, 300, 200), alpha(bare, 210, 290)
    assert dense > thin > 10
    assert far == 0
    assert alpha(bare, 120, 100 + 56) == 0
    darkness = (
        "([x, y]) => 765 - pen.getImageData(x, y, 1, 1).data.slice(0, 3).reduce((a, b) => a + b)"
    )
    assert bare.evaluate(darkness, [120, 100]) > bare.evaluate(darkness, [300, 200])


def test_one_record_alone_is_not_hot(bare: Page) -> None:
    paint(bare, "heat", heap(120, 100, 1))
    alone = alpha(bare, 120, 100)
    assert not paint(bare, "heat", heap(120, 100, 20))["faint"]
    assert 10 < alone < 0.99 * alpha(bare, 120, 100)


def test_heat_moves_with_the_map(bare: Page) -> None:
    places = spread(300) + heap(200, 150, 60)
    read = "() => Array.from(pen.getImageData(150, 100, 100, 100).data)"
    paint(bare, "heat", places)
    before = bare.evaluate(read)
    paint(bare, "heat", places, right=17, down=-6)
    after = bare.evaluate("() => Array.from(pen.getImageData(133, 106, 100, 100).data)")
    assert before == after


def test_classes_follow_the_largest_count_and_have_round_limits(bare: Page) -> None:
    labels = "painted => khyber.surfaceLegend('hexagons', painted).legend.map((each) => each.label)"

    def legend(*counts: int) -> list[str]:
        places = [each for k, count in enumerate(counts) for each in heap(60 + 90 * k, 80, count)]
        return list(bare.evaluate(labels, paint(bare, "hexagons", places)))

    assert legend(1) == ["1 or more"]
    assert legend(1, 7) == ["1", "2", "3–4", "5 or more"]
    assert legend(1, 30, 60) == ["1", "2–4", "5–9", "10–19", "20–49", "50 or more"]
    assert legend(3000)[-2:] == ["500–1\u202f999", "2\u202f000 or more"]


def test_the_legend_names_what_a_hexagon_is(bare: Page) -> None:
    painted = paint(bare, "hexagons", heap(203, 151, 7), km=1.63)
    section = bare.evaluate("painted => khyber.surfaceLegend('hexagons', painted)", painted)
    assert section["note"] == "A hexagon is about 46 km across."
    first = section["legend"][0]
    assert first["sign"]["shape"] == "hexagon"
    assert first["sign"]["colour"].startswith("#")
    assert first["heading"] == section["title"] == "Records in a hexagon"
    assert bare.evaluate("() => khyber.surfaceLegend('heat', {}).legend") == []


def test_four_hundred_thousand_records(bare: Page) -> None:
    counted = bare.evaluate(
        """() => {
          const places = Array.from({length: 400000}, (_, k) => {
            const known = k % 4 ? {rank: 0, km: 1} : {rank: 2, km: 50};
            return {x: (k * 137.508) % 400, y: (k * 71.31) % 300, ...known};
          });
          const sum = paint("hexagons", [places]).signs.reduce((all, sign) => all + sign.count, 0);
          return [sum, painted.tooCoarse, paint("heat", [places]).counted];
        }"""
    )
    assert counted == [300_000, 100_000, 300_000]


def test_sharp_on_a_dense_screen(new_page: NewPage) -> None:
    page = load_scripts(new_page(device_scale_factor=2))
    drawn = page.evaluate(
        """() => {
          const canvas = document.createElement("canvas");
          Object.assign(canvas, {width: 800, height: 600});
          const pen = canvas.getContext("2d", {willReadFrequently: true});
          pen.scale(2, 2);
          const places = Array.from({length: 7}, () => ({x: 203, y: 151}));
          const [sign] = khyber.paintHexagons(pen, frameOf([places])).signs;
          const [x, y] = [(sign.x + 50) * 2, (sign.y + 20) * 2];
          return [25, 29].map((off) => pen.getImageData(x - off, y, 1, 1).data[3]);
        }"""
    )
    assert drawn[0] > 150
    assert drawn[1] == 0
