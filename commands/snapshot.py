"""``snapshot``: the records that match as a page, a printed sheet, slides or data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from commands.choosing import AlsoOption, DataOption, Source, read_source, tell_count
from commands.filters import Query
from commands.progress import progress_bar
from geo.errors import ExportError
from geo.files import safe_name, unlike_name
from layers.data import DrawOptions
from layers.exports import format_of, write_snapshot
from layers.registry import default_layers, known_layers
from layers.snapshot import LOOKS, Request, Sheet, Size, Snapshot, each_value, take_snapshot

if TYPE_CHECKING:
    from geo.filters import Filters
    from geo.seeds import Seeds
    from geo.select import Selection
    from geo.snapshots.manifest import Extent

Each = Literal["group", "year"]

LOWEST_DPI: Final = 72
HIGHEST_DPI: Final = 600
NO_LAYERS: Final = "none"
ALIKE: Final = "records"
"""No measure: all records are drawn alike."""


def snapshot(
    *,
    query: Query,
    out: Annotated[
        Path,
        typer.Option(help="File: .html, .png, .svg, .pdf, .pptx, or a format of `records`."),
    ],
    data: DataOption = None,
    also: AlsoOption = None,
    title: Annotated[str, typer.Option(help="Title; by default the filters in words.")] = "",
    layers: Annotated[
        str | None, typer.Option(help="Layers by id, with commas between; `none`: none.")
    ] = None,
    extent: Annotated[
        str | None, typer.Option(help="West,south,east,north in degrees.", metavar="W,S,E,N")
    ] = None,
    size: Annotated[Size, typer.Option(help="Paper.")] = "a4",
    portrait: Annotated[bool, typer.Option("--portrait", help="Standing paper.")] = False,
    dpi: Annotated[
        int, typer.Option(help="Dots an inch of a PNG.", min=LOWEST_DPI, max=HIGHEST_DPI)
    ] = 200,
    show: Annotated[
        Literal["signs", "hexagons", "heat"], typer.Option(help="How records show.")
    ] = "signs",
    size_seizures: Annotated[
        str, typer.Option(help="What a seizure's size says: records, or a measure.")
    ] = ALIKE,
    size_incidents: Annotated[
        str, typer.Option(help="What an incident's size says: records, or a measure.")
    ] = ALIKE,
    colour_seizures: Annotated[
        Literal["group", "goods"], typer.Option(help="What a seizure's colour says.")
    ] = "group",
    each: Annotated[
        Each | None, typer.Option(help="One sheet for each value; slides in one file.")
    ] = None,
) -> None:
    """Write a map of just the records that match, with the proof of what made it."""
    source = read_source(data, also)
    filters = source.resolve(query)
    request = Request(
        format=format_of(out),
        title=title,
        layer_ids=_layers(layers, source.seeds),
        options=DrawOptions(
            show_as=show,
            seizure_measure=_measure("seizure", size_seizures),
            incident_measure=_measure("incident", size_incidents),
            seizure_colour=colour_seizures,
        ),
        extent=_extent(extent),
        sheet=Sheet(size=size, landscape=not portrait, dpi=dpi),
    )
    if each is None:
        _one(out, request, source, filters)
    else:
        _one_each(each, out, request, source, filters)
    tell_count(source.select(filters))


def _one(out: Path, request: Request, source: Source, filters: Filters) -> None:
    taken = _take(request, source, filters, source.select(filters))
    with progress_bar(f"Writing {out.name}") as report:
        write_snapshot(out, [taken], report)


def _one_each(by: Each, out: Path, request: Request, source: Source, filters: Filters) -> None:
    """Write a file for each value beside ``out``, or all of them as slides into it."""
    values = each_value(by, records=source.records, filters=filters)
    if not values:
        msg = f"No record that matches has a {by}; leave out --each."
        raise ExportError(msg)
    # Drawn one after the other: only the one at hand is kept.
    taken = (
        (value, _take(_titled(request, value), source, narrowed, selection))
        for value, narrowed, selection in values
    )
    with progress_bar(f"Writing {len(values)} maps") as report:
        if request.format == "pptx":
            write_snapshot(out, [one for _, one in taken], report)
            return
        names: set[str] = set()
        for number, (value, one) in enumerate(taken, start=1):
            name = unlike_name(f"{out.stem}-{safe_name(value, request.format)}", names)
            write_snapshot(out.with_name(name), [one])
            report(number / len(values))


def _titled(request: Request, value: str) -> Request:
    return replace(request, title=f"{request.title}: {value}") if request.title else request


def _take(request: Request, source: Source, filters: Filters, selection: Selection) -> Snapshot:
    return take_snapshot(
        request,
        seeds=source.seeds,
        filters=filters,
        selection=selection,
        checksums=source.checksums,
    )


def _layers(given: str | None, seeds: Seeds) -> tuple[str, ...]:
    layers = known_layers(seeds)
    if given is None:
        return default_layers(layers)
    wanted = [] if given.strip() == NO_LAYERS else [each.strip() for each in given.split(",")]
    known = [layer.id for layer in layers]
    if unknown := [each for each in wanted if each not in known]:
        msg = f"layers={', '.join(unknown)!r} is not known; choose from {', '.join(known)}."
        raise ExportError(msg)
    return tuple(each for each in known if each in wanted)


def _measure(kind: str, given: str) -> str:
    known = LOOKS[f"{kind}_measure"]
    if given not in known:
        msg = f"size-{kind}s={given!r} is not known; choose from {', '.join(known)}."
        raise ExportError(msg)
    return given


def _extent(given: str | None) -> Extent | None:
    if given is None:
        return None
    try:
        west, south, east, north = (float(each) for each in given.split(","))
    except ValueError as error:
        msg = f"extent={given!r} is not four numbers; write west,south,east,north in degrees."
        raise ExportError(msg) from error
    if not (-180 <= west < east <= 180 and -90 < south < north < 90):
        msg = f"extent={given!r} is no part of the earth; write west,south,east,north in degrees."
        raise ExportError(msg)
    return west, south, east, north
