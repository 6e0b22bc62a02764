"""No row of an import is lost, and its id stays apart."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.seeds import Seeds
from tests.imports_case import bring, write_csv

CELL = st.one_of(
    st.sampled_from(
        [
            "",
            "2022-03-04",
            "34.5",
            "69,2",
            "Kabul",
            "AFG",
            "=1+1",
            "<b>",
            "-99",
            "1e999",
            "\u202e",
            "NaN",
        ]
    ),
    st.text(st.characters(exclude_categories=["C"]), max_size=12),
)


# A failing example would write out all of the seeds.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(max_examples=40)
@given(st.lists(st.tuples(*[CELL] * 7), min_size=1, max_size=8))
def test_no_row_is_lost_whatever_it_holds(seeds: Seeds, rows: list[tuple[str, ...]]) -> None:
    columns = ["id", "date", "lat", "lon", "place", "country", "killed"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        cells = [[text.encode("utf-8", "replace").decode() for text in row] for row in rows]
        pd.DataFrame(cells, columns=columns).to_csv(path, index=False, lineterminator="\r\n")
        found = bring(path, seeds)
    counts = found.counts
    assert counts.read == counts.accepted + counts.noted + counts.rejected == len(found.report)
    assert len(found.joined) == counts.kept
    assert found.joined["id"].is_unique
    assert set(found.report["record_id"]) - {""} == set(found.joined["id"])
    rejected = found.report[found.report["fate"] == "rejected"]
    assert (rejected["reason"] != "").all()


def test_ids_of_the_source_stay_apart_whatever_they_are_written_with(
    tmp_path: Path, seeds: Seeds
) -> None:
    start = "https://example.org/reports/of/seizures/on/the/border/at/torkham/"
    own = ["a-1-", "a 1", "الف-1", "ب-1", f"{start}1", f"{start}2"]
    rows = [{"id": each, "date": "2021-03-01", "lat": "34.1", "lon": "71.1"} for each in own]
    found = bring(write_csv(tmp_path / "ids.csv", *rows), seeds, preset="generic")
    assert found.counts.rejected == 0
    ids = found.joined["id"].str.removeprefix(f"{found.key}~")
    assert ids.iloc[0] == "a-1-"
    assert ids.nunique() == 6
    assert ids.str.fullmatch(r"[A-Za-z0-9._-]{1,70}").all()
