"""The canvas: what is painted where, by a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import folium
import pytest
from playwright.sync_api import Page, expect

from layers.assets import page_files
from layers.columns import record_columns
from layers.data import DrawOptions
from layers.details import detail_chunks, record_details
from layers.ground import draw_areas
from layers.payload import encode_columns
from layers.recordlayer import RecordLayer
from layers.recordstyle import record_style
from layers.style import BLUE, GREY, VERMILLION
from tests import layers_small
from tests.browser.record_page import MAP, layer_options, open_blank, open_map, pixel, signs
from tests.conftest import NewPage, PageLog

SITE: Final = {"precision": "site"}
TTP: Final = {"kind": "incident", "group": "TTP", "role": "perpetrator", "precision": "site"}
MIDDLE: Final = {"lat": 30.5, "lon": 60.5, "zoom": 9.0}
CENTRE: Final = (300, 200)
NOTHING: Final = (0, 0, 0, 0)


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def open_records(page: Page, *rows: dict[str, Any], zoom: float = 9.0, **options: Any) -> None:
    """Open a map of records given as rows of text, its middle at 60.5°E 30.5°N."""
    seeds, chosen = layers_small.seeds(), layers_small.selection(*rows)
    kinds = [kind for kind in ("seizure", "incident") if (chosen.records["kind"] == kind).any()]
    layers = [layer_options(seeds, chosen, kind) | options for kind in kinds]
    open_map(page, *layers, **(MIDDLE | {"zoom": zoom}))


def test_a_seizure_is_a_square_of_its_groups_colour_at_its_place(page: Page) -> None:
    open_records(page, SITE)
    assert pixel(page, *CENTRE) == (*rgb(GREY), 255)
    # A corner is filled too; beyond the sign and its halo there is nothing.
    assert pixel(page, CENTRE[0] + 4, CENTRE[1] + 4) == (*rgb(GREY), 255)
    assert pixel(page, CENTRE[0] + 12, CENTRE[1]) == NOTHING


def test_an_incident_is_a_circle(page: Page) -> None:
    open_records(page, TTP)
    assert pixel(page, *CENTRE) == (*rgb(BLUE), 255)
    assert pixel(page, CENTRE[0] + 5, CENTRE[1] + 5)[:3] != rgb(BLUE)


def test_a_target_is_open_and_a_town_has_a_soft_edge(page: Page) -> None:
    open_records(page, TTP | {"role": "target"})
    assert pixel(page, *CENTRE) == (255, 255, 255, 255)
    open_records(page, TTP | {"precision": "town"})
    edge = pixel(page, CENTRE[0] + 8, CENTRE[1])
    assert edge[:3] == pytest.approx(rgb(BLUE), abs=8)
    assert 40 < edge[3] < 100


def test_what_would_hide_each_other_is_counted_and_opens_as_one_zooms_in(page: Page) -> None:
    near = SITE | {"lon": "60.51"}
    open_records(page, SITE, near | {"id": "s-2"}, near | {"id": "s-3", "group": "ISKP"})
    (sign,) = signs(page)
    assert (sign["count"], sum(count for _, count in sign["classes"])) == (3, 3)
    assert len(sign["classes"]) == 2
    page.evaluate("() => { map.setView([30.5, 60.505], 13, {animate: false}); }")
    apart = signs(page)
    assert sorted(each["count"] for each in apart) == [1, 2]
    # What is at one place stays one sign, however near one looks.
    page.evaluate("() => { map.setView([30.5, 60.505], 14, {animate: false}); }")
    assert sorted(each["count"] for each in signs(page)) == [1, 2]


def test_a_ring_of_shares_shows_the_groups_of_a_counted_sign(page: Page) -> None:
    rows = [TTP | {"id": f"i-{n}", "group": "TTP" if n % 2 else "ISKP"} for n in range(4)]
    open_records(page, *rows)
    (sign,) = signs(page)
    assert sign["count"] == 4
    edge = sign["half"] - 2
    right, left = pixel(page, CENTRE[0] + edge, CENTRE[1]), pixel(page, CENTRE[0] - edge, CENTRE[1])
    assert {right[:3], left[:3]} == {rgb(BLUE), rgb(VERMILLION)}


def test_a_filter_is_applied_in_the_page(page: Page, page_log: PageLog) -> None:
    open_records(page, SITE, TTP | {"id": "i-1", "lon": "60.7"})
    assert len(signs(page)) == 2
    page.evaluate("() => { made[0].setFilter({equal: {group: ['TTP']}}); map.kaPainter.paint(); }")
    assert [each["layer"] for each in signs(page)] == ["incidents"]
    assert pixel(page, *CENTRE) == NOTHING
    page.evaluate("() => { khyber.filterRecords(map, 'seizures', {}); map.kaPainter.paint(); }")
    assert pixel(page, *CENTRE) == (*rgb(GREY), 255)
    assert (page_log.errors, page_log.failed, page_log.refused) == ([], [], [])


def test_both_kinds_at_one_place_stand_side_by_side_on_one_canvas(page: Page) -> None:
    open_records(page, SITE, TTP | {"id": "i-1"})
    expect(page.locator("canvas")).to_have_count(1)
    seizure, incident = sorted(signs(page), key=lambda each: each["x"])
    assert (seizure["layer"], incident["layer"]) == ("seizures", "incidents")
    assert incident["x"] - seizure["x"] == pytest.approx(12)


def test_a_district_is_a_ring_and_never_a_dot(page: Page) -> None:
    open_records(page, {"precision": "district"}, zoom=10.0)
    (sign,) = signs(page)
    assert sign["coarse"]
    km_per_px = 40075.016686 / (256 * 2**10) * 0.8616  # the cosine of 30.5 degrees
    radius = 20 / km_per_px
    around = [pixel(page, CENTRE[0] + radius * x, CENTRE[1]) for x in (-1, 1)]
    inside, outside = (pixel(page, CENTRE[0], CENTRE[1] + radius * part) for part in (0.7, 1.15))
    assert max(each[3] for each in around) > 20
    assert 0 < inside[3] < 20
    assert outside == NOTHING


def test_a_province_is_a_wash_of_its_outline(page: Page) -> None:
    row = {"precision": "province", "province": "West", "lat": "30.1", "lon": "60.1"}
    areas = draw_areas(layers_small.seeds())
    open_records(page, row, areas={"data": areas})
    (sign,) = signs(page)
    # At the province's own point, not at the one the source gives it.
    assert (round(sign["x"]), round(sign["y"])) == CENTRE
    assert 0 < pixel(page, CENTRE[0] + 60, CENTRE[1] + 60)[3] < 40
    open_records(page, row)
    assert signs(page) == []


def test_a_record_without_a_place_is_not_painted(page: Page) -> None:
    open_records(page, {"lat": "", "lon": ""})
    assert signs(page) == []


def test_the_canvas_is_sharp_on_dense_screens(new_page: NewPage) -> None:
    page = new_page(device_scale_factor=2)
    open_records(page, SITE)
    canvas = page.locator("canvas")
    width = canvas.evaluate("(canvas) => [canvas.width, parseFloat(canvas.style.width)]")
    assert width[0] == 2 * width[1]
    assert pixel(page, *CENTRE) == (*rgb(GREY), 255)


@pytest.mark.parametrize("by", [(37, 11), (400, -300), (-900, 700)])
def test_signs_keep_their_place_while_the_map_moves(page: Page, by: tuple[int, int]) -> None:
    open_records(page, SITE)
    page.evaluate(
        "(by) => { map.panBy(by, {animate: false}); map.panBy([-by[0], -by[1]],"
        " {animate: false}); }",
        list(by),
    )
    assert pixel(page, *CENTRE) == (*rgb(GREY), 255)
    page.evaluate("() => { map.setView([30.5, 60.4], 10, {animate: false}); }")
    (sign,) = signs(page)
    assert (sign["x"], sign["y"]) == pytest.approx((300 + 72.8, 200), abs=1)


def test_a_layer_removed_leaves_nothing_and_may_come_back(page: Page) -> None:
    open_records(page, SITE, TTP | {"id": "i-1"})
    before = page.evaluate("() => Object.keys(map._events).map((each) => map._events[each].length)")
    page.evaluate("() => { made[1].remove(); map.kaPainter.paint(); }")
    assert [each["layer"] for each in signs(page)] == ["seizures"]
    page.evaluate("() => { made[0].remove(); }")
    expect(page.locator("canvas")).to_have_count(0)
    expect(page.locator("#map [tabindex='0']:not(.leaflet-control a):not(#map)")).to_have_count(0)
    assert page.evaluate("() => map.kaPainter") is None
    page.evaluate(
        "() => { map.panBy([50, 0], {animate: false}); map.setZoom(8); map.setZoom(9);"
        " made.forEach((each) => each.addTo(map)); map.setView([30.5, 60.5]);"
        " map.kaPainter.paint(); }"
    )
    assert len(signs(page)) == 2
    after = page.evaluate("() => Object.keys(map._events).map((each) => map._events[each].length)")
    assert sum(after) == sum(before)


def test_a_map_removed_takes_its_layers_along(page: Page, page_log: PageLog) -> None:
    open_records(page, SITE, TTP | {"id": "i-1"})
    page.evaluate("() => { map.remove(); }")
    page.wait_for_timeout(200)  # what was planned for later frames must not fail
    expect(page.locator("canvas")).to_have_count(0)
    assert page_log.errors == []


def test_a_layer_removed_before_its_data_came_is_not_painted(page: Page) -> None:
    seeds, chosen = layers_small.seeds(), layers_small.selection(SITE)
    open_blank(page, "<div id='map' class='map'></div>")
    page.evaluate(
        f"async (each) => {{ window.map = L.map('map', {MAP}).setView([30.5, 60.5], 9);"
        " const layer = new khyber.RecordLayer(each).addTo(map); layer.remove();"
        " await layer.ready; }",
        layer_options(seeds, chosen, "seizure"),
    )
    expect(page.locator("canvas")).to_have_count(0)


def test_two_maps_of_a_page_know_nothing_of_each_other(page: Page) -> None:
    seeds, chosen = layers_small.seeds(), layers_small.selection(SITE)
    open_blank(page, "<div id='a' class='map'></div><div id='b' class='map'></div>")
    counts = page.evaluate(
        f"async (each) => {{ const maps = ['a', 'b'].map((id) => L.map(id, {MAP})"
        ".setView([30.5, 60.5], 9));"
        " const made = maps.map((map) => new khyber.RecordLayer(each).addTo(map));"
        " await Promise.all(made.map((layer) => layer.ready));"
        " made[0].setFilter({equal: {group: ['TTP']}});"
        " maps.forEach((map) => map.kaPainter.paint());"
        " const counts = maps.map((map) => map.kaPainter.signs.length);"
        " made[0].remove();"
        " return [...counts, maps[1].kaPainter.signs.length,"
        "  document.querySelectorAll('canvas').length]; }",
        layer_options(seeds, chosen, "seizure"),
    )
    assert counts == [0, 1, 1, 1]


def test_a_saved_folium_page_filters_with_no_server(
    page: Page, page_log: PageLog, tmp_path: Path
) -> None:
    seeds, chosen = layers_small.seeds(), layers_small.selection(SITE, SITE | {"id": "s-2"})
    records = chosen.records
    base = folium.Map(location=(30.5, 60.5), zoom_start=9, tiles=None, zoom_animation=False)
    (tmp_path / "leaflet.js").write_text(page_files()["leaflet.js"], encoding="utf-8")
    base.default_js, base.default_css = [("leaflet", "leaflet.js")], []
    RecordLayer(
        encode_columns(record_columns(records, seeds.items)),
        style=record_style("seizure", DrawOptions()),
        details=detail_chunks(record_details(records, seeds)),
    ).add_to(base)
    file = tmp_path / "folium.html"
    base.save(file)
    page.goto(file.as_uri())
    name = base.get_name()
    page.wait_for_function(f"{name}.kaPainter && {name}.kaPainter.signs.length === 1")
    left = page.evaluate(
        f"() => {{ khyber.filterRecords({name}, 'records', {{rows: 'Ag=='}});"
        f" {name}.kaPainter.paint(); return {name}.kaPainter.signs.map((each) => each.count); }}"
    )
    assert left == [1]
    assert (page_log.errors, page_log.refused) == ([], [])
