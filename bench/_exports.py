"""Write many records to a file, ours or plainly, and measure it: one process a file."""

from __future__ import annotations

import ctypes
import gc
import json
import pickle
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd
import pyarrow as pa

from bench._timing import seconds_of
from bench.made import made_up_joined
from geo.filters import Filters
from geo.formats import Dataset, write_data
from geo.formats.dataset import COLUMNS
from geo.seeds import load_seeds
from geo.select import select_all

if TYPE_CHECKING:
    import geopandas as gpd

OURS: Final = "ours"
PLAIN: Final = "plain"
SIDES: Final = (OURS, PLAIN)
WARM_ROWS: Final = 50
"""Written before what is measured: what is slow only once is no matter of many records."""

STATUS: Final = Path("/proc/self/status")
CLEAR: Final = Path("/proc/self/clear_refs")
RESET_PEAK: Final = "5"

Plain = Callable[["gpd.GeoDataFrame", Path], object]


class Taken(NamedTuple):
    """What writing one file took."""

    seconds: float
    peak_mb: float
    file_mb: float


def _table(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(frame.drop(columns="geometry"))


PLAINLY: Final[dict[str, tuple[str, Plain]]] = {
    "csv": (
        "`to_csv`",
        lambda frame, path: _table(frame).to_csv(path, index=False),
    ),
    "xlsx": (
        "`to_excel`",
        lambda frame, path: _table(frame).to_excel(path, index=False),
    ),
    "geojson": (
        '`to_file(driver="GeoJSON")`',
        lambda frame, path: frame.to_file(path, driver="GeoJSON"),
    ),
    "gpkg": (
        '`to_file(driver="GPKG")`',
        lambda frame, path: frame.to_file(path, driver="GPKG"),
    ),
    "parquet": ("`to_parquet`", lambda frame, path: frame.to_parquet(path)),
    "kml": ('`to_file(driver="KML")`', lambda frame, path: frame.to_file(path, driver="KML")),
}
"""By format, what pandas and geopandas offer; latitude and longitude are columns."""


def made_up_dataset(n: int) -> Dataset:
    """Make up joined records with their items, a source each, and all that is said of them."""
    from layers.exports import dataset_of
    from layers.snapshot import Request, take_snapshot

    seeds = load_seeds()
    records, items = made_up_joined(n, seeds)
    sources = pd.DataFrame(
        {"record_id": records["id"], "rank": "1", "name": "Made up", "url": "", "date": ""},
        dtype="str",
    ).astype({"rank": seeds.sources["rank"].dtype})
    snapshot = take_snapshot(
        Request(format="csv", title="Made up for a benchmark"),
        seeds=replace(seeds, items=items, sources=sources[list(seeds.sources.columns)]),
        filters=Filters(),
        selection=select_all(records),
    )
    return dataset_of(snapshot)


def write(side: str, suffix: str, dataset: Dataset, path: Path) -> None:
    """Write a file of data in our way or in the plain one."""
    if side == OURS:
        write_data(path, dataset, suffix)
    else:
        PLAINLY[suffix][1](dataset.records[[*COLUMNS, "geometry"]], path)


def measure_here(side: str, suffix: str, dataset: Dataset, folder: Path) -> Taken:
    """Write a file in this process: seconds, and memory beyond what the data takes."""
    few = replace(dataset, records=dataset.records.iloc[:WARM_ROWS])
    write(side, suffix, few, folder / f"few.{suffix}")
    out = folder / f"many.{suffix}"
    held_mb = _hold_no_more_than_needed()
    seconds = seconds_of(lambda: write(side, suffix, dataset, out))
    peak_mb = _status_mb("VmHWM") - held_mb
    return Taken(seconds=seconds, peak_mb=peak_mb, file_mb=out.stat().st_size / 1e6)


def _hold_no_more_than_needed() -> float:
    """Give back what reading took, and count the most memory anew; megabytes held now."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    if not CLEAR.exists():
        return float("nan")
    ctypes.CDLL(None).malloc_trim(0)
    CLEAR.write_text(RESET_PEAK)
    return _status_mb("VmRSS")


def _status_mb(name: str) -> float:
    if not STATUS.exists():
        return float("nan")
    found = re.search(rf"(?m)^{name}:\s+(\d+) kB", STATUS.read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1000


def make_file(n: int, path: Path) -> None:
    """Make up a dataset in a process of its own and keep it in a file."""
    _run("make", str(n), str(path))


def measure(side: str, suffix: str, data: Path) -> Taken:
    """Write the dataset of a file in a process of its own, and measure it.

    Parameters
    ----------
    side, suffix
        One of ``SIDES``, and of ``PLAINLY``.
    data
        As :func:`make_file` makes it.
    """
    return Taken(**json.loads(_run("write", side, suffix, str(data))))


def _run(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bench._exports", *words], stdout=subprocess.PIPE, check=True
    )
    return done.stdout.decode()


def main(task: str, *words: str) -> None:
    """Do what :func:`make_file` and :func:`measure` ask a new process for."""
    if task == "make":
        with Path(words[1]).open("wb") as file:
            pickle.dump(made_up_dataset(int(words[0])), file, protocol=pickle.HIGHEST_PROTOCOL)
        return
    side, suffix, data = words
    with Path(data).open("rb") as file:
        dataset: Any = pickle.load(file)  # noqa: S301 - made by this module
    with tempfile.TemporaryDirectory() as folder:
        taken = measure_here(side, suffix, dataset, Path(folder))
    print(json.dumps(taken._asdict()))


if __name__ == "__main__":
    main(*sys.argv[1:])
