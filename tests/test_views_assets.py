"""Serving the map's files: whole, by their content, and the old ones cleaned up."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from geo.errors import AtlasError
from views.assets import KEPT_DAYS, are_served, serve_files

FILES = {"a.js": "1", "b.css": "2"}


def test_files_are_served_by_their_content(tmp_path: Path) -> None:
    folder = serve_files(FILES, tmp_path / "static")
    assert {path.name: path.read_text() for path in folder.iterdir()} == FILES
    assert serve_files(FILES, tmp_path / "static") == folder
    assert serve_files(FILES | {"a.js": "3"}, tmp_path / "static") != folder


def test_bytes_are_served_as_they_are(tmp_path: Path) -> None:
    columns = bytes(range(256))
    folder = serve_files({"a.bin": columns}, tmp_path)
    assert (folder / "a.bin").read_bytes() == columns


def test_a_broken_file_is_mended(tmp_path: Path) -> None:
    folder = serve_files(FILES, tmp_path)
    (folder / "a.js").write_text("half")
    (folder / "b.css").unlink()
    assert not are_served(folder, tuple(FILES))
    serve_files(FILES, tmp_path)
    assert are_served(folder, tuple(FILES))
    assert (folder / "a.js").read_text() == "1"


def test_only_old_folders_of_ours_are_removed(tmp_path: Path) -> None:
    old, new = tmp_path / ("0" * 16), tmp_path / ("1" * 16)
    other = tmp_path / "pictures"
    for folder in (old, new, other):
        folder.mkdir()
    long_ago = time.time() - (KEPT_DAYS + 1) * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    os.utime(other, (long_ago, long_ago))
    serve_files(FILES, tmp_path)
    assert not old.exists()
    assert new.exists()
    assert other.exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "static").write_text("a file in the way")
    with pytest.raises(AtlasError, match=r"static/ cannot be written to"):
        serve_files(FILES, tmp_path / "static")
