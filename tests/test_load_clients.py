"""The load test's visitors notice errors, and their filters reach the app."""

from __future__ import annotations

from pathlib import Path

from bench.load import APPS, measure

THINK_S = (0.2, 0.6)


def test_visitors_filter_the_plain_app_and_it_has_no_errors() -> None:
    log, watch = measure(APPS["plain"], 3, 3, quiet=0, think=THINK_S)
    assert log.errors == []
    assert len(log.first) == 3
    assert len(log.changes) >= 3
    assert len(log.counts) >= 2
    assert watch.peak_mb > 50


def test_an_error_of_the_app_is_noticed(tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    script.write_text(
        'import streamlit as st\nst.write("3 of 5 records")\nraise ValueError("no")\n'
    )
    log, _ = measure(script, 1, 0.1, quiet=0, think=THINK_S)
    assert any("exception" in line for line in log.errors)
    assert log.counts == {"3 of 5 records"}
