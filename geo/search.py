"""Searching text for words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pandas as pd


def haystack(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """Put what is to be searched into one text a row.

    Parameters
    ----------
    frame
        Any frame.
    columns
        Columns of text; a missing text holds no word.

    Returns
    -------
    pandas.Series of str
        Index of ``frame``, in small letters.
    """
    texts = frame[columns[0]].fillna("").astype("str")
    for column in columns[1:]:
        # A line's end between them: no word runs from one column into the next.
        texts = texts + "\n" + frame[column].fillna("").astype("str")
    return texts.str.casefold()


def has_words(texts: pd.Series, wanted: str) -> npt.NDArray[np.bool_]:
    """Tell which texts have all the words of another.

    Parameters
    ----------
    texts
        As :func:`haystack` gives.
    wanted
        Words, taken literally; their case does not matter.

    Returns
    -------
    numpy.ndarray of bool, shape (n texts,)
    """
    found = np.ones(len(texts), dtype=bool)
    for word in wanted.casefold().split():
        found &= texts.str.contains(word, regex=False).to_numpy(dtype=bool)
    return found
