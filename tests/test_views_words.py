"""Words of the page: counts, and text that is never markup."""

from __future__ import annotations

import pytest

from views.words import cut, link, number, plural, tagged


def test_thousands_are_parted_by_a_thin_space() -> None:
    assert number(1125) == "1\u202f125"
    assert plural(1, "record") == "1 record"
    assert plural(0, "record") == "0 records"


@pytest.mark.parametrize("text", ["<img src=x onerror=a()>", '"><b>', "[x](javascript:1)", "&lt;"])
def test_text_is_shown_as_it_is(text: str) -> None:
    shown = tagged(text)
    assert "<b>" not in shown
    assert "<img" not in shown
    assert link(text, "") == shown.removeprefix("<p>").removesuffix("</p>")


def test_an_address_cannot_leave_its_attribute() -> None:
    assert link("a", 'https://x/"onclick="y').count('"') == 6


def test_long_text_is_cut() -> None:
    assert cut("abc", 3) == "abc"
    assert cut("abcd", 3) == "abc…"
