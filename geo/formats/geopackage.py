"""GeoPackage: records as a layer, items, sources and the fields' meanings as tables."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import pandas as pd
import pyogrio

from geo.formats.characters import FORBIDDEN_IN_SQLITE, spell_table, unspell_table
from geo.formats.dataset import COLUMNS, About, Dataset, restore

if TYPE_CHECKING:
    from collections.abc import Callable

MANIFEST_URI: Final = "urn:khyber-atlas:manifest"
"""Standard that the manifest's row of ``gpkg_metadata`` names."""

_METADATA: Final = """
CREATE TABLE gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
  description TEXT, mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"""
"""Tables of the extensions *metadata* and *schema*, as OGC 12-128r19 defines them."""

_INDEX: Final = re.compile(r'CREATE VIRTUAL TABLE "rtree_\w+" USING rtree\([\w", ]*\)')
"""The one kind of table made by a module that a GeoPackage has."""

_EXTENSIONS: Final = (
    ("gpkg_metadata", "gpkg_metadata", "http://www.geopackage.org/spec121/#extension_metadata"),
    *(
        (name, "gpkg_schema", "http://www.geopackage.org/spec121/#extension_schema")
        for name in ("gpkg_data_columns", "gpkg_data_column_constraints")
    ),
    (
        "gpkg_metadata_reference",
        "gpkg_metadata",
        "http://www.geopackage.org/spec121/#extension_metadata",
    ),
)


def write(path: Path, dataset: Dataset, progress: Callable[[float], None]) -> None:
    """Write a GeoPackage: layer ``records``, tables ``items``, ``sources`` and ``fields``.

    Parameters
    ----------
    path, dataset, progress
        See :func:`geo.formats.write_data`. Fields are described by the
        extension *schema*, licence and manifest stand in *metadata*.
    """
    tables: dict[str, pd.DataFrame] = {
        "records": dataset.records[[*COLUMNS, "geometry"]],
        "items": dataset.items,
        "sources": dataset.sources,
    }
    if dataset.about:
        tables["fields"] = pd.DataFrame([asdict(field) for field in dataset.about.fields])
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".khyber-") as folder:
        draft = Path(folder) / "draft.gpkg"
        for number, (layer, table) in enumerate(tables.items(), start=1):
            _add_layer(draft, layer, table)
            progress(0.8 * number / len(tables))
        if dataset.about:
            _describe(draft, dataset.about)
        _copy(draft, path)


def _add_layer(path: Path, layer: str, table: pd.DataFrame) -> None:
    kind = {"geometry_type": "Point"} if layer == "records" else {}
    pyogrio.write_dataframe(
        spell_table(table, FORBIDDEN_IN_SQLITE),
        path,
        layer=layer,
        driver="GPKG",
        append=path.exists(),
        use_arrow=True,
        **kind,
    )


def _copy(draft: Path, path: Path) -> None:
    """Copy a base page by page in order: counters of how it was written stay behind."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(draft, isolation_level=None)) as base:
        base.execute("VACUUM INTO ?", (str(path),))


def _describe(path: Path, about: About) -> None:
    notes = [("text/plain", "\n".join(f"{label}: {text}" for label, text in about.lines()))]
    if about.manifest:
        notes.append(("application/json", about.manifest))
    with closing(sqlite3.connect(path)) as base, base:
        base.executescript(_METADATA)
        base.executemany(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')", _EXTENSIONS
        )
        for number, (kind, text) in enumerate(notes, start=1):
            base.execute(
                "INSERT INTO gpkg_metadata VALUES (?, 'dataset', ?, ?, ?)",
                (number, MANIFEST_URI, kind, text),
            )
            base.execute(
                "INSERT INTO gpkg_metadata_reference VALUES "
                "('geopackage', NULL, NULL, NULL, ?, ?, NULL)",
                (about.made, number),
            )
        base.executemany(
            "INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, NULL, ?, NULL, NULL)",
            [(each.table, each.name, each.description) for each in about.fields],
        )
        # The time that GDAL wrote is the clock's.
        base.execute("UPDATE gpkg_contents SET last_change = ?", (about.made,))
        base.execute(
            "UPDATE gpkg_contents SET description = ? WHERE table_name = 'records'", (about.title,)
        )


def read(path: Path) -> Dataset:
    """Read what :func:`write` wrote; a base with modules in it, as none of ours has, is refused."""
    _refuse_modules(path)
    records: gpd.GeoDataFrame = pyogrio.read_dataframe(path, layer="records", use_arrow=True)
    items, sources = (
        pyogrio.read_dataframe(path, layer=layer, use_arrow=True) for layer in ("items", "sources")
    )
    return restore(*(unspell_table(pd.DataFrame(each)) for each in (records, items, sources)))


def _refuse_modules(path: Path) -> None:
    """Refuse tables that a module makes, which may be of any file, and what stands for a table."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
        made = base.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'view' OR (type = 'table' AND rootpage = 0)"
        ).fetchall()
        layers = [name for (name,) in base.execute("SELECT table_name FROM gpkg_contents")]
        worked_out = [
            name
            for name in layers
            if any(
                each[-1] for each in base.execute("SELECT * FROM pragma_table_xinfo(?)", (name,))
            )
        ]
    if worked_out or any(not _INDEX.fullmatch(str(sql)) for (sql,) in made):
        msg = f"{path.name} has tables that are not to be read; it is no GeoPackage of the atlas."
        raise ValueError(msg)


def read_manifest(path: Path) -> str | None:
    """Take the manifest's text out of the metadata; ``None``: there is none."""
    query = "SELECT metadata FROM gpkg_metadata WHERE md_standard_uri = ? AND mime_type = ?"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
            found: Any = base.execute(query, (MANIFEST_URI, "application/json")).fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None
