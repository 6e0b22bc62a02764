"""The commands `snapshot` and `verify`, as a user types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.snapshots.verify import file_format, read_manifests
from tests.conftest import Run

AT_TORKHAM = ("--near", "Torkham", "--within-km", "10", "--kind", "seizure")


@pytest.fixture(autouse=True)
def _fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def test_a_snapshot_proves_itself(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "map.svg"
    done = run("snapshot", "--out", str(out), *AT_TORKHAM)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("34 of 1123 records; ")
    verified = run("verify", str(out))
    assert verified.returncode == 0
    assert verified.stdout.splitlines() == [
        "Title:   Seizures within 10 km of Torkham",
        "Made:    14 November 2023 by version 0.1.0, as svg",
        "Shows:   34 of 1123 records",
        "Data:    the same",
        "Records: the same",
        "File:    as it was written.",
        "Same data, same result.",
    ]
    out.write_bytes(out.read_bytes().replace(b"Torkham", b"Tarkham", 1))
    altered = run("verify", str(out))
    assert altered.returncode == 1
    assert altered.stdout.splitlines()[-1] == "Same data, same result; the file was altered."


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "geojson", "gpkg", "parquet", "kml"])
def test_records_written_to_a_file_prove_themselves(suffix: str, run: Run, tmp_path: Path) -> None:
    out = tmp_path / f"torkham.{suffix}"
    assert run("records", "--out", str(out), *AT_TORKHAM).returncode == 0
    assert file_format(out) == suffix
    assert run("verify", str(out)).stdout.splitlines()[-1] == "Same data, same result."


def test_a_sheet_for_each_year(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "drones.svg"
    done = run(
        "snapshot",
        "--out",
        str(out),
        "--text",
        "drone",
        "--from",
        "2023",
        "--to",
        "2025",
        "--each",
        "year",
    )
    assert done.returncode == 0
    made = {each.name: read_manifests(each)[0] for each in tmp_path.iterdir()}
    assert set(made) == {"drones-2024.svg", "drones-2025.svg"}
    assert made["drones-2024.svg"].filters["year"] == ["2024"]


def test_slides_for_each_group_are_one_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "groups.pptx"
    done = run("snapshot", "--out", str(out), *AT_TORKHAM, "--each", "group", "--dpi", "72")
    assert done.returncode == 0
    assert [each.filters["group"] for each in read_manifests(out)] == [
        ["Afghan Taliban"],
        ["Unattributed"],
    ]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--out", "map.docx"], "not a format of snapshots; end the name in .html"),
        (["--out", "map"], "not a format of snapshots"),
        (["--out", "none/map.svg"], "cannot be written"),
        (["--out", "map.svg", "--layers", "bordres"], "layers='bordres' is not known"),
        (["--out", "map.svg", "--extent", "60,30,75"], "is not four numbers"),
        (["--out", "map.svg", "--extent", "75,30,60,35"], "is no part of the earth"),
        (["--out", "map.svg", "--dpi", "7"], "dpi"),
        (["--out", "map.svg", "--size-seizures", "killed"], "choose from records, drugs_kg"),
        (["--out", "map.svg", "--size", "a5"], "size"),
        (["--out", "map.svg", "--near", "Torkam"], "try 'Torkham'"),
        (["--out", "map.svg", "--kind", "incident", "--item", "rifle", "--each", "year"], "--each"),
        ([], "out"),
    ],
)
def test_bad_input_ends_with_one_line_and_code_2(
    args: list[str],
    words: str,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("snapshot", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert words.casefold() in done.stderr.casefold()
    assert done.stderr.count("\n") == 1
    assert [*tmp_path.iterdir()] == []


def test_records_of_a_file_brought_beside_are_drawn_as_its_own_layer(
    run: Run, tmp_path: Path
) -> None:
    own, out = tmp_path / "own.csv", tmp_path / "map.svg"
    own.write_text("date,place,item\n2021-03-01,Torkham,opium\n", "utf-8")
    assert run("snapshot", "--also", str(own), "--out", str(out)).returncode == 0
    *usual, layer = read_manifests(out)[0].layers
    assert (usual[-2:], layer.endswith("-seizures")) == (["seizures", "incidents"], True)
    chosen = run("snapshot", "--also", str(own), "--layers", f"borders,{layer}", "--out", str(out))
    assert chosen.returncode == 0
    assert [*read_manifests(out)[0].layers] == ["borders", layer]
    assert run("snapshot", "--layers", layer, "--out", str(out)).returncode == 2


def test_no_snapshot_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff")
    done = run("verify", str(path))
    assert done.returncode == 2
    assert "photo.jpg: it holds no manifest" in done.stderr


def test_records_of_another_file_prove_themselves_with_it(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "mine.csv"
    data.write_text(run("records", "--year", "2022").stdout, encoding="utf-8")
    out = tmp_path / "map.geojson"
    assert run("records", "--data", str(data), "--out", str(out)).returncode == 0
    assert "mine.csv" in read_manifests(out)[0].data
    assert run("verify", str(out), "--data", str(data)).returncode == 0
    without = run("verify", str(out))
    assert without.returncode == 1
    assert "mine.csv" in without.stdout
    rows = data.read_text(encoding="utf-8").splitlines(keepends=True)
    data.write_text("".join(rows[:-1]), encoding="utf-8")
    changed = run("verify", str(out), "--data", str(data))
    assert "0 added, 1 removed, 0 changed" in changed.stdout


def test_several_snapshots_become_slides_as_their_manifests_say(run: Run, tmp_path: Path) -> None:
    data, page, out = (tmp_path / name for name in ("a.csv", "b.html", "deck.pptx"))
    run("records", *AT_TORKHAM, "--out", str(data))
    look = ("--layers", "borders,incidents", "--show", "heat", "--extent", "69,33,72,35")
    run("snapshot", "--group", "ISKP", "--title", "ISKP", *look, "--out", str(page))
    assert run("deck", str(data), str(page), "--out", str(out)).returncode == 0
    first, second = read_manifests(out)
    assert first.filters == {"kind": ["seizure"], "near": ["Torkham"], "within-km": ["10"]}
    assert (second.title, second.layers, second.look, second.extent) == (
        "ISKP",
        ("borders", "incidents"),
        {"show": "heat"},
        (69.0, 33.0, 72.0, 35.0),
    )
    assert {each.format for each in (first, second)} == {"pptx"}
    assert second.sheet == {"size": "16:9", "landscape": True, "dpi": 200}
    no_slides = run("deck", str(data), "--out", str(tmp_path / "deck.pdf"))
    assert (no_slides.returncode, "slides are a .pptx file" in no_slides.stderr) == (2, True)


def test_slides_of_a_file_that_was_brought_ask_for_it(run: Run, tmp_path: Path) -> None:
    own, out, slides = (tmp_path / name for name in ("own.csv", "map.svg", "deck.pptx"))
    own.write_text("date,place,item\n2021-03-01,Torkham,opium\n", "utf-8")
    run("snapshot", "--also", str(own), "--out", str(out))
    done = run("deck", str(out), "--out", str(slides))
    assert (done.returncode, "add it by --also" in done.stderr) == (2, True)
    assert run("deck", str(out), "--also", str(own), "--out", str(slides)).returncode == 0
    (tmp_path / "b").mkdir()
    other = tmp_path / "b" / "own.csv"
    other.write_text(own.read_text("utf-8"), "utf-8")
    twice = run("count", "--also", str(own), "--also", str(other), "--by", "kind")
    assert (twice.returncode, "Two files are called own.csv" in twice.stderr) == (2, True)
