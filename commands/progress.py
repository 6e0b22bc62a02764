"""Progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import typer

from commands.terminal import plain

_STEPS: Final = 100


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[float], None]]:
    """Show a bar on standard error while something long goes on; nothing where that is a file.

    Parameters
    ----------
    label
        What goes on.

    Yields
    ------
    callable
        To be called with the part done, 0 to 1.
    """
    hidden = not sys.stderr.isatty()
    with typer.progressbar(
        length=_STEPS, label=plain(label), file=sys.stderr, hidden=hidden
    ) as bar:
        yield lambda done: bar.update(max(0, int(done * _STEPS) - bar.pos))
