"""The benchmark of snapshots measures what it says; how fast is no matter of tests."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Browser

from bench import _exports, _pictures, snapshots
from bench._exports import OURS, PLAIN, PLAINLY, Taken
from bench._pictures import NEW, RUNNING, Studio
from bench._plain_map import Camera
from geo.formats import Dataset, read_data
from geo.formats.dataset import COLUMNS
from geo.seeds import Seeds
from tests.get_browser import find_browser

N: Final = 70
READ: Final[dict[str, Callable[[Path], Any]]] = {
    "csv": pd.read_csv,
    "xlsx": partial(pd.read_excel, engine="calamine"),
    "parquet": gpd.read_parquet,
    **dict.fromkeys(("geojson", "gpkg", "kml"), gpd.read_file),
}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return _exports.made_up_dataset(N)


@pytest.mark.parametrize("suffix", PLAINLY)
def test_both_sides_write_the_same_records(suffix: str, dataset: Dataset, tmp_path: Path) -> None:
    for side in _exports.SIDES:
        path = tmp_path / f"{side}.{suffix}"
        _exports.write(side, suffix, dataset, path)
        if side == PLAIN:
            rows = READ[suffix](path)
            # In KML an id is another thing.
            assert rows["lat"].astype(float).tolist() == dataset.records["lat"].tolist()
            assert {*COLUMNS} <= {*rows.columns}
        else:
            read = read_data(path, suffix)
            assert read.records["id"].tolist() == dataset.records["id"].tolist()
            assert (len(read.items), len(read.sources)) == (len(dataset.items), N)


def test_what_a_file_took_is_told_by_a_new_process_too(dataset: Dataset, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.write_bytes(pickle.dumps(dataset))
    plain = _exports.measure(PLAIN, "csv", data)
    ours = _exports.measure_here(OURS, "csv", dataset, tmp_path)
    assert plain.seconds > 0
    assert plain.file_mb > 0.01
    # Ours holds what it says of itself beside the records.
    assert ours.file_mb > plain.file_mb


def test_the_table_of_exports_has_both_sides_and_ratios() -> None:
    ours = [Taken(2.0, 300.0, 50.0), Taken(4.0, 100.0, 50.0)]
    plain = [Taken(6.0, 50.0, 40.0), Taken(6.0, 150.0, 40.0)]
    head, _, row = snapshots.export_table({"gpkg": {"ours": ours, "plain": plain}}).splitlines()
    assert head.startswith("| format | plain way | rounds | ours, s | plain, s | ratio |")
    assert row == (
        '| gpkg | `to_file(driver="GPKG")` | 2 | 3.00 (2.00–4.00) | 6.00 (6.00–6.00) | 0.50 × '
        "| 200 (100–300) | 100 (50–150) | 2.00 × | 50.0 | 40.0 |"
    )


def test_what_takes_long_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def measure(side: str, suffix: str, _: Path) -> Taken:
        asked.append((suffix, side))
        return Taken(99.0 if (suffix, side) == ("xlsx", PLAIN) else 1.0, 1.0, 1.0)

    monkeypatch.setattr(snapshots, "measure", measure)
    snapshots.measure_exports(Path("data"), ["csv", "xlsx"], 2)
    ours_first = [("csv", "ours"), ("csv", "plain")]
    assert asked == [*ours_first, ("xlsx", "ours"), ("xlsx", "plain"), *ours_first[::-1]]


@pytest.fixture
def studio(seeds: Seeds, joined: gpd.GeoDataFrame, browser: Browser, tmp_path: Path) -> Studio:
    executable = find_browser()
    assert executable is not None
    camera = Camera(browser.browser_type, executable)
    return Studio(seeds=seeds, joined=joined, folder=tmp_path, camera=camera)


def test_both_pictures_have_as_many_dots_and_something_on_them(studio: Studio) -> None:
    pictures = [Image.open(draw(studio)).convert("L") for draw in _pictures.DRAW.values()]
    ours, plain = (picture.width * picture.height for picture in pictures)
    assert plain == pytest.approx(ours, rel=0.01)
    for picture in pictures:
        assert len(picture.getcolors() or []) > 100


def test_the_table_of_pages_has_bytes_of_both(studio: Studio) -> None:
    head, _, ours, whole, few, _ = _pictures.page_table(studio).splitlines()
    assert head.startswith("| page of the built-in data | bytes | ours is | Leaflet inside, bytes")
    assert "≤ 2,000,000: met" in ours
    assert whole.count("×") == few.count("×") == 2


def test_the_table_of_pictures_has_the_target() -> None:
    timings = {
        name: {"sheet": [1.0], "folium": [seconds]}
        for name, seconds in ((RUNNING, 2.0), (NEW, 1.0))
    }
    running, new = _pictures.picture_table(timings).splitlines()[2:]
    assert running == f"| {RUNNING} | 1 | 1.00 | 2.00 | 0.50 × | ≤ 1/2: met | 0.20 × |"
    assert new.endswith("| 1.00 × | ≤ 1/2: **missed** | 0.25 × |")
