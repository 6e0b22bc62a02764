"""What docs/imports.md says of limits and presets is so."""

from __future__ import annotations

import re
from typing import Final

import pytest

from geo.imports.limits import APP_LIMITS, LIMITS, MEGABYTE, Limits
from geo.imports.mapping import presets
from tests.app_server import ROOT

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
    assert listed == {*presets(), "generic"}


def test_the_app_takes_uploads_as_large_as_an_import() -> None:
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert f"maxUploadSize = {APP_LIMITS.file_bytes // MEGABYTE}" in config
