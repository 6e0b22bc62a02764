"""XLSX: sheets of records, items, sources, fields, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from geo.errors import ExportError
from geo.fields import ITEM_COLUMNS, SOURCE_TABLE_COLUMNS
from geo.formats.characters import FORBIDDEN_IN_CELLS, spell, spell_table, unspell_table
from geo.formats.dataset import COLUMNS, About, Dataset, plain_rows, restore

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_ROWS: Final = 1_048_575
"""Rows of a sheet below its heading."""

LONGEST_CELL: Final = 32_767
MANIFEST_LABEL: Final = "Manifest"
_PIECE: Final = 30_000
_WIDE: Final = ("id", "record_id", "actor", "name", "source_name", "crossing", "route", "what")
_WIDER: Final = ("source_url", "other_urls", "url")
_PROSE: Final = ("summary", "description", "text")
_WIDTHS: Final = dict.fromkeys(_WIDE, 30) | dict.fromkeys(_WIDER, 40) | dict.fromkeys(_PROSE, 110)
"""Of columns in letters."""

_USUAL_WIDTH: Final = 18
_FILTER_WIDTH: Final = 4
"""Of the button beside a heading."""

_ROW_HEIGHT: Final = 15
_MOST_LINES: Final = 20
_WRAPPED: Final = {"Fields": "description", "About": "text"}
"""Sheets with prose, and its column."""

_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}


class _Exact(float):
    """A number that XlsxWriter writes in full; 16 digits do not tell all numbers apart."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def write(path: Path, dataset: Dataset, progress: Callable[[float], None]) -> None:
    """Write a workbook. Text stays text: no formulas, no links, no dates made of it.

    Parameters
    ----------
    path, dataset, progress
        See :func:`geo.formats.write_data`. Characters that a cell cannot
        hold are spelt out (:mod:`geo.formats.characters`).

    Raises
    ------
    ExportError
        If there are more rows than a sheet has, or a text is longer than a cell.
    """
    about = dataset.about
    sheets: dict[str, pd.DataFrame] = {
        "Records": pd.DataFrame(dataset.records[list(COLUMNS)]),
        "Items": dataset.items,
        "Sources": dataset.sources,
    }
    if about:
        sheets["Fields"] = pd.DataFrame([asdict(field) for field in about.fields])
        sheets["About"] = pd.DataFrame(_about_rows(about), columns=["what", "text"])
    for name, table in sheets.items():
        _check_rows(name, table)
    total = sum(len(table) for table in sheets.values()) or 1
    done = 0
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        if about:
            made = datetime.strptime(about.made, "%Y-%m-%dT%H:%M:%S%z").replace(tzinfo=None)
            book.set_properties(
                {"title": spell(about.title, FORBIDDEN_IN_CELLS)[:255], "created": made}
            )
        heading = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            _lay_out(sheet, table, heading)
            if name in _WRAPPED:
                _wrap(sheet, table, _WRAPPED[name], wrapped)
            row = 1
            for rows in plain_rows(spell_table(table, FORBIDDEN_IN_CELLS)):
                for values in rows:
                    _write_row(sheet, row, values, name)
                    row += 1
                done += len(rows)
                progress(0.95 * done / total)


def _check_rows(name: str, table: pd.DataFrame) -> None:
    if len(table) > MOST_ROWS:
        msg = (
            f"{name}: {len(table)} rows are more than a sheet of Excel has ({MOST_ROWS}); "
            "narrow the filters, or choose gpkg, parquet or csv."
        )
        raise ExportError(msg)


def _lay_out(sheet: Any, table: pd.DataFrame, heading: Any) -> None:
    for column, name in enumerate(table.columns):
        sheet.set_column(column, column, _width(name))
        sheet.write_string(0, column, name, heading)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table), max(len(table.columns) - 1, 0))


def _width(name: str) -> int:
    return max(_WIDTHS.get(name, _USUAL_WIDTH), len(name) + _FILTER_WIDTH)


def _wrap(sheet: Any, table: pd.DataFrame, prose: str, wrapped: Any) -> None:
    for column, name in enumerate(table.columns):
        sheet.set_column(column, column, _width(name), wrapped)
    for row, (first, text) in enumerate(zip(table.iloc[:, 0], table[prose], strict=True), start=1):
        # A manifest is for programs: on one line it does not push the rest away.
        lines = 1 if first == MANIFEST_LABEL else 1 + len(text) // _width(prose)
        sheet.set_row(row, _ROW_HEIGHT * min(lines, _MOST_LINES))


def _write_row(sheet: Any, row: int, values: Sequence[Any], name: str) -> None:
    for column, value in enumerate(values):
        if value is None or value == "":
            continue
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, _Exact(value))
        elif len(value) > LONGEST_CELL:
            msg = (
                f"{name}, row {row + 1}: a text of {len(value)} letters is longer than a cell of "
                f"Excel holds ({LONGEST_CELL}); choose gpkg, parquet or csv."
            )
            raise ExportError(msg)
        else:
            sheet.write_string(row, column, value)


def _about_rows(about: About) -> list[tuple[str, str]]:
    text = about.manifest
    pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    return [*about.lines(), *((MANIFEST_LABEL, piece) for piece in pieces)]


def read(path: Path) -> Dataset:
    """Read what :func:`write` wrote."""
    with CalamineWorkbook.from_path(str(path)) as book:
        return restore(
            unspell_table(_table(book, "Records", COLUMNS)),
            unspell_table(_table(book, "Items", ITEM_COLUMNS)),
            unspell_table(_table(book, "Sources", SOURCE_TABLE_COLUMNS)),
        )


def _table(book: CalamineWorkbook, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return pd.DataFrame(rows[1:], columns=pd.Index(rows[0][: len(columns)]), dtype="object")


def read_manifest(path: Path) -> str | None:
    """Take the manifest's text out of the sheet *About*; ``None``: there is none."""
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            rows = book.get_sheet_by_name("About").to_python()
    except (CalamineError, OSError, ValueError):
        return None
    return "".join(str(row[1]) for row in rows if row[0] == MANIFEST_LABEL) or None
