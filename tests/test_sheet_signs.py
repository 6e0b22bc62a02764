"""Signs, hexagons and heat of the sheets: no record is lost, none counted twice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.data import DrawOptions
from layers.recordstyle import record_style
from layers.sheet.clusters import sign_px
from layers.sheet.frame import Box
from layers.sheet.heat import measure_heat
from layers.sheet.hexagons import HIGH, WIDE, count_hexagons, hexagon_section
from layers.sheet.ink import arc, outline
from layers.sheet.layout import Gate, Sign, layout_signs
from layers.sheet.points import RecordSet
from layers.sheet.projection import MapFrame
from layers.sheet.routes import WITHIN, chevrons, shifted
from layers.sheet.signs import MARKS, look_of, short_count
from layers.style import COMMODITIES, GOODS, GROUPS
from tests.sheet_case import overlapping, touching

BOX = Box(x0=10, y0=20, x1=310, y1=220)
FRAME = MapFrame(box=BOX, x=0.0, y=0.0, metre=0.0004)
PX = 0.5


def records(
    points: list[tuple[float, float]], rank: int = 0, kind: str = "incident", **more: Any
) -> RecordSet:
    count = len(points)
    x, y = np.array(points, dtype=float).reshape(-1, 2).T
    given_: dict[str, Any] = {
        "style": record_style(kind, DrawOptions()),
        "x": x,
        "y": y,
        "rank": np.full(count, rank),
        "radius_km": np.full(count, 20.0 if rank == 2 else 1.0),
        "unit": np.full(count, "AF-KAB", dtype=object),
        "classes": np.arange(count) % 3,
        "open": np.zeros(count, dtype=bool),
        "value": None,
        "beyond": 0,
        "nowhere": 0,
    }
    return RecordSet(**(given_ | more))


def signs_of(*sets: RecordSet, gates: tuple[Gate, ...] = ()) -> list[Sign]:
    return layout_signs(list(sets), BOX, PX, list(gates), lambda signs: [])


points = st.lists(
    st.tuples(st.floats(BOX.x0, BOX.x1), st.floats(BOX.y0, BOX.y1)), min_size=1, max_size=60
)


@given(points, points, st.sampled_from([0, 1]), st.sampled_from([2, 3]))
def test_every_record_is_in_one_sign_within_the_map(
    exact: list[tuple[float, float]],
    rough: list[tuple[float, float]],
    rank: int,
    coarse: int,
) -> None:
    sets = [records(exact, rank, "seizure"), records(rough, coarse)]
    signs = signs_of(*sets)
    for one in sets:
        mine = [sign for sign in signs if sign.records is one]
        assert sum(sign.count for sign in mine) == len(one.x)
        told = np.zeros(3)
        for sign in mine:
            for at, count in sign.classes:
                told[at] += count
        assert told.tolist() == np.bincount(one.classes, minlength=3)[:3].tolist()
    for sign in signs:
        left, bottom, right, top = sign.box
        assert left >= BOX.x0
        assert bottom >= BOX.y0
        assert right <= BOX.x1
        assert top <= BOX.y1


def test_signs_do_not_hide_each_other() -> None:
    random = np.random.default_rng(1893)
    where = random.uniform((BOX.x0, BOX.y0), (BOX.x1, BOX.y1), (120, 2))
    gate = Gate(x=150, y=120, half=4, main=True)
    signs = signs_of(
        records(where[:50].tolist(), 0, "seizure"), records(where[50:].tolist()), gates=(gate,)
    )
    boxes = [("", Box(x0=b[0], y0=b[1], x1=b[2], y1=b[3])) for b in (each.box for each in signs)]
    assert sum(each.count for each in signs) == 120
    # Circles do not fill their boxes.
    assert len(overlapping(boxes, 1.5)) <= len(signs) // 50
    main = ("gate", Box(x0=gate.x - 4, y0=gate.y - 4, x1=gate.x + 4, y1=gate.y + 4))
    assert not [pair for pair in overlapping([main, *boxes], 0.5) if "gate" in pair]


def test_rough_records_go_aside_of_exact_ones_and_of_what_is_reserved() -> None:
    exact, rough = records([(100, 100)]), records([(100, 100)], 2)
    name = (104.0, 90.0, 130.0, 99.0)
    signs = layout_signs([exact, rough], BOX, PX, [], lambda signs: [name])
    coarse = next(each for each in signs if each.coarse)
    assert coarse.home == (100, 100)
    assert (coarse.x, coarse.y) != coarse.home
    assert not touching(np.array([coarse.box]), np.array([name, signs[-1].box])).any()


def test_records_at_one_place_are_one_sign_that_tells_their_roles() -> None:
    at_one = records([(100, 100)] * 3, open=np.array([True, False, True]))
    (sign,) = signs_of(at_one)
    assert (sign.count, sign.open, sign.both, sign.spread) == (3, False, True, False)
    struck = records([(100, 100)] * 2, open=np.array([True, True]))
    (sign,) = signs_of(struck)
    assert (sign.open, sign.both) == (True, False)
    assert look_of(sign).way == "ring"


def test_size_tells_the_count_or_the_measure_by_area() -> None:
    plain = record_style("incident", DrawOptions())
    killed = record_style("incident", DrawOptions(incident_measure="killed"))
    assert [sign_px(plain, count, 0, False) for count in (1, 2, 10, 12_345)] == [11, 18, 22, 40]
    assert sign_px(killed, 1, 100, True) == 30
    assert sign_px(killed, 1, 25, True) == 15
    assert sign_px(killed, 1, 0, True) == 7.5
    assert sign_px(killed, 1, 1e9, True) == 90


@given(points)
def test_every_fine_record_is_in_the_hexagon_about_it(where: list[tuple[float, float]]) -> None:
    hexagons = count_hexagons([records(where)], FRAME, PX)
    assert hexagons.count.sum() == len(where)
    for x, y in where:
        right = np.abs(hexagons.x - x) / (WIDE * PX)
        up = np.abs(hexagons.y - y) / (HIGH * PX)
        # Within half the width, and below the slanting edges.
        inside = (right <= 0.5 + 1e-9) & (up * 1.5 + right <= 1 + 1e-9)
        assert inside.any()


def test_hexagons_leave_out_what_is_too_rough_and_say_so() -> None:
    sets = [records([(50, 50), (60, 60)]), records([(50, 50)], 3), records([(70, 70)], 2)]
    close = MapFrame(box=BOX, x=0.0, y=0.0, metre=0.01)
    hexagons = count_hexagons(sets, close, PX)
    assert hexagons.count.sum() == 2
    notes = hexagon_section(hexagons, close, PX).notes
    assert "1 record known too roughly for this scale is not in it." in notes
    assert "1 record known only by province is not in it." in notes


@given(points)
def test_heat_is_thickest_where_records_are(where: list[tuple[float, float]]) -> None:
    heat = measure_heat([records(where)], FRAME, PX)
    assert np.isfinite(heat.step).all()
    assert 0 < heat.step.max() <= 1 + 1e-9
    line, column = np.unravel_index(heat.step.argmax(), heat.step.shape)
    apart = min(np.hypot(x - heat.x[column], y - heat.y[line]) for x, y in where)
    assert apart < 60


def test_no_records_have_no_signs_hexagons_or_heat() -> None:
    none = [records([])]
    assert layout_signs(none, BOX, PX, [], lambda signs: []) == []
    assert layout_signs([], BOX, PX, [], lambda signs: []) == []
    assert not len(count_hexagons(none, FRAME, PX).count)
    assert measure_heat(none, FRAME, PX).step.max() == 0


@pytest.mark.parametrize(
    ("count", "text"),
    [(7, "7"), (999, "999"), (1234, "1.2k"), (12_345, "12k"), (999_499, "999k"), (2e6, "2.0m")],
)
def test_counts_are_short(count: float, text: str) -> None:
    assert short_count(int(count)) == text


def test_colours_that_print_alike_in_grey_bear_different_marks() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    for swatches, marks in ((GROUPS, MARKS), (GOODS, MARKS), (COMMODITIES, WITHIN)):
        seen = [(marks.get(each.colour), grey(each.colour)) for each in swatches]
        for at, (mark, light) in enumerate(seen):
            for other, shade in seen[at + 1 :]:
                assert mark != other or abs(light - shade) > 0.3, swatches[at].name


def test_arcs_and_outlines_keep_to_the_shape() -> None:
    half = arc("circle", 0, 0, 2, (0, 0.5)).vertices
    assert np.hypot(*np.asarray(half).T) == pytest.approx(2)
    assert np.asarray(half)[:, 0].min() == pytest.approx(0, abs=1e-9)
    corner = np.asarray(arc("square", 0, 0, 2, (0, 0.25)).vertices)
    assert corner.tolist() == [[0, 2], [2, 2], [2, 0]]
    assert np.asarray(outline("diamond", 1, 1, 2).vertices).max() == 3


def test_strands_lie_beside_their_line_and_arrows_on_it() -> None:
    line = np.array([(0.0, 0.0), (100.0, 0.0), (100.0, 100.0)])
    beside = shifted(line, 2)
    assert beside.round(9).tolist() == [[0, 2], [98, 2], [98, 100]]
    heads = chevrons(line, "on", PX)
    assert len(heads) == 6
    assert heads[0][1].round(9).tolist() == [17.5, 0]
    assert heads[0][0][0] < 17.5 < chevrons(line, "back", PX)[0][0][0]
    assert chevrons(line, "", PX) == []
