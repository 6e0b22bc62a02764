"""The command line: records, layers, snapshots, their proof, and the check of the data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.exceptions import Abort, TyperException

from commands.count import count
from commands.deck import deck
from commands.filters import takes_filters
from commands.import_ import import_
from commands.records import records
from commands.snapshot import snapshot
from commands.terminal import say
from commands.verify import verify
from geo.check import check_seeds
from geo.errors import AtlasError
from geo.seeds import SEEDS, load_seeds
from layers.registry import LAYERS

app = typer.Typer(
    help="Khyber Atlas: Afghanistan's borders and routes, seizures and incidents.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(takes_filters(records))
app.command()(takes_filters(snapshot))
app.command()(takes_filters(count))
app.command()(deck)
app.command()(verify)
app.command("import")(import_)


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
    except OSError as error:
        name = Path(str(error.filename or "The file")).name
        _fail(f"{name} cannot be read or written ({error.strerror or error}).")
    except Abort:
        raise SystemExit(130) from None
    else:
        raise SystemExit(code)


def _fail(message: str) -> NoReturn:
    say(f"Error: {' '.join(message.split())} See --help.")
    raise SystemExit(2)


if __name__ == "__main__":
    main()
