"""Text in spreadsheets: what they would run as a formula is marked, and unmarked again."""

from __future__ import annotations

from typing import Final

import pandas as pd

STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""First characters that make a spreadsheet run a text, and the mark against it."""

_MARKED: Final = tuple(f"'{start}" for start in STARTS)


def defuse_texts(texts: pd.Series) -> pd.Series:
    """Mark texts that a spreadsheet would run as a formula with a leading apostrophe."""
    return texts.where(~texts.str.startswith(STARTS), "'" + texts)


def restore_texts(texts: pd.Series) -> pd.Series:
    """Take off the marks that :func:`defuse_texts` put on; other texts stay as they are."""
    return texts.where(~texts.str.startswith(_MARKED), texts.str[1:])
