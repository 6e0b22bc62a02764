"""What an import may take: size, rows, memory, time. Stated in ``docs/imports.md``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of one import.

    Attributes
    ----------
    file_bytes
        Of one file, as it is given.
    unpacked_bytes
        Of all that an archive, a workbook or a Parquet file holds, unpacked.
    unpacked_ratio
        How many times its own size a file may unpack to, beyond the first
        ``MEGABYTE``: more is taken for a bomb.
    members
        Files in an archive.
    files
        Brought at a time.
    rows, columns
        Of all tables together; of one table.
    cell_letters
        Of one cell.
    text_letters
        Of all texts of the records together.
    depth
        Levels of nesting in JSON.
    vertices
        Of one geometry.
    sheets
        Sheets of a workbook, layers of a GeoPackage.
    memory_bytes, seconds
        Of the process that imports.
    """

    file_bytes: int = 1000 * MEGABYTE
    unpacked_bytes: int = 4000 * MEGABYTE
    unpacked_ratio: int = 200
    members: int = 100
    files: int = 20
    rows: int = 2_000_000
    columns: int = 1000
    cell_letters: int = 100_000
    text_letters: int = 2000 * MEGABYTE
    depth: int = 40
    vertices: int = 100_000
    sheets: int = 50
    memory_bytes: int = 6000 * MEGABYTE
    seconds: int = 900


MOST_PAIRS: Final = 100_000
"""Pairs of likely the same event that are kept of an import."""

MOST_COMPARED: Final = 30_000_000
"""Pairs of records near each other that are looked at."""

MOST_OF_A_UNIT: Final = 1e9
"""Pieces, kilograms, litres or metres that one item can be."""

MOST_MONEY: Final = 1e13
"""Of any currency."""

STORE_BYTES: Final = 20_000 * MEGABYTE
"""Of all imports that are kept on a server."""

LIMITS: Final = Limits()
"""Those of the command line."""

APP_LIMITS: Final = Limits(
    file_bytes=300 * MEGABYTE,
    unpacked_bytes=1500 * MEGABYTE,
    rows=500_000,
    text_letters=300 * MEGABYTE,
    memory_bytes=3000 * MEGABYTE,
    seconds=300,
)
"""Those of the app, where others wait for the same machine."""
