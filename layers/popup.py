"""Popups as rows of plain text; the page builds them without any markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict
from urllib.parse import urlsplit

from geo.dates import show_date
from geo.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Iterable

KIND_WORDS: Final = {"seizure": "Seizure", "incident": "Incident"}


class Row(TypedDict):
    """A line of a popup; ``href`` is empty or an http(s) address."""

    label: str
    text: str
    href: str


class Card(TypedDict):
    """A popup: a title, a line under it, and rows."""

    title: str
    subtitle: str
    rows: list[Row]


def safe_href(url: str) -> str:
    """Return the address if it is an http(s) one with a host, else empty text."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def row(label: str, text: str, href: str = "") -> Row:
    """Build a row; an address that is not http(s) is dropped, its text kept."""
    return Row(label=label, text=text, href=safe_href(href))


def card(title: str, subtitle: str = "", rows: Iterable[Row] = ()) -> Card:
    """Build a card, leaving out rows without text."""
    kept = [each for each in rows if each["text"]]
    return Card(title=title, subtitle=subtitle, rows=kept)


def source_row(name: str, url: str, date: str, *, first: bool) -> Row:
    """Write one source: its name (or its host), its date, its address."""
    text = name or urlsplit(safe_href(url)).netloc or url
    told = f"{text}, {_show_date(date)}" if date else text
    return row("Source" if first else "", told, url)


def _show_date(date: str) -> str:
    """Show a source's date in words; one of another shape as it is."""
    try:
        return show_date(date)
    except DateError:
        return date
