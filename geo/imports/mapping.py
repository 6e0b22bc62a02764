"""Mappings: which columns of a table give which fields of a record."""

from __future__ import annotations

import codecs
import json
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from geo.errors import ImportFileError
from geo.files import write_whole
from geo.imports.headings import fold_name
from geo.imports.record_fields import FIELDS
from geo.imports.rules import ItemColumn, Model, Rule, Sides
from geo.seeds import SEEDS

MOST_ENTRIES: Final = 10_000
"""Entries of all lists and tables of a mapping together."""

_NO_TEXT: Final = frozenset(
    ("unicode_escape", "raw_unicode_escape", "utf_7", "punycode", "idna", "undefined")
)
"""Encodings of Python's own, by which text may hold what is no letter."""

PRESETS: Final = SEEDS / "imports" / "presets"


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, dict | Rule) else value


def _known_encoding(name: str) -> str:
    try:
        codec = codecs.lookup(name) if name else None
        known = codec is None or (
            codec._is_text_encoding and codec.name.replace("-", "_") not in _NO_TEXT
        )
    except LookupError:
        known = False
    if not known:
        msg = f"{name[:40]!r} is no encoding of text; write utf-8, cp1252, cp1256, …"
        raise ValueError(msg)
    return name


def _known_address(text: str) -> str:
    if text and not text.lower().startswith(("http://", "https://")):
        msg = f"{text[:40]!r} is no http or https address"
        raise ValueError(msg)
    return text


class Mapping(Model):
    """How a table becomes records.

    Attributes
    ----------
    id, title, publisher, url, licence, layout
        What source it is for.
    kind
        Of all records; empty: a column says.
    signature
        Columns by which its layout is known.
    missing
        Texts that stand for an empty cell.
    attribution
        Of records that name a group, where no column says.
    precision
        Of records with coordinates, where no column says.
    day_first
        Whether 03/04/2021 is in April; ``None``: told from the other dates.
    decimal
        Decimal mark; empty: told from the numbers of each column.
    encoding
        Encoding of the file, if it is text, as Python names it; empty: told from it.
    placed
        Whether the rows were placed before: one of a province, but without its name and
        coordinates, is then known to its country only, and no name is looked up for it.
    fields
        For each field the ways to get it: the first that gives a text.
    items
        Columns of the amounts of one item each.
    remarks
        Texts that are added to the summary, where they say something.
    sides
        The two sides, for :mod:`geo.imports.groups`.
    """

    id: str = "generic"
    title: str = "Table of records"
    publisher: str = ""
    url: Annotated[str, AfterValidator(_known_address)] = ""
    licence: str = "not stated"
    layout: str = ""
    kind: Literal["", "seizure", "incident"] = ""
    signature: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    attribution: str = ""
    precision: Literal["site", "town", "district", "province"] = "district"
    day_first: bool | None = None
    decimal: Literal["", ".", ","] = ""
    encoding: Annotated[str, AfterValidator(_known_encoding)] = ""
    placed: bool = False
    fields: dict[str, Annotated[tuple[Rule, ...], BeforeValidator(_listed)]] = Field(
        default_factory=dict
    )
    items: tuple[ItemColumn, ...] = ()
    remarks: tuple[Rule, ...] = ()
    sides: Sides | None = None

    def kind_of_all(self) -> str:
        """Give the kind of all its records; empty: a column says."""
        if self.kind or "kind" in self.fields:
            return self.kind
        return "seizure" if self.items or "item" in self.fields else "incident"

    def columns(self) -> tuple[str, ...]:
        """Name all columns that it asks for."""
        rules = [*(rule for rules in self.fields.values() for rule in rules), *self.remarks]
        names = [name for rule in rules for name in rule.names()]
        names += [each.column for each in self.items]
        names += self.sides.names() if self.sides else ()
        return tuple(dict.fromkeys(names))


def parse_mapping(content: Any, file: str) -> Mapping:
    """Read a mapping.

    Parameters
    ----------
    content
        As its TOML or JSON reads.
    file
        Its name, for the message.

    Raises
    ------
    ImportFileError
        If it is no mapping, naming what is wrong.
    """
    if _is_large(content):
        msg = f"{file}: it lists more than {MOST_ENTRIES} things; a mapping is smaller."
        raise ImportFileError(msg)
    try:
        mapping = Mapping.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(each)[:40] for each in first["loc"]) or "the whole"
        msg = f"{file}: {where}: {first['msg']}; see docs/imports.md."
        raise ImportFileError(msg) from error
    if unknown := [name for name in mapping.fields if name not in FIELDS]:
        msg = f"{file}: {unknown[0][:40]!r} is no field; use one of {', '.join(FIELDS)}."
        raise ImportFileError(msg)
    return mapping


def _is_large(content: Any) -> bool:
    """Tell whether there is so much in a mapping that checking it would fill the memory."""
    waiting, count = [content], 0
    while waiting and count <= MOST_ENTRIES:
        each = waiting.pop()
        inner = each.values() if isinstance(each, dict) else each
        if isinstance(each, dict | list):
            count += len(each)
            waiting += inner
    return count > MOST_ENTRIES


@cache
def presets(folder: Path = PRESETS) -> dict[str, Mapping]:
    """Read the presets.

    Parameters
    ----------
    folder
        Where their tables lie.

    Returns
    -------
    dict of str to Mapping
        By id, in the order of their names.

    Raises
    ------
    ImportFileError
        If one of them is broken.
    """
    found = [
        parse_mapping(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
        for path in sorted(folder.glob("*.toml"))
    ]
    return {mapping.id: mapping for mapping in found}


def find_preset(columns: Iterable[str]) -> Mapping | None:
    """Find the preset whose layout a table has: the one that asks for most.

    Parameters
    ----------
    columns
        Headings of the table.
    """
    folded = {fold_name(column) for column in columns}
    fitting = [
        preset
        for preset in presets().values()
        if preset.signature and {fold_name(each) for each in preset.signature} <= folded
    ]
    return max(fitting, key=lambda preset: len(preset.signature), default=None)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping that was saved, as JSON or TOML.

    Raises
    ------
    ImportFileError
        If it cannot be read or is no mapping.
    """
    try:
        content = path.read_bytes()
        if path.suffix != ".toml":
            return mapping_of(content, path.name)
        told = tomllib.loads(content.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _unread(path.name, error) from error
    return parse_mapping(told, path.name)


def mapping_of(content: bytes, name: str) -> Mapping:
    """Read a mapping that was saved, as JSON; ``name`` and errors as :func:`read_mapping`."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _unread(name, error) from error
    return parse_mapping(told, name)


def _unread(name: str, error: Exception) -> ImportFileError:
    msg = f"{name} cannot be read as a mapping ({str(error)[:100]}); save it anew."
    return ImportFileError(msg)


def mapping_text(mapping: Mapping) -> str:
    """Write a mapping as JSON that :func:`read_mapping` reads, without what is as usual."""
    content = mapping.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def write_mapping(path: Path, mapping: Mapping) -> None:
    """Save a mapping for the next time."""
    write_whole(path, mapping_text(mapping))
