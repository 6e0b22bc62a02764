"""Write GeoJSON so that the same input always gives the same bytes."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

GEOMETRY = Path(__file__).resolve().parents[1] / "geometry"
DECIMALS = 5

Feature = tuple[Mapping[str, Any], BaseGeometry]


def write_features(name: str, features: Iterable[Feature], *, folder: Path = GEOMETRY) -> Path:
    """Write features (properties, geometry in WGS84) as one compact GeoJSON file.

    One feature a line, in the order given; at most five decimals (about 1 m);
    polygons normalised and wound as RFC 7946 asks; line order is kept. The
    file is written whole or not at all.
    """
    lines = [_dump(properties, geometry) for properties, geometry in features]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    return write_text(folder / name, text)


def write_text(path: Path, text: str) -> Path:
    """Write text as UTF-8 with LF line ends, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return path


def _dump(properties: Mapping[str, Any], geometry: BaseGeometry) -> str:
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        geometry = shapely.orient_polygons(shapely.normalize(geometry))
    feature = {
        "type": "Feature",
        "properties": dict(properties),
        "geometry": _rounded(mapping(geometry)),
    }
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _rounded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0  # + 0.0 turns -0.0 into 0.0
    return value
