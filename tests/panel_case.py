"""An import, a table and answers to the panel of imports, made up for its tests."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd

from geo.imports.fates import REPORT_COLUMNS
from geo.imports.mapping import Mapping
from geo.imports.peek import Glance
from geo.imports.propose import propose_mapping
from geo.imports.result import PAIR_COLUMNS, Import
from views.imports_mapping import (
    Answers,
)

BAD = "<img src=x onerror=alert(1)>&"
SAFE = "&lt;img src=x onerror=alert(1)&gt;&amp;"
NAMES = ("date", "place", "killed", "notes", "lat", "lon", "x", "unit", "weapon")


def report_of(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(REPORT_COLUMNS))


REPORT = report_of(
    ("a.csv", "", 2, "accepted", "a-row2", "", "", ""),
    ("a.csv", "", 3, "rejected", "", "Date", "=1+1", "is no date"),
    ("a.csv", "", 4, "noted", "a-row4", "Where", "+x", "found as the town"),
)


def import_of(title: str = "a.csv", *, key: str = "a", mapping: Mapping | None = None) -> Import:
    joined = gpd.GeoDataFrame(
        {
            "id": [f"{key}-1", f"{key}-2", f"{key}-3"],
            "kind": ["seizure", "incident", "incident"],
            "date": ["2021-03-12", "2021-03", "2021"],
            "place": ["Torkham", BAD, ""],
            "province": ["Nangarhar", "", ""],
            "group": ["ISKP", "TTP", "Unattributed"],
            "killed": pd.array([3, None, 0], dtype="Int64"),
            "category": ["firearms", "bombing", "other"],
            "source_name": ["", BAD, "x"],
            "summary": ["", BAD, "x"],
        }
    )
    return Import(
        key=key,
        title=title,
        mappings=(mapping or Mapping(),),
        joined=joined,
        items=pd.DataFrame(),
        report=REPORT,
        pairs=pd.DataFrame(columns=list(PAIR_COLUMNS)),
        unplaced=pd.DataFrame(),
        notes=("read as utf-8 text",),
        checksums={},
    )


def answers(columns: dict[str, str], **more: Any) -> Answers:
    return Answers(columns=columns, **({"kind": "incident", "precision": "town"} | more))


def glance_of(*columns: str, preset: str = "", lacks: tuple[str, ...] = ()) -> Glance:
    return Glance(
        file="a.csv",
        table="",
        columns=columns,
        rows=(tuple(f"{name} 1" for name in columns),),
        preset=preset,
        mapping=propose_mapping(columns),
        lacks=lacks,
    )
