"""How the desk's views are looked at: options that live in the address, one word each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.facets import FACETS
from geo.vocabulary import unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_OPTION: Final = 400


@dataclass(frozen=True, kw_only=True)
class Option:
    """An option of a view.

    Attributes
    ----------
    word
        Its word in the address.
    values
        What it may be, the usual first; empty: any text up to
        ``LONGEST_OPTION`` letters, which its view reads, usually none.
    """

    word: str
    values: tuple[str, ...] = ()

    @property
    def usual(self) -> str:
        """What it is where the address does not say."""
        return self.values[0] if self.values else ""


TABS: Final = (
    *("table", "time", "summary", "compare"),
    *("record", "sources", "export", "imports", "about"),
)
_FACETS: Final = tuple(FACETS)


def _first(value: str, values: tuple[str, ...]) -> tuple[str, ...]:
    return (value, *(each for each in values if each != value))


OPTIONS: Final = (
    Option(word="tab", values=TABS),
    Option(word="time-by", values=("year", "month")),
    Option(word="time-stack", values=("kind", "group", "category", "attribution", "precision")),
    Option(word="time-marks", values=("on", "off")),
    Option(word="sum", values=("cross", "quantities", "top", "shares", "hot")),
    Option(word="sum-rows", values=_first("province", _FACETS)),
    Option(word="sum-cols", values=_first("kind", ("none", *_FACETS))),
    Option(word="sum-cells", values=("4", "5", "3")),
    Option(word="compare-by", values=("province", "border")),
    Option(word="twin", values=("off", "side", "swipe")),
    Option(word="columns"),
)
"""All options, in the order of the address."""

OPTION_KEYS: Final = {option.word: f"view-{option.word}" for option in OPTIONS}
"""Word of an option: key of its widget, whose value is one of the option's texts."""


def usual_options() -> dict[str, str]:
    """Give every option as usual, by word."""
    return {option.word: option.usual for option in OPTIONS}


def read_options(query: Mapping[str, Sequence[str]], complaints: list[str]) -> dict[str, str]:
    """Read options from the address bar's parameters.

    Parameters
    ----------
    query
        Parameters by word; any text at all.
    complaints
        Gets a sentence for each value that is not known.

    Returns
    -------
    dict
        A value for every option, by word.
    """
    chosen = usual_options()
    for option in OPTIONS:
        given = (query.get(option.word) or [""])[-1].strip()
        if not given:
            continue
        if not option.values:
            chosen[option.word] = given[:LONGEST_OPTION]
        elif given in option.values:
            chosen[option.word] = given
        else:
            terms = {each: each for each in option.values}
            complaints.append(unknown(option.word, given, terms))
    return chosen


def write_options(chosen: Mapping[str, str]) -> dict[str, list[str]]:
    """Write options as the address bar's parameters: only what is not as usual."""
    usual = usual_options()
    return {word: [value] for word, value in chosen.items() if value and value != usual.get(word)}


def take_option(state: Mapping[str, object], word: str) -> str:
    """Read what an option's widget says; the usual where it says nothing of sense."""
    option = next(each for each in OPTIONS if each.word == word)
    value = state.get(OPTION_KEYS[word])
    if isinstance(value, str) and (not option.values or value in option.values):
        return value[:LONGEST_OPTION]
    return option.usual
