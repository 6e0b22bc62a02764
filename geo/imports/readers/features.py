"""GeoJSON, feature by feature: a broken one is told, the others are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

import ijson
import numpy as np
import pandas as pd
import pyproj
import shapely
from shapely.geometry import shape

from geo.errors import ImportFileError
from geo.imports.limits import Limits
from geo.imports.readers.cells import cell_text
from geo.imports.readers.shapes import POINT_COLUMNS, find_crs, read_points
from geo.imports.table import CHUNK_ROWS, BadRow, Chunk, Table, unique_names

FEATURES: Final = "features.item"
OBJECTS: Final = "item"
FEATURE_ID: Final = "feature id"
"""Column of what stands beside a feature's properties."""

_HEAD_BYTES: Final = 4096
_BROKEN: Final = (ijson.JSONError, UnicodeError, ValueError, OverflowError)


def read_features(path: Path, file: str, limits: Limits) -> list[Table]:
    """Read GeoJSON, or JSON that is a list of plain objects.

    Parameters
    ----------
    path, file, limits
        As :func:`geo.imports.readers.comma.read_comma`.

    Raises
    ------
    ImportFileError
        If it is no JSON of features, holds none, or is in an unknown CRS.
    """
    with path.open("rb") as raw:
        head = raw.read(_HEAD_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()
    where = OBJECTS if head.startswith(b"[") else FEATURES
    crs = _find_crs(path, file)
    names: dict[str, None] = {}
    found, fault = False, ""
    # All of them: a property may come late.
    for feature, fault in _features(path, where, limits):
        found = found or not fault
        if isinstance(feature, dict):
            names |= dict.fromkeys(map(str, _properties(feature)))
        if len(names) > limits.columns:
            break
    if not found:
        msg = f"{file} holds no features; give a GeoJSON FeatureCollection, or a list of objects."
        raise ImportFileError(f"{file}: {fault}." if fault else msg)
    if len(names) > limits.columns:
        msg = f"{file}: its features have over {limits.columns} properties; leave some out."
        raise ImportFileError(msg)
    columns = unique_names(list(names), taken=POINT_COLUMNS)
    return [
        Table(
            file=file,
            columns=(*columns, *POINT_COLUMNS),
            read=lambda: _chunks(path, where, list(names), columns, crs, limits),
            notes=(f"read as GeoJSON in {crs.name}",),
        )
    ]


def _chunks(
    path: Path,
    where: str,
    names: list[str],
    columns: tuple[str, ...],
    crs: pyproj.CRS,
    limits: Limits,
) -> Iterator[Chunk]:
    batch = _Batch(names, columns, crs, limits)
    for number, (feature, fault) in enumerate(_features(path, where, limits), start=1):
        batch.add(number, feature, fault)
        if len(batch) >= CHUNK_ROWS:
            yield batch.chunk()
            batch = _Batch(names, columns, crs, limits)
    yield batch.chunk()


class _Batch:
    """Features gathered for one chunk."""

    def __init__(
        self, names: list[str], columns: tuple[str, ...], crs: pyproj.CRS, limits: Limits
    ) -> None:
        self.names, self.columns, self.crs, self.limits = names, columns, crs, limits
        self.numbers: list[int] = []
        self.cells: list[list[str]] = []
        self.shapes: list[Any] = []
        self.bad: list[BadRow] = []

    def __len__(self) -> int:
        return len(self.numbers) + len(self.bad)

    def add(self, number: int, feature: Any, fault: str) -> None:
        """Take a feature, or what is wrong with it."""
        cells: list[str] = []
        if not fault:
            fault = _fault(feature, self.limits)
        if not fault:
            own = _properties(feature)
            cells = [cell_text(own.get(name), self.limits.cell_letters) for name in self.names]
            long = [at for at, cell in enumerate(cells) if len(cell) > self.limits.cell_letters]
            if long:
                fault = f"{self.columns[long[0]]} is longer than {self.limits.cell_letters} letters"
        placed, geometry_fault = (None, "") if fault else _shape(feature)
        if fault or geometry_fault:
            named = dict(zip(self.columns, cells, strict=False))
            column = "" if fault else "geometry"
            reason = fault or geometry_fault
            self.bad.append(BadRow(row=number, column=column, value="", reason=reason, cells=named))
            return
        self.numbers.append(number)
        self.cells.append(cells)
        self.shapes.append(placed)

    def chunk(self) -> Chunk:
        """Give what was gathered, each geometry as a point."""
        shapes = np.array([*self.shapes, None], dtype=object)[:-1]
        points, faults = read_points(shapes, self.crs, self.limits)
        rows = pd.DataFrame(self.cells, columns=list(self.columns), dtype=object)
        rows = pd.concat([rows, points], axis="columns")
        rows.index = pd.Index(self.numbers, dtype="int64")
        for at, reason in faults.items():
            named = dict(zip(self.columns, self.cells[at], strict=True))
            self.bad.append(
                BadRow(
                    row=self.numbers[at], column="geometry", value="", reason=reason, cells=named
                )
            )
        kept = rows[[at not in faults for at in range(len(rows))]]
        return Chunk(rows=kept, bad=tuple(self.bad))


def _features(path: Path, where: str, limits: Limits) -> Iterator[tuple[Any, str]]:
    """Give each feature, and at the end what keeps the file from being read further."""
    with path.open("rb") as raw:
        try:
            for feature in ijson.items(_Shallow(raw, limits), where, use_float=True):
                yield feature, ""
        except (*_BROKEN, RecursionError) as error:
            plain = " ".join(str(error).split())[:120]
            yield None, f"the file cannot be read beyond here ({plain}); mend or save it anew"


class _Shallow:
    """A file that ends with an error where its brackets nest too deep, before anyone parses it."""

    def __init__(self, raw: IO[bytes], limits: Limits) -> None:
        self._raw, self._most = raw, limits.depth
        self._depth = 0
        self._in_text = False
        self._escape = False

    def read(self, size: int = -1) -> bytes:
        piece = self._raw.read(size)
        self._follow(piece)
        return piece

    def _follow(self, piece: bytes) -> None:
        for token in _TOKENS.findall(piece):
            if self._escape:
                self._escape = False
            elif self._in_text:
                self._in_text = token != b'"'
                self._escape = token == b"\\"
            elif token == b'"':
                self._in_text = True
            elif token in b"[{":
                self._depth += 1
            elif token in b"]}":
                self._depth -= 1
            if self._depth > self._most:
                msg = f"it is nested deeper than {self._most} levels"
                raise ValueError(msg)


_TOKENS: Final = re.compile(rb'["\\\[\]{}]')


def _find_crs(path: Path, file: str) -> pyproj.CRS:
    """Read the CRS of GeoJSON of before 2016, which names one beside its features."""
    with path.open("rb") as raw:
        ends = raw.read(_HEAD_BYTES)
        raw.seek(max(path.stat().st_size - _HEAD_BYTES, 0))
        ends += b"\n" + raw.read(_HEAD_BYTES)
    text = ends.decode("utf-8", "replace")
    named = re.search(r'"crs"\s*:\s*\{[^}]*"name"\s*:\s*"([^"]{1,200})"', text)
    return find_crs(named[1] if named else None, file)


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    if feature.get("type") != "Feature":
        return feature
    given = feature.get("properties")
    own = given if isinstance(given, dict) else {}
    named = feature.get("id")
    return own if named is None or FEATURE_ID in own else {**own, FEATURE_ID: named}


def _fault(feature: Any, limits: Limits) -> str:
    if not isinstance(feature, dict):
        return "it is no object of JSON; give features"
    if len(_properties(feature)) > 2 * limits.columns:
        return f"it has over {2 * limits.columns} properties"
    return ""


def _shape(feature: dict[str, Any]) -> tuple[Any, str]:
    geometry = feature.get("geometry") if feature.get("type") == "Feature" else None
    if not geometry:
        return None, ""
    try:
        return shapely.force_2d(shape(geometry)), ""
    except (*_BROKEN, AttributeError, KeyError, TypeError, IndexError) as error:
        plain = " ".join(str(error).split())[:80]
        return None, f"its geometry is no geometry of GeoJSON ({plain}); mend or remove it"
    except (shapely.errors.ShapelyError, RecursionError) as error:
        return None, f"its geometry cannot be read ({type(error).__name__}); mend or remove it"
