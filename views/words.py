"""Texts of the page as plain text: nothing of a record or a link becomes markup."""

from __future__ import annotations

from html import escape

import streamlit as st


def tagged(text: str, *, tag: str = "p", css: str = "") -> str:
    """Write text as an HTML element that shows exactly this text."""
    of_class = f' class="{escape(css)}"' if css else ""
    return f"<{tag}{of_class}>{escape(text)}</{tag}>"


def link(text: str, href: str) -> str:
    """Write an http(s) link; ``href`` must have come through ``safe_href``."""
    if not href:
        return escape(text)
    return f'<a href="{escape(href)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def say(text: str, *, tag: str = "p", css: str = "") -> None:
    """Show text as it is."""
    st.html(tagged(text, tag=tag, css=css))


def cut(text: str, longest: int = 240) -> str:
    """Shorten a text that someone else may have made long."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
