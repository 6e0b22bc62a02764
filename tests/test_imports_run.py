"""A whole import: every row ends somewhere, joined and checked, with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.errors import ImportFileError
from geo.imports.choices import read_choices, write_unplaced
from geo.imports.limits import Limits
from geo.imports.mapping import Mapping, read_mapping, write_mapping
from geo.imports.named import place_key
from geo.imports.result import Import
from geo.seeds import Seeds
from tests.imports_case import bring, write_csv

KABUL = {"date": "2022-03-04", "lat": "34.53", "lon": "69.17", "country": "Afghanistan"}


def fates(found: Import) -> list[tuple[int, str]]:
    return list(zip(found.report["row"], found.report["fate"], strict=True))


def reasons(found: Import) -> list[str]:
    return found.report["reason"].tolist()


def one(seeds: Seeds, folder: Path, **row: Any) -> tuple[pd.Series, str]:
    """Import one row that is kept, and give its record and what was noted."""
    found = bring(write_csv(folder / "one.csv", {**KABUL, **row}), seeds)
    assert len(found.joined) == 1, reasons(found)
    return found.joined.iloc[0], reasons(found)[0]


def test_a_row_is_joined_as_the_built_in_records_are(seeds: Seeds, tmp_path: Path) -> None:
    row = {"place": "Torkham", "lat": "34.1267", "lon": "71.0927", "precision": "site"}
    record, _ = one(seeds, tmp_path, **row, killed="3", group="IS", notes="A made-up clash")
    assert record["kind"] == "incident"
    assert (record["adm1_reported"], record["adm1_today"]) == ("Nangarhar", "Nangarhar")
    assert (record["border"], record["crossing"]) == ("PAK", "Torkham")
    assert record["crossing_km"] < 1
    assert bool(record["crossing_supported"]) is True
    assert (record["group"], int(record["killed"])) == ("ISKP", 3)
    assert (record["summary"], record["source_name"]) == ("A made-up clash", "one.csv")
    assert record["id"] == f"{record['dataset']}~row2"
    assert record["dataset"].startswith("one-")


def test_fata_is_told_apart_before_its_merger(seeds: Seeds, tmp_path: Path) -> None:
    khyber = {"lat": "34.10", "lon": "71.15", "country": "Pakistan"}
    before, _ = one(seeds, tmp_path, **khyber, date="2018-05-01")
    after, _ = one(seeds, tmp_path, **khyber, date="2018-07-01")
    assert (before["adm1_reported"], before["adm1_today"]) == ("FATA", "Khyber Pakhtunkhwa")
    assert after["adm1_reported"] == "Khyber Pakhtunkhwa"


def test_swapped_coordinates_are_turned_round_and_said(seeds: Seeds, tmp_path: Path) -> None:
    record, note = one(seeds, tmp_path, lat="69.17", lon="34.53")
    assert (record["lat"], record["lon"]) == (34.53, 69.17)
    assert "swapped" in note
    # 60 E and 33 N may each be either: the country named decides.
    record, note = one(seeds, tmp_path, lat="61", lon="33.5", country="AFG")
    assert (record["lat"], "swapped" in note) == (33.5, True)


def test_coordinates_outside_the_country_named_are_noted(seeds: Seeds, tmp_path: Path) -> None:
    record, note = one(seeds, tmp_path, country="Pakistan")
    assert "lies in AFG, not in PAK" in note
    assert (record["country"], record["adm1_today"]) == ("PAK", "")


def test_precision_is_never_finer_than_it_was_said(seeds: Seeds, tmp_path: Path) -> None:
    assert one(seeds, tmp_path)[0]["precision"] == "district"
    assert one(seeds, tmp_path, precision="Site")[0]["precision"] == "site"
    record, note = one(seeds, tmp_path, precision="country")
    assert (record["precision"], record["province"]) == ("province", "")
    assert record.geometry is None
    assert "known to its country only" in note


@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        ({"lat": "north"}, "lat", "north", "no number of degrees"),
        ({"lat": ""}, "lat", "", "both be given"),
        ({"lat": "95", "lon": "195"}, "lat", "95 195", "no degrees"),
        ({"lat": "0", "lon": "0"}, "lat", "0 0", "outside the region"),
        ({"lat": "NaN", "lon": "inf"}, "lat", "NaN", "no number of degrees"),
        ({"date": "30 February 2022"}, "date", "30 February 2022", "no day of the calendar"),
        ({"date": ""}, "date", "", "has no date"),
        ({"killed": "-3"}, "killed", "-3", "no number of people"),
        ({"killed": "lots"}, "killed", "lots", "no number of people"),
        ({"precision": "parish"}, "precision", "parish", "is none of site, town"),
        ({"lat": "", "lon": "", "country": ""}, "place", "", "names no place"),
        ({"lat": "", "lon": "", "place": "N/A", "country": ""}, "place", "N/A", "names no place"),
        ({"lat": "", "lon": "", "place": "Qwxyz"}, "place", "Qwxyz", "no place that is known"),
        (
            {"lat": "", "lon": "", "district": "Qwxyz", "province": "Kabul"},
            *("district", "Qwxyz", "no place that is known"),
        ),
    ],
)
def test_a_rejected_row_names_column_value_and_reason(
    seeds: Seeds, tmp_path: Path, row: dict[str, str], column: str, value: str, reason: str
) -> None:
    plain = dict.fromkeys(("killed", "precision", "place", "district", "province"), "")
    path = write_csv(tmp_path / "a.csv", {**KABUL, **plain}, {**KABUL, **plain, **row})
    found = bring(path, seeds)
    told = found.report.iloc[1]
    assert (told["row"], told["fate"]) == (3, "rejected")
    if column != "place" or value:
        assert (told["column"], told["value"]) == (column, value)
    assert reason in told["reason"]
    assert len(found.joined) == 1


def test_rejected_rows_are_mended_and_brought_back(seeds: Seeds, tmp_path: Path) -> None:
    bad = {**KABUL, "date": "2022-02-31", "notes": "=1+1"}
    found = bring(write_csv(tmp_path / "a.csv", {**KABUL, "notes": "fine"}, bad), seeds)
    assert found.rejects is not None
    text = found.rejects.read_text(encoding="utf-8")
    # No spreadsheet runs it.
    assert ",'=1+1," in text
    assert "import reason" in text
    mended = tmp_path / "mended.csv"
    mended.write_text(text.replace("2022-02-31,34", "2022-02-28,34"), encoding="utf-8")
    again = bring(mended, seeds)
    assert (again.counts.kept, again.counts.rejected) == (1, 0)
    assert again.joined["date"].tolist() == ["2022-02-28"]
    assert again.joined["summary"].tolist() == ["=1+1"]


def test_places_without_coordinates_are_found_chosen_or_listed(
    seeds: Seeds, tmp_path: Path
) -> None:
    rows = [
        {"date": "2022-01-01", "place": place, "province": province, "item": "heroin"}
        for place, province in (
            *(("تورخم", ""), ("Jalalabad", ""), ("Jalalabad", "Nangarhar")),
            *(("Nowherabad", ""), ("", "Hilmand")),
        )
    ]
    path = write_csv(tmp_path / "names.csv", *rows)
    found = bring(path, seeds)
    assert fates(found) == [
        *((2, "noted"), (3, "rejected"), (4, "noted"), (5, "rejected"), (6, "noted"))
    ]
    assert found.joined["precision"].tolist() == ["site", "district", "province"]
    assert found.joined["adm1_today"].tolist() == ["Nangarhar", "Nangarhar", "Hilmand"]
    assert found.unplaced[["place", "status"]].to_numpy().tolist() == [
        ["Jalalabad", "ambiguous"],
        ["Nowherabad", "unknown"],
    ]
    listed = tmp_path / "choose.csv"
    write_unplaced(listed, found.unplaced)
    table = pd.read_csv(listed, dtype="str", keep_default_na=False)
    ids = found.unplaced["candidates"].iloc[0]
    town = next(each for each in ids if each.startswith("geonames:") and "1139715" in each)
    table.loc[table["place"] == "Jalalabad", "choice"] = town
    table.to_csv(listed, index=False)
    assert read_choices(listed) == {place_key("Jalalabad", "", "", ""): town}
    again = bring(path, seeds, choices=read_choices(listed))
    assert fates(again)[1] == (3, "noted")
    assert "placed as chosen" in reasons(again)[1]
    assert again.joined["lat"].iloc[1] == pytest.approx(34.43, abs=0.01)


def test_items_give_seizures_and_further_rows_further_items(seeds: Seeds, tmp_path: Path) -> None:
    row = {**KABUL, "ref": "7", "item": "Opium", "quantity": "2", "unit": "tonnes"}
    more = {**row, "item": "AK-pattern rifle", "quantity": "12", "unit": ""}
    other = {**row, "date": "2022-03-05"}
    found = bring(write_csv(tmp_path / "s.csv", row, more, other), seeds)
    assert found.joined[["kind", "category"]].to_numpy().tolist() == [["seizure", "opium"]]
    assert found.items.drop(columns=["record_id", "approx"]).to_numpy().tolist() == [
        ["opium", 2000.0, "kg", "drug"],
        ["AK-pattern rifle", 12.0, "count", "firearm"],
    ]
    assert "a further item of the record of row 2" in reasons(found)[1]
    assert "repeats the id of row 2" in reasons(found)[2]


def test_a_semicolon_file_with_decimal_commas(seeds: Seeds, tmp_path: Path) -> None:
    path = tmp_path / "de.csv"
    path.write_text(
        "Datum;Breite;Länge;Menge;Ware\n04.03.2022;34,53;69,17;1.250,5;opium\n", "cp1252"
    )
    mapping = Mapping.model_validate(
        {
            "kind": "seizure",
            "fields": {
                **{
                    name: {"columns": [column]}
                    for name, column in (("date", "Datum"), ("item", "Ware"))
                },
                **{
                    name: {"columns": [column]}
                    for name, column in (("lat", "Breite"), ("lon", "Länge"))
                },
                "quantity": {"columns": ["Menge"]},
                "unit": {"fixed": "kg"},
            },
        }
    )
    saved = tmp_path / "mapping.json"
    write_mapping(saved, mapping)
    assert read_mapping(saved) == mapping
    found = bring(path, seeds, mapping=read_mapping(saved))
    assert found.joined[["date", "lat", "lon"]].to_numpy().tolist() == [
        ["2022-03-04", 34.53, 69.17]
    ]
    assert found.items["quantity"].tolist() == [1250.5]


def test_records_of_the_atlas_come_back_as_they_were(
    seeds: Seeds, tmp_path: Path, run: Any
) -> None:
    kept = {}
    for suffix in ("csv", "geojson", "parquet"):
        path = tmp_path / f"own.{suffix}"
        assert (
            run("records", "--near", "Torkham", "--within-km", "1", "--out", str(path)).returncode
            == 0
        )
        found = bring(path, seeds, name="own")
        assert found.mapping.id == "khyber-atlas"
        assert found.counts.rejected == 0
        ids = found.joined["id"].str.removeprefix(f"{found.key}~")
        mine = seeds.records.set_index("id").loc[ids]
        for column in (
            "date",
            "place",
            "lat",
            "lon",
            "precision",
            "group",
            "summary",
            "source_url",
        ):
            assert found.joined[column].tolist() == mine[column].tolist(), column
        wanted = seeds.items[seeds.items["record_id"].isin(ids)]
        assert len(found.items) == len(wanted)
        assert found.items["quantity"].sum() == pytest.approx(wanted["quantity"].sum())
        # Each is found to be there already.
        known = found.pairs[found.pairs["strength"] == 4]
        assert set(known["other_id"]) <= set(ids)
        kept[suffix] = len(found.joined)
    assert set(kept.values()) == {len(found.joined)}


def test_a_file_without_a_date_is_told_what_it_has(seeds: Seeds, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", {"colour": "red", "lat": "34", "lon": "69"})
    with pytest.raises(ImportFileError, match=r"no column for the date\. It has 'colour', 'lat'"):
        bring(path, seeds)
    with pytest.raises(ImportFileError, match="has not the layout of UCDP"):
        bring(path, seeds, preset="ucdp-ged")
    with pytest.raises(ImportFileError, match="'moon' is no preset; use auto, generic, acled"):
        bring(path, seeds, preset="moon")
    path = write_csv(tmp_path / "b.csv", *[KABUL] * 12)
    with pytest.raises(ImportFileError, match="more than 10 rows"):
        bring(path, seeds, limits=Limits(rows=10))
