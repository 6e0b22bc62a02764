"""The export panel without a browser: plans, commands, places, files; and the panel itself."""

from __future__ import annotations

import shlex
import threading
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.brought import Brought
from geo.errors import ExportError
from geo.filters import Filters
from geo.seeds import load_seeds
from geo.snapshots.manifest import data_checksums
from geo.snapshots.verify import verify_snapshot
from layers.data import DrawOptions
from layers.registry import default_layers
from layers.snapshot import FORMATS, Request, Sheet
from tests.conftest import Run
from views import export_make
from views.data import Atlas, load_atlas, select
from views.export_command import command_line
from views.export_make import MIME, Plan, file_name, make_file, my_turn
from views.export_place import HOME, part_shown, read_bounds
from views.export_words import KINDS, extent_words, layer_words, look_words, size_words

TORKHAM = Filters(kind="seizure", near="Torkham", within_km=10.0)
CSV = Plan(request=Request(format="csv"), filters=TORKHAM)
WAIT_S = 60
SEEDS = load_seeds()


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder that files are made in, empty."""
    monkeypatch.setattr(export_make, "folder", lambda: tmp_path)
    return tmp_path


def quiet(done: float) -> None:
    assert 0 <= done <= 1


def holds(path: Path, atlas: Atlas) -> bool:
    checksums = data_checksums(atlas.seeds.package, atlas.seeds.checksum)
    return verify_snapshot(path, atlas.seeds, atlas.joined, checksums).holds


# Words


def test_every_format_is_offered_once_and_has_a_type() -> None:
    offered = [suffix for kind in KINDS.values() for suffix in kind.formats]
    assert sorted(offered) == sorted(FORMATS)
    assert set(MIME) == {*FORMATS, "zip"}


def test_extents_layers_and_looks_in_words() -> None:
    assert extent_words(None) == "Afghanistan and the lands at its borders"
    assert extent_words((-0.5, -1.234, 71.1, 34)) == "0.50° W to 71.10° E, 1.23° S to 34.00° N"
    assert layer_words(("borders", "seizures")) == "Borders of Afghanistan, Seizures"
    assert layer_words(()) == "none"
    assert look_words(DrawOptions()) == "as signs"
    sized = DrawOptions(seizure_measure="drugs_kg", seizure_colour="goods")
    coloured = "colour of seizures by goods"
    assert look_words(sized) == f"as signs; size of seizures by drugs (kg); {coloured}"
    assert look_words(replace(sized, show_as="heat")) == "as heat"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "1 kB"), (1499, "1 kB"), (999_499, "999 kB"), (1_250_000, "1.2 MB")],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert size_words(size) == words


# Where the map is


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        "60,29,75,39",
        {"west": 60},
        [60, 29, 75],
        [60, 29, float("nan"), 39],
        [60, 29, "75", 39],
        [75, 29, 60, 39],
        [60, 29, 75, 29],
        [200, 29, 300, 39],
        [60, 10**400, 75, 39],
    ],
    ids=str,
)
def test_what_is_no_place_is_not_believed(told: Any) -> None:
    assert read_bounds(told) is None


def test_a_place_is_held_within_the_earth() -> None:
    assert read_bounds([70.5, 33, 71.5, 34.25]) == (70.5, 33.0, 71.5, 34.25)
    assert read_bounds([-500, -100, 500, 100]) == (-180.0, -85.0, 180.0, 85.0)


def test_a_map_of_all_of_afghanistan_asks_for_no_part() -> None:
    west, south, east, north = HOME
    assert part_shown(None) is None
    assert part_shown(HOME) is None
    assert part_shown((west - 9, south - 9, east + 9, north + 9)) is None
    assert part_shown((west + 1, south, east, north)) == (west + 1, south, east, north)


# The command


def test_the_command_says_only_what_is_not_as_usual(atlas: Atlas) -> None:
    plan = Plan(request=Request(format="html"), filters=Filters())
    assert command_line(plan, "all.html", SEEDS) == "python cli.py snapshot --out all.html"
    request = Request(
        format="png",
        title="-It's  a map",
        layer_ids=("borders",),
        options=DrawOptions(show_as="hexagons"),
        extent=(70.5, 33.25, 71.5, 34),
        sheet=Sheet(size="a3", landscape=False, dpi=300),
    )
    plan = Plan(request=request, filters=Filters(groups=("TTP", "ISKP")), each="year")
    assert shlex.split(command_line(plan, "map.zip", SEEDS)) == [
        *("python", "cli.py", "snapshot", "--group", "TTP", "--group", "ISKP"),
        *("--title=-It's a map", "--layers", "borders", "--show", "hexagons"),
        *("--extent", "70.5,33.25,71.5,34", "--size", "a3", "--portrait", "--dpi", "300"),
        *("--each", "year", "--out", "map.png"),
    ]
    none = replace(plan, request=replace(request, layer_ids=()))
    assert "--layers none" in command_line(none, "map.png", SEEDS)
    data = replace(plan, request=replace(request, format="kml"), each="")
    assert "--layers" not in command_line(data, "map.kml", SEEDS)
    assert "--extent" not in command_line(data, "map.kml", SEEDS)


def test_the_command_makes_the_same_records(
    atlas: Atlas, files: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    request = Request(format="csv", title="$(touch hostile) `x` \"y\" 'z' *")
    plan = Plan(request=request, filters=TORKHAM)
    made = make_file(plan, atlas, quiet)
    _, _, *given = shlex.split(command_line(plan, made.name, SEEDS))
    assert run(*given).returncode == 0
    assert (files / made.name).read_bytes() == made.path.read_bytes()


# Files


def test_the_command_brings_the_files_that_were_brought() -> None:
    brought = Brought(key="a-1", title="my file.csv", publisher="", licence="", kinds=("incident",))
    seeds = replace(SEEDS, brought=(brought,))
    every = (*default_layers(), "a-1-incidents")
    plan = Plan(request=Request(format="html", layer_ids=every), filters=Filters())
    start = "python cli.py snapshot --also 'my file.csv'"
    assert command_line(plan, "all.html", seeds) == f"{start} --out all.html"
    plan = replace(plan, request=replace(plan.request, layer_ids=("a-1-incidents",)))
    assert command_line(plan, "all.html", seeds) == f"{start} --layers a-1-incidents --out all.html"


def test_a_file_is_named_by_its_title_or_its_filters(atlas: Atlas) -> None:
    selection = select(atlas, TORKHAM)
    assert file_name(CSV, atlas, selection) == "Seizures-within-10-km-of-Torkham.csv"
    titled = replace(CSV, request=Request(format="pdf", title=' CON: "a" / \x00<b> '))
    assert file_name(titled, atlas, selection) == "CON-a-b.pdf"
    assert file_name(replace(titled, each="year"), atlas, selection) == "CON-a-b.zip"
    deck = Plan(request=Request(format="pptx"), filters=Filters(), each="year")
    assert file_name(deck, atlas, selection).endswith(".pptx")


def test_a_made_file_proves_itself(atlas: Atlas, files: Path) -> None:
    told: list[float] = []
    made = make_file(CSV, atlas, told.append)
    assert made.size == made.path.stat().st_size > 1000
    assert made.mime == "text/csv"
    assert list(files.iterdir()) == [made.path]
    assert told[0] == 0
    assert told[-1] == 1
    assert holds(made.path, atlas)


@pytest.mark.parametrize("each", ["group", "year"])
def test_a_file_for_each_goes_into_a_zip(atlas: Atlas, files: Path, each: Any) -> None:
    told: list[float] = []
    made = make_file(replace(CSV, each=each), atlas, told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 1)
    with zipfile.ZipFile(made.path) as archive:
        names = archive.namelist()
        archive.extractall(files / "out")
    records = select(atlas, TORKHAM).records
    if each == "year":
        assert "2022-Seizures-within-10-km-of-Torkham.csv" in names
    else:
        assert len(names) == len({group for group in records["group"] if group})
    for name in names:
        assert holds(files / "out" / name, atlas)
    rows = sum(len(pd.read_csv(files / "out" / name, comment="#")) for name in names)
    assert 0 < rows <= len(records)


def test_nothing_to_split_by_is_told(atlas: Atlas, files: Path) -> None:
    nothing = Plan(request=Request(format="csv"), filters=Filters(year="1999"), each="group")
    with pytest.raises(ExportError, match="None of these records names a group"):
        make_file(nothing, atlas, quiet)
    assert list(files.iterdir()) == []


@pytest.mark.parametrize("each", ["", "year"])
def test_what_is_broken_off_leaves_nothing_behind(atlas: Atlas, files: Path, each: Any) -> None:
    class StopError(BaseException):
        pass

    def stop(done: float) -> None:
        if done > 0.1:
            raise StopError

    with pytest.raises(StopError):
        make_file(replace(CSV, each=each), atlas, stop)
    assert list(files.iterdir()) == []


def test_the_oldest_files_go_when_there_are_many(
    atlas: Atlas, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_make, "MOST_FILES", 2)
    made = [make_file(CSV, atlas, quiet) for _ in range(3)]
    assert [each.path.is_file() for each in made] == [False, True, True]
    monkeypatch.setattr(export_make, "MOST_BYTES", 1)
    last = make_file(CSV, atlas, quiet)
    assert list(files.iterdir()) == [last.path]


def test_one_file_is_made_at_a_time() -> None:
    waited = threading.Event()
    entered: list[str] = []

    def second() -> None:
        with my_turn(waited.set):
            entered.append("second")

    with my_turn(lambda: None):
        other = threading.Thread(target=second)
        other.start()
        assert waited.wait(WAIT_S)
        assert entered == []
    other.join(WAIT_S)
    assert entered == ["second"]


@given(st.text(max_size=60), st.sampled_from(FORMATS))
def test_any_title_makes_a_command_that_splits_as_it_was_put_together(
    title: str, suffix: str
) -> None:
    plan = Plan(request=Request(format=suffix, title=title), filters=TORKHAM)
    words = shlex.split(command_line(plan, f"x.{suffix}", SEEDS))
    assert words[-2:] == ["--out", f"x.{suffix}"]
    wanted = " ".join(title.split())
    if wanted:
        assert f"--title={wanted}" in words or words[words.index("--title") + 1] == wanted


# The panel
