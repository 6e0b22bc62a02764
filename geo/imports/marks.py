"""The decimal marks of a table, each column's own where it tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.imports.amounts import find_mark
from geo.imports.degrees import split_pair
from geo.imports.values import find_decimal

if TYPE_CHECKING:
    from geo.imports.mapping import Mapping
    from geo.imports.values import Fields

POINT: Final = "."
AMOUNTS: Final = ("quantity", "weight")


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Decimal marks.

    Attributes
    ----------
    degrees
        Of coordinates; empty: they do not tell.
    amounts
        By field, or column of an item, of amounts that tell.
    said
        Whether the mapping says it for all.
    """

    degrees: str = ""
    amounts: dict[str, str] = field(default_factory=dict)
    said: bool = False

    def of(self, name: str) -> str:
        """Give the mark of a field; that of the coordinates where it does not tell itself."""
        return self.amounts.get(name) or self.degrees or POINT

    def is_open(self, name: str) -> bool:
        """Tell whether numbers such as 1.250 may be read wrongly in a field."""
        return not self.said and name not in self.amounts


def find_marks(fields: Fields, mapping: Mapping) -> Marks:
    """Tell decimal marks from the beginning of a table, where its mapping does not.

    Parameters
    ----------
    fields
        The first rows and their mapping.
    mapping
        Its ``decimal`` goes before what the columns tell.
    """
    if mapping.decimal:
        return Marks(degrees=mapping.decimal, said=True)
    pairs = [part for text in fields.get("coordinates").unique() for part in split_pair(text)]
    single = [fields.get("lat"), fields.get("lon"), pd.Series(pairs, dtype=object)]
    degrees = find_decimal(pd.concat(single))
    told = {name: find_mark(fields.get(name)) for name in AMOUNTS}
    told |= {each.column: find_mark(fields.column(each.column)) for each in mapping.items}
    return Marks(degrees=degrees, amounts={name: mark for name, mark in told.items() if mark})
