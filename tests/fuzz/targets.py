"""What is fuzzed: each takes bytes, and may fail only by an error that is told to people."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

import numpy as np
import pandas as pd

from geo.areas import parse_area
from geo.dates import record_period
from geo.errors import AtlasError
from geo.filters import from_query
from geo.imports.days import read_day
from geo.imports.gazetteer import Gazetteer
from geo.imports.limits import Limits
from geo.imports.periods import period_text
from geo.imports.source import open_tables
from geo.imports.values import find_decimal, read_numbers
from geo.quantity import parse_quantity
from geo.seeds import load_seeds
from geo.vocabulary import make_vocabulary, resolve_filters
from views.choices import read_query, write_query

if TYPE_CHECKING:
    from geo.vocabulary import Vocabulary

TODAY: Final = date(2026, 11, 23)
SMALL: Final = Limits(file_bytes=1_000_000, unpacked_bytes=3_000_000, rows=10_000)


def tables(data: bytes) -> None:
    """Read bytes as a file of any format: rows are unique, and every one is read or told."""
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(AtlasError):
        path = Path(folder) / "file"
        path.write_bytes(data)
        for table in open_tables(path, Path(folder), limits=SMALL):
            assert len(set(table.columns)) == len(table.columns)
            for chunk in table.read():
                assert chunk.rows.index.is_unique
                assert list(chunk.rows.columns) == list(table.columns) or not len(chunk.rows)
                assert all(bad.reason for bad in chunk.bad)


def values(data: bytes) -> None:
    """Read bytes as numbers and dates: what is read can be written, and is read back."""
    texts = data.decode("utf-8", "replace").split("|")
    column = pd.Series(texts, dtype=object)
    for mark in (".", ",", find_decimal(column)):
        numbers, faults = read_numbers(column, mark)
        assert np.isnan(numbers[faults]).all()
    days = [
        read_day(text, day_first=first, today=TODAY) for text in texts for first in (None, True)
    ]
    told = [day.text for day in days if day.text]
    for start, end in pairwise(told):
        period = period_text(start, end, "week", TODAY)
        if period.text:
            record_period(period.text)


def query(data: bytes) -> None:
    """Read bytes as an address: what is understood is written, and understood again."""
    text = data.decode("utf-8", "replace")
    asked = parse_qs(text[:4000], keep_blank_values=True)
    choices, complaints = read_query(asked, vocabulary(), ())
    assert all(complaints)
    assert read_query(write_query(choices), vocabulary(), ()) == (choices, [])
    filters, _ = from_query(asked)
    resolve_filters(filters, vocabulary())
    for parse in (parse_area, parse_quantity):
        with contextlib.suppress(AtlasError):
            parse(text)


def places(data: bytes) -> None:
    """Look bytes up as a place: what is found lies where it was looked for."""
    parts = [*data.decode("utf-8", "replace").split("|"), "", "", ""][:4]
    place, district, province, country = parts
    finding = gazetteer().find(place=place, district=district, province=province, country=country)
    assert finding.status in ("found", "ambiguous", "unknown")
    assert len(finding.candidates) == 1 or finding.status != "found"


@cache
def vocabulary() -> Vocabulary:
    """Collect what the built-in data knows, once."""
    from tests.snapshot_case import built_in

    seeds, joined = built_in()[:2]
    return make_vocabulary(joined, seeds.items, seeds)


@cache
def gazetteer() -> Gazetteer:
    """Make the gazetteer once."""
    return Gazetteer(load_seeds())


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "tables": tables,
    "values": values,
    "query": query,
    "places": places,
}


def corpus(name: str) -> list[bytes]:
    """Give inputs to begin with."""
    from tests.hostile_files import PARTLY
    from tests.hostile_makers import GOOD, TEXTS

    if name == "tables":
        files = [make() for make in GOOD.values()] + [case[1]() for case in PARTLY.values()]
        return [content for content in files if len(content) < 200_000]
    texts = {
        "values": (
            *("34,53|1 250.5|۳۴٫۵|1e9", "2021-08-15|25/12/2021|3rd Sept 2021|Aug 2021"),
            *("20210815|2021-00-00|31.12.1999|January 5, 2020|1400/05/24", *TEXTS),
        ),
        "query": (
            *("group=ISKP&from=2021&to=2022-06", "near=Torkham&within-km=10&kind=seizure"),
            *("area=box:69,33,71,35", "area=polygon:69,33;70,34;71,33", "at-least=100 kg", "b=all"),
            *("layers=borders,seizures&show=heat&tab=time&b-group=TTP", "year=2021&year=1", *TEXTS),
        ),
        "places": (
            *("تورخم|||", "Jalalabad||Nangarhar|AFG", "Spin Boldak||Kandahar|AFG"),
            *("|Achin|Nangarhar|", "||Hilmand|AFG", "Sorkh Rod|||", *TEXTS),
        ),
    }
    return [text.encode("utf-8", "replace") for text in texts[name]]
