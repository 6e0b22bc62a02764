"""What the export panel says of formats, and of what a file will show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.measures import MEASURES
from layers.registry import LAYERS, Layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.brought import Brought
    from geo.snapshots.manifest import Extent
    from layers.data import DrawOptions

ALL_AROUND: Final = "Afghanistan and the lands at its borders"
KILOBYTE: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of file: its name, and its formats by suffix with what each is good for."""

    name: str
    formats: dict[str, tuple[str, str]]


KINDS: Final = {
    "page": Kind(
        name="Page",
        formats={
            "html": (
                "HTML",
                "Opens in any browser with no network: map, layers, filters, table and sources.",
            )
        },
    ),
    "sheet": Kind(
        name="Sheet for print",
        formats={
            "pdf": (
                "PDF",
                "For printing and reports: sharp at any size, text to search.",
            ),
            "svg": ("SVG", "For drawing programs: every line and word can be changed."),
            "png": ("PNG", "For documents and mail: dots, as fine as you choose."),
        },
    ),
    "slides": Kind(
        name="Slides",
        formats={
            "pptx": (
                "PPTX",
                "For PowerPoint or Impress: picture, title and caption to edit, sources in notes.",
            )
        },
    ),
    "data": Kind(
        name="Data",
        formats={
            "csv": ("CSV", "A table for any program."),
            "xlsx": ("XLSX", "A workbook: records, items, sources, fields and licence."),
            "geojson": ("GeoJSON", "Points with all fields, for web maps."),
            "gpkg": ("GeoPackage", "For QGIS and other GIS: points, items and sources."),
            "parquet": ("GeoParquet", "For pandas, R and DuckDB: small, with exact types."),
            "kml": ("KML", "For Google Earth."),
        },
    ),
}


def extent_words(extent: Extent | None) -> str:
    """Say which part of the earth a map shows."""
    if extent is None:
        return ALL_AROUND
    west, south, east, north = extent
    across = f"{_degrees(west, 'E', 'W')} to {_degrees(east, 'E', 'W')}"
    return f"{across}, {_degrees(south, 'N', 'S')} to {_degrees(north, 'N', 'S')}"


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):.2f}° {positive if value >= 0 else negative}"


def layer_words(layer_ids: tuple[str, ...], layers: Sequence[Layer] = LAYERS) -> str:
    """Name the layers that are on, of those that there are."""
    return ", ".join(layer.name for layer in layers if layer.id in layer_ids) or "none"


def brought_terms(brought: Brought) -> str:
    """Say whose the records of a file that was brought are, and on which terms."""
    licence = brought.licence.rstrip(".") or "not stated"
    return f"{brought.publisher}. {licence}." if brought.publisher else f"Licence: {licence}."


def look_words(options: DrawOptions) -> str:
    """Say how records are drawn, with what is not as usual."""
    parts = [f"as {options.show_as}"]
    if options.show_as != "signs":
        return parts[0]
    names = {measure.id: measure.name for measure in MEASURES}
    sizes = {"seizures": options.seizure_measure, "incidents": options.incident_measure}
    for records, measure in sizes.items():
        if name := names.get(measure):
            parts.append(f"size of {records} by {name[0].lower()}{name[1:]}")
    if options.seizure_colour == "goods":
        parts.append("colour of seizures by goods")
    return "; ".join(parts)


def size_words(size: int) -> str:
    """Write a file's size: ``4 kB``, ``1.2 MB``."""
    if size < KILOBYTE**2:
        return f"{max(1, round(size / KILOBYTE))} kB"
    return f"{size / KILOBYTE**2:.1f} MB"
