"""Every character and every number reads back, whatever a format can hold."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.formats import FORMATS, make_dataset, read_data, write_data
from geo.formats.characters import (
    FORBIDDEN_IN_CELLS,
    FORBIDDEN_IN_SQLITE,
    FORBIDDEN_IN_XML,
    spell,
    unspell,
)
from geo.formulas import defuse_texts, restore_texts
from geo.joins import join_records
from tests import small
from tests.formats_case import ABOUT, ITEMS, SOURCES

STRANGE = [
    *("a\x00b", "\x01\x1f\x0b\x0c", "a\rb\r\nc\n", "\ufffe\uffff", "\x7f\x85\x9f\u2028", "\ufeffx"),
    *("\u2426", "\u2426\u2401", "\u2426E", "_x0041_x0041_", "_x005F_x0041_ _x000d_", "=\x00", "\t"),
]
COORDINATES = [
    ("34.123456789012345", "-61.5"),
    ("30.300000000000004", "60.7"),
    ("-89.99999999999999", "179.99999999999997"),
    ("0.1", "1e-7"),
]
FORBIDDEN = [FORBIDDEN_IN_CELLS, FORBIDDEN_IN_SQLITE, FORBIDDEN_IN_XML]
TEXT = st.text(
    st.sampled_from("ab_x0041F5\u2426\u2401E\x00\x01\x1b\r\ufffe'=+\t")
    | st.characters(codec="utf-8")
)


@pytest.mark.parametrize("suffix", FORMATS)
def test_no_character_or_digit_is_lost(suffix: str, tmp_path: Path) -> None:
    places = [dict(zip(("lat", "lon"), each, strict=True)) for each in COORDINATES]
    texts = [{"summary": text, "place": text, "actor": text} for text in STRANGE]
    rows = [{"id": f"s-{n}", **row} for n, row in enumerate([*texts, *places])]
    frame = small.records(*rows)
    data = make_dataset(join_records(frame, small.seeds(frame)), ITEMS, SOURCES, ABOUT)
    path = tmp_path / f"strange.{suffix}"
    write_data(path, data, suffix)
    records = read_data(path, suffix).records
    assert records["summary"].tolist()[: len(STRANGE)] == STRANGE
    assert records["lat"].tolist() == data.records["lat"].tolist()
    pd.testing.assert_frame_equal(pd.DataFrame(records), pd.DataFrame(data.records))


@pytest.mark.parametrize("forbidden", FORBIDDEN, ids=["cells", "sqlite", "xml"])
@given(text=TEXT)
def test_what_is_spelt_reads_back(forbidden: re.Pattern[str], text: str) -> None:
    assert unspell(spell(text, forbidden)) == text


def test_a_character_is_spelt_by_its_picture() -> None:
    assert spell("a\x01b", FORBIDDEN_IN_XML) == "a\u2426\u2401b"
    assert spell("a\x01b", FORBIDDEN_IN_CELLS) == "a\x01b"
    assert unspell("\u2426Z \u2426") == "\u2426Z \u2426"


def test_formulas_are_marked_and_unmarked() -> None:
    texts = ["=1", "'=1", "'x", "''", "a=1", "", "\tx", "-"]
    marked = ["'=1", "''=1", "''x", "'''", "a=1", "", "'\tx", "'-"]
    column = pd.Series(texts, dtype="str")
    assert defuse_texts(column).tolist() == marked
    assert restore_texts(column).tolist() == ["=1", "=1", "'x", "'", "a=1", "", "\tx", "-"]


@given(texts=st.lists(TEXT))
def test_marked_texts_read_back(texts: list[str]) -> None:
    column = pd.Series(texts, dtype="str")
    assert restore_texts(defuse_texts(column)).tolist() == texts
