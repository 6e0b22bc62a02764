"""Sheets of seizures as people keep them: units in headings, columns of items, several sheets."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from geo.imports.mapping import Mapping as Columns
from geo.imports.result import Import
from geo.imports.rules import Rule
from geo.seeds import Seeds
from tests.imports_case import bring

DAY_AND_PLACE = "2021-03-01,Torkham"


def sheet(seeds: Seeds, folder: Path, heading: str, *rows: str, **more: Any) -> Import:
    """Import a CSV file; each row begins with a day and a place."""
    path = folder / "a.csv"
    lines = [f"Date,Location,{heading}", *(f"{DAY_AND_PLACE},{row}" for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return bring(path, seeds, **more)


def amounts(found: Import) -> list[tuple[str, float, str]]:
    return [*found.items[["item", "quantity", "unit"]].itertuples(index=False, name=None)]


def workbook(path: Path, sheets: Mapping[str, Any]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    return path


@pytest.mark.parametrize(
    ("heading", "row", "items"),
    [
        # A unit is that of its own column alone.
        ("Item,Quantity,Weight (kg)", "Pistol,3,", [("pistol", 3, "count")]),
        (
            "Item,Quantity,Weight (kg)",
            "Heroin,5,12.5",
            [("heroin", 5, "count"), ("heroin", 12.5, "kg")],
        ),
        ("Item,Quantity (kg),Weight (g)", "Heroin,5,5000", [("heroin", 5, "kg")]),
        ("Item,Quantity (kg),Weight (g)", "Heroin,,5000", [("heroin", 5, "kg")]),
        ("Item,Quantity,Unit,Weight (kg)", "Opium,,,2.5", [("opium", 2.5, "kg")]),
        ("Item,Weight,Unit", "Opium,2.5,pcs", [("opium", 2.5, "weight, unit not stated")]),
        ("Item,Quantity,Weight", "Opium,several,2 kg", [("opium", 2, "kg")]),
        # What is counted goes before a number of the row.
        ("Number,Drug,Quantity (kg)", "1,Heroin,12", [("heroin", 12, "kg")]),
        ("S.No,Type of weapon,Number", "1,Pistol,12", [("pistol", 12, "count")]),
        ("Commodity,Quantity,Unit", "Heroin,12,kg", [("heroin", 12, "kg")]),
        ("Category,Quantity (kg)", "Opium,12", [("opium", 12, "kg")]),
        ("Drug,Quantity (kg),Amount (USD)", "Heroin,12,50000", [("heroin", 12, "kg")]),
        ("Item,Kg,Litres,Rounds", "Heroin,12,,", [("heroin", 12, "kg")]),
        (
            "Item,Quantity (pieces),Quantity (kg)",
            "Heroin,3,12",
            [("heroin", 3, "count"), ("heroin", 12, "kg")],
        ),
        ("Item,Quantity,Weight,Unit", "Heroin,unknown,3,kg", [("heroin", 3, "kg")]),
        ("Quantity (kg),Heroin (kg)", "12,", [("goods not named", 12, "kg")]),
        # A column for each item.
        ("Opium (kg),Heroin (kg)", "12,0.5", [("opium", 12, "kg"), ("heroin", 0.5, "kg")]),
        ("Opium (kg),Heroin (kg)", ",0", []),
        (
            "Opium,Rifles,Notes",
            "2 kg,3,x",
            [("opium", 2, "kg"), ("rifle", 3, "count")],
        ),
    ],
)
def test_what_was_seized_is_read_with_its_own_unit(
    heading: str, row: str, items: list[tuple[str, float, str]], seeds: Seeds, tmp_path: Path
) -> None:
    found = sheet(seeds, tmp_path, heading, row)
    assert (found.counts.kept, found.joined["kind"].tolist()) == (1, ["seizure"])
    assert amounts(found) == items


def test_what_is_no_amount_of_an_item_is_told_with_its_column(seeds: Seeds, tmp_path: Path) -> None:
    found = sheet(seeds, tmp_path, "Opium (kg),Heroin (kg)", "1,much", "1,2")
    line = found.report.iloc[0]
    assert (line["fate"], line["column"], line["value"]) == ("rejected", "Heroin (kg)", "much")
    assert amounts(found) == [("opium", 1, "kg"), ("heroin", 2, "kg")]


def test_an_amount_that_is_not_kept_is_told(seeds: Seeds, tmp_path: Path) -> None:
    heading = "Item,Quantity (kg),Weight (kg)"
    found = sheet(seeds, tmp_path, heading, "Heroin,5,7", "Heroin,5,5.001", ",12,")
    assert amounts(found) == [
        ("heroin", 5, "kg"),
        ("heroin", 5, "kg"),
        ("goods not named", 12, "kg"),
    ]
    told = found.report["reason"].tolist()
    assert "Weight (kg) '7' is left out: another column gives another amount" in told[0]
    assert "left out" not in told[1]
    assert "is an amount of nothing that is named" in told[2]
    both = sheet(
        seeds, tmp_path, "Item,Quantity (g),Unit", "Heroin,12,kg", "Heroin,12,", "Heroin,12,g"
    )
    assert [amount for _, amount, _ in amounts(both)] == [12, 0.012, 0.012]
    told = both.report["reason"].tolist()
    assert ["and not 'g' as the heading says" in each for each in told] == [True, False, False]
    wide = sheet(seeds, tmp_path, "Opium (kg),Heroin (kg),Quantity (kg)", "1,2,3")
    assert amounts(wide) == [("opium", 1, "kg"), ("heroin", 2, "kg")]
    assert "the items have columns of their own" in wide.report["reason"].iloc[0]


def test_numbers_and_texts_of_one_column_are_each_read_as_they_are(
    seeds: Seeds, tmp_path: Path
) -> None:
    rows: list[Any] = [["Date", "Place", "Item", "Quantity (kg)"]]
    rows += [["2021-03-01", "Torkham", "opium", amount] for amount in (1.5, "2,5", "1,250")]
    found = bring(workbook(tmp_path / "a.xlsx", {"One": rows}), seeds)
    assert found.items["quantity"].tolist() == [1.5, 2.5, 1250.0]
    assert "if that is wrong, name the decimal mark" in found.report["reason"].iloc[2]


@pytest.mark.parametrize(
    ("heading", "row", "category"),
    [
        ("Explosives (kg),Killed", "200,12", "other"),
        ("Number,Attack type,Killed", "1,Suicide attack,12", "Suicide attack"),
        ("Event type,Killed,Weapons seized", "Suicide attack,12,", "Suicide attack"),
        ("Attack type,Weight (kg)", "Bombing,20", "Bombing"),
    ],
)
def test_what_happened_is_no_seizure_for_a_number_or_a_word(
    heading: str, row: str, category: str, seeds: Seeds, tmp_path: Path
) -> None:
    found = sheet(seeds, tmp_path, heading, row)
    assert found.joined[["kind", "category"]].to_numpy().tolist() == [["incident", category]]
    assert amounts(found) == []
    assert any("columns not used: " in note for note in found.notes)


def test_a_heading_of_its_own_is_no_misspelling_of_another(seeds: Seeds, tmp_path: Path) -> None:
    found = sheet(seeds, tmp_path, "County,District,Accuracy,Killed", ",,5,2")
    assert {"country", "precision", "quantity"}.isdisjoint(found.mapping.fields)
    assert found.joined["killed"].tolist() == [2]


SHEETS: dict[str, Any] = {
    f"Seizures Afghanistan {year}": [
        ["No", "Date", "Place", "Item", "Quantity"],
        [1, f"{year}-01-05", "Torkham", "opium", 3],
        [2, f"{year}-02-05", "Torkham", "opium", 4],
    ]
    for year in (2020, 2021)
}


def test_ids_are_one_of_a_kind_whatever_tables_and_rows_are_called(
    seeds: Seeds, tmp_path: Path
) -> None:
    persian = dict(zip(("سال", "ماه"), SHEETS.values(), strict=True))
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for year in ("2020", "2021"):
            archive.writestr(f"{year}/a.csv", "Date,Place\n2021-01-05,Torkham\n")
        for name in ("one.xlsx", "two.xlsx"):
            archive.write(workbook(tmp_path / name, SHEETS), name)
    own = tmp_path / "own.csv"
    own.write_text("id,date,place\nrow3,2021-01-05,Torkham\n,2021-01-05,Torkham\n")
    for path, count in (
        (workbook(tmp_path / "a.xlsx", SHEETS), 4),
        (workbook(tmp_path / "b.xlsx", persian), 4),
        (packed, 10),
        (own, 2),
    ):
        found = bring(path, seeds)
        assert (found.counts.kept, found.joined["id"].nunique()) == (count, count)
    assert "a.zip/2020/a.csv" in set(bring(packed, seeds).report["file"])


def test_a_sheet_of_other_columns_is_read_and_a_summary_is_not(
    seeds: Seeds, tmp_path: Path
) -> None:
    wide: list[Any] = [
        "Date",
        "Place",
        "Item",
        "Quantity",
        "Province",
        "District",
        "Group",
        "Notes",
        "URL",
    ]
    drugs: Any = [wide, ["2020-01-05", "Torkham", "opium", 3, "", "", "", "", ""]]
    weapons: Any = [["Date", "Place", "Item", "Quantity"], ["2020-01-06", "Torkham", "pistol", 2]]
    summary: Any = [["Year", "Province", "Count"], [2020, "Nangarhar", 5]]
    remarks: Any = [["Read me"], ["Made by customs"]]
    sheets: dict[str, list[list[Any]]] = {
        "Drugs": drugs,
        "Weapons": weapons,
        "Sums": summary,
        "About": remarks,
    }
    found = bring(workbook(tmp_path / "a.xlsx", sheets), seeds)
    assert amounts(found) == [("opium", 3, "count"), ("pistol", 2, "count")]
    assert any("'Sums', looks like a summary of the others" in note for note in found.notes)
    told = "'About', has no column for the date and a place or coordinates and was not read"
    assert any(told in note for note in found.notes)


@pytest.mark.parametrize("decimal", ["", ","])
def test_a_number_of_a_workbook_is_never_one_of_thousands(
    decimal: str, seeds: Seeds, tmp_path: Path
) -> None:
    rows: list[list[Any]] = [["Date", "Lat", "Lon", "Item", "Menge (kg)"]]
    rows += [["2021-03-01", 34.126, 71.092, "opium", number] for number in (2.345, 12.125, 7)]
    fields = {
        "date": (Rule(columns=("Date",)),),
        "lat": (Rule(columns=("Lat",)),),
        "lon": (Rule(columns=("Lon",)),),
        "item": (Rule(columns=("Item",)),),
        "quantity": (Rule(columns=("Menge (kg)",)),),
        "unit": (Rule(fixed="kg"),),
    }
    mapping = Columns.model_validate({"kind": "seizure", "decimal": decimal, "fields": fields})
    path = workbook(tmp_path / "a.xlsx", {"One": rows})
    found = bring(path, seeds, mapping=mapping if decimal else None)
    assert found.items["quantity"].tolist() == [2.345, 12.125, 7.0]
    assert found.joined.geometry.x.tolist() == pytest.approx([71.092] * 3)


def test_a_further_item_that_says_something_else_is_told(seeds: Seeds, tmp_path: Path) -> None:
    found = sheet(
        seeds,
        tmp_path,
        "Ref,Item,Quantity,Group,Killed,Summary,Country",
        "7,opium,2,TTP,0,first,",
        "7,pistol,3,,,,",
        "7,pistol,1,TTP,0,second,",
        "7,mortar,1,ISKP,3,third,",
        "7,radio,1,,,,Pakistan",
    )
    assert len(found.joined) == 1
    assert [amount for _, amount, _ in amounts(found)] == [2, 3, 1]
    told = found.report["reason"].tolist()
    assert "a further item of the record of row 2" in told[1]
    assert "whose 'Summary' it keeps" not in told[1]
    assert "a further item of the record of row 2, whose 'Summary' it keeps" in told[2]
    assert "repeats the id of row 2, but not its 'Group', 'Killed', 'Summary'" in told[3]
    assert "but not its 'Country'" in told[4]


def test_a_column_of_crossings_names_crossings(seeds: Seeds, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"2021-03-01,{name},opium\n" for name in ("Islam Qala", "Torkham", "Kabul"))
    path.write_text(f"Date,Border crossing,Item\n{rows}", "utf-8")
    found = bring(path, seeds)
    assert found.joined["crossing"].tolist()[:2] == ["Islam Qala–Dogharun", "Torkham"]
    assert found.joined["precision"].tolist()[:2] == ["site", "site"]
    assert found.joined["place"].tolist() == ["Islam Qala", "Torkham", "Kabul"]
