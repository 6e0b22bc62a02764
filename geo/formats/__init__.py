"""Files of data: joined records, with all that belongs to them, written and read back.

A new format is one module with ``write``, ``read`` and ``read_manifest``, and
one entry here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

import pyarrow as pa
from lxml import etree
from pyogrio.errors import DataLayerError, DataSourceError
from python_calamine import CalamineError

from geo.errors import ManifestError
from geo.formats import comma, excel, geojson, geopackage, geoparquet, kml
from geo.formats.dataset import About, Dataset, make_dataset

__all__ = [
    "FORMATS",
    "About",
    "Dataset",
    "Format",
    "make_dataset",
    "read_data",
    "read_manifest_text",
    "write_data",
]


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format of data files: what people call it, its type on the web, its module."""

    name: str
    mime: str
    module: ModuleType


FORMATS: Final = {
    "csv": Format(name="CSV", mime="text/csv", module=comma),
    "xlsx": Format(
        name="Excel",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        module=excel,
    ),
    "geojson": Format(name="GeoJSON", mime="application/geo+json", module=geojson),
    "gpkg": Format(name="GeoPackage", mime="application/geopackage+sqlite3", module=geopackage),
    "parquet": Format(name="GeoParquet", mime="application/vnd.apache.parquet", module=geoparquet),
    "kml": Format(name="KML", mime="application/vnd.google-earth.kml+xml", module=kml),
}
"""By suffix."""

_UNREADABLE: Final = (
    *(ValueError, KeyError, TypeError, IndexError, RecursionError, OSError),
    *(pa.ArrowException, etree.LxmlError, DataLayerError, DataSourceError),
    *(CalamineError, sqlite3.Error),
)


def write_data(
    path: Path,
    dataset: Dataset,
    suffix: str,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Write records, their items and sources to a file.

    Parameters
    ----------
    path
        File to write; one that is there is written over.
    dataset
        What to write.
    suffix
        One of ``FORMATS``.
    progress
        Called now and then with the part done, 0 to 1.

    Raises
    ------
    ExportError
        If the format cannot hold so much.
    OSError
        If the file cannot be written.
    """
    FORMATS[suffix].module.write(path, dataset, progress or (lambda _: None))


def read_data(path: Path, suffix: str) -> Dataset:
    """Read what :func:`write_data` wrote.

    Parameters
    ----------
    path, suffix
        The file, and its format, one of ``FORMATS``.

    Returns
    -------
    Dataset
        Frames equal to those that were written, types and order too.

    Raises
    ------
    ManifestError
        If the file is not of that format or layout.
    """
    try:
        dataset: Dataset = FORMATS[suffix].module.read(path)
    except _UNREADABLE as error:
        msg = f"{path.name} cannot be read back as {suffix} ({type(error).__name__}: {error})."
        raise ManifestError(msg) from error
    return dataset


def read_manifest_text(path: Path, suffix: str) -> str | None:
    """Take the text of a manifest out of a file of data.

    Parameters
    ----------
    path, suffix
        The file, and its format, one of ``FORMATS``.

    Returns
    -------
    str or None
        ``None``: there is none, or the file is damaged.
    """
    try:
        text: str | None = FORMATS[suffix].module.read_manifest(path)
    except _UNREADABLE:
        return None
    return text
