"""Lines on a terminal, in which nothing of a file's own acts on it."""

from __future__ import annotations

import sys

import typer


def plain(text: str) -> str:
    """Write a text without what moves a terminal's cursor, clears it or names its window."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def say(line: str) -> None:
    """Say a line on standard error, whatever is in it."""
    typer.echo(plain(line), err=True)


def show(text: str) -> None:
    """Write on standard output: to a pipe as it is, to a terminal so that nothing acts on it."""
    if sys.stdout.isatty():
        text = "".join(f"{plain(line)}\n" for line in text.splitlines())
    sys.stdout.write(text)
