"""What is seized, in the words of the atlas."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.imports.folding import fold, key
from geo.seeds import SEEDS

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Final = SEEDS / "imports" / "items.csv"
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")


def known_items(classes: Mapping[str, str]) -> dict[str, str]:
    """Give the atlas's name of each item that is known, by its folded name.

    Parameters
    ----------
    classes
        Class of each item that the atlas has, by its name.
    """
    with NAMES.open(encoding="utf-8", newline="") as file:
        others = {key(fold(row["name"])): row["item"] for row in csv.DictReader(file)}
    return others | {key(fold(name)): name for name in classes}


def item_name(text: str, known: Mapping[str, str]) -> str:
    """Give an item its name in the atlas; one that is not known stays as it is.

    Parameters
    ----------
    text
        As a source writes it, one or several.
    known
        As :func:`known_items` gives.
    """
    bare = _IN_BRACKETS.sub(" ", text)
    for part in (text, bare, *_IN_BRACKETS.findall(text)):
        for form in _forms(part):
            if form in known:
                return known[form]
    return " ".join(text.split())


def _forms(text: str) -> tuple[str, str, str]:
    folded = key(fold(text))
    return folded, folded.removesuffix("s"), folded.removesuffix("es")


def is_item(text: str) -> bool:
    """Tell whether a text is a usual name of something that is seized."""
    return any(form in _usual_names() for form in _forms(text))


@cache
def _usual_names() -> frozenset[str]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return frozenset(key(fold(row[each])) for row in rows for each in ("name", "item"))
