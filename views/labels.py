"""Labels of choices: words and a count; and which value a label means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.counts import number
from geo.facet_words import direction_words
from geo.phrases import ATTRIBUTION_WORDS, PRECISION_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.seeds import Seeds

ROLES: Final = {
    "perpetrator": "the group acted",
    "target": "the group was the target",
    "party": "the group took part",
}
KINDS: Final = {"seizure": "Seizures", "incident": "Incidents"}
_COUNT: Final = re.compile(r"^(?P<words>.*) \([0-9\u202f]+\)$", re.DOTALL)
_ADDRESS: Final = re.compile(r"https?(?=:)|www(?=\.)", re.IGNORECASE)
JOINER: Final = "\u2060"
"""Joins two letters; nobody sees it."""

_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&^=])")


def words_of(name: str, value: str, seeds: Seeds) -> str:
    """Say a filter's value as people read it.

    Parameters
    ----------
    name
        A field of :class:`geo.filters.Filters`.
    value
        One of its values.
    seeds
        For the names of countries and routes.
    """
    if name in ("countries", "borders"):
        return seeds.country_names.get(value, value)
    if name == "routes":
        return seeds.route_names.get(value, value)
    if name == "directions":
        return direction_words(value, seeds.country_names)
    words = {
        "kind": KINDS,
        "roles": ROLES,
        "attributions": ATTRIBUTION_WORDS,
        "precision": {word: text.removeprefix("known ") for word, text in PRECISION_WORDS.items()},
    }
    return words.get(name, {}).get(value, value)


def with_count(words: str, count: int | None) -> str:
    """Write words with a count: ``TTP (155)``."""
    return words if count is None else f"{words} ({number(count)})"


def meant(label: str, values: Mapping[str, str]) -> str:
    """Find the value that a label means, whatever count it was made with.

    A browser answers with the labels that it was given, which may be those of
    a moment ago.

    Parameters
    ----------
    label
        A value, its words, or its words with a count.
    values
        Values by their words.

    Returns
    -------
    str
        ``label`` itself if it means nothing known.
    """
    label = label.replace(JOINER, "")
    known = set(values.values())
    if label in known:
        return label
    if label in values:
        return values[label]
    found = _COUNT.match(label)
    words = found["words"] if found else label
    return words if words in known else values.get(words, label)


def plain_label(text: str) -> str:
    """Escape a text for widgets that read Markdown: it shows exactly as it is.

    An address is broken by a mark that nobody sees: it would become a link, escaped or not.
    """
    text = _ADDRESS.sub(rf"\g<0>{JOINER}", text.replace(JOINER, "")).replace("@", f"{JOINER}@")
    # Only what would break the line: a narrow space between thousands stays.
    return _MARKDOWN.sub(r"\\\1", re.sub(r"[ \t\r\n\v\f\u2028\u2029]+", " ", text).strip())
