"""How many people: numbers of killed and injured, and how far they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.imports.amounts import Amount, read_amount

if TYPE_CHECKING:
    from geo.imports.fates import Fates
    from geo.imports.marks import Marks
    from geo.imports.values import Fields

COUNTED: Final = ("killed", "injured", "killed_low", "killed_high")
MOST_PEOPLE: Final = 1_000_000
_WORDS: Final = frozenset(
    {"", "people", "persons", "person", "killed", "dead", "injured", "wounded"}
)


def read_people(fields: Fields, fates: Fates, marks: Marks) -> dict[str, pd.Series]:
    """Read the numbers of people killed and injured.

    Parameters
    ----------
    fields
        The rows and their mapping.
    fates
        Told of what is no number, which rejects the row, and of what was said of one:
        at least 5, 3–5, unknown.
    marks
        Decimal marks of the table.

    Returns
    -------
    dict of str to pandas.Series of str
        ``COUNTED``; empty: not stated. A range of people killed gives ``killed_low``
        and ``killed_high`` where no column does.
    """
    found = {name: _read(fields, fates, name, marks) for name in COUNTED}
    amounts = found["killed"][1]
    for end, bounds in (("killed_low", ("floor", "range")), ("killed_high", ("ceiling", "range"))):
        told = [
            str(int(each.low if end == "killed_low" else each.high))
            if each.bound in bounds and not each.is_fault
            else ""
            for each in amounts
        ]
        texts = found[end][0]
        found[end] = (texts.where(texts != "", told), [])
    numbers = {name: texts for name, (texts, _) in found.items()}
    _drop_odd_bounds(numbers, fields, fates)
    return numbers


def _drop_odd_bounds(numbers: dict[str, pd.Series], fields: Fields, fates: Fates) -> None:
    """Leave out a least and a most number that the number itself is not between, and say so."""
    best, low, high = (
        pd.to_numeric(numbers[name].replace("", None)).to_numpy(float, na_value=np.nan)
        for name in ("killed", "killed_low", "killed_high")
    )
    odd = (best < low) | (best > high) | (low > high)
    if not odd.any():
        return
    note = "is not between least, {}, and most, {}, which are left out"
    said = [
        (at, note.format(numbers["killed_low"].iloc[at], numbers["killed_high"].iloc[at]))
        for at in np.flatnonzero(odd).tolist()
    ]
    fates.say_each(said, fields.column_of("killed"), numbers["killed"], fault=False)
    for name in ("killed_low", "killed_high"):
        numbers[name] = numbers[name].where(~odd, "")


def _read(fields: Fields, fates: Fates, name: str, marks: Marks) -> tuple[pd.Series, list[Amount]]:
    texts = fields.get(name)
    codes, known = pd.factorize(texts.to_numpy(dtype=object))
    read = [read_amount(str(text), marks.of(name)) for text in known]
    faults = [_is_fault(each) for each in read]
    notes = ["" if fault else _note(each, name) for each, fault in zip(read, faults, strict=True)]
    column = fields.column_of(name)
    told_of_faults = "is no number of people; write a number, or leave it empty"
    fates.reject(np.array([*faults, False])[codes], column, texts, told_of_faults)
    told = ((at, notes[code]) for at, code in enumerate(codes) if notes[code])
    fates.say_each(told, column, texts, fault=False)
    words = ["" if fault else _text(each) for each, fault in zip(read, faults, strict=True)]
    column_of = [words[code] for code in codes]
    amounts = [read[code] for code in codes]
    return pd.Series(column_of, index=texts.index, dtype=object), amounts


def _is_fault(amount: Amount) -> bool:
    strange = amount.is_fault or amount.unit not in _WORDS
    return strange or amount.low < 0 or amount.high > MOST_PEOPLE


def _text(amount: Amount) -> str:
    """Write the number that stands for an amount; empty: none does."""
    if np.isnan(amount.low) or amount.bound == "ceiling":
        return ""
    return str(int(np.floor(amount.low + 0.5)))


def _note(amount: Amount, name: str) -> str:
    if amount.bound == "unknown":
        return "is read as: not stated"
    if amount.bound in ("floor", "range"):
        return f"is read as {_text(amount)}, the least"
    if amount.bound == "ceiling":
        return "is read as: not stated" + (", but not more" if name == "killed" else "")
    if amount.bound == "about":
        return f"is read as {_text(amount)}"
    if np.isfinite(amount.low) and amount.low != np.floor(amount.low):
        return f"is read as {_text(amount)}: a source shares out the people of several events"
    return ""
