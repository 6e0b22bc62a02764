"""Tables read into records, and what became of every row of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import ImportFileError
from geo.imports.choices import check_choices
from geo.imports.countries import Countries
from geo.imports.fates import REPORT_COLUMNS
from geo.imports.gazetteer import Gazetteer
from geo.imports.item_names import known_items
from geo.imports.items import Item
from geo.imports.limits import MEGABYTE
from geo.imports.mapping import presets
from geo.imports.marks import find_marks
from geo.imports.named import Namer
from geo.imports.reading import Reading, read_reading, reading_mark, reading_text
from geo.imports.rejects import (
    FILE_COLUMN,
    READING_COLUMN,
    TABLE_COLUMN,
    Rejects,
    is_mended,
    without_why,
)
from geo.imports.result import title_of
from geo.imports.rows import Context, read_rows
from geo.imports.table import BadRow
from geo.imports.values import Fields
from geo.imports.when import find_order

if TYPE_CHECKING:
    from geo.imports.mapping import Mapping
    from geo.imports.run import Plan
    from geo.imports.table import Chunk, Table
    from geo.seeds import Seeds

REJECTS_FILE: Final = "rejects.csv"
MOST_WAYS: Final = 300
"""Tables and mappings that the rows of one mended file may be of."""


class _Part(NamedTuple):
    """Rows to be read alike; of mended ones also how they were read, and the table they are of."""

    chunk: Chunk
    mapping: Mapping
    reading: Reading | None = None
    of: str = ""


def _lost(row: Any, text: str) -> BadRow:
    reason = "is read as a row that is not there any more; keep the first rows of the file"
    return BadRow(row=int(row), column=READING_COLUMN, value=text, reason=reason)


@lru_cache(maxsize=1)
def _gazetteer(seeds: Seeds) -> Gazetteer:
    """Make the gazetteer once for several imports: it takes a second."""
    return Gazetteer(seeds)


class TableReader:
    """Reads tables into records, and keeps what became of every row.

    Parameters
    ----------
    plan
        What to import, and how.
    seeds
        The built-in data.
    key
        Start of the ids of the records.
    chosen
        The tables that will be read, and their mappings.

    Attributes
    ----------
    namer
        Knows places, and which names need a choice.
    rejects
        The file of rejected rows.
    items, classes
        Cells of the items met, and the class of each item that the atlas knows.
    mappings
        The mappings of the tables read so far, each once.
    """

    def __init__(
        self, plan: Plan, seeds: Seeds, key: str, chosen: list[tuple[Table, Mapping]]
    ) -> None:
        self.plan = plan
        gazetteer = _gazetteer(seeds)
        check_choices(plan.choices, gazetteer.get)
        self.namer = Namer(gazetteer, plan.choices)
        self.classes = dict(zip(seeds.items["item"], seeds.items["class"], strict=True))
        unknown = [mapping for _, mapping in chosen if mapping.id not in presets()]
        self.context = Context(
            key=key,
            source=title_of(plan.name),
            countries=Countries(seeds),
            namer=self.namer,
            items=known_items(self.classes),
            today=plan.today,
            by_table=len(unknown) > 1,
        )
        columns = dict.fromkeys(column for table, _ in chosen for column in table.columns)
        self.rejects = Rejects(plan.folder / REJECTS_FILE, [*columns])
        self.items: list[Item] = []
        self.mappings: tuple[Mapping, ...] = ()
        self._records: list[pd.DataFrame] = []
        self._reports = [pd.DataFrame(columns=list(REPORT_COLUMNS))]
        self._sources: list[tuple[int, int]] = []
        self._readings: dict[str, str] = {}
        self._ways: set[Any] = set()
        self._count = 0
        self._letters = 0

    def read(self, table: Table, mapping: Mapping) -> Iterator[tuple[float, int]]:
        """Read one table; gives the part done and the rows read so far, now and then."""
        where = "/".join(filter(None, (table.file.partition("/")[2], table.name)))
        parts = self._mended if is_mended(table.columns) else self._whole
        context: Context | None = None
        for chunk in table.read():
            for part in parts(chunk, mapping):
                if part.reading is not None:
                    context = self._as_before(part, part.reading)
                elif context is None:
                    context = self._learned(part)
                self._take(part, context, table, where)
            self._count += len(chunk.rows) + len(chunk.bad)
            if self._count > self.plan.limits.rows:
                msg = f"{table.file} has more than {self.plan.limits.rows} rows; give it in parts."
                raise ImportFileError(msg)
            yield chunk.done, self._count

    def _whole(self, chunk: Chunk, mapping: Mapping) -> Iterator[_Part]:
        yield _Part(chunk, mapping)

    def _mended(self, chunk: Chunk, mapping: Mapping) -> Iterator[_Part]:
        """Part mended rows by how they were read before; a mapping of the user's goes first."""
        rows = chunk.rows
        if not {FILE_COLUMN, TABLE_COLUMN, READING_COLUMN} <= set(rows.columns):
            yield _Part(replace(chunk, rows=without_why(rows)), mapping)
            return
        texts = rows[READING_COLUMN].map(str)
        self._readings |= {reading_mark(text): text for text in texts.unique() if text[:1] != "#"}
        lost = ((texts.str[:1] == "#") & ~texts.isin([*self._readings])).to_numpy()
        bad = (*chunk.bad, *(_lost(row, texts[row]) for row in rows.index[lost]))
        if bad:
            yield _Part(replace(chunk, rows=without_why(rows.iloc[:0]), bad=bad), mapping)
        kept = rows[~lost]
        told = texts[~lost].map(lambda text: self._readings.get(text, text))
        groups = [told, kept[FILE_COLUMN].map(str), kept[TABLE_COLUMN].map(str)]
        for (text, file, name), some in kept.groupby(groups, sort=False):
            self._ways.add((text, file, name))
            if len(self._ways) > MOST_WAYS:
                msg = f"Its rows were read in more than {MOST_WAYS} ways; mend fewer files at once."
                raise ImportFileError(msg)
            reading = read_reading(str(text))
            own = self.plan.mapping is None and reading.mapping
            of = "/".join(filter(None, (str(file), str(name))))
            part = replace(chunk, rows=without_why(some), bad=())
            yield _Part(part, own or mapping, reading, of)

    def _learned(self, part: _Part) -> Context:
        """Tell from a table's beginning how its numbers and dates are written."""
        mapping = part.mapping
        fields = Fields(part.chunk.rows, mapping)
        order = mapping.day_first
        order = find_order(fields.get("date")) if order is None else order
        return replace(self.context, day_first=order, marks=find_marks(fields, mapping))

    def _as_before(self, part: _Part, reading: Reading) -> Context:
        """Read mended rows as the file that they are from; what it did not tell, they may."""
        learned = self._learned(part)
        marks = replace(
            learned.marks,
            degrees=reading.marks.degrees or learned.marks.degrees,
            amounts=learned.marks.amounts | reading.marks.amounts,
        )
        order = learned.day_first if reading.day_first is None else reading.day_first
        source = reading.source or learned.source
        # Ids of sources that are not known are a table's own.
        by_table = part.mapping.id not in presets()
        return replace(learned, marks=marks, day_first=order, source=source, by_table=by_table)

    def _take(self, part: _Part, context: Context, table: Table, where: str) -> None:
        chunk, mapping = part.chunk, part.mapping
        reading = reading_text(
            Reading(
                mapping=mapping,
                source=context.source,
                day_first=context.day_first,
                marks=context.marks,
            )
        )
        if len(chunk.rows):
            read = read_rows(chunk, mapping, context, where, of=part.of or where)
            report = read.fates.report(table.file, table.name, read.ids)
            records = read.records.astype("str")
            self._weigh(records, table)
            self._records.append(records)
            self._sources.append((self._number_of(mapping), len(read.records)))
            self.items += read.items
            self._reports.append(report)
            gone = read.fates.rejected
            self.rejects.add(chunk.rows[gone], report[gone], reading)
        if chunk.bad:
            report = _report_of(chunk.bad, table)
            self._reports.append(report)
            self.rejects.add_bad(chunk.bad, report, reading)

    def _weigh(self, records: pd.DataFrame, table: Table) -> None:
        """Refuse a file of few bytes that unpacks to texts without end."""
        self._letters += int(sum(records[name].str.len().sum() for name in records))
        if self._letters > self.plan.limits.text_letters:
            most = self.plan.limits.text_letters // MEGABYTE
            msg = f"{table.file}: its texts have over {most} million letters; give it in parts."
            raise ImportFileError(msg)

    def _number_of(self, mapping: Mapping) -> int:
        if mapping not in self.mappings:
            self.mappings = (*self.mappings, mapping)
        return self.mappings.index(mapping)

    def take_records(self) -> list[pd.DataFrame]:
        """Give the records in parts; they, and what told them apart, are kept no longer."""
        self.context.seen.clear()
        self.context.same.clear()
        records, self._records = self._records, []
        return records

    def sources(self) -> npt.NDArray[Any]:
        """Give for each record the position of its mapping."""
        numbers, counts = zip(*self._sources, strict=True) if self._sources else ((), ())
        return np.repeat(np.array(numbers, dtype=int), np.array(counts, dtype=int))

    def report(self) -> pd.DataFrame:
        """Give a line for each row that was read."""
        return pd.concat(self._reports, ignore_index=True)


def _report_of(bad: tuple[BadRow, ...], table: Table) -> pd.DataFrame:
    start = (table.file, table.name)
    told = [
        (*start, each.row, "rejected", "", each.column, each.value, each.reason) for each in bad
    ]
    return pd.DataFrame(told, columns=list(REPORT_COLUMNS))
