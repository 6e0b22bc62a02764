"""Files: written whole or not at all, under names that every system takes."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

LONGEST_NAME: Final = 80
"""Letters of a name; in UTF-8 they stay below the 255 bytes that file systems allow."""

_RESERVED: Final = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)")
"""Names that Windows keeps for devices."""


def safe_name(title: str, suffix: str) -> str:
    """Make a file name of a title.

    Parameters
    ----------
    title
        Any text.
    suffix
        Without its dot, such as ``pdf``.

    Returns
    -------
    str
        Words in any script, joined by hyphens; safe on Linux, macOS and
        Windows, in a link and in a shell.
    """
    plain = unicodedata.normalize("NFC", title)
    kept = "".join(letter if _is_kept(letter) else " " for letter in plain)
    stem = "-".join(kept.split())[:LONGEST_NAME].strip("-")
    while len(stem.encode()) > 3 * LONGEST_NAME:
        stem = stem[:-1]
    if not stem or _RESERVED.match(stem):
        stem = f"khyber-atlas-{stem}".strip("-")
    return f"{stem}.{suffix}"


def unlike_name(name: str, taken: set[str]) -> str:
    """Tell apart names that were made alike, on systems too where case does not count.

    Parameters
    ----------
    name
        A file's name.
    taken
        Names given so far, folded; the new one is added.

    Returns
    -------
    str
        The name, with a number before its suffix if it is taken.
    """
    stem, _, suffix = name.rpartition(".")
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}.{suffix}"
    taken.add(name.casefold())
    return name


def _is_kept(letter: str) -> bool:
    # Letters, the marks that go with them, and digits.
    return unicodedata.category(letter)[0] in "LMN" or letter == "-"


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary file to write; it takes its place only if all went well.

    Parameters
    ----------
    path
        Where the file is to be; one that is there stays until the new one is
        complete.

    Yields
    ------
    pathlib.Path
        An empty file in the same folder, with the same suffix.

    Raises
    ------
    OSError
        If the folder is missing or cannot be written to.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".khyber-") as folder:
        temporary = Path(folder) / f"part{path.suffix}"
        temporary.touch(mode=0o644)
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    path
        Where to; a file there is replaced only once the new one is complete.
    content
        Text (written as UTF-8) or bytes.

    Raises
    ------
    OSError
        If the folder is missing or cannot be written to.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with whole_file(path) as temporary:
        temporary.write_bytes(data)
