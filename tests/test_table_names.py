"""Values that are called as a table's own heads and totals are: nothing raises, nothing is lost."""

from __future__ import annotations

import csv
import io
from typing import Final

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.count import TOTAL, _worded
from geo.crosstab import cross
from geo.facets import FACETS
from geo.formulas import RUN
from geo.joins import join_records
from geo.records import make_records
from geo.recordset import RecordSet
from geo.timeline import count_over_time
from layers.charts.timeline import timeline_frame
from tests import small
from views.figure import csv_bytes

NAMES: Final = (
    *("Total", "all records", "Records", "from", "to", "records", "class", "order", "index"),
    *("Not stated", "Too coarse to tell", "=1+1", "@x", "words", "level_0", "0", "", TOTAL),
    *(facet.label for facet in FACETS.values()),
)
ROWS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(["2019", "2021-08"])),
    min_size=1,
    max_size=12,
)


def record_set(rows: list[tuple[str, str, str]]) -> RecordSet:
    seeds = small.seeds()
    records = make_records(
        pd.DataFrame(
            small.record(id=f"s-{at}", group=group, category=category, date=date)
            for at, (group, category, date) in enumerate(rows)
        )
    )
    return RecordSet(join_records(records, seeds), seeds.items, seeds)


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@settings(max_examples=60)
@given(ROWS)
def test_no_name_breaks_a_table_or_loses_a_count(rows: list[tuple[str, str, str]]) -> None:
    records = record_set(rows)
    every = np.ones(len(records), dtype=bool)
    table = cross(records, every, "group", "category")
    frame = table.frame()
    assert frame.to_numpy()[-1, -1] == len(rows)
    assert frame.to_numpy()[:-1, :-1].sum() == len(rows)
    told = _worded(records, table, "group", "category")
    assert told.to_numpy()[-1, -1] == len(rows)
    line = count_over_time(records, every, "year", "group")
    bars = timeline_frame(line, "year", "group", {})
    assert bars["records"].sum() + line.too_coarse == len(rows)
    for each in (frame.rename_axis("Total"), told, bars, pd.DataFrame({1: ["=x"]}, ["+y"])):
        written = cells(csv_bytes(each).decode("utf-8-sig"))
        assert len(written) == len(each) + 1
        assert not [cell for row in written for cell in row if cell.startswith(RUN)]


def test_a_value_called_total_keeps_its_own_row() -> None:
    records = record_set([("Total", "a", "2019"), ("Total", "b", "2019"), ("x", "a", "2019")])
    frame = cross(records, np.ones(3, dtype=bool), "group", "category").frame()
    assert frame.index.tolist() == ["Total", "x", "Total"]
    assert frame.to_numpy().tolist() == [[1, 1, 2], [1, 0, 1], [2, 1, 3]]
