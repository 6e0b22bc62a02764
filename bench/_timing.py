"""Time two ways of doing the same in turns, and show both."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median
from typing import Any

Timings = dict[str, list[float]]
"""Seconds of each run, by the name of the side."""


def seconds_of(work: Callable[[], Any]) -> float:
    """Run something once and return the seconds it took."""
    gc.collect()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def take_turns(sides: Mapping[str, Callable[[], float]], repeats: int) -> Timings:
    """Measure several things in turns, so that a slow minute slows all of them.

    Parameters
    ----------
    sides
        By name, a function that does its work once and returns the seconds it took.
    repeats
        How many rounds; every second round goes the other way about.

    Returns
    -------
    dict
        The seconds of each round by the same names.
    """
    timings: Timings = {name: [] for name in sides}
    for turn in range(repeats):
        for name in list(sides)[:: -1 if turn % 2 else 1]:
            timings[name].append(sides[name]())
    return timings


def spread(seconds: Sequence[float]) -> str:
    """Write the median and, where there are several runs, the least and the most."""
    middle = _number(median(seconds))
    if len(seconds) == 1:
        return middle
    return f"{middle} ({_number(min(seconds))}–{_number(max(seconds))})"


def spread_of(values: Sequence[float]) -> str:
    """Write the median, the least and the most of other things than seconds."""
    middle = _short(median(values))
    if len(values) == 1:
        return middle
    return f"{middle} ({_short(min(values))}–{_short(max(values))})"


def ratio(ours: Sequence[float], plain: Sequence[float]) -> str:
    """Write how many times the plain side's median ours is."""
    return f"{median(ours) / median(plain):.2f} ×"


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def say(text: str) -> None:
    """Tell how far the benchmark is, beside the table and not in it."""
    print(text, file=sys.stderr, flush=True)


def _number(seconds: float) -> str:
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:.2f}"


def _short(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"
