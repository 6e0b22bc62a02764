"""What became of imported files, in words on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from commands.terminal import say
from geo.counts import number, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.imports.result import Import

_MOST_TOLD: Final = 5


def tell(imports: Sequence[Import]) -> None:
    """Say what became of the rows.

    Parameters
    ----------
    imports
        One a file.
    """
    for found in imports:
        counts = found.counts
        file = f"{found.title}: " if len(imports) > 1 else ""
        say(
            f"{file}{plural(counts.read, 'row')} read as {found.layouts}: "
            f"{number(counts.accepted)} accepted, {number(counts.noted)} accepted with a note, "
            f"{number(counts.rejected)} rejected; {plural(len(found.joined), 'record')}."
        )
        for note in found.notes:
            say(f"  {note}")
        _tell_rejected(found)
        if len(found.unplaced):
            say(
                f"  {plural(len(found.unplaced), 'place name')} to choose for: --unplaced FILE, "
                "fill in its column choice, and give it with --places FILE"
            )
        if len(found.pairs):
            told = f"  {plural(len(found.pairs), 'pair')} likely of the same event: --pairs FILE"
            say(told)


def _tell_rejected(found: Import) -> None:
    gone = found.report[found.report["fate"] == "rejected"]
    for _, row in gone.head(_MOST_TOLD).iterrows():
        say(f"  {_where(row)}row {row['row']}: {_what(row)}{row['reason']}")
    if len(gone) > _MOST_TOLD:
        say(f"  and {number(len(gone) - _MOST_TOLD)} more: --rejects FILE")


def _where(row: pd.Series) -> str:
    """Name the file in an archive, the sheet or the layer."""
    named = (str(row["file"]).partition("/")[2], str(row["table"]))
    return "".join(f"{name}, " for name in named if name)


def _what(row: pd.Series) -> str:
    return f"{row['column']} {str(row['value'])[:60]!r} " if row["column"] else ""
