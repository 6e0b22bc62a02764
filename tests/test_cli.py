"""The command line: its contract, as a user types it."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geo.filters import WORDS
from geo.seeds import SEEDS
from tests.conftest import Run

ROOT = Path(__file__).resolve().parent.parent


def test_it_runs_as_a_program_and_into_a_closed_pipe() -> None:
    """`records | head -1` ends without a traceback."""
    command = [sys.executable, "-W", "error", "cli.py", "records"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("id,kind,date,")
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
    assert process.returncode == 0


def test_the_torkham_seizures_are_listed_with_their_sources(run: Run) -> None:
    done = run("records", "--near", "Torkham", "--within-km", "10", "--kind", "seizure")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0
    assert len(rows) == 34
    assert done.stderr.startswith("34 of 1123 records; ")
    assert {row["kind"] for row in rows} == {"seizure"}
    assert {row["crossing"] for row in rows} == {"Torkham"}
    assert all(float(row["crossing_km"]) <= 10 for row in rows)
    assert all(row["source_url"].startswith(("http://", "https://")) for row in rows)


def test_ttp_attacks_do_not_count_strikes_on_the_ttp(run: Run) -> None:
    done = run("records", "--group", "ttp", "--role", "perpetrator", "--format", "geojson")
    rows = [feature["properties"] for feature in json.loads(done.stdout)["features"]]
    assert rows
    assert {(row["group"], row["role"]) for row in rows} == {("TTP", "perpetrator")}


def test_an_export_written_to_a_file_is_data_for_the_next_run(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "khost.csv"
    assert run("records", "--province", "khost", "--out", str(out)).returncode == 0
    again = run("records", "--data", str(out))
    assert again.returncode == 0
    assert again.stdout == run("records", "--province", "khost").stdout


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--near", "Torkam"), "near='Torkam' is not known; try 'Torkham'"),
        (("--group", "TPP"), "group='TPP' is not known; try 'TTP'"),
        (("--year", "22"), "year: '22' is not a date; write YYYY"),
        (("--within-km", "ten", "--near", "Torkham"), "within-km='ten' is not a distance"),
        (("--within-km", "5"), "within-km needs a crossing (near), a route or a border"),
        (("--from", "2023", "--to", "2022"), "from='2023' is after to='2022'"),
        (("--data", "none.csv"), "none.csv cannot be read (No such file"),
        (("--out", "no/such/folder/x.csv"), "cannot be written"),
        (("--format", "doc"), "'doc' is not one of 'csv', 'xlsx', 'geojson'"),
        (("--colour", "red"), "No such option: --colour"),
    ],
)
def test_bad_input_ends_with_one_line_and_code_2(
    run: Run, args: tuple[str, ...], told: str
) -> None:
    done = run("records", *args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert told in done.stderr


def test_no_command_says_so(run: Run) -> None:
    done = run()
    assert (done.returncode, done.stderr) == (2, "Error: Missing command. See --help.\n")


def test_every_filter_of_the_contract_is_an_option(run: Run) -> None:
    text = run("records", "--help").stdout
    for word in [*WORDS, "data", "format", "out"]:
        assert f"--{word} " in text


def test_layers_are_listed_with_source_and_licence(run: Run) -> None:
    done = run("layers")
    heading, *lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert heading == ["id", "name", "features", "source", "licence"]
    counts = {line[0]: int(line[2]) for line in lines}
    assert counts["borders"] == 6
    assert counts["crossings"] == 32
    assert counts["seizures"] + counts["incidents"] == 1123
    assert all(all(line) for line in lines)


def test_the_built_in_data_passes_its_check(run: Run) -> None:
    done = run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "FAIL" not in done.stdout
    for part in ("Pakistan       2761.6 km  published   2670 km", "no gap, no overlap", "Torkham"):
        assert part in done.stdout


def test_altered_data_fails_the_check(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "seeds"
    shutil.copytree(SEEDS, copy, ignore=shutil.ignore_patterns("build", "__pycache__"))
    table = copy / "records" / "seizures.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",AFG,", ",XXX,", 1), "utf-8")
    done = run("check", "--seeds", str(copy))
    assert done.returncode == 2
    assert "records/seizures.csv, row " in done.stdout
    assert '"XXX"' in done.stdout
    assert "hash" in done.stdout
