"""Rejected rows, mended and brought back: read as the tables that they are of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.errors import ImportFileError
from geo.imports.mapping import Mapping
from geo.imports.rejects import MOST_WHOLE, WHY_COLUMNS
from geo.imports.result import Import
from geo.imports.tables import MOST_WAYS
from geo.seeds import Seeds
from tests.imports_case import bring
from tests.test_imports_sheets import workbook

SHEETS: dict[str, Any] = {
    year: [
        ["ID", "Date", "Place", "Item", "Quantity"],
        [1, "never", "Torkham", "opium", 3],
        [2, f"{year}-02-05", "Torkham", "opium", 4],
    ]
    for year in ("2020", "2021")
}


def mended(found: Import, folder: Path, before: str, after: str, skip: int = 0) -> Path:
    """Write the rejected rows with another text, without the first of them."""
    assert found.rejects is not None
    table = pd.read_csv(found.rejects, dtype="str", keep_default_na=False)
    path = folder / "mended.csv"
    cells = [*table.columns.difference(["import value", "import reason"])]
    table[cells] = table[cells].replace(before, after)
    table.iloc[skip:].to_csv(path, index=False)
    return path


def test_rows_of_a_mapping_of_ones_own_come_back_by_it(seeds: Seeds, tmp_path: Path) -> None:
    path = tmp_path / "kurz.csv"
    path.write_text("Tag der Tat,Wo,Zahl\n2021-13-01,Torkham,3\n2021-01-01,Torkham,3\n", "utf-8")
    fields = {
        "date": {"columns": ["Tag der Tat"]},
        "place": {"columns": ["Wo"]},
        "killed": {"columns": ["Zahl"]},
    }
    found = bring(path, seeds, mapping=Mapping.model_validate({"fields": fields}))
    assert (found.counts.kept, found.counts.rejected) == (1, 1)
    again = bring(mended(found, tmp_path, "2021-13-01", "2021-12-01"), seeds)
    assert again.joined[["date", "kind", "killed"]].to_numpy().tolist() == [
        ["2021-12-01", "incident", 3]
    ]


def test_ids_of_two_sheets_stay_apart(seeds: Seeds, tmp_path: Path) -> None:
    found = bring(workbook(tmp_path / "a.xlsx", SHEETS), seeds)
    assert (found.counts.kept, found.counts.rejected) == (2, 2)
    again = bring(mended(found, tmp_path, "never", "2022-03-04"), seeds)
    assert (again.counts.rejected, again.joined["id"].nunique()) == (0, 2)


def test_how_rows_were_read_is_said_once_and_found_again(seeds: Seeds, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [f"never,Torkham,{number},x" for number in range(2 * MOST_WHOLE)]
    path.write_text("\n".join(["Date,Place,Killed,Gewicht", *rows]) + "\n", "utf-8")
    found = bring(path, seeds)
    assert found.rejects is not None
    told = pd.read_csv(found.rejects, dtype="str")["import reading"]
    assert told.str.startswith("{").sum() == MOST_WHOLE
    assert set(told.str.len()[MOST_WHOLE:]) == {13}
    again = bring(mended(found, tmp_path, "never", "2022-03-04", skip=MOST_WHOLE - 1), seeds)
    assert (again.counts.kept, again.counts.rejected) == (MOST_WHOLE + 1, 0)
    lost = bring(mended(found, tmp_path, "never", "2022-03-04", skip=MOST_WHOLE + 1), seeds)
    assert (lost.counts.kept, lost.counts.rejected) == (0, MOST_WHOLE - 1)
    line = lost.report.iloc[0]
    assert (line["column"], line["reason"]) == (
        "import reading",
        "is read as a row that is not there any more; keep the first rows of the file",
    )


def test_a_file_of_more_ways_of_reading_than_anybody_has_is_refused(
    seeds: Seeds, tmp_path: Path
) -> None:
    path = tmp_path / "mended.csv"
    rows = [
        {
            "date": "2021-03-01",
            "place": "Torkham",
            **dict.fromkeys(WHY_COLUMNS, ""),
            "import reading": json.dumps({"source": f"s{number}"}),
        }
        for number in range(MOST_WAYS + 1)
    ]
    pd.DataFrame(rows).to_csv(path, index=False)
    with pytest.raises(ImportFileError, match="in more than 300 ways"):
        bring(path, seeds)
