"""The file of named views: small JSON, which anyone may have made or altered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import from_json

from geo.errors import AtlasError
from geo.filters import WORDS
from views.choices import APP_WORDS, MOST_VALUES, read_query
from views.words import cut

if TYPE_CHECKING:
    from collections.abc import Collection

    from pydantic_core import ErrorDetails

    from geo.vocabulary import Vocabulary

FORMAT: Final = "khyber-atlas-views"
VERSION: Final = 1
MOST_BYTES: Final = 256 * 1024
MOST_VIEWS: Final = 200
MOST_WORDS: Final = len(WORDS) + len(APP_WORDS)
LONGEST_NAME: Final = 80
LONGEST_WORD: Final = 40
LONGEST_VALUE: Final = 2500
MOST_FAULTS: Final = 8
_CUT: Final = 60

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)
]
_Word = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_WORD)]
_Value = Annotated[str, StringConstraints(max_length=LONGEST_VALUE)]
_Values = Annotated[list[_Value], Field(min_length=1, max_length=MOST_VALUES)]


class SavedView(BaseModel):
    """A view under a name: the words of its address, each with its values."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: Name
    query: Annotated[dict[_Word, _Values], Field(max_length=MOST_WORDS)]


class ViewsFile(BaseModel):
    """What a file of views holds."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    format: Literal["khyber-atlas-views"] = FORMAT
    version: Literal[1] = VERSION
    views: Annotated[list[SavedView], Field(max_length=MOST_VIEWS)]


class ViewsError(AtlasError):
    """A file holds no views that can be read; the message has a line for each fault."""


def write_views(views: Collection[SavedView]) -> bytes:
    """Write views as a file.

    Returns
    -------
    bytes
        UTF-8 JSON; :func:`read_views` reads it back.
    """
    return f"{ViewsFile(views=list(views)).model_dump_json(indent=2)}\n".encode()


def read_views(data: bytes, file_name: str) -> list[SavedView]:
    """Read a file of views: all of it or nothing.

    Parameters
    ----------
    data
        The file's content; anything at all.
    file_name
        What to call it.

    Returns
    -------
    list of SavedView

    Raises
    ------
    ViewsError
        With a line for each fault: the file, the view, the word and the value
        it is in, and what is wrong with it.
    """
    name = cut(" ".join(file_name.split()) or "The file", _CUT)
    if len(data) > MOST_BYTES:
        msg = f"{name} is larger than {MOST_BYTES // 1024} kB: it is no file of views."
        raise ViewsError(msg)
    try:
        raw = from_json(data)
    except ValueError as error:
        msg = f"{name} is not JSON ({cut(str(error), 100)})."
        raise ViewsError(msg) from error
    try:
        views = ViewsFile.model_validate(raw).views
    except ValidationError as error:
        found = error.errors(include_url=False)
        lines = [f"{name}{_where(each['loc'], raw)}: {_what(each)}" for each in found]
        raise ViewsError(_few(lines)) from error
    twice = _twice([view.name for view in views])
    if twice:
        lines = [f"{name}: the name “{cut(each, _CUT)}” is there twice." for each in twice]
        raise ViewsError(_few(lines))
    return views


def check_views(
    views: Collection[SavedView], vocabulary: Vocabulary, records: Collection[str], file_name: str
) -> list[str]:
    """Say what of some views the data does not know; it is left out when one is opened.

    Parameters
    ----------
    views
        Views of a file.
    vocabulary
        The values that the data knows.
    records
        Ids of all records.
    file_name
        What to call the file.

    Returns
    -------
    list of str
        A sentence for each thing: the file, the view, the word and the value.
    """
    told = []
    for view in views:
        _, complaints = read_query(view.query, vocabulary, records)
        strange = [word for word in view.query if word not in (*WORDS, *APP_WORDS)]
        said = " ".join(complaints)
        complaints += [
            f"{word!r} is not a word of a link." for word in strange if repr(word) not in said
        ]
        told += [f"{file_name}, view “{cut(view.name, _CUT)}”: {each}" for each in complaints]
    return told


def _twice(names: list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _few(lines: list[str]) -> str:
    more = len(lines) - MOST_FAULTS
    kept = lines[:MOST_FAULTS]
    return "\n".join([*kept, f"{more} more faults."] if more > 0 else kept)


def _where(place: tuple[int | str, ...], raw: Any) -> str:
    """Name the place of a fault: the view by number and name, the word, the value."""
    parts = list(place)
    if parts[:1] == ["views"] and len(parts) > 1 and isinstance(parts[1], int):
        told = f", view {parts[1] + 1}{_name_of(raw, parts[1])}"
        rest = parts[2:]
        if rest[:1] == ["query"]:
            if len(rest) > 1:
                told += f", word {cut(str(rest[1]), LONGEST_WORD)!r}"
            if len(rest) > 2 and isinstance(rest[2], int):
                told += f", value {rest[2] + 1}"
            return told if len(rest) > 1 else f"{told}, 'query'"
        return f"{told}, {cut(str(rest[0]), LONGEST_WORD)!r}" if rest else told
    return f", {cut(str(parts[0]), LONGEST_WORD)!r}" if parts else ""


def _name_of(raw: Any, at: int) -> str:
    try:
        name = raw["views"][at]["name"]
    except (KeyError, IndexError, TypeError):
        return ""
    return f" “{cut(' '.join(name.split()), _CUT)}”" if isinstance(name, str) and name else ""


def _what(fault: ErrorDetails) -> str:
    limits = fault.get("ctx", {})
    most = limits.get("max_length", "")
    told = {
        "missing": "is missing.",
        "extra_forbidden": "is not known here; take it out.",
        "string_type": "must be text.",
        "string_too_long": f"is longer than {most} letters.",
        "string_too_short": "is empty.",
        "list_type": "must be a list.",
        "dict_type": "must be words, each with a list of values.",
        "model_type": "must be an object.",
        "too_long": f"has more than {most} entries.",
        "too_short": "has no values.",
        "literal_error": f"must be {limits.get('expected', '')}.",
        "string_unicode": "is not valid text.",
    }
    return told.get(fault["type"], f"cannot be read ({cut(fault['msg'], 100)}).")
