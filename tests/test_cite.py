"""How a record is cited: its sources first, then the atlas; nothing breaks out of a form."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.brought import DATASET, Brought
from geo.cite import Source, cite_record, sources_of
from geo.joins import join_records
from geo.notes import program_version
from geo.seeds import Seeds
from tests import small


def boxland(**fields: object) -> tuple[pd.Series, Seeds]:
    seeds = small.seeds(small.records(dict(fields)))
    seeds.package["version"] = "1.2"
    seeds.package["created"] = "2026-03-01T00:00:00Z"
    return join_records(seeds.records, seeds).iloc[0], seeds


def test_the_source_comes_first_and_the_atlas_tells_its_data() -> None:
    record, seeds = boxland(source_date="2012-03")
    assert cite_record(record, seeds).plain.splitlines() == [
        (
            "The Box (March 2012). [Report on a seizure (firearms) at Boxtown, 4 March 2012]. "
            "https://example.org/1"
        ),
        (
            "Joins and location: Khyber Atlas contributors. Khyber Atlas, version "
            f"{program_version()}, data 1.2; record s-1, data checksum 000000000000."
        ),
    ]


def test_bibtex_has_an_entry_for_each_source_and_the_atlas() -> None:
    record, seeds = boxland(source_date="2012-03-05", other_urls="https://example.org/2")
    assert cite_record(record, seeds).bibtex == (
        "@misc{s-1-1,\n"
        "  author = {{The Box}},\n"
        "  title = {{[Report on a seizure (firearms) at Boxtown, 4 March 2012]}},\n"
        "  year = {2012},\n"
        "  month = {3},\n"
        "  day = {5},\n"
        "  url = {https://example.org/1},\n"
        "}\n\n"
        "@misc{s-1-2,\n"
        "  author = {{example.org}},\n"
        "  title = {{[Report on a seizure (firearms) at Boxtown, 4 March 2012]}},\n"
        "  url = {https://example.org/2},\n"
        "}\n\n"
        "@misc{khyber-atlas-s-1,\n"
        "  author = {{Khyber Atlas contributors}},\n"
        "  title = {{Khyber Atlas}},\n"
        "  year = {2026},\n"
        f"  note = {{version {program_version()}, data 1.2; record s-1, "
        "data checksum 000000000000},\n"
        "}\n"
    )


def test_csl_json_is_as_precise_as_the_source() -> None:
    record, seeds = boxland(source_date="2012-03")
    source, atlas = json.loads(cite_record(record, seeds).csl)
    assert source["issued"] == {"date-parts": [[2012, 3]]}
    assert source["author"] == [{"literal": "The Box"}]
    assert source["URL"] == "https://example.org/1"
    assert atlas["type"] == "dataset"
    assert "data checksum 000000000000" in atlas["note"]


def test_a_record_that_was_brought_names_its_dataset() -> None:
    record, seeds = boxland()
    brought = Brought(
        key="a-1",
        title="ged.csv",
        publisher="Uppsala",
        licence="CC BY 4.0",
        kinds=("seizure",),
        checksums={"ged.csv": "ab" * 32},
    )
    citation = cite_record(
        pd.concat([record, pd.Series({DATASET: "a-1"})]), replace(seeds, brought=(brought,))
    )
    dataset, joins = citation.plain.splitlines()[-2:]
    assert dataset == "Dataset: Uppsala. ged.csv, checksum abababababab. Terms: CC BY 4.0"
    assert joins.startswith("Joins: Khyber Atlas contributors.")
    assert "author = {{Uppsala}}" in citation.bibtex
    assert [each["id"] for each in json.loads(citation.csl)][-2:] == [
        "s-1-data",
        "khyber-atlas-s-1",
    ]


def test_sources_are_in_the_order_of_their_rank() -> None:
    record, _ = boxland()
    table = pd.DataFrame(
        {
            "record_id": ["s-1", "s-2", "s-1"],
            "rank": ["10", "1", "2"],
            "name": ["Ten", "Other", "Two"],
            "url": ["https://e.org/10", "https://e.org/x", "javascript:alert(1)"],
            "date": ["", "", "2012"],
        }
    )
    assert sources_of(record, table) == [
        Source(name="Two", url="", date="2012"),
        Source(name="Ten", url="https://e.org/10", date=""),
    ]


@given(st.text(max_size=30), st.text(max_size=30))
@settings(max_examples=40)
def test_no_text_breaks_out_of_a_form(name: str, path: str) -> None:
    record, seeds = boxland()
    record = record.copy()
    record["source_name"], record["place"] = name, name
    record["source_url"] = f"https://example.org/{path}"
    citation = cite_record(record, seeds)
    plain = citation.bibtex.replace(r"\{", "").replace(r"\}", "")
    assert plain.count("{") == plain.count("}")
    assert citation.bibtex.count("\n@misc{") == 1
    assert len(citation.plain.splitlines()) == 2
    assert len(json.loads(citation.csl)) == 2
