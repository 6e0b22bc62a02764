"""GeoParquet: one row a record, its items and sources as lists."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.fields import ITEM_COLUMNS, SOURCE_TABLE_COLUMNS
from geo.formats.dataset import COLUMNS, Dataset, restore

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.formats.dataset import About

MANIFEST_KEY: Final = b"khyber-manifest"
_LISTS: Final = {"items": ITEM_COLUMNS, "sources": SOURCE_TABLE_COLUMNS}


def write(path: Path, dataset: Dataset, progress: Callable[[float], None]) -> None:
    """Write GeoParquet.

    Parameters
    ----------
    path, dataset, progress
        See :func:`geo.formats.write_data`. Fields are described in their
        metadata; licence and manifest stand in that of the file.
    """
    written = io.BytesIO()
    dataset.records[[*COLUMNS, "geometry"]].to_parquet(written, index=False)
    progress(0.3)
    table = pq.read_table(written)
    ids = dataset.records["id"]
    for name in _LISTS:
        table = table.append_column(name, _lists(getattr(dataset, name), ids))
    progress(0.6)
    if dataset.about:
        table = table.cast(_described(table.schema, dataset.about))
    pq.write_table(table, path, compression="zstd")


def _lists(rows: pd.DataFrame, ids: pd.Series) -> pa.Array:
    """Gather rows of items or sources into one list a record, without Python's own values."""
    record = pd.Index(ids).get_indexer(rows["record_id"])
    order = np.argsort(record, kind="stable")[np.count_nonzero(record < 0) :]
    counts = np.bincount(record[order], minlength=len(ids))
    plain = rows.drop(columns="record_id").iloc[order]
    kinds = [pa.float64() if name == "quantity" else pa.string() for name in plain]
    schema = pa.schema(list(zip(plain, kinds, strict=True)))
    structs = pa.Table.from_pandas(plain, schema, preserve_index=False).to_struct_array()
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype("int32")
    return pa.ListArray.from_arrays(offsets, structs.combine_chunks())


def _described(schema: pa.Schema, about: About) -> pa.Schema:
    meanings = {each.name: each.description for each in about.fields if each.table == "records"}
    fields = [
        field.with_metadata({"description": meanings[field.name]})
        if field.name in meanings
        else field
        for field in schema
    ]
    notes = {
        b"title": about.title.encode(),
        b"licence": about.licence.encode(),
        b"about": json.dumps(dict(about.lines())).encode(),
    }
    manifest = {MANIFEST_KEY: about.manifest.encode()} if about.manifest else {}
    return pa.schema(fields, metadata={**(schema.metadata or {}), **notes, **manifest})


def read(path: Path) -> Dataset:
    """Read what :func:`write` wrote."""
    table = pq.read_table(path)
    plain: pd.DataFrame = table.select(list(COLUMNS)).to_pandas()
    items, sources = (
        _rows(table.column(name), plain["id"])[list(columns)] for name, columns in _LISTS.items()
    )
    return restore(plain, items, sources)


def _rows(lists: pa.ChunkedArray, ids: pd.Series) -> pd.DataFrame:
    counts = pc.list_value_length(lists).fill_null(0)
    rows: pd.DataFrame = pa.Table.from_batches(
        [pa.RecordBatch.from_struct_array(chunk.flatten()) for chunk in lists.chunks],
        schema=pa.schema(list(lists.type.value_type)),
    ).to_pandas()
    return rows.assign(record_id=np.repeat(ids.to_numpy(), counts.to_numpy()))


def read_manifest(path: Path) -> str | None:
    """Take the manifest's text out of the file's metadata; ``None``: there is none."""
    text = (pq.read_schema(path).metadata or {}).get(MANIFEST_KEY)
    return text.decode("ascii", "replace") if text else None
