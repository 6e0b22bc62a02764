"""Which tables of a file hold records, and how each becomes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from geo.errors import ImportFileError
from geo.imports.headings import fold_name
from geo.imports.mapping import Mapping, find_preset, presets
from geo.imports.propose import propose_mapping
from geo.imports.readers.features import FEATURE_ID
from geo.imports.readers.shapes import POINT_COLUMNS
from geo.imports.rejects import WHY_COLUMNS, is_mended
from geo.imports.rules import Rule
from geo.imports.table import LAT_COLUMN, LON_COLUMN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.imports.table import Table

LEAST_SHARE: Final = 0.6
"""Part of the main table's fields that one needs that is of no day or no place."""

_OF_A_DAY: Final = frozenset(("date", "day"))
_OF_A_PLACE: Final = frozenset(("place", "district", "lat", "coordinates"))

MOST_NAMED: Final = 12


class Chosen(NamedTuple):
    """The tables that are read, each with its mapping, and what to say of this."""

    tables: list[tuple[Table, Mapping]]
    notes: list[str]


def choose_mappings(tables: list[Table], preset: str, own: Mapping | None) -> Chosen:
    """Choose how each table becomes records; tables that hold none are left out.

    Of tables of unknown layout the one with most fields counts: one beside it that
    has little of that, and no day or no place, sums it up.

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
    chosen: list[tuple[Table, Mapping]] = []
    unfit: list[tuple[Table, Mapping]] = []
    for table in tables:
        mapping = own or known.get(preset) or propose(table.columns, known_too=preset == "auto")
        mapping = mapping if own else _with_points(table, mapping)
        fits = is_mended(table.columns) or not lacks(table, mapping)
        (chosen if fits else unfit).append((table, mapping))
    if not chosen:
        raise ImportFileError(_unfit(tables[0], known.get(preset), own))
    unknown = [set(mapping.fields) for _, mapping in chosen if mapping.id not in known]
    main = max(unknown, key=len, default=set())
    kept = [each for each in chosen if each[1].id in known or not _sums_up(each[1], main)]
    summaries = [table for table, _ in chosen if all(table is not each for each, _ in kept)]
    notes = [note for table in tables for note in table.notes]
    notes += [
        f"{table_words(table)} looks like a summary of the others and was not read; "
        "if it holds records, save it as a file of its own"
        for table in summaries
    ]
    notes += [
        f"{table_words(table)} has no column for {_lacking(table, mapping)} and was not read"
        for table, mapping in unfit
    ]
    notes += [note for each in kept for note in column_notes(*each)]
    return Chosen(kept, notes)


def _with_points(table: Table, mapping: Mapping) -> Mapping:
    """Let a layer's geometry give the coordinates where a preset's own columns do not."""
    if mapping.id not in presets() or LAT_COLUMN not in table.columns:
        return mapping
    fields = dict(mapping.fields)
    for name, column in (("lat", LAT_COLUMN), ("lon", LON_COLUMN)):
        fields[name] = (*fields.get(name, ()), Rule(columns=(column,)))
    return mapping.model_copy(update={"fields": fields})


def _sums_up(mapping: Mapping, main: set[str]) -> bool:
    """Tell whether a table adds up what another one lists: by year or by province, little else."""
    fields = set(mapping.fields)
    if fields & _OF_A_DAY and fields & _OF_A_PLACE:
        return False
    return len(main & fields) < LEAST_SHARE * len(main)


def _lacking(table: Table, mapping: Mapping) -> str:
    words = {"date": "the date", "place": "a place or coordinates"}
    return " and ".join(words[name] for name in lacks(table, mapping))


def column_notes(table: Table, mapping: Mapping) -> list[str]:
    """Say which columns of a table are not used, and which a mapping asks for in vain.

    Nothing is said of presets: their READMEs tell.
    """
    if mapping.id in presets():
        return []
    asked = {fold_name(name): name for name in mapping.columns()}
    there = {fold_name(name) for name in table.columns}
    beside = {*map(fold_name, (*WHY_COLUMNS, *POINT_COLUMNS, FEATURE_ID))}
    first: set[str] = set()
    unused = []
    for name in table.columns:
        folded = fold_name(name)
        if folded in first or folded not in asked | dict.fromkeys(beside, ""):
            unused.append(name)
        first.add(folded)
    notes, words = [], table_words(table).removesuffix(",")
    if unused:
        notes.append(f"{words}: columns not used: {_listed(unused)}")
    if missing := [name for folded, name in asked.items() if folded not in there | beside]:
        notes.append(f"{words}: asked for by the mapping, not there: {_listed(missing)}")
    return notes


def _listed(names: Sequence[str]) -> str:
    told = ", ".join(repr(name[:40]) for name in names[:MOST_NAMED])
    return f"{told} and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else told


def lacks(table: Table, mapping: Mapping) -> list[str]:
    """Name what a table has no column for under a mapping: a date, a place."""
    there = {fold_name(column) for column in table.columns}

    def gives(name: str) -> bool:
        rules = mapping.fields.get(name, ())
        return any(fold_name(column) in there for rule in rules for column in rule.names()) or any(
            rule.fixed for rule in rules
        )

    missing = [] if gives("date") or gives("year") else ["date"]
    named = ("coordinates", "place", "district", "province", "country")
    placed = (gives("lat") and gives("lon")) or any(map(gives, named))
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
    named = _lacking(table, own or propose(table.columns))
    return (
        f"{table_words(table)} has no column for {named}. It has {_listed(table.columns)}; "
        "say which one it is in a mapping."
    )


def table_words(table: Table) -> str:
    """Name a table: its file, and its sheet or layer."""
    return f"{table.file}, {table.name!r}," if table.name else table.file
