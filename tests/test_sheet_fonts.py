"""Texts that the fonts can draw, measured, wrapped and cut."""

from __future__ import annotations

import logging
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.sheet.fonts import FAMILIES, drawable, font, font_file, has_letter, text_width
from layers.sheet.realtext import is_right_to_left
from layers.sheet.typeset import ELLIPSIS, Type, cut_text, set_paragraph, wrap_text

LOOK = Type(size=8)


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("  Torkham \n\t 2023 ", "Torkham 2023"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("abc\u202egnp.exe\u2066x\u2069", "abcgnp.exex"),
        ("\ud800x", "\ufffdx"),
        ("$x^2$ <b> & =1+1", "$x^2$ <b> & =1+1"),
        ("中文", "\ufffd\ufffd"),
        ("e\u0301", "é"),
        ("1\u202f123", "1\u2009123"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("a\u200cb", "ab"),
        ("ولایت ننگرهار", "ولایت ننگرهار"),
        ("صوبہ خیبر پختونخوا", "صوبہ خیبر پختونخوا"),
    ],
)
def test_any_text_becomes_one_line_that_the_fonts_can_draw(typed: str, drawn: str) -> None:
    assert drawable(typed) == drawn


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=60))
def test_what_is_drawable_is_in_a_font_and_stays_so(text: str) -> None:
    drawn = drawable(text)
    assert all(any(has_letter(family, letter) for family in FAMILIES) for letter in drawn)
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in drawn)
    assert drawable(drawn) == drawn


def test_fonts_come_from_packages_in_all_the_weights_used() -> None:
    for weight in ("normal", "semibold", "bold"):
        for style in ("normal", "italic"):
            assert font_file("Open Sans", weight, style).is_file()
    assert all(font_file(family).is_file() for family in FAMILIES)


def test_finding_a_font_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert text_width("Kabul کابل 1\u2009000 →", 8, "semibold", "italic") > 0
    assert not caplog.records
    assert font("Kabul", 8).get_family() == ["Open Sans"]
    assert font("کابل", 8).get_family() == list(FAMILIES)


def test_width_grows_with_size_and_weight() -> None:
    assert text_width("Torkham", 16) == pytest.approx(2 * text_width("Torkham", 8))
    assert text_width("Torkham", 8, "bold") > text_width("Torkham", 8)
    assert text_width("", 8) == 0


@given(st.text(max_size=120), st.floats(20, 200))
def test_wrapped_lines_fit_and_keep_every_letter(text: str, width: float) -> None:
    lines = wrap_text(text, width, LOOK)
    assert all(LOOK.width(line) <= width + 1 for line in lines)
    assert "".join(lines).replace(" ", "") == drawable(text).replace(" ", "")


@given(st.text(min_size=1, max_size=300), st.integers(1, 3))
def test_lines_beyond_the_most_are_cut_and_say_so(text: str, most: int) -> None:
    whole = wrap_text(text, 60, LOOK)
    lines = wrap_text(text, 60, LOOK, most)
    assert len(lines) <= most
    assert all(LOOK.width(line) <= 61 for line in lines)
    if len(whole) > most:
        assert lines[-1].endswith(ELLIPSIS)
    else:
        assert lines == whole


def test_a_line_is_cut_only_where_it_must() -> None:
    assert cut_text("Torkham", 200, LOOK) == "Torkham"
    assert cut_text("Torkham and beyond", 60, LOOK) == "Torkham and…"


def test_a_paragraph_has_room_above_its_first_line_only() -> None:
    lines = set_paragraph("one two three", 24, LOOK, above=3)
    assert [line.above for line in lines] == [3, 0, 0]


def test_letters_tell_the_way_of_a_script() -> None:
    assert is_right_to_left("Kabul کابل")
    assert not is_right_to_left("Kabul – 12")
