"""A look at a file before it is imported: headings, first rows, the layout it seems to have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import ImportFileError
from geo.files import write_whole
from geo.imports.choose import lacks
from geo.imports.mapping import Mapping, find_preset, parse_mapping
from geo.imports.propose import propose_mapping
from geo.imports.rules import LONGEST_HEADING
from geo.imports.source import open_tables

if TYPE_CHECKING:
    from geo.imports.limits import Limits
    from geo.imports.table import Table

PEEK: Final = "peek.json"
FIRST_ROWS: Final = 5
LONGEST_CELL: Final = 200


@dataclass(frozen=True, kw_only=True)
class Glance:
    """What is seen of a table at first.

    Attributes
    ----------
    file, table
        The file's name, and that of the sheet or layer; empty: the file is the table.
    columns
        Headings.
    rows
        The first rows, ``FIRST_ROWS`` at most; cells cut to ``LONGEST_CELL`` letters.
    preset
        Id of the preset whose layout it has; empty: none.
    mapping
        A proposal by the headings, whether it has a preset's layout or not.
    lacks
        What the preset, or else the proposal, finds no column for: a date, a place.
    """

    file: str
    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    preset: str
    mapping: Mapping
    lacks: tuple[str, ...]


def peek_file(path: Path, folder: Path, name: str, limits: Limits) -> list[Glance]:
    """Look at the tables of a file.

    Parameters
    ----------
    path, name
        The file, and what people call it.
    folder
        A folder of one's own, for what has to be unpacked.
    limits
        What it may take.

    Raises
    ------
    ImportFileError
        If it cannot be read.
    """
    return [_glance(table) for table in open_tables(path, folder, file=name, limits=limits)]


def _glance(table: Table) -> Glance:
    columns = [each for each in table.columns if len(each) <= LONGEST_HEADING]
    preset = find_preset(columns)
    mapping = propose_mapping(columns)
    rows: list[tuple[str, ...]] = []
    chunk = next(iter(table.read()), None)
    if chunk is not None:
        first = chunk.rows.head(FIRST_ROWS).reindex(columns=columns, fill_value="")
        cut = first.astype("str").map(lambda cell: cell[:LONGEST_CELL])
        rows = [tuple(row) for row in cut.to_numpy(object).tolist()]
    return Glance(
        file=table.file,
        table=table.name,
        columns=tuple(columns),
        rows=tuple(rows),
        preset=preset.id if preset else "",
        mapping=mapping,
        lacks=tuple(lacks(table, preset or mapping)),
    )


def save_glances(glances: list[Glance], folder: Path) -> None:
    """Write what was seen into a folder."""
    told = [
        {**vars(each), "mapping": each.mapping.model_dump(mode="json", exclude_defaults=True)}
        for each in glances
    ]
    write_whole(folder / PEEK, json.dumps(told, ensure_ascii=False))


def load_glances(folder: Path) -> list[Glance]:
    """Read what :func:`save_glances` wrote.

    Raises
    ------
    ImportFileError
        If it is not there or not whole.
    """
    try:
        told = json.loads((folder / PEEK).read_text(encoding="utf-8"))
        return [
            Glance(
                file=str(each["file"]),
                table=str(each["table"]),
                columns=tuple(map(str, each["columns"])),
                rows=tuple(tuple(map(str, row)) for row in each["rows"]),
                preset=str(each["preset"]),
                mapping=parse_mapping(each["mapping"], PEEK),
                lacks=tuple(map(str, each["lacks"])),
            )
            for each in told
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        msg = f"The file could not be looked at ({str(error)[:100]}); import it anew."
        raise ImportFileError(msg) from error
