"""The command line that writes the same file as the export panel."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from geo.filters import to_query
from layers.registry import default_layers, known_layers
from layers.snapshot import DATA_FORMATS, SHEET_FORMATS, look_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.seeds import Seeds
    from views.export_make import Plan

NO_LAYERS: Final = "none"


def command_line(plan: Plan, name: str, seeds: Seeds) -> str:
    """Write the command that makes the file of a plan.

    Parameters
    ----------
    plan
        What to make.
    name
        Of the file; of several, the command writes each beside the others.
    seeds
        The data, with what was brought beside it.

    Returns
    -------
    str
        One line, quoted for a POSIX shell; only what is not as usual.
    """
    out = f"{name.rpartition('.')[0]}.{plan.request.format}"
    return shlex.join(["python", "cli.py", "snapshot", *_options(plan, seeds), "--out", out])


def _options(plan: Plan, seeds: Seeds) -> Iterator[str]:
    for each in seeds.brought:
        yield from _option("also", each.title)
    for word, values in to_query(plan.filters).items():
        for value in values:
            yield from _option(word, value)
    request = plan.request
    if title := " ".join(request.title.split()):
        yield from _option("title", title)
    if request.format not in DATA_FORMATS:
        yield from _view(plan, seeds)
    if plan.each:
        yield from _option("each", plan.each)


def _view(plan: Plan, seeds: Seeds) -> Iterator[str]:
    request = plan.request
    if request.layer_ids != default_layers(known_layers(seeds)):
        yield from _option("layers", ",".join(request.layer_ids) or NO_LAYERS)
    for word, value in look_of(request.options).items():
        yield from _option(word, value)
    if request.extent:
        yield from _option("extent", ",".join(f"{degrees:g}" for degrees in request.extent))
    if request.format not in SHEET_FORMATS:
        return
    yield from _option("size", request.sheet.size)
    if not request.sheet.landscape:
        yield "--portrait"
    if request.format == "png":
        yield from _option("dpi", str(request.sheet.dpi))


def _option(word: str, value: str) -> list[str]:
    # A value that starts with a hyphen would read as another option.
    return [f"--{word}={value}"] if value.startswith("-") else [f"--{word}", value]
