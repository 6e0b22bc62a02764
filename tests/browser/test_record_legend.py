"""The legend of records: what it names under a filter, and its signs as drawn."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from layers.data import DrawOptions
from layers.recordstyle import record_style
from layers.style import BLUE, DARK, VERMILLION, css_variables

LEAFLET: Final = files("js_lib_leaflet") / "static" / "js_lib_leaflet"
OWN: Final = files("layers") / "js"
NEEDED: Final = ("dom", "surface", "stamps", "signs", "legend", "recordlegend")
HALF_OF_ALL = 200_000

# Rows of [class, target, rank, value or null, mask, x or null] to a layer as the page has it.
HARNESS: Final = """
window.layerOf = (style, rows) => {
  const part = (at) => rows.map((row) => row[at]);
  const numbers = (at) => Float64Array.from(part(at), (each) => each === null ? NaN : each);
  return {
    style,
    classes: Uint8Array.from(part(0)),
    open: Uint8Array.from(part(1)),
    value: style.measure ? numbers(3) : null,
    mask: Uint8Array.from(part(4)),
    table: { rank: Uint8Array.from(part(2)), x: numbers(5), rows: rows.length },
  };
};
window.legendOf = (style, rows, signs) => {
  const layer = layerOf(style, rows);
  return khyber.recordLegend(layer, { signs: signs.map((each) => ({ ...each, layer })) });
};
"""


@pytest.fixture
def bench(page: Page) -> Page:
    """Return a page with Leaflet, the legend's scripts and an empty map."""
    page.set_content(
        '<body style="margin:0"><div id="map" style="width:900px;height:860px"></div></body>'
    )
    for style in (LEAFLET / "leaflet.css", OWN / "khyber.css"):
        page.add_style_tag(content=css_variables() + style.read_text(encoding="utf-8"))
    for script in (LEAFLET / "leaflet.js", *(OWN / f"{name}.js" for name in NEEDED)):
        page.add_script_tag(content=script.read_text(encoding="utf-8"))
    page.add_script_tag(content=HARNESS)
    page.evaluate(
        "() => { window.map = L.map('map').setView([34, 70], 6);"
        " map.getContainer().classList.add('ka-map');"
        " map.khyber = { labels: { plan() {} } };"
        " window.legend = new khyber.Legend().addTo(map); legend.fold(false); }"
    )
    return page


def row(
    kind: int = 0,
    *,
    target: int = 0,
    rank: int = 0,
    value: float | None = 1,
    kept: int = 1,
    x: float | None = 0.5,
) -> list[Any]:
    return [kind, target, rank, value, kept, x]


def sign(count: int = 1, **told: Any) -> dict[str, Any]:
    return {"count": count, "coarse": False, "classes": [[0, count]], "value": 0, **told}


def told(
    page: Page, rows: list[list[Any]], signs: list[dict[str, Any]], kind: str, **options: Any
) -> dict[str, Any]:
    style = record_style(kind, DrawOptions(**options))
    found: dict[str, Any] = page.evaluate(
        "([style, rows, signs]) => legendOf(style, rows, signs)", [style, rows, signs]
    )
    return found


def labels(section: dict[str, Any]) -> list[str]:
    return [each["label"] for each in section["legend"]]


def show(page: Page, *sections: dict[str, Any]) -> None:
    page.evaluate("(shown) => legend.show(shown)", list(sections))


def svg(page: Page, drawn: dict[str, Any]) -> str:
    markup: str = page.evaluate("(sign) => khyber.signSvg(sign).outerHTML", drawn)
    return markup


def test_the_legend_names_only_what_the_filter_leaves(bench: Page) -> None:
    rows = [row(0, rank=1), row(1, kept=0, target=1), row(2, rank=3, x=None)]
    assert told(bench, rows, [sign()], "seizure") == {
        "title": "Records",
        "note": "",
        "legend": [
            {
                "heading": heading,
                "label": label,
                "order": order,
                "sign": {"shape": "square", "colour": colour, "size": 11, **more},
            }
            for heading, label, order, colour, more in (
                ("Records", "Seizure", 0, DARK, {}),
                ("Group", "ISKP", 0, VERMILLION, {}),
                ("Place known", "to the town, about 5 km", 1, DARK, {"soft": True}),
            )
        ],
    }


def test_a_layer_without_records_on_the_map_says_nothing(bench: Page) -> None:
    empty = {"title": "Records", "legend": [], "note": ""}
    assert told(bench, [row(kept=0)], [], "incident") == empty
    assert told(bench, [], [], "incident") == empty


def test_counts_numbers_and_roles_follow_the_signs(bench: Page) -> None:
    rows = [row(1), row(1), row(0, target=1), row(0, rank=2), row(8, rank=3)]
    signs = [
        sign(3, both=True),
        sign(2, coarse=True, classes=[[0, 1], [8, 1]]),
        {**sign(90), "hex": True},
    ]
    section = told(bench, rows, signs, "incident")
    assert labels(section) == [
        "Incident",
        "ISKP",
        "TTP",
        "Unattributed",
        "Several at one place",
        "The group acted or took part",
        "The group was the target",
        "Both at one place",
        "to about 1 km",
        "to the district: in this ring",
        "only to the province",
        "5 records and their groups",
    ]
    assert section["legend"][-1]["sign"]["shares"] == [[VERMILLION, 0.6], [BLUE, 0.4]]
    only_targets = told(bench, [row(target=1)], [sign()], "incident")
    assert labels(only_targets)[2:3] == ["The group was the target"]


def test_a_measure_tells_what_is_missing_and_what_is_not_to_scale(bench: Page) -> None:
    rows = [row(value=None) for _ in range(1200)] + [row(value=0), row(value=None, kept=0)]
    section = told(bench, rows, [sign(value=900)], "incident", incident_measure="killed")
    assert labels(section)[-1] == ("Not stated, or none of it (1\u202f200 of 1\u202f201 records)")
    assert section["note"] == ""
    above = told(bench, rows, [sign(value=901)], "incident", incident_measure="killed")
    assert above["note"] == "Signs of more than 900 killed are drawn no larger."


def test_counting_is_one_fast_pass(bench: Page) -> None:
    style = record_style("incident", DrawOptions(incident_measure="killed"))
    counts, took = bench.evaluate(
        """([style, half]) => {
          const rows = 2 * half;
          const fill = (kind, of) => kind.from({ length: rows }, (_, at) => of(at));
          const layer = {
            style,
            mask: fill(Uint8Array, (at) => at & 1),
            classes: fill(Uint8Array, (at) => at % 9),
            open: fill(Uint8Array, (at) => (at & 2 ? 1 : 0)),
            value: fill(Float64Array, (at) => (at & 4 ? NaN : 1)),
            table: { rank: fill(Uint8Array, (at) => at % 4), x: new Float64Array(rows) },
          };
          let took = Infinity;
          let counts;
          for (let round = 0; round < 7; round += 1) {
            const start = performance.now();
            counts = khyber.countShown(layer);
            took = Math.min(took, performance.now() - start);
          }
          return [{ ...counts, classes: counts.classes.length, ranks: [...counts.ranks] }, took];
        }""",
        [style, HALF_OF_ALL],
    )
    print(f"counted 400 000 rows in {took:.1f} ms")
    assert counts == {
        "shown": HALF_OF_ALL,
        "classes": 9,
        "ranks": [0, HALF_OF_ALL / 2, 0, HALF_OF_ALL / 2],
        "open": HALF_OF_ALL / 2,
        "full": HALF_OF_ALL / 2,
        "missing": HALF_OF_ALL / 2,
    }
    assert took < 60


def test_lines_of_two_layers_become_one_and_hostile_words_stay_words(bench: Page) -> None:
    both = [told(bench, [row(1)], [sign()], kind) for kind in ("seizure", "incident")]
    both[0]["note"] = "<img src=x onerror='hostile=1'>"
    show(bench, *both)
    line = bench.locator(".ka-legend li", has_text="TTP")
    expect(line).to_have_count(1)
    expect(line.locator("svg")).to_have_count(2)
    assert line.locator("svg rect").count() > 0
    assert line.locator("svg circle").count() > 0
    expect(bench.locator(".ka-legend p")).to_have_text("<img src=x onerror='hostile=1'>")
    assert bench.evaluate("typeof hostile") == "undefined"


def test_a_filter_replaces_only_what_differs_and_loses_no_place(bench: Page) -> None:
    bench.add_style_tag(content=".ka-legend-body { max-height: 90px !important; }")
    before = told(bench, [row(0), row(1)], [sign()], "seizure")
    show(bench, before)
    bench.evaluate("() => { legend.body.scrollTop = 30; window.kept = [...legend.body.children]; }")
    show(bench, told(bench, [row(0)], [sign()], "seizure"))
    headings = bench.locator(".ka-legend h3")
    expect(headings).to_have_text(["Records", "Group", "Place known"])
    now = bench.evaluate("[...legend.body.children].map((node, at) => node === kept[at])")
    assert now == [True, False, True]
    assert bench.evaluate("legend.body.scrollTop") == 30
    bench.get_by_role("button", name="Legend").click()
    show(bench, before)
    expect(bench.locator(".ka-legend-body")).to_be_hidden()
    assert bench.locator(".ka-legend li").count() == 4


def test_shares_go_clockwise_from_the_top(bench: Page) -> None:
    paths = bench.evaluate(
        "[['circle', 0, 0.25], ['circle', 0.25, 1], ['square', 0, 0.25], ['square', 0.5, 1]]"
        ".map(([shape, from, to]) => khyber.wedgePath(shape, 10, from, to))"
    )
    assert paths == [
        "M0,0L0,-10A10,10 0 0 1 10,0Z",
        "M0,0L10,0A10,10 0 1 1 0,-10Z",
        "M0,0L0,-10L10,-10L10,0Z",
        "M0,0L0,10L-10,10L-10,-10L0,-10Z",
    ]


def test_a_counted_sign_is_a_ring_about_its_number(bench: Page) -> None:
    look = {"colour": DARK, "size": 20, "count": 5}
    shares = [[BLUE, 0.75], [VERMILLION, 0.25]]
    circle = svg(bench, {**look, "shape": "circle", "shares": shares})
    assert circle.count("<path") == 2
    assert circle.index(BLUE) < circle.index(VERMILLION)
    assert '<circle r="5.6" fill="#fffdf8">' in circle
    assert ">5</text>" in circle
    one = svg(bench, {**look, "shape": "square", "shares": [[BLUE, 1]]})
    assert "<path" not in one
    assert f'<rect x="-10" y="-10" width="20" height="20" fill="{BLUE}">' in one
    half = svg(bench, {**look, "shape": "square", "fill": "half", "shares": [[BLUE, 1]]})
    assert 'd="M0,-7.8H7.8V7.8H0"' in half


def test_a_hexagon_stands_on_a_corner_with_a_paper_edge(bench: Page) -> None:
    drawn = svg(bench, {"shape": "hexagon", "colour": BLUE, "size": 12})
    assert '"0,-6.93 6,-3.46 6,3.46 0,6.93 -6,3.46 -6,-3.46"' in drawn.replace("points=", "")
    assert f'fill="{BLUE}" stroke="#fffdf8"' in drawn
    assert json.dumps(drawn).count("polygon") == 2
