"""A sheet as bytes: PNG, SVG or PDF, the same for the same snapshot."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final, Literal

import matplotlib as mpl

from geo.notes import LICENCE, PROGRAM
from layers.sheet.fonts import drawable
from layers.sheet.pdf import write_pdf
from layers.sheet.render import DRAWING, SETTINGS, draw_sheet
from layers.sheet.svg import tidy_svg
from layers.sheet.texts import made_at

if TYPE_CHECKING:
    from layers.snapshot import Snapshot

Format = Literal["png", "svg", "pdf"]
AUTHOR: Final = f"{PROGRAM} contributors"
ZLIB_LEVEL: Final = 3
"""Of 1 to 9: 6 takes nearly twice as long and saves nothing on flat colours."""


def sheet_bytes(snapshot: Snapshot, format: Format, *, heading: bool = True) -> bytes:  # noqa: A002 - the field's own word
    """Draw the sheet of a snapshot as a file.

    Parameters
    ----------
    snapshot
        What to show, and on which paper.
    format
        ``png``, ``svg`` or ``pdf``.

    Returns
    -------
    bytes
        With title, author, subject and time in the format's own fields; without
        a manifest. Equal for equal snapshots.
    """
    with DRAWING, mpl.rc_context(SETTINGS):
        figure = draw_sheet(snapshot, heading=heading)
        file = io.BytesIO()
        metadata = _metadata(snapshot, format)
        if format == "pdf":
            write_pdf(figure, file, metadata)
            return file.getvalue()
        more: dict[str, Any] = (
            {"pil_kwargs": {"compress_level": ZLIB_LEVEL}} if format == "png" else {}
        )
        figure.savefig(file, format=format, dpi=figure.dpi, metadata=metadata, **more)
        return tidy_svg(file.getvalue(), figure) if format == "svg" else file.getvalue()


def _metadata(snapshot: Snapshot, format_: Format) -> dict[str, Any]:
    made = made_at(snapshot.manifest.made)
    title = drawable(snapshot.title)
    program = f"{PROGRAM} {snapshot.manifest.version}"
    subject = drawable(snapshot.words)
    if format_ == "pdf":
        return {
            "Title": title,
            "Author": AUTHOR,
            "Subject": subject,
            "Keywords": "Afghanistan, borders, seizures, incidents, map",
            "Creator": program,
            "Producer": "Matplotlib",
            "CreationDate": made,
            "ModDate": made,
        }
    if format_ == "svg":
        return {
            "Title": title,
            "Creator": [AUTHOR],
            "Description": subject,
            "Keywords": ["Afghanistan", "borders", "seizures", "incidents", "map"],
            "Rights": LICENCE,
            "Date": snapshot.manifest.made,
            "Publisher": program,
        }
    return {
        "Title": title,
        "Author": AUTHOR,
        "Description": subject,
        "Copyright": LICENCE,
        "Creation Time": snapshot.manifest.made,
        "Source": program,
        "Software": program,
    }
