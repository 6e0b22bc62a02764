"""Undo: the choices before the present ones, in this session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from views.choices import Choices

KEY: Final = "choices-before"
MOST: Final = 50
_UNDONE: Final = "choices-undone"


def remember(before: Choices, now: Choices) -> None:
    """Keep what was chosen before a change, unless that change was an undoing.

    Going to another tab or record is no choice that one would undo.
    """
    if st.session_state.pop(_UNDONE, False) or _bare(before) == _bare(now):
        return
    past: list[Choices] = st.session_state.setdefault(KEY, [])
    past.append(before)
    del past[:-MOST]


def _bare(choices: Choices) -> Choices:
    return replace(choices, record="", views={})


def can_undo() -> bool:
    """Tell whether there is a change to undo."""
    return bool(st.session_state.get(KEY))


def undone(now: Choices) -> Choices:
    """Give the choices before the last change, in the tab and at the record of now."""
    before: Choices = st.session_state[KEY].pop()
    st.session_state[_UNDONE] = True
    return replace(before, record=now.record, views=now.views)
