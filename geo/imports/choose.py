"""Which tables of a file hold records, and how each becomes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import ImportFileError
from geo.imports.mapping import Mapping, find_preset, fold_name, presets
from geo.imports.propose import propose_mapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.imports.table import Table


def choose_mappings(
    tables: list[Table], preset: str, own: Mapping | None
) -> list[tuple[Table, Mapping]]:
    """Choose how each table becomes records; tables that hold none are left out.

    Parameters
    ----------
    tables
        All tables of a file.
    preset
        Id of a preset, ``generic``, or ``auto``: told by the columns.
    own
        A mapping of the user's; goes before ``preset``.

    Raises
    ------
    ImportFileError
        If none holds any, or a preset is not known or does not fit.
    """
    known = presets()
    if own is None and preset not in {"auto", "generic", *known}:
        msg = f"{preset!r} is no preset; use auto, generic, {', '.join(known)}."
        raise ImportFileError(msg)
    chosen = []
    for table in tables:
        mapping = own or known.get(preset) or propose(table.columns, known_too=preset == "auto")
        if not lacks(table, mapping):
            chosen.append((table, mapping))
    if not chosen:
        raise ImportFileError(_unfit(tables[0], known.get(preset), own))
    return chosen


def lacks(table: Table, mapping: Mapping) -> list[str]:
    """Name what a table has no column for under a mapping: a date, a place."""
    there = {fold_name(column) for column in table.columns}

    def gives(name: str) -> bool:
        rules = mapping.fields.get(name, ())
        return any(fold_name(column) in there for rule in rules for column in rule.names()) or any(
            rule.fixed for rule in rules
        )

    missing = [] if gives("date") or gives("year") else ["date"]
    placed = (gives("lat") and gives("lon")) or any(map(gives, ("place", "district", "province")))
    return missing if placed else [*missing, "place"]


def propose(columns: Sequence[str], *, known_too: bool = True) -> Mapping:
    """Give the preset that some columns fit, or else a proposal.

    Parameters
    ----------
    columns
        Headings of a table.
    known_too
        Whether presets count.
    """
    preset = find_preset(columns) if known_too else None
    return preset or propose_mapping(columns)


def _unfit(table: Table, preset: Mapping | None, own: Mapping | None) -> str:
    there = {fold_name(column) for column in table.columns}
    if own is None and preset is not None:
        missing = [name for name in preset.signature if fold_name(name) not in there]
        return (
            f"{table_words(table)} has not the layout of {preset.title}: it lacks "
            f"{', '.join(map(repr, missing)) or 'a date or a place'}; "
            "use the preset auto or generic."
        )
    words = {"date": "the date", "place": "a place or coordinates"}
    named = " and ".join(words[name] for name in lacks(table, own or propose(table.columns)))
    columns = ", ".join(repr(name[:30]) for name in table.columns[:12])
    return (
        f"{table_words(table)} has no column for {named}. It has {columns}"
        f"{' and more' if len(table.columns) > 12 else ''}; say which one it is in a mapping."
    )


def table_words(table: Table) -> str:
    """Name a table: its file, and its sheet or layer."""
    return f"{table.file}, {table.name!r}," if table.name else table.file
