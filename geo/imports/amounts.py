"""Amounts as people write them: 1 250 kg, ca. 30, at least 5, 3–5, unknown."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

import pandas as pd

from geo.imports.values import plain_digits, read_number
from geo.seeds import SEEDS

Bound = Literal["", "about", "floor", "ceiling", "range", "unknown"]

LONGEST_AMOUNT: Final = 60

WORDS: Final = SEEDS / "imports" / "amounts.toml"
"""Words about amounts, and units."""

MONEY: Final = frozenset({"usd", "eur", "pkr", "afn", "irr", "sar", "aed"})
"""Units that are money."""

_MORE: Final = re.compile(r"(?:\+|or more|and more|plus)\s*")
_FIGURES: Final = r"\d(?:[\d .,']*\d)?|[.,]\d+"
_SHAPE: Final = re.compile(
    rf"(?P<word>(?:[^\d+\-.,]+\.?)?)\s*(?P<first>[+-]?(?:{_FIGURES})(?:[eE][+-]?\d+)?)\s*"
    rf"(?:(?:-|–|—|to|bis|à|تا)\s*(?P<last>{_FIGURES})\s*)?(?P<rest>[^\d_]*)"
)


@dataclass(frozen=True, kw_only=True)
class Amount:
    """What a text says of how much.

    Attributes
    ----------
    low, high
        The numbers: alike, unless it is a range; NaN: it says none.
    bound
        Whether it is about so much, at least (floor), at most (ceiling), between
        both (range), or said not to be known; empty: just so much.
    unit
        What follows the number, in small letters.
    is_fault
        Whether it is no amount.
    """

    low: float = float("nan")
    high: float = float("nan")
    bound: Bound = ""
    unit: str = ""
    is_fault: bool = False


@lru_cache(maxsize=100_000)
def read_amount(text: str, decimal: str = ".") -> Amount:
    """Read an amount.

    Parameters
    ----------
    text
        A number, with words that say how sure it is, and with a unit or without.
    decimal
        Decimal mark of what may be read by either, such as 1.250.
    """
    plain = " ".join(plain_digits(text).split())
    if not plain:
        return Amount()
    unknown, bounds = _words()
    if plain.casefold() in unknown:
        return Amount(bound="unknown")
    match = _SHAPE.fullmatch(plain) if len(plain) <= LONGEST_AMOUNT else None
    if match is None:
        return Amount(is_fault=True)
    word = match["word"].casefold().strip(" .:(")
    if word not in bounds:
        return Amount(is_fault=True)
    bound = bounds[word]
    rest = match["rest"].casefold()
    if more := _MORE.match(rest):
        bound, rest = "floor", rest[more.end() :]
    decimal = sure_mark(text) or decimal
    low = read_number(match["first"], decimal)
    high = read_number(match["last"], decimal) if match["last"] else low
    if not low <= high:  # NaN too
        return Amount(is_fault=True)
    if high > low:
        bound = "range"
    return Amount(low=low, high=high, bound=bound, unit=rest.strip(" .()"))


@cache
def _words() -> tuple[frozenset[str], dict[str, Bound]]:
    """Read the words that say that an amount is not known, and those before a number."""
    told = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    bounds: dict[str, Bound] = {"": ""}
    ways: tuple[tuple[str, Bound], ...] = (
        ("about", "about"),
        ("at_least", "floor"),
        ("at_most", "ceiling"),
    )
    for name, bound in ways:
        bounds |= dict.fromkeys(told[name], bound)
    return frozenset(told["unknown"]), bounds


def is_unknown(text: str) -> bool:
    """Tell whether a text says that something is not known: unknown, N/A, ?."""
    return text.strip().casefold() in _words()[0]


@cache
def known_units() -> dict[str, tuple[str, float]]:
    """Give the atlas's unit, and how many of it, of each unit as people write it."""
    told = tomllib.loads(WORDS.read_text(encoding="utf-8"))["units"]
    return {
        name: (unit, float(factor))
        for unit, by_factor in told.items()
        for factor, names in by_factor.items()
        for name in names
    }


def find_mark(texts: pd.Series) -> str:
    """Tell the decimal mark of a column of amounts.

    Returns
    -------
    str
        A point or a comma; empty: there is nothing to tell it by, or both are used.
    """
    marks = {sure_mark(text) for text in texts.unique()[:2000]} - {""}
    return marks.pop() if len(marks) == 1 else ""


def sure_mark(text: str) -> str:
    """Tell the decimal mark of one amount; empty: it has none, or may be of either."""
    if len(text) > LONGEST_AMOUNT:
        return ""
    if _ARABIC_MARK in text:
        return "."
    for found in _NUMBERS.findall(plain_digits(text)):
        for mark, shape in _SURE.items():
            if shape.fullmatch(found):
                return mark
    return ""


def _sure(group: str, mark: str) -> re.Pattern[str]:
    """Make a pattern of numbers in which it is sure which of two marks is which."""
    whole = rf"\d{{1,3}}(?:{group}\d{{3}})"
    return re.compile(
        rf"{whole}{{2,}}|{whole}+{mark}\d+|\d+{mark}(?:\d{{1,2}}|\d{{4,}})|0{mark}\d+|\d{{4,}}{mark}\d+"
    )


_SURE: Final = {".": _sure(",", r"\."), ",": _sure(r"\.", ",")}
_ARABIC_MARK: Final = "\u066b"
"""Decimal mark beside Persian and Arabic figures."""

_NUMBERS: Final = re.compile(r"\d[\d.,]*")
_EITHER: Final = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def is_either(text: str) -> bool:
    """Tell whether the number of a text may be one of thousands or of thousandths."""
    return any(_EITHER.fullmatch(each) for each in _NUMBERS.findall(plain_digits(text)))
