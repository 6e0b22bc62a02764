"""The page of a sheet: nothing is cut, nothing lies over something else."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest

from geo.filters import Filters
from layers.data import DrawOptions
from layers.registry import LAYERS, default_layers
from layers.sheet import draw_sheet
from layers.sheet.frame import Box
from layers.sheet.render import SETTINGS, plan_sheet
from layers.snapshot import Sheet, Snapshot
from tests.sheet_case import FORMS, LONG, boxland, overlapping, text_boxes, touching
from tests.snapshot_case import make_snapshot

ALL_LAYERS = tuple(layer.id for layer in LAYERS)
MANY = Filters(
    kind="seizure",
    groups=("ISKP", "TTP", "Afghan Taliban"),
    provinces=("Nangarhar", "Kunar"),
    text="words that somebody typed " * 9,
)


def name_of(sheet: Sheet) -> str:
    return f"{sheet.size}-{'landscape' if sheet.landscape else 'portrait'}"


@pytest.mark.parametrize("sheet", FORMS, ids=name_of)
def test_no_text_is_cut_or_lies_over_another_on_any_paper(sheet: Sheet) -> None:
    snapshot = boxland(title=LONG, filters=MANY, layer_ids=ALL_LAYERS, sheet=sheet)
    figure = draw_sheet(replace(snapshot, title=LONG))
    width, height = figure.canvas.get_width_height()
    with mpl.rc_context(SETTINGS):
        every, page = text_boxes(figure), text_boxes(figure, 0)
    for text, box in every:
        assert box.x0 >= 8, text
        assert box.x1 <= width - 8, text
        assert box.y0 >= 8, text
        assert box.y1 <= height - 8, text
    # Boxes of lines of type have room above and below their letters.
    assert overlapping(page, 3.0) == []


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [*((sheet, True) for sheet in FORMS), (Sheet(size="16:9"), False), (Sheet(), False)],
)
def test_the_parts_of_a_page_have_each_their_own_room(sheet: Sheet, heading: bool) -> None:
    plan = plan_sheet(boxland(title=LONG, layer_ids=ALL_LAYERS, sheet=sheet), heading=heading)
    page, boxes = plan.page, plan.page.boxes
    columns = page.legend.boxes(boxes.legend_box)
    parts = [page.foot_box, boxes.map_box, boxes.locator_box, boxes.scale_box, *columns]
    if heading:
        parts.append(page.head_box)
    else:
        assert page.head == []
    for one, two in combinations(parts, 2):
        assert not overlapping([("", one), ("", two)], 0.01)
    assert page.legend.height <= boxes.legend_box.height + 0.01
    assert boxes.map_box.height > 120
    assert plan.scene.frame.box == boxes.map_box


def labels_and_signs(snapshot: Snapshot) -> None:
    """Check that no label touches another, nor, unless it must, a sign."""
    scene = plan_sheet(snapshot).scene
    boxes = [np.array(label.boxes) for label in scene.labels]
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert not touching(one, other).any()
        inside = Box(x0=one[:, 0].min(), y0=one[:, 1].min(), x1=one[:, 2].max(), y1=one[:, 3].max())
        assert inside.x0 >= scene.frame.box.x0
        assert inside.y0 >= scene.frame.box.y0
        assert inside.x1 <= scene.frame.box.x1
        assert inside.y1 <= scene.frame.box.y1
    if scene.signs:
        signs = np.array([sign.box for sign in scene.signs])
        over = [
            label.text
            for label, box in zip(scene.labels, boxes, strict=True)
            if touching(box, signs).any()
        ]
        assert set(over) <= {"AFGHANISTAN", "Torkham", "Durand Line"}, over


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"sheet": Sheet(size="16:9", landscape=False)},
        {"extent": (69.6, 33.4, 72.2, 35.0)},
        {"extent": (44.0, 15.0, 90.0, 50.0), "sheet": Sheet(landscape=False)},
        {"filters": Filters(groups=("ISKP",)), "layer_ids": ALL_LAYERS},
        {"options": DrawOptions(show_as="hexagons")},
    ],
    ids=["usual", "slide", "close", "far", "filtered", "hexagons"],
)
def test_no_label_touches_another_or_a_sign(asked: dict[str, object]) -> None:
    labels_and_signs(make_snapshot(**asked))  # type: ignore[arg-type]


def test_what_matters_is_named() -> None:
    scene = plan_sheet(make_snapshot(filters=Filters(groups=("TTP",)))).scene
    named = {label.text for label in scene.labels}
    assert {
        "AFGHANISTAN",
        "PAKISTAN",
        "Torkham",
        "Durand Line",
        "Kabul",
        "Line of Control",
    } <= named
    line = next(label for label in scene.labels if label.text == "Durand Line")
    assert [words.text for words in line.lines] == [
        "Durand Line",
        "not recognised by Afghan governments",
    ]
    ghor = next(label for label in scene.labels if label.text == "Ghor")
    assert [words.text for words in ghor.lines] == ["Ghor", "ولایت غور"]


def test_the_legend_says_what_is_on_the_map_and_no_more() -> None:
    snapshot = make_snapshot(filters=Filters(kind="seizure", groups=("ISKP",)))
    said = {
        section.title: [item.label for item in section.items]
        for section in plan_sheet(snapshot).scene.key
    }
    assert said["Records"] == ["Seizure"]
    assert said["Group"] == ["ISKP"]
    assert said["Crossings and routes"] == ["Torkham", "Other crossing or pass"]
    assert "Routes (schematic)" not in said
    bare = replace(snapshot, layer_ids=("basemap",))
    assert plan_sheet(bare).scene.key == []


def test_sizes_and_goods_have_their_legend() -> None:
    options = DrawOptions(seizure_measure="drugs_kg", seizure_colour="goods")
    snapshot = make_snapshot(options=options, filters=Filters(kind="seizure"))
    said = {section.title: section for section in plan_sheet(snapshot).scene.key}
    assert "Goods" in said
    sizes = [item.label for item in said["Area: drugs (kg)"].items]
    assert sizes[:3] == [
        "1\u202f000 kg of drugs",
        "5\u202f000 kg of drugs",
        "10\u202f000 kg of drugs",
    ]
    assert sizes[3].startswith("Not stated, or none of it (")


def test_layers_off_and_records_beyond_are_told() -> None:
    plan = plan_sheet(
        make_snapshot(layer_ids=tuple(each for each in default_layers() if each != "incidents"))
    )
    told = " ".join(line.text for line in plan.page.head)
    assert "Incidents are not drawn (743)." in told
    assert "lie beyond this map." in told
    foot = " ".join(
        line.text for line in plan_sheet(make_snapshot(), heading=False).page.foot.columns[1]
    )
    assert "lie beyond this map." in foot
