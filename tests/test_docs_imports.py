"""What docs/imports.md says of limits and presets is so."""

from __future__ import annotations

import json
import re
from typing import Final

import pytest

from geo.imports.limits import APP_LIMITS, LIMITS, MEGABYTE, MOST_OF_A_UNIT, STORE_BYTES, Limits
from geo.imports.mapping import parse_mapping, presets
from geo.imports.pairs import MOST_A_RECORD
from geo.imports.record_fields import FIELDS
from tests.app_server import ROOT
from views.datasets import MOST_KEPT

TEXT: Final = (ROOT / "docs" / "imports.md").read_text(encoding="utf-8")
ROWS: Final = {
    "a file, megabytes": ("file_bytes", MEGABYTE),
    "unpacked, megabytes": ("unpacked_bytes", MEGABYTE),
    "unpacked, times its size": ("unpacked_ratio", 1),
    "files in an archive": ("members", 1),
    "files at a time": ("files", 1),
    "rows": ("rows", 1),
    "columns": ("columns", 1),
    "letters in a cell": ("cell_letters", 1),
    "letters of all texts, millions": ("text_letters", MEGABYTE),
    "levels of JSON": ("depth", 1),
    "corners of a geometry": ("vertices", 1),
    "sheets or layers": ("sheets", 1),
    "memory, megabytes": ("memory_bytes", MEGABYTE),
    "seconds": ("seconds", 1),
}


@pytest.mark.parametrize("name", ROWS)
def test_the_table_of_limits_is_true(name: str) -> None:
    row = re.search(rf"^\| {re.escape(name)} \| (\d+) \| (\d+) \|$", TEXT, re.MULTILINE)
    assert row is not None, name
    field, unit = ROWS[name]
    told = (int(row[1]) * unit, int(row[2]) * unit)
    assert told == (getattr(LIMITS, field), getattr(APP_LIMITS, field))


def test_every_limit_and_preset_is_told() -> None:
    assert set(Limits.__dataclass_fields__) == {field for field, _ in ROWS.values()}
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", TEXT, re.MULTILINE))
    assert listed - set(FIELDS) == {*presets(), "generic"}


def test_every_field_of_a_mapping_is_told_and_the_example_is_one() -> None:
    told = dict(re.findall(r"^\| `([a-z_]+)` \| ([^|]+) \|$", TEXT, re.MULTILINE))
    assert {name: told.get(name) for name in FIELDS} == FIELDS
    (example,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    mapping = parse_mapping(json.loads(example), "the example")
    assert mapping.fields["item"][0].values == {"Schnee": "heroin"}


def test_the_figures_of_other_limits_are_true() -> None:
    assert (MOST_OF_A_UNIT, STORE_BYTES // MEGABYTE, MOST_KEPT) == (1e9, 20_000, 10)
    assert MOST_A_RECORD == 10
    for words in ("a thousand million of any", "20 000 megabytes in all, ten files", "the ten"):
        assert words in TEXT


def test_the_app_takes_uploads_as_large_as_an_import() -> None:
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert f"maxUploadSize = {APP_LIMITS.file_bytes // MEGABYTE}" in config
