"""What commands write on a terminal: nothing of a file's own acts on it."""

from __future__ import annotations

import io

import pytest

from commands.terminal import plain, show

HOSTILE = "a \x1b]0;pwned\x07\x1b[2J b\u202e"


class Terminal(io.StringIO):
    """Standard output of a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_letters_and_a_pipe_gets_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for out, text in (
        (Terminal(), "heading\na  ]0;pwned  [2J b \n"),
        (io.StringIO(), f"heading\n{HOSTILE}\n"),
    ):
        monkeypatch.setattr("sys.stdout", out)
        show(f"heading\n{HOSTILE}\n")
        assert out.getvalue() == text
    assert plain(HOSTILE).isprintable()
