"""Characters that a format cannot hold: spelt out in a file, and read back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import pandas as pd

MARK: Final = "\u2426"
"""Stands before a character that is spelt out: U+2426, the symbol for a substitute."""

_SPELT: Final = {
    **{chr(code): MARK + chr(0x2400 + code) for code in range(32)},
    "\ufffe": f"{MARK}E",
    "\uffff": f"{MARK}F",
    "_": f"{MARK}_",
    MARK: MARK * 2,
}
_MEANT: Final = {spelt: character for character, spelt in _SPELT.items()}
_ANY_SPELT: Final = re.compile(f"{MARK}.", re.DOTALL)

FORBIDDEN_IN_XML: Final = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff{MARK}]")
"""Of XML 1.0, and so of KML."""

FORBIDDEN_IN_CELLS: Final = re.compile(
    rf"[\ufffe\uffff{MARK}]|(?<=_x[0-9a-fA-F]{{4}})_(?=x[0-9a-fA-F]{{4}}_)"
)
"""Of XLSX. It has an escape of its own for control characters, ``_x0001_``, that XlsxWriter
writes and calamine reads; but of two that share a ``_`` XlsxWriter escapes only the first."""

FORBIDDEN_IN_SQLITE: Final = re.compile(f"[\x00{MARK}]")
"""As GDAL writes it: NUL ends a text."""


def spell(text: str, forbidden: re.Pattern[str]) -> str:
    r"""Write characters that a format cannot hold as a mark and a picture of them.

    Parameters
    ----------
    text
        Any text.
    forbidden
        What the format cannot hold; ``MARK`` must be part of it.

    Examples
    --------
    >>> spell("a\x01b", FORBIDDEN_IN_XML)
    'a␦␁b'
    """
    return forbidden.sub(lambda found: _SPELT[found[0]], text)


def unspell(text: str) -> str:
    """Read what :func:`spell` wrote."""
    return _ANY_SPELT.sub(lambda found: _MEANT.get(found[0], found[0]), text)


def spell_table(table: pd.DataFrame, forbidden: re.Pattern[str]) -> pd.DataFrame:
    """Spell out the texts of a frame; those that need it are few."""
    return _mapped(table, forbidden.search, lambda text: spell(text, forbidden))


def unspell_table(table: pd.DataFrame) -> pd.DataFrame:
    """Read back the texts of a frame."""
    return _mapped(table, lambda text: MARK in text, unspell)


def _mapped(
    table: pd.DataFrame, concerns: Callable[[str], object], change: Callable[[str], str]
) -> pd.DataFrame:
    changed = table.copy()
    for name in table:
        values = table[name].tolist()
        if any(isinstance(value, str) and concerns(value) for value in values):
            texts = [change(value) if isinstance(value, str) else value for value in values]
            changed[name] = pd.Series(texts, table.index, dtype=table[name].dtype)
    return changed
