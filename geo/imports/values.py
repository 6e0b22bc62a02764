"""Numbers as people write them, and the texts of a field by the rules of a mapping."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.imports.headings import fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping as Dict

    from geo.imports.mapping import Mapping
    from geo.imports.rules import Rule

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_DIGITS: Final = {
    **{ord(digit): str(at) for at, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")},
    **{ord(digit): str(at) for at, digit in enumerate("٠١٢٣٤٥٦٧٨٩")},
    0x066B: ".",  # Arabic decimal separator
    0x066C: ",",  # Arabic thousands separator
    0x2212: "-",
    0x00A0: " ",
    0x202F: " ",
    0x2019: "'",
}
_BY_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
_BY_POINT: Final = re.compile(r"[+-]?\d*\.\d+")
_GROUPED: Final = {
    ".": re.compile(r"[+-]?\d{1,3}([ ',]\d{3})+(\.\d*)?"),
    ",": re.compile(r"[+-]?\d{1,3}([ '.]\d{3})+(,\d*)?"),
}
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
LONGEST_NUMBER: Final = 40


def plain_digits(text: str) -> str:
    """Write Persian and Arabic digits and signs as Latin ones."""
    return text.translate(_DIGITS).strip()


def find_decimal(texts: pd.Series) -> str:
    """Tell the decimal mark of a column of coordinates.

    Returns
    -------
    str
        A point or a comma; empty: there is nothing to tell it by.
    """
    given = [plain_digits(text) for text in texts.unique()[:2000] if len(text) <= LONGEST_NUMBER]
    if any(_BY_POINT.fullmatch(text) for text in given):
        return "."
    return "," if any(_BY_COMMA.fullmatch(text) for text in given) else ""


def read_numbers(texts: pd.Series, decimal: str = ".") -> tuple[Floats, Mask]:
    """Read numbers.

    Parameters
    ----------
    texts
        Texts; thousands may be parted by spaces, apostrophes, or by whichever
        of comma and point is not the decimal mark.
    decimal
        Decimal mark.

    Returns
    -------
    numbers : numpy.ndarray of float
        NaN for an empty text and for what is no number.
    faults : numpy.ndarray of bool
        Where a text is no (finite) number.
    """
    codes, found = pd.factorize(texts.to_numpy(dtype=object))
    values = np.array([read_number(str(text), decimal or ".") for text in found], dtype=float)
    empty = np.array([not str(text).strip() for text in found], dtype=bool)
    numbers = values[codes] if len(found) else np.full(len(texts), np.nan)
    given = ~empty[codes] if len(found) else np.zeros(len(texts), dtype=bool)
    return numbers, given & np.isnan(numbers)


def read_number(text: str, decimal: str) -> float:
    """Read one number; NaN: it is none, or not finite.

    Parameters
    ----------
    text
        As :func:`read_numbers` takes them.
    decimal
        A point or a comma.
    """
    if len(text) > LONGEST_NUMBER:
        return float("nan")
    plain = plain_digits(text)
    if _GROUPED[decimal].fullmatch(plain):
        plain = re.sub(r"[ ']" if decimal == "." else r"[ '.]", "", plain)
        plain = plain.replace(",", "") if decimal == "." else plain
    if decimal == ",":
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        return float("nan")
    number = float(plain)
    return number if np.isfinite(number) else float("nan")


_WHOLE: Final = re.compile(r"([+-]?\d{1,15})\.0+")


def code_of(text: str) -> str:
    """Write a code that a program gave decimals, 1.0, as the whole number that it is."""
    match = _WHOLE.fullmatch(text)
    return match[1] if match else text


class Fields:
    """The fields of some rows, got from their columns by a mapping.

    Parameters
    ----------
    rows
        Texts, by column.
    mapping
        Which columns give which fields.
    """

    def __init__(self, rows: pd.DataFrame, mapping: Mapping) -> None:
        self.rows = rows
        self.mapping = mapping
        self._names = {fold_name(name): name for name in reversed(list(rows.columns))}
        self._missing = {text.casefold() for text in mapping.missing}
        self._empty = pd.Series("", index=rows.index, dtype=object)
        self._columns: dict[str, pd.Series] = {}
        self._read: dict[str, tuple[pd.Series, str, Mask]] = {}

    def get(self, field: str) -> pd.Series:
        """Give a field: texts, empty where no rule gives one."""
        return self._field(field)[0]

    def column_of(self, field: str) -> str:
        """Name the column that a field is got from, for messages; else the field."""
        return self._field(field)[1]

    def strange(self, field: str) -> Mask:
        """Tell where a field has a value that its mapping does not know."""
        return self._field(field)[2]

    def raw(self, field: str) -> pd.Series:
        """Give the cells that a field is got from, as they stand, for messages."""
        names = [name for rule in self.mapping.fields.get(field, ()) for name in rule.names()]
        return self.first_of(tuple(names))[0]

    def remarks(self) -> pd.Series:
        """Give what is added to the summary, parted by semicolons."""
        texts = self._empty
        for rule in self.mapping.remarks:
            more, _ = _meanings(self._rule(rule)[0], rule)
            both = ((texts != "") & (more != "")).map({True: "; ", False: ""})
            texts = texts + both + more
        return texts

    def column(self, name: str) -> pd.Series:
        """Give a column by its name, whatever its case; empty texts if there is none."""
        known = self._names.get(fold_name(name))
        if known is None:
            return self._empty
        if known not in self._columns:
            # On Python's own texts a plain loop is several times faster than `.str`.
            texts = [text.strip() for text in self.rows[known].tolist()]
            if self._missing:
                texts = ["" if self._is_missing(text) else text for text in texts]
            self._columns[known] = pd.Series(texts, index=self.rows.index, dtype=object)
        return self._columns[known]

    def _is_missing(self, text: str) -> bool:
        return text.casefold() in self._missing or code_of(text).casefold() in self._missing

    def first_of(self, names: tuple[str, ...]) -> tuple[pd.Series, str]:
        """Give the first of some columns that is there and not empty, row by row."""
        there = [name for name in names if fold_name(name) in self._names]
        if not there:
            return self._empty, ""
        texts = self.column(there[0])
        for name in there[1:]:
            texts = texts.where(texts != "", self.column(name))
        return texts, self._names[fold_name(there[0])]

    def _field(self, field: str) -> tuple[pd.Series, str, Mask]:
        if field not in self._read:
            self._read[field] = self._make(field)
        return self._read[field]

    def _make(self, field: str) -> tuple[pd.Series, str, Mask]:
        texts = self._empty
        strange = np.zeros(len(texts), dtype=bool)
        called = ""
        for rule in self.mapping.fields.get(field, ()):
            empty = (texts == "").to_numpy()
            if not empty.any():
                break
            given, name = self._rule(rule)
            called = called or name
            meant, unknown = _meanings(given, rule)
            strange |= unknown & empty
            texts = meant if empty.all() else texts.where(~empty, meant)
        return texts, called or field, strange

    def _rule(self, rule: Rule) -> tuple[pd.Series, str]:
        if rule.fixed:
            return pd.Series(rule.fixed, index=self.rows.index, dtype=object), ""
        if rule.template:
            return self._filled(rule), ""
        return self.first_of(rule.columns)

    def _filled(self, rule: Rule) -> pd.Series:
        parts = re.split(r"\{([^{}]+)\}", rule.template)
        texts = pd.Series("", index=self.rows.index, dtype=object)
        whole = np.ones(len(texts), dtype=bool)
        for at, part in enumerate(parts):
            if at % 2 == 0:
                texts = texts + part
                continue
            given = self.column(part)
            whole &= (given != "").to_numpy()
            texts = texts + given
        return texts.where(whole, "")


def _meanings(texts: pd.Series, rule: Rule) -> tuple[pd.Series, Mask]:
    unknown = np.zeros(len(texts), dtype=bool)
    if not rule.values:
        return texts, unknown
    known: Dict[str, str] = {text.strip().casefold(): word for text, word in rule.values.items()}
    given = texts.tolist()
    found = [known.get(text.casefold(), known.get(code_of(text).casefold())) for text in given]
    if rule.strict:
        pairs = zip(given, found, strict=True)
        unknown = np.array([bool(text) and word is None for text, word in pairs], dtype=bool)
        found = [word or "" for word in found]
    told = [text if word is None else word for text, word in zip(given, found, strict=True)]
    return pd.Series(told, index=texts.index, dtype=object), unknown
