"""What every map and file says of itself: version, licences, limits, boundaries."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

PROGRAM: Final = "Khyber Atlas"

BOUNDARY_NOTE: Final = (
    "The lines and names shown imply no opinion on the legal status of any territory or "
    "on its boundaries. The Durand Line is in force as the border with Pakistan; no Afghan "
    "government since 1947 has recognised it."
)

CAVEAT: Final = (
    "A count is of published records, not of events: remote places and quiet years are "
    "under-reported, and seizures measure enforcement as well as flow."
)

RECORDS_LICENCE: Final = "CC BY 4.0, Khyber Atlas contributors"

JOINS_LICENCE: Final = "joins from OpenStreetMap (ODbL 1.0) and Natural Earth (public domain)"

LICENCE: Final = f"Records: {RECORDS_LICENCE}; {JOINS_LICENCE}"
"""Terms of joined records of the atlas."""


@cache
def program_version() -> str:
    """Read the program's version from ``pyproject.toml``: it is never installed."""
    file = Path(__file__).resolve().parent.parent / "pyproject.toml"
    return str(tomllib.loads(file.read_text(encoding="utf-8"))["project"]["version"])
