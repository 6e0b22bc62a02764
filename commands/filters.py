"""The filters as options, the same for every command that chooses records."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any, Final

import typer

from geo.filters import REPEATABLE, WORDS

Query = dict[str, list[str]]

HELP: Final = {
    "kind": "seizure or incident.",
    "from": "First year, month or day.",
    "to": "Last year, month or day.",
    "year": "One year.",
    "group": "Armed group. Repeatable.",
    "role": "What the group did: perpetrator, target, party.",
    "attribution": "claimed, attributed or suspected. Repeatable.",
    "category": "Category. Repeatable.",
    "item": "Item seized. Repeatable.",
    "at-least": "Quantity of one item, with its unit: '100 kg', '20' things.",
    "actor": "Force or actor, as the source names it. Repeatable.",
    "direction": "Way the goods went: 'AFG>PAK'. Repeatable.",
    "country": "Country: ISO 3166-1 alpha-3 code or name.",
    "province": "Province, as reported or today. Repeatable.",
    "border": "Nearest border: the neighbour's code or name.",
    "province-as": "Provinces as reported, or today; else either.",
    "route": "Route, by its id or name. Repeatable.",
    "near": "Crossing, such as Torkham.",
    "within-km": "Kilometres from the crossing, route or border.",
    "precision": "Located at least to: site, town, district, province.",
    "area": "box:W,S,E,N, circle:LON,LAT,KM or polygon:LON,LAT;…",
    "source": "Web site of the main source, such as dawn.com. Repeatable.",
    "file": "File that was brought, by its name, or 'Khyber Atlas'. Repeatable.",
    "text": "Words that must all occur.",
}
"""What each filter asks for. Its word is that of the address bar and of manifests."""


def takes_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of all filters.

    Parameters
    ----------
    command
        Its parameter ``query`` gets what was given, by word.

    Returns
    -------
    callable
        The command with one parameter a filter instead of ``query``.
    """
    names = {word: f"filter_{word.replace('-', '_')}" for word in WORDS}

    @functools.wraps(command)
    def filled(**given: Any) -> None:
        query = {word: _listed(given.pop(name)) for word, name in names.items()}
        command(query=query, **given)

    own = inspect.signature(command, eval_str=True).parameters
    rest = [each for name, each in own.items() if name != "query"]
    parameters = [*(_parameter(word, names[word]) for word in WORDS), *rest]
    filled.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    filled.__annotations__ = {each.name: each.annotation for each in parameters}
    return filled


def _parameter(word: str, name: str) -> inspect.Parameter:
    option = typer.Option(f"--{word}", help=HELP[word])
    many = WORDS[word] in REPEATABLE
    annotation = Annotated[list[str] | None, option] if many else Annotated[str | None, option]
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation
    )


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []
