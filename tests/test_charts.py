"""Charts: the map's colours, data only as data, and files that really draw."""

from __future__ import annotations

import io
import json
from typing import Any, Final

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from geo.hotspots import find_hot_spots, name_cells
from geo.timeline import count_over_time
from layers.charts.bars import bar_chart
from layers.charts.hexmap import FRAME, hex_map
from layers.charts.matrix import matrix_chart
from layers.charts.output import Heading, chart_bytes, framed
from layers.charts.shapes import make_shapes
from layers.charts.theme import class_of, colour_of, colour_scale
from layers.charts.timeline import timeline_chart, timeline_frame
from layers.style import BLUE, GOODS, GREY, GROUPS, VERMILLION
from tests.snapshot_case import built_in_records
from views.figure import csv_bytes

HOSTILE: Final = '<script>alert(1)</script> ${alert(2)} "+alert(3)+" datum["x"]'
HEADING: Final = Heading(title="Records by year", words="All 1 123 records.", notes=("A doubt.",))


def by_year(stack: str = "group") -> tuple[pd.DataFrame, dict[str, Any]]:
    records = built_in_records()
    timeline = count_over_time(records, np.ones(len(records), dtype=bool), "year", stack)
    frame = timeline_frame(timeline, "year", stack, {})
    chart = timeline_chart(frame, by="year", stack=stack, colours={}, events=records.seeds.events)
    return frame, chart


def test_a_group_has_the_maps_colour_everywhere() -> None:
    for swatch in (*GROUPS, *GOODS):
        facet = "group" if swatch in GROUPS else "category"
        assert colour_of(facet, swatch.name) == swatch.colour
        for member in filter(None, swatch.members):
            assert colour_of(facet, member) == swatch.colour
            assert class_of(facet, member) == swatch.name
    scale = colour_scale("group", ["ISKP", "TTP", "Unattributed"]).to_dict()
    assert scale["range"] == [VERMILLION, BLUE, GREY]


def test_colours_of_a_chart_differ() -> None:
    for facet, names in (
        ("kind", ["seizure", "incident"]),
        ("precision", ["site", "town", "district", "province"]),
        ("attribution", ["claimed", "attributed", "suspected"]),
    ):
        assert len({colour_of(facet, name) for name in names}) == len(names)


def test_bars_stand_on_each_other_and_add_up() -> None:
    frame, chart = by_year()
    assert frame["records"].sum() == 1123
    assert (frame["top"] - frame["bottom"] == frame["records"]).all()
    tops = frame.groupby("from")["top"].max()
    assert tops.to_dict() == frame.groupby("from")["records"].sum().to_dict()
    assert set(chart["datasets"]) == {"bars", "events", "spans"}
    assert chart["datasets"]["spans"]["name"].tolist() == ["TTP ceasefire"]


def test_what_lies_outside_the_period_is_faint() -> None:
    frame, _ = by_year("kind")
    period = (pd.Timestamp("2021-08-15"), pd.Timestamp("2022-12-31"))
    chart = timeline_chart(frame, by="year", stack="kind", colours={}, events=None, period=period)
    bars = chart["datasets"]["bars"]
    assert sorted(bars.loc[bars["inside"], "from"].dt.year.unique()) == [2021, 2022]
    assert set(chart["datasets"]) == {"bars"}


def hostile_charts() -> list[dict[str, Any]]:
    cells = pd.DataFrame(
        [(HOSTILE, "b", HOSTILE, "b", 3)],
        columns=["row", "column", "row_words", "column_words", "records"],
    )
    bars = pd.DataFrame({"value": [HOSTILE], "words": [HOSTILE], "records": [3], "share": [1.0]})
    return [matrix_chart(cells, rows="R", columns="C"), bar_chart(bars, facet="actor")]


@pytest.mark.parametrize("chart", hostile_charts(), ids=["matrix", "bars"])
def test_texts_of_records_are_data_never_expressions(chart: dict[str, Any]) -> None:
    spec = {name: part for name, part in chart.items() if name != "datasets"}
    axes = json.dumps(spec)
    # A list of values to sort by is data too; nothing of it is in an expression.
    for part in _values_of(spec, ("test", "expr", "filter", "labelExpr", "calculate")):
        assert "alert" not in json.dumps(part)
    assert "alert" not in axes or '"sort"' in axes
    svg = chart_bytes(chart, "svg", HEADING).decode()
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


def _values_of(spec: Any, names: tuple[str, ...]) -> list[Any]:
    if isinstance(spec, list):
        return [value for each in spec for value in _values_of(each, names)]
    if not isinstance(spec, dict):
        return []
    own = [value for name, value in spec.items() if name in names]
    return own + [value for each in spec.values() for value in _values_of(each, names)]


def test_a_file_is_drawn_with_its_heading_and_doubts() -> None:
    _, chart = by_year()
    svg = chart_bytes(chart, "svg", HEADING).decode()
    for text in ("Records by year", "All 1 123 records.", "A doubt.", "Taliban take Kabul", "ISKP"):
        assert text in svg
    # The bars are there, in their colour.
    assert svg.count(f'fill="{VERMILLION.lower()}"') + svg.count(f'fill="{VERMILLION}"') > 5
    assert "http" not in svg.replace("http://www.w3.org", "")
    image = Image.open(io.BytesIO(chart_bytes(chart, "png", HEADING)))
    assert image.width > 1800
    colours = image.convert("RGB").resize((300, 160)).getcolors(300 * 160) or []
    assert len(colours) > 20


def test_an_unusual_heading_does_no_harm() -> None:
    _, chart = by_year()
    for title in ("", "=1+1", HOSTILE, "مرز " * 40, "x" * 3000):
        svg = chart_bytes(chart, "svg", Heading(title=title, words=title, notes=(title,))).decode()
        assert svg.startswith("<svg")
        assert "<script" not in svg


def test_a_specification_keeps_its_data_when_framed() -> None:
    _, chart = by_year()
    whole = framed(chart, HEADING)
    assert set(whole["datasets"]) == {"bars", "events", "spans"}
    assert whole["datasets"]["events"][0]["name"] == "ISKP announced"


def test_hexagons_far_from_the_map_are_left_to_the_table() -> None:
    records = built_in_records()
    spots = find_hot_spots(records, np.ones(len(records), dtype=bool), 4)
    names = name_cells(spots.cells, records.seeds.towns)
    chart = hex_map(spots.cells, names, make_shapes(records.seeds)).to_dict()
    drawn = next(each for each in chart["layer"] if each["data"]["name"] == "hexagons")
    features = json.loads(drawn["data"]["values"])
    inside = spots.cells["lon"].between(FRAME[0], FRAME[2])
    assert 0 < len(features) < len(spots.cells)
    assert len(features) <= int(inside.sum())
    assert {"records", "name", "denser"} <= set(features[0])


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=60)
@given(st.lists(TEXT, min_size=1, max_size=4), TEXT)
def test_no_cell_of_a_csv_is_a_formula(values: list[str], name: str) -> None:
    table = pd.DataFrame({name or "n": values, "records": range(len(values))})
    text = csv_bytes(table).decode("utf-8-sig")
    back = pd.read_csv(io.StringIO(text, newline=""), keep_default_na=False, dtype=str, header=None)
    for cell in back.iloc[:, 0]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
