"""The sheet: a page of paper with a map, its legend, and all that says what it is."""

from __future__ import annotations

from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from layers.sheet.areas import draw_rings, draw_washes
from layers.sheet.fonts import register_fonts
from layers.sheet.frame import Box, paper_of
from layers.sheet.furniture import draw_graticule, draw_north, draw_scale_bar
from layers.sheet.ground import draw_ground
from layers.sheet.head import draw_foot
from layers.sheet.heat import Heat, draw_heat
from layers.sheet.hexagons import Hexagons, draw_hexagons
from layers.sheet.ink import Ink
from layers.sheet.labels import draw_labels
from layers.sheet.legend import draw_legend
from layers.sheet.locator import draw_locator
from layers.sheet.page import lay_out
from layers.sheet.places import draw_crossings, draw_towns
from layers.sheet.routes import draw_routes
from layers.sheet.scene import make_scene
from layers.sheet.signs import draw_signs
from layers.sheet.texts import sheet_texts, without_heading
from layers.sheet.typeset import put_lines

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.sheet.frame import Paper
    from layers.sheet.page import Page
    from layers.sheet.points import RecordSet
    from layers.sheet.scene import Scene
    from layers.sheet.texts import Texts
    from layers.snapshot import Snapshot

DRAWING: Final = RLock()
"""Matplotlib keeps settings and fonts for all threads: one sheet at a time."""

SETTINGS: Final[Any] = {
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "khyber-atlas",
    "text.hinting": "none",
    "path.simplify": False,
    "axes.unicode_minus": False,
}
PASSES: Final = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """A sheet laid out, before it is drawn."""

    page: Page
    scene: Scene


def plan_sheet(snapshot: Snapshot, *, heading: bool = True) -> Plan:
    """Lay a sheet out: its page, what is on the map, and where names have room.

    The map's box depends on what head and legend say, and these on what is on the
    map: it is laid out again until both agree.
    """
    paper = paper_of(snapshot.sheet, heading=heading)

    def texts(sets: list[RecordSet]) -> Texts:
        told = sheet_texts(snapshot, sets)
        return told if heading else without_heading(told)

    page = lay_out(paper, texts([]), [])
    scene = make_scene(snapshot, page.boxes.map_box, paper)
    for _ in range(PASSES):
        page = lay_out(paper, texts(scene.sets), scene.key)
        if page.boxes.map_box == scene.frame.box:
            break
        scene = make_scene(snapshot, page.boxes.map_box, paper)
    return Plan(page=page, scene=scene)


def draw_sheet(snapshot: Snapshot, *, heading: bool = True) -> Figure:
    """Draw the cartographic sheet of a snapshot.

    Parameters
    ----------
    snapshot
        What to show, and on which paper.

    Returns
    -------
    matplotlib.figure.Figure
        One page, of the paper's size and resolution.
    """
    with DRAWING, mpl.rc_context(SETTINGS):
        register_fonts()
        paper = paper_of(snapshot.sheet, heading=heading)
        return _draw(snapshot, plan_sheet(snapshot, heading=heading), paper)


def _draw(snapshot: Snapshot, plan: Plan, paper: Paper) -> Figure:
    size = (paper.width / 72, paper.height / 72)
    figure = Figure(figsize=size, dpi=snapshot.sheet.dpi, facecolor="white")
    FigureCanvasAgg(figure)
    page, scene = plan.page, plan.scene
    whole = Box(x0=0, y0=0, x1=paper.width, y1=paper.height)
    paper_axes = _axes(figure, whole, whole)
    # The edges of map and inset are drawn over what is in them.
    paper_axes.set_zorder(1)
    map_axes = _axes(figure, page.boxes.map_box, whole)
    _draw_map(map_axes, plan, snapshot, paper.px)
    draw_graticule(map_axes, paper_axes, scene.frame, paper)
    put_lines(paper_axes, page.head_box.x0, page.head_box.y1, page.head)
    draw_foot(paper_axes, page.foot, page.foot_box)
    draw_legend(paper_axes, page.legend, page.boxes.legend_box)
    draw_scale_bar(paper_axes, scene.frame, paper, page.boxes.scale_box)
    draw_north(paper_axes, scene.frame, paper, *page.boxes.north)
    draw_locator(
        _axes(figure, page.boxes.locator_box, whole),
        snapshot.seeds,
        scene.frame,
        paper,
        page.boxes.locator_box,
    )
    for box, width in ((page.boxes.map_box, 0.8), (page.boxes.locator_box, 0.5)):
        _frame(paper_axes, box, width * paper.text)
    return figure


def _axes(figure: Figure, box: Box, whole: Box) -> Axes:
    """Add axes over a box whose units are points of the paper."""
    place = (
        box.x0 / whole.width,
        box.y0 / whole.height,
        box.width / whole.width,
        box.height / whole.height,
    )
    axes = figure.add_axes(place)
    axes.set_axis_off()
    axes.set_xlim(box.x0, box.x1)
    axes.set_ylim(box.y0, box.y1)
    return axes


def _frame(axes: Axes, box: Box, width: float) -> None:
    axes.add_artist(
        Rectangle(
            (box.x0, box.y0),
            box.width,
            box.height,
            fill=False,
            edgecolor="#000000",
            linewidth=width,
            joinstyle="miter",
            zorder=30.0,
        )
    )


def _draw_map(axes: Axes, plan: Plan, snapshot: Snapshot, px: float) -> None:
    scene = plan.scene
    frame = scene.frame
    draw_ground(axes, scene.ground, px)
    draw_routes(axes, scene.ground.of("route"), px)
    draw_towns(Ink(axes=axes, zorder=8.0), scene.labels, px)
    draw_crossings(axes, scene.ground, px)
    if isinstance(scene.surface, Hexagons):
        draw_hexagons(axes, scene.surface, frame, px, scene.gates)
    elif isinstance(scene.surface, Heat):
        draw_heat(axes, scene.surface)
    else:
        draw_washes(axes, scene.sets, snapshot.seeds, frame)
        draw_rings(Ink(axes=axes, zorder=8.5), scene.signs, frame, px)
        draw_signs(Ink(axes=axes, zorder=10.0), scene.signs, px)
    draw_labels(axes, scene.labels, scene.ground)
