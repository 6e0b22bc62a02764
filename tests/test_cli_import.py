"""``import`` on the command line: another source's file into records, none lost."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geo.snapshots.verify import read_manifests
from tests.conftest import Run

SAMPLE = Path(__file__).parent / "imports" / "ucdp-ged.csv"
SHEET = (
    "Date,Place,Province,Item,Quantity,Unit\r\n"
    "2021-08-15,Torkham,Nangarhar,opium,12,kg\r\n"
    "2021-08-16,Jalalabad,,heroin,3,kg\r\n"
    "someday,Torkham,,heroin,3,kg\r\n"
)


def table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")


def test_a_file_of_another_source_becomes_records(run: Run, tmp_path: Path) -> None:
    out, report = tmp_path / "ged.csv", tmp_path / "report.csv"
    done = run("import", str(SAMPLE), "--out", str(out), "--report", str(report))
    assert done.returncode == 0
    assert "22 rows read as UCDP Georeferenced Event Dataset" in done.stderr
    records, told = table(out), table(report)
    assert len(records) == 22
    assert records["id"].str.startswith("ucdp-ged-").all()
    assert records["killed_high"].iloc[0] == "6"
    assert told["fate"].isin(["accepted", "noted", "rejected"]).all()
    assert len(told) == 22
    assert list(read_manifests(out)[0].data) == ["ucdp-ged.csv"]
    again = run("records", "--data", str(out), "--group", "ISKP")
    assert again.returncode == 0
    assert f"\n{(records['group'] == 'ISKP').sum()} of 22 records" in again.stderr


def test_places_are_chosen_and_rejected_rows_come_back(run: Run, tmp_path: Path) -> None:
    sheet, out = tmp_path / "sheet.csv", tmp_path / "out.parquet"
    sheet.write_text(SHEET, encoding="utf-8")
    unplaced, rejects, pairs = (tmp_path / f"{name}.csv" for name in ("un", "re", "pairs"))
    saved = tmp_path / "mapping.json"
    done = run(
        *("import", str(sheet), "--out", str(out), "--unplaced", str(unplaced)),
        *("--rejects", str(rejects), "--pairs", str(pairs), "--save-mapping", str(saved)),
    )
    assert done.returncode == 0
    assert "1 accepted with a note, 2 rejected; 1 record." in done.stderr
    assert "row 4: Date 'someday' is no date" in done.stderr
    assert table(rejects)["import row"].tolist() == ["3", "4"]
    choices = table(unplaced)
    assert choices[["place", "status"]].to_numpy().tolist() == [["Jalalabad", "ambiguous"]]
    assert "Jalalabad, town, Nangarhar" in choices["candidates"].iloc[0]
    choices["choice"] = choices["candidates"].str.split("; ").str[0]
    choices.to_csv(unplaced, index=False)
    again = run(
        *("import", str(sheet), "--out", str(out), "--mapping", str(saved)),
        *("--places", str(unplaced)),
    )
    assert "2 accepted with a note, 1 rejected; 2 records." in again.stderr
    beside = run("count", "--also", str(sheet), "--by", "kind")
    assert beside.stdout.splitlines()[-1] == "all records,1124"
    assert "sheet.csv: 2 rows rejected" in beside.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("none.csv", "--out", "a.csv"), "none.csv cannot be read (No such file"),
        (("SHEET", "--out", "a.doc"), "give a file that ends in one of .csv"),
        (("SHEET", "--out", "a.csv", "--preset", "moon"), "'moon' is no preset"),
        (("SHEET", "--out", "a.csv", "--preset", "gtd"), "has not the layout of Global Terrorism"),
        (("SHEET", "--out", "a.csv", "--mapping", "none.json"), "cannot be read as a mapping"),
        (("SHEET", "--out", "no/such/a.csv"), "cannot be written"),
        (("SHEET", "--out", "SHEET"), "sheet.csv would be written over"),
        (("SHEET", "--out", "a.csv", "--report", "a.csv"), "a.csv would be written over"),
        (
            ("SHEET", "--out", "a.csv", "--places", "c.csv", "--unplaced", "c.csv"),
            "c.csv would be written over",
        ),
        (("SHEET", "SHEET", "--out", "a.csv"), "sheet.csv is given twice"),
        (("SHEET", "--out", "a.csv", "--places", "none.csv"), "none.csv cannot be read (No such"),
        (("SHEET", "--out", "a.csv", "--places", "SHEET"), "no column 'place'; give a file that"),
    ],
)
def test_bad_input_is_one_line_and_code_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sheet.csv").write_text(SHEET, encoding="utf-8")
    done = run("import", *(each.replace("SHEET", "sheet.csv") for each in args))
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Error: ")
    assert not list(tmp_path.glob("a.*"))


def test_a_file_without_a_good_row_says_so(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("date,place\nnever,Kabul\n", encoding="utf-8")
    rejects = tmp_path / "rejects.csv"
    done = run("import", str(sheet), "--out", str(tmp_path / "a.csv"), "--rejects", str(rejects))
    assert done.returncode == 2
    assert "No row of sheet.csv became a record" in done.stderr
    assert len(table(rejects)) == 1


def test_several_files_become_one_and_are_paired(run: Run, tmp_path: Path) -> None:
    row = "2013-02-03,Torkham,Nangarhar,opium,12,kg\r\n"
    files = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.csv"
        path.write_text(f"{SHEET.splitlines()[0]}\r\n{row}never,{row}", encoding="utf-8")
        files.append(str(path))
    out, report, rejects, pairs = (tmp_path / f"{name}.csv" for name in ("out", "re", "ej", "pa"))
    done = run(
        *("import", *files, "--out", str(out), "--report", str(report)),
        *("--rejects", str(rejects), "--pairs", str(pairs)),
    )
    assert done.returncode == 0
    assert "one.csv: 2 rows read as Table of records" in done.stderr
    assert len(table(out)) == 2
    assert sorted(read_manifests(out)[0].data) == ["one.csv", "two.csv"]
    assert table(report)["file"].tolist() == ["one.csv"] * 2 + ["two.csv"] * 2
    assert table(rejects)["import file"].tolist() == ["one.csv", "two.csv"]
    own = table(pairs)
    assert own["other_id"].str.startswith("one-").sum() == 1


def test_a_mapping_to_correct_is_written_where_a_file_does_not_do(run: Run, tmp_path: Path) -> None:
    sheet, saved, out = (tmp_path / name for name in ("a.csv", "mapping.json", "out.csv"))
    sheet.write_text("Tehty,Place,Item\n2021-01-01,Torkham,opium\n", encoding="utf-8")
    told = ("import", str(sheet), "--out", str(out))
    done = run(*told, "--save-mapping", str(saved))
    assert (done.returncode, "no column for the date" in done.stderr) == (2, True)
    text = saved.read_text("utf-8").replace(
        '"fields": {', '"fields": {"date": [{"columns": ["Tehty"]}],'
    )
    saved.write_text(text, encoding="utf-8")
    assert run(*told, "--mapping", str(saved)).returncode == 0
    assert table(out)["date"].tolist() == ["2021-01-01"]


def test_a_choice_that_is_no_place_is_told_and_one_saved_by_a_spreadsheet_is_read(
    run: Run, tmp_path: Path
) -> None:
    sheet, out, places = (tmp_path / name for name in ("a.csv", "out.csv", "places.csv"))
    sheet.write_text("date,place\n2021-01-01,Jalalabad\n", encoding="utf-8")
    run("import", str(sheet), "--out", str(out), "--unplaced", str(places))
    choices = table(places).drop(columns="candidates")
    told = ("import", str(sheet), "--out", str(out), "--places", str(places))
    choices.assign(choice="34.56,69.21").to_csv(places, index=False)
    done = run(*told)
    assert done.returncode == 2
    assert "The choice '34.56,69.21' for 'Jalalabad' is no place" in done.stderr
    choices.assign(choice="geonames:1139715").to_csv(places, sep=";", encoding="cp1252")
    assert run(*told).returncode == 0
    assert table(out)["precision"].tolist() == ["town"]
    places.write_text("place,district,province,country,choice\nJalalabad,,,,x\nHerat\n", "utf-8")
    done = run(*told)
    assert (done.returncode, "places.csv, row 3: " in done.stderr) == (2, True)


def test_records_are_told_apart_by_the_file_that_brought_them(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    counted = run("count", "--also", str(sheet), "--by", "file")
    assert counted.stdout.splitlines() == [
        "File,all records",
        "Khyber Atlas,1123",
        "sheet.csv,1",
        "all records,1124",
    ]
    own = run("records", "--also", str(sheet), "--file", "sheet.csv")
    assert len(own.stdout.splitlines()) == 2
    without = run("records", "--also", str(sheet), "--file", "khyber atlas", "--near", "Torkham")
    assert "sheet-" not in without.stdout
    done = run("records", "--file", "sheet.csv")
    assert (done.returncode, "file='sheet.csv' is not known" in done.stderr) == (2, True)
