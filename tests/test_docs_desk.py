"""What the documents of the desk say of the built-in data is what the desk says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from geo.before_after import before_after
from geo.compare import compare
from geo.filters import Filters
from layers.charts.difference import interval_words
from tests.snapshot_case import built_in_records

DESK: Final = Path(__file__).resolve().parent.parent / "docs" / "desk.md"
KABUL: Final = date(2021, 8, 15)
STARTS: Final = {"not set: 2005": None, "August 2018": "2018-08"}
ROW: Final = re.compile(
    r"^  \| ([^|*-]+) \| (\d+) \| ([\d.]+) \| ×([\d.]+) \| (×.+) \|$", re.MULTILINE
)
ROWS: Final = ROW.findall(DESK.read_text(encoding="utf-8"))


def test_the_table_has_its_rows() -> None:
    assert [row[0] for row in ROWS] == ["not set: 2005", "2010", "2016", "August 2018"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_change_at_torkham_is_as_told(row: tuple[str, ...]) -> None:
    begin, before, months, ratio, interval = row
    asked = Filters(kind="seizure", near="Torkham", date_from=STARTS.get(begin, begin))
    told = compare(built_in_records(), *before_after(asked, KABUL, KABUL), "province")
    assert (told.a.count, told.b.count) == (int(before), 23)
    assert f"{told.a.months:.1f}" == months
    assert f"{told.b.months:.1f}" == "56.1"
    assert f"{told.total['ratio']:.2f}" == ratio
    assert interval_words(told.total["ratio_low"], told.total["ratio_high"]) == interval
