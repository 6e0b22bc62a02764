"""A click on a bar keeps as many records as the bar says."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pytest

from geo.crosstab import NOT_STATED, TOO_COARSE, cross
from geo.filters import Filters
from geo.select import filter_records
from geo.vocabulary import make_vocabulary
from tests.snapshot_case import built_in_records
from views.narrow import FIELD_OF, narrow

if TYPE_CHECKING:
    from geo.recordset import RecordSet
    from geo.vocabulary import Vocabulary

FILTERS: Final = (
    Filters(),
    Filters(near="Torkham", within_km=30.0),
    Filters(near="Torkham", within_km=3.0),
    Filters(borders=("PAK",), within_km=30.0),
    Filters(borders=("PAK",), routes=("kabul-torkham-islamabad",), within_km=20.0),
    Filters(routes=("delaram-chabahar",), within_km=2.0),
    Filters(routes=("delaram-chabahar", "torkham-darra")),
    Filters(items=("opium", "heroin")),
    Filters(items=("opium",), at_least="100 kg"),
    Filters(provinces=("FATA",)),
    Filters(provinces=("Khyber Pakhtunkhwa",), province_as="reported"),
    Filters(date_from="2021-08-15"),
    Filters(year="2021"),
    Filters(date_from="2021-08", date_to="2022-03-10"),
    Filters(area="box:69,33,72,35", kind="seizure"),
)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("facet", [*FIELD_OF, "year", "month"])
def test_a_click_keeps_what_the_bar_counts(filters: Filters, facet: str) -> None:
    records, vocabulary = _data()
    table = cross(records, filter_records(records, filters).surely, facet)
    counted = dict(zip(table.rows, table.row_totals.tolist(), strict=True))
    for value in sorted(counted, key=counted.__getitem__)[-4:]:
        narrowed = narrow(filters, facet, value, vocabulary)
        if narrowed != filters:
            assert value not in (NOT_STATED, TOO_COARSE)
            assert filter_records(records, narrowed).count == counted[value], (value, narrowed)


@lru_cache(maxsize=1)
def _data() -> tuple[RecordSet, Vocabulary]:
    records = built_in_records()
    return records, make_vocabulary(records.joined, records.items, records.seeds)
