"""What `bench.record_files` measured, as tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from bench._timing import markdown, ratio, spread, spread_of
from bench._visit import MEASURES, MEMORY, PAINTED, STEPS, Taken

OURS: Final = "record layer"
GEOJSON: Final = "GeoJson"


@dataclass(frozen=True, kw_only=True)
class Results:
    """What was measured of one way to show records, with one number of them.

    Attributes
    ----------
    server, payload
        Seconds from joined records to HTML, and to the bytes of the columns alone.
    sizes
        Bytes of the ``page``, of a record ``inside`` it, and of one in the ``payload``.
    taken
        By ``bench._visit.MEASURES``; memory less that of an empty page.
    failed
        Why there is nothing of the browser.
    """

    server: list[float] = field(default_factory=list)
    payload: list[float] = field(default_factory=list)
    sizes: dict[str, float] = field(default_factory=dict)
    taken: Taken = field(default_factory=lambda: defaultdict(list))
    failed: list[str] = field(default_factory=list)


Measured = dict[int, dict[str, Results]]
"""Results by number of records, and by the name of the side."""

SERVER_HEAD: Final = (
    *("records", "way", "rounds", "server, s", "ratio"),
    *("page, MB", "bytes a record"),
)
BROWSER_HEAD: Final = ("records", "way", "rounds", *MEASURES)
TARGET_HEAD: Final = ("what", "target", "measured", "met")


def server_table(measured: Measured) -> str:
    """Write the server's time and the bytes; ratio: how many times the way's time ours takes."""
    return markdown(SERVER_HEAD, _server_rows(measured))


def _server_rows(measured: Measured) -> Iterator[Sequence[str]]:
    for n, sides in measured.items():
        ours = sides.get(OURS)
        for name, each in sides.items():
            many = str(len(each.server))
            size = f"{each.sizes['page'] / 1e6:.2f}"
            inside = f"{each.sizes['inside']:.1f}"
            against = _ratio(ours.server if ours else [], each.server, plain=name != OURS)
            yield [f"{n:,}", name, many, spread(each.server), against, size, inside]
            if name == OURS:
                alone = f"{each.sizes['payload']:.1f}"
                columns = "– its columns alone, as the app serves them"
                yield [f"{n:,}", columns, many, spread(each.payload), "", "", alone]


def browser_table(measured: Measured) -> str:
    """Write what the browser took; behind the semicolon, ours as a share of the way's."""
    rows = []
    for n, sides in measured.items():
        ours = sides.get(OURS)
        for name, each in sides.items():
            row = [f"{n:,}", name]
            if each.failed:
                rows.append([*row, "1", each.failed[0], *[""] * (len(MEASURES) - 1)])
                continue
            row.append(str(len(each.taken[PAINTED])))
            for measure in MEASURES:
                values = each.taken[measure]
                text = (spread if measure == PAINTED else spread_of)(values)
                mine = ours.taken[measure] if ours else []
                against = _ratio(mine, values, plain=name != OURS)
                row.append(f"{text}; {against}" if against else text)
            rows.append(row)
    return markdown(BROWSER_HEAD, rows)


def _ratio(ours: Sequence[float], plain_values: Sequence[float], *, plain: bool) -> str:
    return ratio(ours, plain_values) if plain and ours and plain_values else ""


@dataclass(frozen=True, kw_only=True)
class Target:
    """What was promised of ours: at most so much, in a unit, with so many records."""

    what: str
    n: int
    most: float
    unit: str
    value: Callable[[Results], float]


def _median(measure: str) -> Callable[[Results], float]:
    return lambda results: median(results.taken[measure])


TARGETS: Final = (
    *(
        Target(
            what="bytes a record, all filter fields in",
            n=n,
            most=24,
            unit="bytes",
            value=lambda results: results.sizes["payload"],
        )
        for n in (60_000, 400_000)
    ),
    *(
        Target(
            what="filter change to canvas drawn, work before the frame is handed over",
            n=n,
            most=most,
            unit="ms",
            value=_median("filter: work, ms"),
        )
        for n, most in ((1_000, 4), (60_000, 16), (400_000, 33), (2_000_000, 150))
    ),
    *(
        Target(
            what=f"{step} step to its frame shown",
            n=400_000,
            most=50,
            unit="ms",
            value=_median(f"{step}: shown, ms"),
        )
        for step in STEPS[1:]
    ),
    Target(
        what="first paint from a saved page",
        n=400_000,
        most=2,
        unit="s",
        value=_median(PAINTED),
    ),
    Target(
        what="page memory, beyond an empty page",
        n=400_000,
        most=200,
        unit="MB",
        value=_median(MEMORY),
    ),
)
SERVER_TARGET: Final = 1 / 50
SERVER_N: Final = 60_000


def target_table(measured: Measured) -> str:
    """Write the targets beside what was measured, as far as their sizes were."""
    rows = []
    for target in TARGETS:
        results = measured.get(target.n, {}).get(OURS)
        if results is None or not results.server:
            continue
        what = f"{target.what}, {target.n:,} records"
        most = f"≤ {target.most:g} {target.unit}"
        if results.failed:
            rows.append([what, most, results.failed[0], "no"])
            continue
        value = target.value(results)
        rows.append([what, most, f"{value:.3g} {target.unit}", _met(value, target.most)])
    return markdown(TARGET_HEAD, [*rows, *_server_target(measured.get(SERVER_N, {}))])


def _server_target(sides: dict[str, Results]) -> Iterator[Sequence[str]]:
    if not {OURS, GEOJSON} <= set(sides):
        return
    plain = median(sides[GEOJSON].server)
    for what, mine in (
        ("columns as the app serves them", sides[OURS].payload),
        ("whole page", sides[OURS].server),
    ):
        share = median(mine) / plain
        said = f"1/{1 / share:.0f}"
        words = f"server time of GeoJson's, {SERVER_N:,} records: {what}"
        yield [words, "≤ 1/50", said, _met(share, SERVER_TARGET)]


def _met(value: float, most: float) -> str:
    return "yes" if value <= most else "**no**"
