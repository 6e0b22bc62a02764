"""A set of records to write as files of data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from geo.fields import ITEM_COLUMNS, SOURCE_TABLE_COLUMNS, describe_fields
from geo.formats import (
    Dataset,
    make_dataset,
    write_data,
)
from geo.formats.dataset import About
from geo.joins import join_records
from geo.seeds import load_seeds
from tests import small

PACKAGE = load_seeds().package
MANIFEST = '{"seal":"x","format":"khyber-atlas-manifest/1","snapshots":[]}'
ABOUT = About(
    title="Rifles & opium <b>",
    words="Seizures",
    count="1 of 2 records.",
    caveat="A note.",
    licence="CC BY 4.0",
    credits=(("Borders", "OpenStreetMap", "ODbL 1.0"),),
    fields=describe_fields(PACKAGE),
    made="2023-11-14T22:13:20Z",
    manifest=MANIFEST,
)
ITEMS = pd.DataFrame(
    [
        ["s-1", "rifle", 12.0, "count", "floor", "firearm"],
        ["s-1", "opium", None, "kg", "", "drug"],
        ["s-other", "opium", 1.5, "kg", "", "drug"],
    ],
    columns=list(ITEM_COLUMNS),
)
SOURCES = pd.DataFrame(
    [["s-1", "1", "Tolo", "https://a.example/?x=1&y=2", "2012"]], columns=list(SOURCE_TABLE_COLUMNS)
)


def dataset(*rows: dict[str, str], **about: Any) -> Dataset:
    frame = small.records(*rows)
    joined = join_records(frame, small.seeds(frame))
    return make_dataset(joined, ITEMS, SOURCES, About(**{**vars(ABOUT), **about}))


def written(path: Path, data: Dataset) -> Path:
    write_data(path, data, path.suffix.removeprefix("."))
    return path
