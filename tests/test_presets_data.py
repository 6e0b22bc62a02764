"""Presets and names of groups: the tables are sound, and say what the sources' codes mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ImportFileError
from geo.imports.groups import GROUPS, name_side
from geo.imports.mapping import Mapping, find_preset, parse_mapping, presets
from geo.imports.values import Fields
from geo.records import RECORD_COLUMNS
from geo.seeds import Seeds
from tests.presets_case import LAYOUTS, NAMES, SOURCES, Layout, Row, header, read, sample


@pytest.mark.parametrize("layout", LAYOUTS, ids=NAMES)
def test_a_sample_has_the_published_columns_and_finds_its_preset(layout: Layout) -> None:
    columns = header(layout.sample)
    assert len(columns) == len(set(columns)) == layout.columns
    assert (tuple(columns[:3]), tuple(columns[-3:])) == (layout.first, layout.last)
    assert len(sample(layout.sample)) == layout.rows
    for headings in (columns, [name.upper() for name in columns], [*columns, "my own"]):
        found = find_preset(headings)
        assert found is not None
        assert found.id == layout.preset


@pytest.mark.parametrize(
    "columns",
    [
        ["id", "date", "latitude", "longitude", "country", "best", "side_a", "side_b"],
        ["event_date", "event_type", "actor1", "latitude", "longitude", "fatalities"],
        ["iyear", "imonth", "iday", "country_txt", "gname", "nkill"],
        [],
    ],
)
def test_other_tables_find_no_preset(columns: list[str]) -> None:
    assert find_preset(columns) is None


def test_the_atlas_s_own_files_are_none_of_these() -> None:
    found = find_preset(RECORD_COLUMNS)
    assert found is None or found.id not in SOURCES


@pytest.mark.parametrize("name", SOURCES)
def test_each_preset_says_whose_data_it_is_and_on_what_terms(name: str) -> None:
    preset = presets()[name]
    assert (preset.kind, preset.attribution) == ("incident", "attributed")
    assert re.fullmatch(r"https://[\w./-]+/", preset.url)
    assert preset.publisher
    assert preset.layout
    assert re.search(r"Whoever uses the data must keep to th(is|ese) \w+", preset.licence)


@pytest.mark.parametrize("layout", LAYOUTS, ids=NAMES)
def test_a_preset_reads_columns_that_its_layout_has(layout: Layout) -> None:
    there = set(header(layout.sample))
    preset = presets()[layout.preset]
    assert set(preset.signature) <= there
    needed = {"id", "country", "lat", "lon", "precision", "category", "killed", "source_url"}
    assert needed <= set(preset.fields)
    for name, rules in preset.fields.items():
        columns = {column for rule in rules for column in rule.names()}
        assert there & columns or not columns, name
    assert preset.sides is not None
    assert there & set(preset.sides.a)


def read_field(mapping: Mapping, field: str, row: Row) -> str:
    return str(Fields(pd.DataFrame([row], dtype=object), mapping).get(field).iloc[0])


@pytest.mark.parametrize(
    ("preset", "field", "column", "meant"),
    [
        (
            *("ucdp-ged", "precision", "where_prec"),
            "town district district province country country country",
        ),
        ("ucdp-ged", "date_precision", "date_prec", "day week week month year"),
        ("acled", "precision", "geo_precision", "town district province"),
        ("acled", "date_precision", "time_precision", "day week month"),
        ("gtd", "precision", "specificity", "town district district province country"),
    ],
)
def test_each_code_means_what_the_codebook_says(
    preset: str, field: str, column: str, meant: str
) -> None:
    mapping = presets()[preset]
    rules = [rule for rule in mapping.fields[field] if column in rule.columns]
    codes = sorted(set().union(*(rule.values for rule in rules)))
    assert codes == [str(number) for number in range(1, len(meant.split()) + 1)]
    assert [read_field(mapping, field, {column: code}) for code in codes] == meant.split()


@pytest.mark.parametrize(
    ("row", "precision", "attribution", "category"),
    [
        ({"specificity": "1", "vicinity": "0"}, "town", "", ""),
        ({"specificity": "1", "vicinity": "1"}, "district", "", ""),
        ({"specificity": "1", "vicinity": "-9"}, "town", "", ""),
        ({"specificity": "4", "vicinity": "1"}, "province", "", ""),
        ({"specificity": "5", "vicinity": "1"}, "country", "", ""),
        ({"claimed": "1", "guncertain1": "1"}, "", "claimed", ""),
        ({"claimed": "0", "guncertain1": "1"}, "", "suspected", ""),
        ({"claimed": "-9", "guncertain1": "0"}, "", "", ""),
        ({"suicide": "1", "attacktype1_txt": "Assassination"}, "", "", "suicide attack"),
        ({"suicide": "0", "attacktype1_txt": "Assassination"}, "", "", "assassination"),
    ],
)
def test_rules_of_gtd_that_go_together(
    row: Row, precision: str, attribution: str, category: str
) -> None:
    fields = ("precision", "attribution", "category")
    got = [read_field(presets()["gtd"], name, row) for name in fields]
    assert got == [precision, attribution, category]


@pytest.mark.parametrize("name", SOURCES)
def test_categories_are_the_atlas_s_or_the_source_s_in_lower_case(name: str, seeds: Seeds) -> None:
    known = set(seeds.records["category"])
    own = {"state-based conflict", "non-state conflict", "one-sided violence"}
    for rule in presets()[name].fields["category"]:
        for code, word in rule.values.items():
            assert word in known | own | {"", code.lower()}, (code, word)


# --------------------------------------------------------------------------- names of groups

KINDS: Final = {"group", "state", "civilians", "unknown"}
OTHERS: Final = {
    "Baloch Liberation Front",
    "Baloch Republican Army",
    "Hizb-i Islami (Gulbuddin)",
    "United Baloch Army",
}
"""Groups outside the atlas's own list, of which the sources have several spellings."""

LINES: Final = read(GROUPS)
EXACT: Final = [line["name"] for line in LINES if line["match"] == "exact"]


def test_every_line_of_the_names_is_sound(seeds: Seeds) -> None:
    groups = (set(seeds.records["group"]) - {"Unattributed", "Other"}) | OTHERS
    assert list(LINES[0]) == [*("name", "match", "class", "group", "countries", "dataset", "note")]
    for line in LINES:
        assert line["name"].strip(), line
        assert line["match"] in {"exact", "prefix"}, line
        assert line["class"] in KINDS, line
        assert line["dataset"] in {"", *SOURCES}, line
        assert line["group"] in (groups if line["class"] == "group" else {""}), line


def test_no_two_lines_contradict() -> None:
    met: dict[tuple[str, str], tuple[str, str]] = {}
    for line in LINES:
        key = (line["match"], " ".join(line["name"].casefold().split()))
        meant = (line["class"], line["group"])
        assert met.setdefault(key, meant) == meant, line
    once = [(line["name"].casefold(), line["match"], line["dataset"]) for line in LINES]
    assert len(once) == len(set(once))


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Taleban", "Afghan Taliban"),
        ("IS", "ISKP"),
        ("al-Qaida", "al-Qaeda"),
        ("  tehrik-i-taliban   PAKISTAN (ttp) ", "TTP"),
        ("TTP: Tehreek-i-Taliban Pakistan", "TTP"),
        ("Khorasan Chapter of the Islamic State", "ISKP"),
        ("Islamic State Khorasan Province (ISKP)", "ISKP"),
        ("Jundallah (Pakistan)", "Jundullah (TTP faction)"),
        ("Jundallah (Iran)", "Jundallah (Iran)"),
        ("Taliban (Pakistan)", "Pakistani Taliban (unspecified)"),
        ("Eastern Turkistan Islamic Movement (ETIM)", "ETIM/TIP"),
        ("تحریک طالبان پاکستان", "TTP"),
        ("جبهه مقاومت ملی", "NRF"),
        ("A group that nobody  knows", "A group that nobody knows"),
        ("TTP-KM", "TTP-KM"),
    ],
)
def test_a_group_gets_the_atlas_s_name_or_keeps_its_own(name: str, group: str) -> None:
    side = name_side(name)
    assert (side.kind, side.name) == ("group", group)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Government of Afghanistan", "state"),
        ("Government of Pakistan", "state"),
        ("Military Forces of Afghanistan (2021-) Taliban", "state"),
        ("Police Forces of Pakistan (2022-) Counter Terrorism Department", "state"),
        ("Civilians", "civilians"),
        ("Civilians (Afghanistan)", "civilians"),
        ("Protesters (Pakistan)", "civilians"),
        ("Unidentified Armed Group (Pakistan)", "unknown"),
        ("Taliban and/or Islamic State Khorasan Province (ISKP)", "unknown"),
        ("XXX700", "unknown"),
        ("Unknown", "unknown"),
        ("", "unknown"),
    ],
)
def test_who_is_no_armed_group(name: str, kind: str) -> None:
    assert name_side(name).kind == kind


@given(name=st.sampled_from(EXACT), spell=st.sampled_from([str.upper, str.lower, str.title]))
def test_case_and_spaces_change_no_name(name: str, spell: Callable[[str], str]) -> None:
    plain, other = name_side(name), name_side(f"  {spell(name).replace(' ', '  ')} ")
    assert plain.kind == other.kind
    assert plain.name == other.name or plain.kind != "group"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"remarks": [{}] * 20_000}, "it lists more than 10000 things"),
        ({"missing": [1] * 20_000}, "it lists more than 10000 things"),
        ({"fields": {"date": {"values": dict.fromkeys(map(str, range(20_000)), "")}}}, "more than"),
        ({"x" * 100_000: 1}, "Extra inputs"),
        ({"fields": {"y" * 1000: []}}, "is no field"),
        ({"encoding": "unicode_escape"}, "is no encoding of text"),
        ({"encoding": "idna"}, "is no encoding of text"),
    ],
)
def test_a_mapping_out_of_all_proportion_is_refused_in_a_line(content: Any, said: str) -> None:
    with pytest.raises(ImportFileError, match=said) as caught:
        parse_mapping(content, "m.json")
    assert len(str(caught.value)) < 1000
