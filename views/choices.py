"""What a visitor has chosen, and how the address bar writes it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from rapidfuzz import fuzz, process

from geo.distances import PRECISIONS
from geo.filters import WORDS, Filters, from_query, to_query
from geo.vocabulary import Vocabulary, quoted, resolve_filters, unknown
from layers.data import DrawOptions
from layers.registry import LAYERS, Layer, default_layers
from layers.snapshot import LOOK_WORDS, LOOKS, look_of
from layers.tiles import TILES
from views.options import OPTIONS, read_options, usual_options, write_options

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

Query = dict[str, list[str]]

_MISSPELT: Final = 78
"""From this likeness (of 100) on, an unknown word counts as a misspelt one."""

NO_LAYERS: Final = "none"
LONGEST_TEXT: Final = 200
MOST_VALUES: Final = 50
"""A link may repeat a word this often; more would only cost time."""

VERSUS: Final = "b"
"""Starts the words of the second filter: ``b-group``; alone, ``b=all`` keeps every record."""

VERSUS_ALL: Final = "all"
BROUGHT: Final = "import"
"""Names a set of records that is kept on the server, by its key."""

APP_WORDS: Final = (
    *("layers", "tiles", *LOOK_WORDS, "record", BROUGHT, VERSUS),
    *(option.word for option in OPTIONS),
    *(f"{VERSUS}-{word}" for word in WORDS),
)
"""Words of the address bar that only the app knows."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the page is to show.

    Attributes
    ----------
    filters
        Which records.
    layers
        Ids of the layers that are on, in the order of the registry.
    tiles
        Id of an online background; empty: none.
    options
        What size and colour of records say.
    record
        Id of the record that is looked at; empty: none.
    versus
        The second filter, to compare with; ``None``: nothing is compared.
    views
        Every option of the views, by its word (:mod:`views.options`).
    """

    filters: Filters = field(default_factory=Filters)
    layers: tuple[str, ...] = field(default_factory=default_layers)
    tiles: str = ""
    options: DrawOptions = field(default_factory=DrawOptions)
    record: str = ""
    versus: Filters | None = None
    views: Mapping[str, str] = field(default_factory=usual_options)


def write_query(choices: Choices, layers: Sequence[Layer] = LAYERS) -> Query:
    """Write choices as the address bar's parameters: only what is not as usual.

    Parameters
    ----------
    choices
        What the page is to show.
    layers
        All layers that there are.
    """
    query = to_query(choices.filters)
    if choices.layers != default_layers(layers):
        query["layers"] = [",".join(choices.layers) or NO_LAYERS]
    if choices.tiles:
        query["tiles"] = [choices.tiles]
    query |= {word: [value] for word, value in look_of(choices.options).items()}
    if choices.record:
        query["record"] = [choices.record]
    return query | _write_versus(choices.versus) | write_options(choices.views)


def _write_versus(versus: Filters | None) -> Query:
    if versus is None:
        return {}
    words = {f"{VERSUS}-{word}": values for word, values in to_query(versus).items()}
    return words or {VERSUS: [VERSUS_ALL]}


def read_query(
    query: Mapping[str, Sequence[str]],
    vocabulary: Vocabulary,
    records: Container[str],
    layers: Sequence[Layer] = LAYERS,
) -> tuple[Choices, list[str]]:
    """Read choices from the address bar's parameters.

    Parameters
    ----------
    query
        Parameters by word; any text at all.
    vocabulary
        The values that the data knows.
    records
        Ids of all records.
    layers
        All layers that there are.

    Returns
    -------
    choices : Choices
        What could be read.
    complaints : list of str
        A sentence for each thing that could not.
    """
    short: Query = {word: list(values)[:MOST_VALUES] for word, values in query.items()}
    filters, misshapen = from_query(short)
    filters, unknown = resolve_filters(filters, vocabulary)
    complaints = [*_misspelt(short), *misshapen, *unknown]
    filters = _one_period(_short_text(filters, complaints), complaints)
    if filters.precision == PRECISIONS[-1]:
        # The coarsest keeps every record: as good as no condition.
        filters = replace(filters, precision=None)
    on = _layers(short, layers, complaints)
    known_tiles = ("", *(choice.id for choice in TILES))
    tiles = _one_of(short, "tiles", known_tiles, complaints) or ""
    record = _last(short, "record")
    if record and record not in records:
        complaints.append(f"record={quoted(record)}: there is no such record.")
        record = ""
    choices = Choices(
        filters=filters,
        layers=on,
        tiles=tiles,
        options=_options(short, complaints),
        record=record,
        versus=_read_versus(short, vocabulary, complaints),
        views=read_options(short, complaints),
    )
    return choices, complaints


def _read_versus(query: Query, vocabulary: Vocabulary, complaints: list[str]) -> Filters | None:
    start = f"{VERSUS}-"
    own = {word.removeprefix(start): query[word] for word in query if word.startswith(start)}
    own = {word: values for word, values in own.items() if word in WORDS}
    if not own:
        return Filters() if _last(query, VERSUS) == VERSUS_ALL else None
    raw, misshapen = from_query(own)
    filters, unknown_values = resolve_filters(raw, vocabulary)
    faults = [*misshapen, *unknown_values]
    filters = _one_period(_short_text(filters, faults), faults)
    complaints.extend(f"{VERSUS}: {fault}" for fault in faults)
    return filters


def _last(query: Mapping[str, list[str]], word: str) -> str:
    values = query.get(word) or [""]
    return values[-1].strip()


def _misspelt(query: Mapping[str, list[str]]) -> list[str]:
    words = [*WORDS, *APP_WORDS]
    complaints = []
    for word in list(query)[:MOST_VALUES]:
        alike = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=_MISSPELT)
        if word not in words and alike:
            complaints.append(f"{quoted(word)} is not a word of a link; try {alike[0]!r}.")
    return complaints


def _short_text(filters: Filters, complaints: list[str]) -> Filters:
    if filters.text is None or len(filters.text) <= LONGEST_TEXT:
        return filters
    complaints.append(f"text: only its first {LONGEST_TEXT} characters are looked for.")
    return replace(filters, text=filters.text[:LONGEST_TEXT].strip())


def _one_period(filters: Filters, complaints: list[str]) -> Filters:
    """Let a year stand alone: the page has one pair of dates."""
    if not filters.year:
        return filters
    if filters.date_from or filters.date_to:
        complaints.append("year cannot go with from or to; only the year is used.")
    return replace(filters, date_from=None, date_to=None)


def _layers(
    query: Mapping[str, list[str]], layers: Sequence[Layer], complaints: list[str]
) -> tuple[str, ...]:
    given = [part.strip() for text in query.get("layers", ()) for part in text.split(",")]
    given = [part for part in given if part][:MOST_VALUES]
    if not given:
        return default_layers(layers)
    known = [layer.id for layer in layers]
    wrong = [part for part in given if part not in known and part != NO_LAYERS]
    terms = {each: each for each in known}
    complaints.extend(unknown("layers", part, terms) for part in wrong)
    if len(wrong) == len(given):
        return default_layers(layers)
    return tuple(each for each in known if each in given)


def _one_of(
    query: Mapping[str, list[str]], word: str, known: Sequence[str], complaints: list[str]
) -> str | None:
    value = _last(query, word)
    if not value:
        return None
    if value in known:
        return value
    complaints.append(unknown(word, value, {each: each for each in known if each}))
    return None


def _options(query: Mapping[str, list[str]], complaints: list[str]) -> DrawOptions:
    chosen: dict[str, Any] = {}
    for word, name in LOOK_WORDS.items():
        value = _one_of(query, word, LOOKS[name], complaints)
        if value is not None:
            chosen[name] = value
    return DrawOptions(**chosen)
