"""The command line: records, layers and the check of the built-in data."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import geopandas as gpd
import typer
from typer.exceptions import Abort, TyperException

from geo.check import check_seeds
from geo.errors import AtlasError, FilterError
from geo.export import WRITERS, write_whole
from geo.filters import WORDS, Filters, from_query
from geo.joins import join_records
from geo.seeds import SEEDS, Seeds, load_seeds
from geo.select import Selection, filter_records
from geo.tables import read_records
from geo.vocabulary import make_vocabulary, resolve_filters
from layers.registry import LAYERS

app = typer.Typer(
    help="Khyber Atlas: Afghanistan's borders and routes, seizures and incidents.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """Formats that :mod:`geo.export` writes."""

    CSV = "csv"
    GEOJSON = "geojson"


Words = list[str] | None


@app.command()
def records(
    kind: Annotated[str | None, typer.Option(help="seizure or incident.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="First year, month or day.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last year, month or day.")] = None,
    year: Annotated[str | None, typer.Option(help="One year.")] = None,
    group: Annotated[Words, typer.Option(help="Armed group. Repeatable.")] = None,
    role: Annotated[
        Words, typer.Option(help="What the group did: perpetrator, target, party.")
    ] = None,
    attribution: Annotated[
        Words, typer.Option(help="claimed, attributed or suspected. Repeatable.")
    ] = None,
    category: Annotated[Words, typer.Option(help="Category. Repeatable.")] = None,
    item: Annotated[Words, typer.Option(help="Item seized. Repeatable.")] = None,
    country: Annotated[
        Words, typer.Option(help="Country: ISO 3166-1 alpha-3 code or name.")
    ] = None,
    province: Annotated[
        Words, typer.Option(help="Province, as reported or today. Repeatable.")
    ] = None,
    border: Annotated[
        Words, typer.Option(help="Nearest border: the neighbour's code or name.")
    ] = None,
    near: Annotated[str | None, typer.Option(help="Crossing, such as Torkham.")] = None,
    within_km: Annotated[
        str | None, typer.Option(help="Kilometres from the crossing or border.")
    ] = None,
    precision: Annotated[
        str | None, typer.Option(help="Located at least to: site, town, district, province.")
    ] = None,
    text: Annotated[str | None, typer.Option(help="Words that must all occur.")] = None,
    data: Annotated[
        Path | None, typer.Option(help="CSV file of records other than the built-in ones.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="Format of the output.")] = (
        Format.CSV
    ),
    out: Annotated[Path | None, typer.Option(help="File to write.")] = None,
) -> None:
    """Write the joined records that match, with their sources."""
    given = (
        *(kind, since, until, year, group, role, attribution, category, item),
        *(country, province, border, near, within_km, precision, text),
    )
    query = dict(zip(WORDS, map(_listed, given), strict=True))
    seeds = load_seeds()
    selection = _select(seeds, query, data)
    content = WRITERS[format_.value](selection.records, seeds.items)
    _deliver(content, out)
    typer.echo(_count(selection), err=True)


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def _select(seeds: Seeds, query: dict[str, list[str]], data: Path | None) -> Selection:
    rows: gpd.GeoDataFrame = (
        read_records(data, seeds.package) if data is not None else seeds.records
    )
    joined = join_records(rows, seeds)
    filters = _resolved(query, joined, seeds)
    return filter_records(joined, seeds.items, filters, seeds.crossings)


def _resolved(query: dict[str, list[str]], joined: gpd.GeoDataFrame, seeds: Seeds) -> Filters:
    raw, misshapen = from_query(query)
    vocabulary = make_vocabulary(joined, seeds.items, seeds)
    filters, unknown = resolve_filters(raw, vocabulary)
    if complaints := [*misshapen, *unknown]:
        raise FilterError(" ".join(complaints))
    return filters


def _deliver(content: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(content)
        return
    try:
        write_whole(out, content)
    except OSError as error:
        msg = f"{out} cannot be written ({error.strerror}); choose another --out."
        raise AtlasError(msg) from error


def _count(selection: Selection) -> str:
    told = f"{len(selection.records)} of {selection.total} records"
    if len(selection.undecided):
        told += f"; {len(selection.undecided)} more are too coarsely dated or located to tell"
    return told


@app.command()
def layers() -> None:
    """List the layers of the map: id, name, features, source, licence."""
    seeds = load_seeds()
    typer.echo("id\tname\tfeatures\tsource\tlicence")
    for layer in LAYERS:
        features = layer.count(seeds)
        typer.echo(f"{layer.id}\t{layer.name}\t{features}\t{layer.source}\t{layer.licence}")


@app.command()
def check(
    seeds: Annotated[Path, typer.Option(help="Folder of the Data Package.")] = SEEDS,
) -> None:
    """Check the built-in data: checksums, schema, geometry, records, joins."""
    findings = check_seeds(seeds)
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.holds else 'FAIL'} {finding.name}")
        for line in finding.lines:
            typer.echo(f"       {line}")
    if failed := [finding.name for finding in findings if not finding.holds]:
        msg = f"The check found faults in: {', '.join(failed)}. See the lines above."
        raise AtlasError(msg)


def main() -> None:
    """Run the command line; bad input ends with one line and exit code 2."""
    try:
        code = app(standalone_mode=False)
    except TyperException as error:
        _fail(error.format_message())
    except AtlasError as error:
        _fail(str(error))
    except Abort:
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader of a pipe went away, as `head` does: not a fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    else:
        raise SystemExit(code)


def _fail(message: str) -> NoReturn:
    typer.echo(f"Error: {' '.join(message.split())} See --help.", err=True)
    raise SystemExit(2)


if __name__ == "__main__":
    main()
