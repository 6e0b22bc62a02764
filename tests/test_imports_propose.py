"""Headings known by any hand, mappings proposed, and which tables are read."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from geo.errors import ImportFileError
from geo.imports.amounts import known_units
from geo.imports.choose import choose_mappings
from geo.imports.headings import choose_heading, fold_name, name_and_unit, spellings
from geo.imports.mapping import Mapping, find_preset, parse_mapping
from geo.imports.propose import propose_mapping
from geo.imports.record_fields import FIELDS
from geo.imports.rules import Rule
from geo.imports.source import open_tables
from geo.imports.table import Table
from geo.seeds import Seeds
from tests.imports_case import bring, write_csv


def columns_of(mapping: Mapping) -> dict[str, str]:
    return {
        name: rule.columns[0] if rule.columns else f"={rule.fixed}"
        for name, rules in mapping.fields.items()
        for rule in rules[:1]
    }


def test_headings_are_known_by_their_letters_in_any_script() -> None:
    assert fold_name("Record-ID") == fold_name("record_id") == "recordid"
    assert fold_name("تاريخ") == fold_name("تاریخ")
    assert fold_name("Länge") == "lange"
    assert fold_name("%") == "%"
    assert set(spellings()) <= set(FIELDS)
    every = [name for names in spellings().values() for name in names]
    assert len(every) == len(set(every)), "a heading gives one field"


@pytest.mark.parametrize(
    ("heading", "name", "unit"),
    [
        ("Quantity (kg)", "quantity", "kg"),
        ("weight_kg", "weight", "kg"),
        ("Amount [g]", "amount", "g"),
        ("kg", "", "kg"),
        ("Quantity", "quantity", ""),
        ("Unit", "", "unit"),
    ],
)
def test_a_unit_in_a_heading_is_parted_from_its_name(heading: str, name: str, unit: str) -> None:
    assert name_and_unit(heading, [*known_units()]) == (name, unit)


@pytest.mark.parametrize(
    ("headings", "kind", "fields"),
    [
        (
            ["Date", "Location", "Country", "Type", "Vehicle", "Killed", "Perpetrator", "Target"],
            "incident",
            {
                "date": "Date",
                "place": "Location",
                "country": "Country",
                "category": "Type",
                "conveyance": "Vehicle",
                "killed": "Killed",
                "group": "Perpetrator",
                "role": "=perpetrator",
            },
        ),
        (
            ["Datum", "Ort", "Ware", "Menge (kg)", "Breite", "Länge"],
            "seizure",
            {
                "lat": "Breite",
                "lon": "Länge",
                "date": "Datum",
                "place": "Ort",
                "item": "Ware",
                "quantity": "Menge (kg)",
                "unit": "=kg",
            },
        ),
        (
            ["Year", "Month", "Day", "Coordinates", "Weapon type", "Wounded"],
            "incident",
            {
                "coordinates": "Coordinates",
                "year": "Year",
                "month": "Month",
                "day": "Day",
                "injured": "Wounded",
            },
        ),
        (
            ["No", "Date", "Place", "Item", "Number"],
            "seizure",
            {"date": "Date", "place": "Place", "item": "Item", "quantity": "Number"},
        ),
        (
            ["تاريخ", "محل", "ولايت", "کشته"],
            "incident",
            {"date": "تاريخ", "place": "محل", "province": "ولايت", "killed": "کشته"},
        ),
    ],
)
def test_a_mapping_is_proposed_by_the_headings(
    headings: list[str], kind: str, fields: dict[str, str]
) -> None:
    found = propose_mapping(headings)
    assert (found.kind, columns_of(found)) == (kind, fields)


@pytest.mark.parametrize(
    ("columns", "preset"),
    [
        (["id", "type_of_violence", "side_a", "side_b", "where_prec", "best"], "ucdp-ged"),
        (["event_id_cnty", "event_date", "event_type", "actor1", "geo_precision"], "acled"),
        (["eventid", "iyear", "imonth", "gname", "nkill"], "gtd"),
        (["date", "place", "killed"], ""),
    ],
)
def test_a_source_is_known_though_some_columns_were_left_out(
    columns: list[str], preset: str
) -> None:
    found = find_preset(columns)
    assert (found.id if found else "") == preset


def test_the_row_of_headings_is_the_one_of_names_that_are_known() -> None:
    title = ["Seizures in 2021", "", "", ""]
    heading = ["Date", "Place", "Item", "kg"]
    data = ["2021-01-01", "Torkham", "opium", "3"]
    assert choose_heading([(1, title), (3, heading), (4, data)]) == (3, heading)
    assert choose_heading([(1, heading), (2, data)]) == (1, heading)
    strange = ["Kuupäev", "Koht", "Ese", "Kogus"]
    assert choose_heading([(1, title), (2, strange), (3, data)]) == (2, strange)
    assert choose_heading([(1, strange), (2, data)]) == (1, strange)
    assert choose_heading([(1, ["", " "])]) is None


def workbook(path: Path) -> list[Table]:
    """Make a workbook of two sheets of records and a summary, and open it."""
    book = xlsxwriter.Workbook(str(path))
    for name, year in (("2020", 2020), ("2021", 2021)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["No", "Date", "Place", "Item", "Quantity", "Notes", "Shift"])
        row = ["1", f"{year}-01-01", "Torkham", "opium", 3, "", "night"]
        sheet.write_row(1, 0, row)
    book.add_worksheet("Summary").write_row(0, 0, ["Year", "Province", "Count"])
    book.get_worksheet_by_name("Summary").write_row(1, 0, [2021, "Nangarhar", 41])
    book.close()
    return open_tables(path, path.parent)


def test_a_summary_beside_records_is_left_out_and_unused_columns_are_told(tmp_path: Path) -> None:
    chosen, notes = choose_mappings(workbook(tmp_path / "a.xlsx"), "auto", None)
    assert [table.name for table, _ in chosen] == ["2020", "2021"]
    told = "a.xlsx, 'Summary', looks like a summary of the others and was not read"
    assert any(note.startswith(told) for note in notes)
    assert "a.xlsx, '2020': columns not used: 'No', 'Shift'" in notes


def test_a_number_that_each_sheet_has_is_no_id(seeds: Seeds, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook(path)
    found = bring(path, seeds)
    assert (found.counts.read, found.counts.rejected, len(found.joined)) == (2, 0, 2)
    own = bring(
        path,
        seeds,
        mapping=propose_mapping(["Date", "Place", "Item", "Quantity"]).model_copy(
            update={
                "fields": {
                    **propose_mapping(["Date", "Place", "Item", "Quantity"]).fields,
                    "id": (Rule(columns=("No",)),),
                }
            }
        ),
    )
    assert own.counts.rejected == 0
    assert own.joined["id"].str.removeprefix(f"{own.key}~").tolist() == ["2020~1", "2021~1"]


def test_columns_that_a_mapping_asks_for_in_vain_are_told(seeds: Seeds, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", {"date": "2021-01-01", "place": "Torkham"})
    mapping = Mapping(
        kind="seizure",
        fields={
            "date": (Rule(columns=("date",)),),
            "place": (Rule(columns=("place",)),),
            "quantity": (Rule(columns=("Qty (kg)",)),),
        },
    )
    found = bring(path, seeds, mapping=mapping)
    assert "a.csv: asked for by the mapping, not there: 'Qty (kg)'" in found.notes


def test_a_mapping_may_name_the_encoding(seeds: Seeds, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("date,place,notes\n2021-01-01,Kabul city,Café\n".encode("mac_roman"))
    mapping = propose_mapping(["date", "place", "notes"])
    plain = bring(path, seeds, mapping=mapping)
    assert plain.joined["summary"].tolist() != ["Café"]
    told = bring(path, seeds, mapping=mapping.model_copy(update={"encoding": "mac_roman"}))
    assert told.joined["summary"].tolist() == ["Café"]
    for wrong in ("utf-9", "base64", "x" * 300):
        with pytest.raises(ImportFileError, match="is no encoding of text"):
            parse_mapping({"encoding": wrong}, "mapping.json")
