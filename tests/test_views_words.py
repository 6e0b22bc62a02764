"""Words of the page: text that is never markup."""

from __future__ import annotations

import pytest

from views.words import cut, link, tagged


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
