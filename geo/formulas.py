"""Text in spreadsheets: what they would run as a formula is marked, and unmarked again."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

RUN: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters that make a spreadsheet run a text, full-width ones too."""

STARTS: Final = (*RUN, "'")
"""Those, and the mark against it."""

_MARKED: Final = tuple(f"'{start}" for start in STARTS)
_SIGNS: Final = "=+\\-@\uff1d\uff0b\uff0d\uff20"
# Where the list sign is a semicolon a spreadsheet parts a cell at it, quoted or not.
_WITHIN: Final = re.compile(rf"([;\t])(?='*[{_SIGNS}])")
_WITHIN_MARKED: Final = re.compile(rf"([;\t])'(?='*[{_SIGNS}])")


def defuse(text: str) -> str:
    """Mark a text that a spreadsheet would run as a formula with apostrophes."""
    marked = _WITHIN.sub(r"\1'", text)
    return f"'{marked}" if marked.startswith(STARTS) else marked


def defuse_texts(texts: pd.Series) -> pd.Series:
    """Mark texts that a spreadsheet would run as formulas; see :func:`defuse`."""
    inner = texts.str.contains(";", regex=False) | texts.str.contains("\t", regex=False)
    if inner.any():
        texts = texts.where(~inner, texts.str.replace(_WITHIN, r"\1'", regex=True))
    return texts.where(~texts.str.startswith(STARTS), "'" + texts)


def restore_texts(texts: pd.Series) -> pd.Series:
    """Take off the marks that :func:`defuse_texts` put on; other texts stay as they are."""
    texts = texts.where(~texts.str.startswith(_MARKED), texts.str[1:])
    inner = texts.str.contains(";'", regex=False) | texts.str.contains("\t'", regex=False)
    if not inner.any():
        return texts
    return texts.where(~inner, texts.str.replace(_WITHIN_MARKED, r"\1", regex=True))
