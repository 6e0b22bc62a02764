"""Cross-tabs, timelines and sums: every record is somewhere, and nothing is added wrongly."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crosstab import NOT_STATED, TOO_COARSE, cross
from geo.facets import FACETS
from geo.filters import Filters
from geo.quantities import sum_quantities
from geo.recordset import RecordSet
from geo.select import filter_records
from geo.timeline import count_over_time
from geo.vocabulary import make_vocabulary
from tests import small
from tests.snapshot_case import built_in_records

if TYPE_CHECKING:
    from geo.recordset import Mask
    from tests.conftest import Run

ROWS: Final = (
    {"id": "s-1", "date": "2020-05-06", "group": "TTP", "category": "opium"},
    {"id": "s-2", "date": "2020-05", "group": "TTP", "category": "firearms"},
    {"id": "s-3", "date": "2020", "group": "ISKP", "category": "opium"},
    {"id": "s-4", "date": "2022-01-01", "group": "", "category": "opium"},
    {"id": "s-5", "date": "2022-02-03", "precision": "province", "province": "West"},
)
ITEMS: Final = pd.DataFrame(
    [
        ("s-1", "opium", 10.0, "kg", "", "drug"),
        ("s-1", "pistol", 2.0, "count", "", "firearm"),
        ("s-2", "pistol", None, "count", "", "firearm"),
        ("s-3", "opium", 5.5, "kg", "about", "drug"),
        ("s-4", "opium", 1.0, "kg", "floor", "drug"),
        ("s-4", "heroin", 3.0, "litres", "", "drug"),
        ("s-9", "opium", 1000.0, "kg", "", "drug"),
    ],
    columns=["record_id", "item", "quantity", "unit", "approx", "class"],
)


def records() -> RecordSet:
    from geo.joins import join_records

    frame = small.records(*ROWS)
    world = small.seeds(frame)
    return RecordSet(join_records(frame, world), ITEMS, world)


def everything(asked: RecordSet) -> Mask:
    return np.ones(len(asked), dtype=bool)


def test_a_cross_tab_by_hand() -> None:
    asked = records()
    table = cross(asked, everything(asked), "group", "category")
    assert table.rows == ("ISKP", "TTP", "Unattributed", NOT_STATED)
    assert table.columns == ("firearms", "opium")
    assert table.counts.tolist() == [[0, 1], [1, 1], [1, 0], [0, 1]]
    assert table.row_totals.tolist() == [1, 2, 1, 1]
    assert table.column_totals.tolist() == [2, 3]
    assert (table.total, table.adds_up) == (5, True)
    frame = table.frame()
    assert list(frame.loc["TTP"]) == [1, 1, 2]
    assert list(frame.loc["Total"]) == [2, 3, 5]


def test_what_cannot_be_told_is_a_row_of_its_own() -> None:
    asked = records()
    months = cross(asked, everything(asked), "month")
    assert dict(zip(months.rows, months.row_totals.tolist(), strict=True)) == {
        "2020-05": 2,
        "2022-01": 1,
        "2022-02": 1,
        TOO_COARSE: 1,
    }
    borders = cross(asked, everything(asked), "border")
    assert dict(zip(borders.rows, borders.row_totals.tolist(), strict=True)) == {
        "NBR": 4,
        TOO_COARSE: 1,
    }


def test_a_record_of_several_items_is_counted_once_in_the_total() -> None:
    asked = records()
    table = cross(asked, everything(asked), "item", "group")
    totals = dict(zip(table.rows, table.row_totals.tolist(), strict=True))
    assert totals == {"heroin": 1, "opium": 3, "pistol": 2, NOT_STATED: 1}
    assert (table.total, table.adds_up) == (5, False)
    both = cross(asked, everything(asked), "item", "item")
    place = both.rows.index("opium"), both.columns.index("pistol")
    assert both.counts[place] == 1


def test_no_records_make_an_empty_table() -> None:
    asked = records()
    table = cross(asked, ~everything(asked), "group", "category")
    assert (table.rows, table.columns, table.total) == ((), (), 0)


@settings(max_examples=40)
@given(data=st.data())
def test_every_record_is_in_every_cross_tab(data: st.DataObject) -> None:
    asked = built_in_records()
    terms = make_vocabulary(asked.joined, asked.items, asked.seeds)
    filters = Filters(
        kind=data.draw(st.sampled_from([None, "seizure", "incident"])),
        groups=data.draw(st.lists(st.sampled_from(terms.values("groups")), max_size=2).map(tuple)),
        near=data.draw(st.none() | st.sampled_from(["Torkham", "Ghulam Khan"])),
        within_km=40.0,
    )
    selection = filter_records(asked, filters)
    rows, columns = (data.draw(st.sampled_from(sorted(FACETS))) for _ in range(2))
    table = cross(asked, selection.surely, rows, columns)
    assert table.total == selection.count
    assert table.counts.sum() >= table.total
    assert (table.row_totals >= table.counts.max(axis=1, initial=0)).all()
    assert (table.row_totals <= table.counts.sum(axis=1)).all()
    turned = cross(asked, selection.surely, columns, rows)
    assert turned.counts.T.tolist() == table.counts.tolist()


def test_years_with_no_record_are_years_of_none() -> None:
    asked = records()
    years = count_over_time(asked, everything(asked), "year", "group")
    assert [day.year for day in years.counts.index] == [2020, 2021, 2022]
    assert years.counts.sum(axis="columns").tolist() == [3, 0, 2]
    assert (years.too_coarse, years.total) == (0, 5)
    months = count_over_time(asked, everything(asked), "month", "kind")
    assert len(months.counts) == 22
    assert (months.counts.to_numpy().sum(), months.too_coarse, months.total) == (4, 1, 5)


def test_unlike_units_are_never_added() -> None:
    asked = records()
    sums = sum_quantities(asked, everything(asked)).set_index(["item", "unit"])
    told = ["quantity", "bound", "records", "not_stated"]
    assert list(sums.loc[("opium", "kg"), told]) == [16.5, "at least", 3, 0]
    assert list(sums.loc[("pistol", "count"), told]) == [2.0, "at least", 2, 1]
    assert list(sums.loc[("heroin", "litres"), told]) == [3.0, "", 1, 0]
    classes = sum_quantities(asked, everything(asked), "class")
    assert set(zip(classes["class"], classes["unit"], strict=True)) == {
        ("drug", "kg"),
        ("drug", "litres"),
        ("firearm", "count"),
    }


def test_a_sum_of_nothing_stated_is_no_zero() -> None:
    asked = records()
    only = (asked.joined["id"] == "s-2").to_numpy()
    sums = sum_quantities(asked, only)
    assert sums["quantity"].isna().all()
    assert sums["bound"].tolist() == ["at least"]


def test_sums_of_the_parts_are_the_sum_of_the_whole() -> None:
    asked = built_in_records()
    late = filter_records(asked, Filters(date_from="2018-05-31")).surely
    parts = [sum_quantities(asked, mask).set_index(["item", "unit"]) for mask in (late, ~late)]
    whole = sum_quantities(asked, np.ones(len(asked), dtype=bool)).set_index(["item", "unit"])
    added = pd.concat(parts).groupby(level=[0, 1])["quantity"].sum(min_count=1)
    both = added.reindex(whole.index)
    assert both.isna().equals(whole["quantity"].isna())
    assert np.allclose(both.dropna(), whole["quantity"].dropna())


@pytest.mark.parametrize(
    ("by", "across", "filters"),
    [
        ("province", "kind", ["--near", "Torkham", "--within-km", "50"]),
        ("year", None, ["--group", "TTP"]),
        ("crossing", "group", ["--kind", "seizure", "--from", "2021-08-15"]),
    ],
)
def test_the_command_counts_as_the_cross_tab_does(
    run: Run, by: str, across: str | None, filters: list[str]
) -> None:
    asked = built_in_records()
    more = ["--across", across] if across else []
    done = run("count", "--by", by, *more, *filters)
    assert done.returncode == 0
    told = pd.read_csv(io.StringIO(done.stdout), index_col=0)
    listed = run("records", *filters)
    kept = asked.joined["id"].isin(pd.read_csv(io.StringIO(listed.stdout))["id"]).to_numpy()
    table = cross(asked, kept, by, across)
    assert told.loc["all records", "all records"] == table.total
    assert told["all records"].tolist() == [*table.row_totals, table.total]
    if across:
        assert told.iloc[:-1, :-1].to_numpy().tolist() == table.counts.tolist()


def test_the_command_names_what_it_can_count_by(run: Run) -> None:
    done = run("count", "--by", "colour")
    assert done.returncode == 2
    assert "province" in done.stderr
