"""Imports that are kept on the server: folders of GeoParquet that only a key opens."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import ImportFileError
from geo.imports.bundle import load_import, save_import
from geo.imports.limits import STORE_BYTES

if TYPE_CHECKING:
    from geo.imports.result import Import

FOLDER_VARIABLE: Final = "KHYBER_ATLAS_IMPORTS"
"""Environment variable by which an operator names the folder."""

KEY_BYTES: Final = 24
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{32}")
_PART: Final = ".part-"
_STALE_S: Final = 3600


def find_store() -> Store | None:
    """Give the operator's store; ``None``: there is none."""
    named = os.environ.get(FOLDER_VARIABLE, "").strip()
    return Store(Path(named).expanduser()) if named else None


class Store:
    """Imports in a folder.

    Each lies in a folder named by the SHA-256 of its key: who reads the list of
    folders still cannot make a link.

    Parameters
    ----------
    folder
        Made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, found: Import) -> str:
        """Keep an import, whole or not at all.

        Returns
        -------
        str
            The key that opens it.

        Raises
        ------
        ImportFileError
            If the folder cannot be written to, or the disk is full.
        """
        key = secrets.token_urlsafe(KEY_BYTES)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._sweep()
            if self._bytes() > STORE_BYTES:
                msg = "The server has no room for more imports; ask its operator"
                raise ImportFileError(msg)
            part = Path(tempfile.mkdtemp(prefix=_PART, dir=self.folder))
            try:
                save_import(found, part)
                _settle(part)
                part.rename(self._place(key))
            except BaseException:
                shutil.rmtree(part, ignore_errors=True)
                raise
        except OSError as error:
            msg = f"The import cannot be kept ({error.strerror or error}); nothing was stored."
            raise ImportFileError(msg) from error
        return key

    def open(self, key: str) -> Import:
        """Open an import by its key.

        Raises
        ------
        ImportFileError
            If there is none of that key.
        """
        if not _KEY.fullmatch(key) or not self._place(key).is_dir():
            msg = "The link names records that this server does not keep (any more)."
            raise ImportFileError(msg)
        return load_import(self._place(key))

    def forget(self, key: str) -> None:
        """Remove an import; one that is not there is gone already."""
        if _KEY.fullmatch(key):
            shutil.rmtree(self._place(key), ignore_errors=True)

    def _sweep(self) -> None:
        """Remove what a server left half written that was killed."""
        for part in self.folder.glob(f"{_PART}*"):
            if time.time() - part.stat().st_mtime > _STALE_S:
                shutil.rmtree(part, ignore_errors=True)

    def _bytes(self) -> int:
        return sum(path.stat().st_size for path in self.folder.glob("*/*"))

    def _place(self, key: str) -> Path:
        return self.folder / hashlib.sha256(key.encode()).hexdigest()


def _settle(folder: Path) -> None:
    """See that what was written lies on the disk, before it gets its name."""
    for path in (*folder.iterdir(), folder):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
