"""Import of a large file in the layout of UCDP GED, against the plain libraries.

Left, ``import_file``: every row read, mapped, validated, placed, joined to
provinces (then and now), borders, crossings and routes, and paired with the
built-in records. Right, what a script of five lines does: ``pandas.read_csv`` of
the same file and ``geopandas.sjoin`` of its points on the provinces of today,
once as it comes (``intersects``) and once ``within``. Each in a process of its
own; time and peak memory of the whole process.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench._ged import write_ged
from bench._timing import markdown
from geo.seeds import load_seeds

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).resolve().parents[1]
SIDES: Final = ("import", "plain", "plain-within")
NAMES: Final = {
    "import": "import_file: validated, joined, paired",
    "plain": "pandas.read_csv + geopandas.sjoin",
    "plain-within": "the same with predicate=within",
}


def main() -> None:
    """Measure all sides on one file and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=400_000)
    parser.add_argument("--side", choices=SIDES)
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    if options.side:
        print(json.dumps(_measure(options.side, options.file)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "ged.csv"
        if options.file is None:
            write_ged(path, options.rows, load_seeds())
        megabytes = path.stat().st_size / 1e6
        print(f"{options.rows} rows, {megabytes:.0f} MB\n")
        found = {side: _run(side, path) for side in SIDES}
    print(_table(found, megabytes))


def _run(side: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.imports", "--side", side, "--file", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _measure(side: str, path: Path) -> dict[str, float]:
    seeds = load_seeds()
    begun = time.perf_counter()
    kept = _import(path, seeds) if side == "import" else _plain(path, seeds, side)
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "peak_mb": _peak_mb(), "rows": float(kept)}


def _import(path: Path, seeds: object) -> int:
    from geo.imports.run import Plan, import_file

    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(path=path, name=path.name, folder=Path(folder), preset="ucdp-ged")
        found = import_file(plan, seeds)  # type: ignore[arg-type]
        counts = found.counts
        assert counts.read == counts.accepted + counts.noted + counts.rejected
        return counts.kept


def _plain(path: Path, seeds: object, side: str) -> int:
    import geopandas as gpd
    import pandas as pd

    from geo.places import valid_on

    provinces = seeds.provinces  # type: ignore[attr-defined]
    today = provinces[valid_on(provinces)][["unit", "name", "geometry"]]
    rows = pd.read_csv(path)
    points = gpd.points_from_xy(rows["longitude"], rows["latitude"])
    frame = gpd.GeoDataFrame(rows, geometry=points, crs=4326)
    predicate = "within" if side == "plain-within" else "intersects"
    return len(gpd.sjoin(frame, today, how="left", predicate=predicate))


def _peak_mb() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _table(found: dict[str, dict[str, float]], megabytes: float) -> str:
    ours = found["import"]
    rows: list[Sequence[str]] = [
        (
            NAMES[side],
            f"{each['seconds']:.1f}",
            f"{ours['seconds'] / each['seconds']:.2f}",
            f"{each['peak_mb']:.0f}",
            f"{each['peak_mb'] / megabytes:.1f}",
        )
        for side, each in found.items()
    ]
    return markdown(("what", "seconds", "import ÷ it", "peak MB", "× the file"), rows)


if __name__ == "__main__":
    main()
