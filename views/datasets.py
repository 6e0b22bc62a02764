"""The records that a visitor has brought: with the session, or kept by the operator's leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import AtlasError, ImportFileError
from geo.imports.store import Store, find_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.imports.job import Running
    from geo.imports.result import Import

WORK: Final = "imports-work"
"""Key of what a visitor is bringing at the moment (:mod:`views.imports_work`)."""

TAKEN_OUT: Final = "taken-out"
"""Key of what is to be told of imports that were taken out again."""

_OWN: Final = "own-imports"
_TOKENS: Final = "own-tokens"
_FAULTS: Final = "own-faults"
_DROPPED: Final = "own-dropped"
_MINE: Final = "own-kept"
_OFF_MAP: Final = "own-off-map"
MOST_IMPORTS: Final = 10
"""Sets of records in one session."""

MOST_KEPT: Final = 10
"""Sets of records that one session may keep on the server."""


def own_imports() -> tuple[Import, ...]:
    """Give this session's imports, in the order of their coming."""
    return tuple(found for found, _ in _held().values())


def add_import(running: Running) -> Import:
    """Take what a finished job has imported; one of the same file takes its place.

    Parameters
    ----------
    running
        A job that is over; its folder lives as long as the session's import.

    Raises
    ------
    ImportFileError
        If it failed, saying why, or there are too many.
    """
    found = running.result()
    held = _held()
    if found.key in held and held[found.key][0].checksums != found.checksums:
        msg = f"{found.title} has the key of another file; rename it and import it anew."
        raise ImportFileError(msg)
    if found.key not in held and len(held) >= MOST_IMPORTS:
        msg = f"{MOST_IMPORTS} files are here already; remove one first."
        raise ImportFileError(msg)
    held[found.key] = (found, running)
    return found


def drop_newest() -> Import | None:
    """Take out the import that came last; ``None``: there is none."""
    held = _held()
    if not held:
        return None
    found = held.popitem()[1][0]
    _dropped().add(_tokens().pop(found.key, ""))
    told: list[str] = st.session_state.setdefault(TAKEN_OUT, [])
    told.append(
        f"“{found.title}” cannot be laid beside the other records; look for values in it that "
        "are out of all proportion."
    )
    return found


def remove_import(key: str) -> None:
    """Take an import out of this session; one that is kept on the server stays there."""
    found, _ = _held().pop(key, (None, None))
    token = _tokens().pop(key, "")
    # The address still names it: it is not to come back by that.
    _dropped().add(token)
    if found is not None and token in _mine():
        _off_map()[token] = found.title


def kept_off_map() -> dict[str, str]:
    """Give the title of each import, by its token, that this session keeps and does not show."""
    return dict(_off_map())


def put_back(token: str) -> None:
    """Lay an import that is kept beside the other records again."""
    _dropped().discard(token)
    _off_map().pop(token, None)
    open_kept([token])


def forget_token(token: str) -> None:
    """Remove from the server what this session has put there."""
    if token in _mine():
        _mine().discard(token)
        _off_map().pop(token, None)
        _store().forget(token)


def can_keep() -> bool:
    """Tell whether the operator has named a folder for imports to be kept in."""
    return find_store() is not None


def keep_import(key: str) -> str:
    """Keep an import on the server.

    Returns
    -------
    str
        Its key for the address: whoever has it sees the records.

    Raises
    ------
    AtlasError
        If it cannot be kept.
    """
    if kept_token(key):
        return kept_token(key)
    if len(_mine()) >= MOST_KEPT:
        msg = f"This session has kept {MOST_KEPT} files already; take one off first"
        raise ImportFileError(msg)
    found, _ = _held()[key]
    _tokens()[key] = _store().keep(found)
    _mine().add(_tokens()[key])
    return _tokens()[key]


def may_forget(key: str) -> bool:
    """Tell whether this session may take an import off the server: it put it there."""
    return kept_token(key) in _mine()


def kept_token(key: str) -> str:
    """Give the key under which an import is kept; empty: it is not."""
    return _tokens().get(key, "")


def forget_kept(key: str) -> None:
    """Remove an import from the server; it stays with this session."""
    if may_forget(key):
        token = _tokens().pop(key)
        _dropped().add(token)
        forget_token(token)


def kept_tokens() -> list[str]:
    """Give the keys of all that are kept, for the address."""
    return [*_tokens().values()]


def open_kept(tokens: Sequence[str]) -> None:
    """Open the imports that an address names, those not open yet."""
    faults: list[str] = []
    st.session_state[_FAULTS] = faults
    for token in dict.fromkeys(tokens[:MOST_IMPORTS]):
        if token in _tokens().values() or token in _dropped():
            continue
        try:
            found = _store().open(token)
        except AtlasError as error:
            faults.append(str(error))
            continue
        _held()[found.key] = (found, None)
        _tokens()[found.key] = token


def complaints() -> list[str]:
    """Say what the address names and could not be opened: a sentence each."""
    return list(st.session_state.get(_FAULTS, ()))


def _store() -> Store:
    store = find_store()
    if store is None:
        msg = "This server keeps no imports; its operator has named no folder for them."
        raise ImportFileError(msg)
    return store


def _held() -> dict[str, tuple[Import, Running | None]]:
    held: dict[str, tuple[Import, Running | None]] = st.session_state.setdefault(_OWN, {})
    return held


def _dropped() -> set[str]:
    dropped: set[str] = st.session_state.setdefault(_DROPPED, set())
    return dropped


def _off_map() -> dict[str, str]:
    off: dict[str, str] = st.session_state.setdefault(_OFF_MAP, {})
    return off


def _mine() -> set[str]:
    mine: set[str] = st.session_state.setdefault(_MINE, set())
    return mine


def _tokens() -> dict[str, str]:
    tokens: dict[str, str] = st.session_state.setdefault(_TOKENS, {})
    return tokens
