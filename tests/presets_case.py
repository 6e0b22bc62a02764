"""Samples of other sources' published layouts, for tests: made-up events, real columns."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import xlsxwriter

SAMPLES: Final = Path(__file__).resolve().parent / "imports"
SOURCES: Final = ("ucdp-ged", "acled", "gtd")
TODAY: Final = date(2026, 11, 1)

Row = dict[str, str]

_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A published layout: its sample, preset, number of columns, first and last ones."""

    sample: str
    preset: str
    columns: int
    first: tuple[str, ...]
    last: tuple[str, ...]
    rows: int


LAYOUTS: Final = (
    Layout(
        sample="ucdp-ged",
        preset="ucdp-ged",
        columns=49,
        first=("id", "relid", "year"),
        last=("low", "gwnoa", "gwnob"),
        rows=22,
    ),
    Layout(
        sample="acled",
        preset="acled",
        columns=31,
        first=("event_id_cnty", "event_date", "year"),
        last=("fatalities", "tags", "timestamp"),
        rows=22,
    ),
    Layout(
        sample="acled-2021",
        preset="acled",
        columns=31,
        first=("data_id", "iso", "event_id_cnty"),
        last=("fatalities", "timestamp", "iso3"),
        rows=16,
    ),
    Layout(
        sample="gtd",
        preset="gtd",
        columns=135,
        first=("eventid", "iyear", "imonth"),
        last=("INT_MISC", "INT_ANY", "related"),
        rows=19,
    ),
)
NAMES: Final = [layout.sample for layout in LAYOUTS]


def read(path: Path) -> list[Row]:
    """Read a CSV file, every cell as text."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def sample(name: str) -> list[Row]:
    """Read a sample, or with ``-expected`` what it should become."""
    return read(SAMPLES / f"{name}.csv")


def header(name: str) -> list[str]:
    """Give the columns of a sample in their order."""
    return list(sample(name)[0])


def write_workbook(name: str, target: Path) -> Path:
    """Write a sample as the workbook that GTD publishes: numbers as numbers."""
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Sheet1")
        for column, heading in enumerate(header(name)):
            sheet.write_string(0, column, heading)
        for at, row in enumerate(sample(name), start=1):
            for column, text in enumerate(row.values()):
                if _NUMBER.fullmatch(text):
                    sheet.write_number(at, column, float(text))
                elif text:
                    sheet.write_string(at, column, text)
    return target
