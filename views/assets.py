"""The map's own files in ``static/``, which Streamlit serves: nothing comes from elsewhere."""

from __future__ import annotations

import re
import secrets
import shutil
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import AtlasError
from geo.files import write_whole
from geo.scratch import held_folder, sweep
from layers.assets import version_of

if TYPE_CHECKING:
    from collections.abc import Mapping

STATIC: Final = Path(__file__).resolve().parent.parent / "static"
"""The folder that ``server.enableStaticServing`` serves under ``app/static/``."""

FROM_MAP: Final = "../../app/static"
"""That folder as the map's frame sees it, wherever the app itself is served."""

KEPT_DAYS: Final = 7
OWN: Final = "own-"
"""Starts the name of a server's folder of what visitors brought, which goes with it."""

_OURS: Final = re.compile(r"[0-9a-f]{16}")


def serve_files(contents: Mapping[str, str | bytes], static: Path = STATIC) -> Path:
    """Write files into a folder named by their content.

    Folders of other versions are removed once no server has started with them
    for ``KEPT_DAYS``: one that runs still needs its own.

    Parameters
    ----------
    contents
        Content by file name.
    static
        Folder to make the version's folder in.

    Returns
    -------
    pathlib.Path
        The version's folder, holding every file whole.

    Raises
    ------
    AtlasError
        If the folder cannot be written to.
    """
    folder = static / version_of(contents)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            if not _holds(folder / name, content):
                write_whole(folder / name, content)
        folder.touch()
    except OSError as error:
        msg = (
            f"The folder {static.name}/ cannot be written to ({error.strerror}); "
            "let the server's user write to it: the map's files go there."
        )
        raise AtlasError(msg) from error
    _clean(static, folder)
    return folder


class OwnFiles:
    """Files for one visitor: in a folder that nobody can guess, gone with this object.

    Parameters
    ----------
    contents
        Content by file name.
    static
        Folder to make their folder in.

    Attributes
    ----------
    folder
        Where they lie.
    address
        That under the served folder.

    Raises
    ------
    AtlasError
        If the folder cannot be written to.
    """

    def __init__(self, contents: Mapping[str, str | bytes], static: Path = STATIC) -> None:
        try:
            static.mkdir(parents=True, exist_ok=True)
            # A server that is killed cannot take its visitors' files with it; the next one does.
            self.folder = held_folder(static, OWN) / secrets.token_urlsafe(24)
            self.folder.mkdir(mode=0o700)
        except OSError as error:
            raise _unwritten(error) from error
        self.address = f"{self.folder.parent.name}/{self.folder.name}"
        self._gone = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        try:
            for name, content in contents.items():
                data = content.encode("utf-8") if isinstance(content, str) else content
                (self.folder / name).write_bytes(data)
        except OSError as error:
            self._gone()
            raise _unwritten(error) from error


def _unwritten(error: OSError) -> AtlasError:
    return AtlasError(f"The map's files cannot be written ({error.strerror}); try again later.")


def are_served(folder: Path, names: tuple[str, ...]) -> bool:
    """Tell whether all files of a version are still there."""
    return all((folder / name).is_file() for name in names)


def _holds(path: Path, content: str | bytes) -> bool:
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _clean(static: Path, current: Path) -> None:
    oldest = time.time() - KEPT_DAYS * 24 * 3600
    for folder in static.iterdir():
        ours = folder.is_dir() and _OURS.fullmatch(folder.name)
        if ours and folder != current and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
    sweep(static, OWN)
