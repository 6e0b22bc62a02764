"""How to cite a record: its own sources first, then the atlas for its joins."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from geo.brought import DATASET
from geo.dates import parse_period, show_date
from geo.errors import DateError
from geo.notes import PROGRAM, program_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from geo.brought import Brought
    from geo.seeds import Seeds

CONTRIBUTORS: Final = f"{PROGRAM} contributors"
CHECKSUM_LETTERS: Final = 12
_KINDS: Final = {"seizure": "seizure", "incident": "incident"}
_TEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_IN_ADDRESS: Final = "/:?#[]@!$&'()*+,;=%~-._"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a record was reported.

    Attributes
    ----------
    name
        The publisher; empty: not named.
    url
        An http(s) address; empty: none.
    date
        As given: a day, a month or a year; empty: not known.
    """

    name: str
    url: str
    date: str


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A record's reference in three forms.

    Attributes
    ----------
    plain
        For people.
    bibtex
        For LaTeX.
    csl
        CSL-JSON, for Zotero and other managers of references.
    """

    plain: str
    bibtex: str
    csl: str


def cite_record(record: pd.Series, seeds: Seeds) -> Citation:
    """Write how to cite a record.

    The title of an article is not recorded: one in square brackets says what it
    is about, as styles of citation do for untitled works.

    Parameters
    ----------
    record
        A joined record.
    seeds
        Its sources, and the data's version and checksum.

    Returns
    -------
    Citation
        The sources in the order of their rank, then the atlas.
    """
    sources = sources_of(record, seeds.sources)
    title = f"[Report on {_title(record)}]"
    data = str(seeds.package.get("version", ""))
    atlas = f"version {program_version()}, data {data or 'not numbered'}"
    note = f"record {_line(record['id'])}, data checksum {seeds.checksum[:CHECKSUM_LETTERS]}"
    year = str(seeds.package.get("created", ""))[:4]
    lines = [_plain(each, title) for each in sources]
    brought = next((each for each in seeds.brought if each.key == record.get(DATASET, "")), None)
    if brought is not None:
        named = f"{_line(brought.publisher)}. " if brought.publisher else ""
        lines.append(f"Dataset: {named}{_line(brought.title)}, {_dataset_note(brought)}")
    what = "Joins" if brought else "Joins and location"
    lines.append(f"{what}: {CONTRIBUTORS}. {PROGRAM}, {atlas}; {note}.")
    key = _key(record["id"])
    entries = [
        _entry(f"{key}-{number}", _bib(each, title)) for number, each in enumerate(sources, start=1)
    ]
    if brought is not None:
        of_data = {"author": brought.publisher, "title": brought.title}
        entries.append(_entry(f"{key}-data", {**of_data, "note": _dataset_note(brought)}))
    of_atlas = {"author": CONTRIBUTORS, "title": PROGRAM, "year": year, "note": f"{atlas}; {note}"}
    entries.append(_entry(f"khyber-atlas-{key}", of_atlas))
    csl = [_csl(f"{key}-{number}", each, title) for number, each in enumerate(sources, start=1)]
    if brought is not None:
        csl.append(_csl_data(key, brought))
    csl.append(_csl_atlas(key, f"{program_version()}", year, f"{atlas}; {note}"))
    return Citation(
        plain="\n".join(lines),
        bibtex="\n\n".join(entries) + "\n",
        csl=json.dumps(csl, ensure_ascii=False, indent=2) + "\n",
    )


def sources_of(record: pd.Series, sources: pd.DataFrame) -> list[Source]:
    """List a record's sources, the main one first.

    Parameters
    ----------
    record
        A joined record.
    sources
        All sources by ``record_id`` and ``rank``; where none is the record's,
        its own fields are read.
    """
    mine = sources[sources["record_id"] == record["id"]] if len(sources) else sources
    if len(mine):
        ranked = mine.assign(rank=mine["rank"].astype(int)).sort_values("rank", kind="stable")
        found = ranked[["name", "url", "date"]].itertuples(index=False)
        return [_source(*map(str, each)) for each in found]
    own = [_source(record["source_name"], record["source_url"], record["source_date"])]
    own = [each for each in own if each.name or each.url]
    return own + [_source("", url, "") for url in str(record["other_urls"]).split()]


def _source(name: str, url: str, date: str) -> Source:
    try:
        parts = urlsplit(url.strip())
        good = parts.scheme in {"http", "https"} and bool(parts.netloc)
    except ValueError:
        good = False
    return Source(name=_line(name), url=_line(url) if good else "", date=_line(date))


def _line(text: object) -> str:
    """Put a text on one line, without what no reader can see."""
    kept = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter
        for letter in str(text)
    )
    return " ".join(kept.split())


def _title(record: pd.Series) -> str:
    kind = _KINDS.get(record["kind"], "record")
    where = record["place"] or record["district"] or record["province"] or record["country"]
    what = f"{kind} ({record['category']})" if record["category"] else kind
    article = "an" if kind == "incident" else "a"
    at = f" at {_line(where)}" if where else ""
    return f"{article} {_line(what)}{at}, {_shown(record['date'])}"


def _shown(date: str) -> str:
    try:
        return show_date(date)
    except DateError:
        return _line(date)


def _plain(source: Source, title: str) -> str:
    named = source.name or urlsplit(source.url).netloc.removeprefix("www.") or "Publisher not named"
    dated = f" ({_shown(source.date)})" if source.date else " (no date)"
    return " ".join(filter(None, [f"{named}{dated}.", f"{title}.", source.url]))


def _dataset_note(brought: Brought) -> str:
    """Say which version of a file that was brought it is, and its terms."""
    sums = ", ".join(each[:CHECKSUM_LETTERS] for each in brought.checksums.values())
    return f"checksum {sums}. Terms: {_line(brought.licence)}"


def _bib(source: Source, title: str) -> dict[str, str]:
    parts = _parts(source.date)
    named = source.name or urlsplit(source.url).netloc.removeprefix("www.")
    return {
        "author": named,
        "title": title,
        "year": str(parts[0]) if parts else "",
        "month": str(parts[1]) if len(parts) > 1 else "",
        "day": str(parts[2]) if len(parts) > 2 else "",
        "url": source.url,
    }


def _entry(key: str, values: Mapping[str, str]) -> str:
    lines = [f"@misc{{{key},"]
    for name, value in values.items():
        if not value:
            continue
        # Braces twice: a name of a body is one name, a title keeps its capitals.
        told = f"{{{_tex(value)}}}" if name in ("author", "title") else _tex(value)
        lines.append(f"  {name} = {{{_address(value) if name == 'url' else told}}},")
    return "\n".join([*lines, "}"])


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in _line(text))


def _address(url: str) -> str:
    """Encode what would end a field or a link."""
    return quote(url, safe=_IN_ADDRESS)


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:80] or "record"


def _parts(date: str) -> Sequence[int]:
    try:
        period = parse_period(date)
    except DateError:
        return []
    start = period.start
    known = {"year": 1, "month": 2, "day": 3}[period.precision]
    return [start.year, start.month, start.day][:known]


def _csl(key: str, source: Source, title: str) -> dict[str, Any]:
    parts = _parts(source.date)
    values = {
        "id": key,
        "type": "webpage",
        "title": title,
        "author": [{"literal": source.name}] if source.name else [],
        "URL": source.url,
        "issued": {"date-parts": [list(parts)]} if parts else {},
    }
    return _told(values.items())


def _csl_data(key: str, brought: Brought) -> dict[str, Any]:
    values = {
        "id": f"{key}-data",
        "type": "dataset",
        "title": brought.title,
        "author": [{"literal": brought.publisher}] if brought.publisher else [],
        "note": _dataset_note(brought),
    }
    return _told(values.items())


def _csl_atlas(key: str, version: str, year: str, note: str) -> dict[str, Any]:
    values = {
        "id": f"khyber-atlas-{key}",
        "type": "dataset",
        "title": PROGRAM,
        "author": [{"literal": CONTRIBUTORS}],
        "version": version,
        "issued": {"date-parts": [[int(year)]]} if year.isdigit() else {},
        "note": note,
    }
    return _told(values.items())


def _told(values: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in values if value}
