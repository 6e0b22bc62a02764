"""Facets and their counts: each count is that of the filter it stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.counting import COUNTED, count_facets
from geo.facet_words import value_words
from geo.facets import FACETS
from geo.filters import REPEATABLE, Filters
from geo.select import filter_records
from geo.vocabulary import make_vocabulary, resolve_filters
from tests.snapshot_case import built_in_records

if TYPE_CHECKING:
    from geo.recordset import RecordSet

AREAS: Final = (None, "circle:71.09,34.13,40", "box:69,33,72,35")
TORKHAM: Final = Filters(near="Torkham", within_km=10)


@pytest.fixture(scope="module")
def records() -> RecordSet:
    return built_in_records()


def random_filters(draw: Callable[..., Any], records: RecordSet) -> Filters:
    """Set up to three conditions at random."""
    terms = make_vocabulary(records.joined, records.items, records.seeds)
    values: dict[str, Any] = {name: terms.values(name) for name in COUNTED}
    chosen = draw(st.lists(st.sampled_from(sorted(values)), unique=True, max_size=2))
    given: dict[str, Any] = {}
    for name in chosen:
        value = draw(st.sampled_from(values[name]))
        given[name] = (value,) if name in REPEATABLE else value
    given["area"] = draw(st.sampled_from(AREAS))
    given["date_from"] = draw(st.sampled_from([None, "2021-08-15", "2018-06"]))
    given["at_least"] = draw(st.sampled_from([None, None, "100 kg"]))
    given["within_km"] = draw(st.sampled_from([None, 5.0, 30.0]))
    return resolve_filters(Filters(**given), terms)[0]


@settings(max_examples=40)
@given(data=st.data())
def test_a_choices_count_is_that_of_choosing_it(data: st.DataObject) -> None:
    records = built_in_records()
    filters = random_filters(data.draw, records)
    counts = count_facets(records, filters)
    name = data.draw(st.sampled_from(sorted(COUNTED)))
    value = data.draw(st.sampled_from(sorted(counts[name].counts)))
    kept: Any = (value,) if name in REPEATABLE else value
    chosen = replace(filters, **{name: kept})
    assert counts[name].counts[value] == filter_records(records, chosen).count, (name, value)


@settings(max_examples=25)
@given(data=st.data())
def test_every_record_has_a_value_has_none_or_cannot_be_told(data: st.DataObject) -> None:
    records = built_in_records()
    kept = filter_records(records, random_filters(data.draw, records)).surely
    for name in FACETS:
        facet = records.facet(name)
        assert facet.count(kept).sum() >= np.count_nonzero(kept & facet.has_value)
        none = kept & ~facet.has_value & ~facet.unsure
        either = np.count_nonzero(kept & (facet.has_value | facet.unsure))
        assert either + np.count_nonzero(none) == np.count_nonzero(kept)
        # A value is never counted twice for one record.
        assert len(set(zip(facet.rows.tolist(), facet.codes.tolist(), strict=True))) == len(
            facet.rows
        )


def test_counts_of_the_records_about_torkham(records: RecordSet) -> None:
    counts = count_facets(records, TORKHAM)
    assert counts["kind"].counts == {"seizure": 52, "incident": 9} or counts["kind"].total == 61
    assert sum(counts["kind"].counts.values()) == filter_records(records, TORKHAM).count == 61
    assert counts["near"].counts["Torkham"] == 61
    assert counts["near"].total == len(records)
    precisions = counts["precision"].counts
    assert list(precisions) == ["site", "town", "district", "province"]
    assert precisions["province"] == precisions["town"] == 61


def test_provinces_are_those_of_the_record_or_of_today(records: RecordSet) -> None:
    fata = Filters(provinces=("FATA",))
    either = filter_records(records, fata).count
    then = filter_records(records, replace(fata, province_as="reported")).count
    today = filter_records(records, replace(fata, province_as="today")).count
    assert (today, then) == (0, either)
    assert then > 50
    kp = Filters(provinces=("Khyber Pakhtunkhwa",))
    counts = count_facets(records, replace(kp, province_as="today"))["provinces"].counts
    assert "FATA" not in counts
    assert (
        counts["Khyber Pakhtunkhwa"]
        == filter_records(records, replace(kp, province_as="today")).count
    )


def test_a_quantity_that_is_not_stated_cannot_be_told(records: RecordSet) -> None:
    heavy = filter_records(records, Filters(items=("opium",), at_least="1000 kg"))
    held = records.items[records.items["item"] == "opium"]
    stated = held[(held["unit"] == "kg") & (held["quantity"] >= 1000)]
    assert set(heavy.records["id"]) == set(stated["record_id"])
    vague = held[(held["unit"] == "kg") & held["quantity"].isna()]
    assert set(vague["record_id"]) - set(heavy.records["id"]) <= set(heavy.undecided["id"])


def test_a_drawn_circle_keeps_what_the_same_distance_keeps(records: RecordSet) -> None:
    gate = records.seeds.crossings.query("name == 'Torkham'").geometry.iloc[0]
    drawn = filter_records(records, Filters(area=f"circle:{gate.x},{gate.y},10"))
    near = filter_records(records, TORKHAM)
    assert drawn.records["id"].tolist() == near.records["id"].tolist()
    assert drawn.undecided["id"].tolist() == near.undecided["id"].tolist()


def test_a_whole_province_within_an_area_keeps_what_is_known_to_it(records: RecordSet) -> None:
    everything = filter_records(records, Filters(area="box:55,20,85,45"))
    assert everything.count == records.joined["lat"].notna().sum()
    east = filter_records(records, Filters(area="box:69.4,33.5,72,35.2"))
    nangarhar = records.joined["adm1_reported"].eq("Nangarhar") & records.coarse
    assert nangarhar.any()
    assert east.surely[nangarhar.to_numpy()].all()
    corner = filter_records(records, Filters(area="box:70.9,34.0,71.2,34.3"))
    assert not corner.surely[nangarhar.to_numpy()].any()
    assert corner.unsure[nangarhar.to_numpy()].all()


def test_values_are_said_as_people_read_them(records: RecordSet) -> None:
    assert value_words(records, "border", ["PAK"]) == ["Pakistan"]
    assert value_words(records, "direction", ["AFG>PAK"]) == ["Afghanistan to Pakistan"]
    assert value_words(records, "month", ["2021-08"]) == ["August 2021"]
    assert value_words(records, "group", ["TTP"]) == ["TTP"]
    assert value_words(records, "route", ["kabul-torkham-islamabad"])[0].startswith("Kabul – ")
