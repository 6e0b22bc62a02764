"""Hostile names: the gazetteer neither hangs nor raises."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.gazetteer_case import GAZETTEER, find

HOSTILE: list[Callable[[], str]] = [
    lambda: "a" * 100_000,
    lambda: "ab " * 50_000,
    lambda: "city " * 30_000,
    lambda: "," * 100_000,
    lambda: "ﷺ" * 100_000,
    lambda: "\x00" * 1000,
    lambda: "\ud800\udfff" * 500,
    lambda: "(.*)+$[^a]\\" * 5000,
    lambda: "<script>alert(1)</script>",
    lambda: "=HYPERLINK(1)",
    lambda: "e\u0301" * 50_000,
    lambda: "\u202e\u200f" * 500,
]


@pytest.mark.parametrize("make", HOSTILE)
def test_hostile_text_neither_hangs_nor_raises(make: Callable[[], str]) -> None:
    text = make()
    start = time.perf_counter()
    for finding in (find(text), find("Kabul", text, text, text), find("", "", "", text)):
        finding.note.encode("utf-8")
        assert len(finding.note) < 600
        assert all(letter.isprintable() for letter in finding.note)
    assert find(text).status == "unknown"
    assert GAZETTEER.get(text) is None
    assert time.perf_counter() - start < 2
