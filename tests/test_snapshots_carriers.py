"""Manifests inside files: put in, taken out, sealed."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from matplotlib.figure import Figure
from PIL import Image
from pptx import Presentation

from geo.snapshots.carriers import CARRIERS, get_manifest, put_manifest
from geo.snapshots.manifest import UNSEALED, manifest_text
from geo.snapshots.seal import is_intact, seal_file
from tests.snapshot_case import make_snapshot


@cache
def plain(suffix: str) -> bytes:
    """Make a small file of a format, with no manifest."""
    if suffix == "html":
        return b"<!DOCTYPE html><html><head><title>x</title></head><body>x</body></html>"
    written = io.BytesIO()
    if suffix == "pptx":
        Presentation().save(written)
    else:
        Figure(figsize=(1, 1)).savefig(written, format=suffix)
    return written.getvalue()


@cache
def text() -> str:
    return manifest_text([make_snapshot().manifest])


@pytest.fixture(params=CARRIERS)
def suffix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_manifest_is_put_in_and_taken_out(suffix: str) -> None:
    assert get_manifest(plain(suffix), suffix) is None
    carrying = put_manifest(plain(suffix), suffix, text())
    assert get_manifest(carrying, suffix) == text()
    assert put_manifest(plain(suffix), suffix, text()) == carrying


@pytest.mark.parametrize("junk", [b"", b"x", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"%PDF-1.4"])
def test_what_is_no_such_file_carries_nothing(suffix: str, junk: bytes) -> None:
    assert get_manifest(junk, suffix) is None


def test_a_sealed_file_still_opens(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"map.{suffix}"
    path.write_bytes(put_manifest(plain(suffix), suffix, text()))
    seal_file(path)
    assert is_intact(path)
    if suffix == "png":
        with Image.open(path) as image:
            image.verify()
    elif suffix == "pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            assert len(pdf) == 1
    elif suffix == "pptx":
        assert Presentation(str(path)).core_properties is not None


def test_one_changed_byte_breaks_the_seal(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"map.{suffix}"
    path.write_bytes(put_manifest(plain(suffix), suffix, text()))
    seal_file(path)
    sealed = path.read_bytes()
    for at in range(0, len(sealed), max(1, len(sealed) // 50)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        path.write_bytes(changed)
        assert not is_intact(path), at
    for cut in (sealed[:-1], sealed + b"\n", b""):
        path.write_bytes(cut)
        assert not is_intact(path)


def test_a_text_that_looks_like_a_seal_is_not_taken_for_one(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    page = plain("html").replace(b"<body>x", f"<body>{UNSEALED.replace('0', 'a')}".encode())
    path.write_bytes(put_manifest(page, "html", text()))
    seal_file(path)
    assert is_intact(path)


def test_a_file_without_room_cannot_be_sealed(tmp_path: Path) -> None:
    path = tmp_path / "map.txt"
    path.write_bytes(b"no manifest")
    with pytest.raises(ValueError, match="no room"):
        seal_file(path)
