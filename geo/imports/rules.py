"""The parts of a mapping: ways to get a field, sides, columns of items."""

from __future__ import annotations

import re
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

LONGEST_HEADING: Final = 2000
"""Letters; a mapping can name no longer one."""

_BRACED: Final = re.compile(r"\{([^{}]+)\}")


class Model(BaseModel):
    """A part that does not change, of known keys and no endless text."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=LONGEST_HEADING)


class Rule(Model):
    """One way to get a field.

    Attributes
    ----------
    columns
        The first of these that is there and not empty.
    template
        A text with columns in braces; nothing if one of them is empty.
    fixed
        The same text for every row.
    values
        What a value means; compared without case and outer spaces.
    strict
        Whether a value that ``values`` does not list is a fault.
    """

    columns: tuple[str, ...] = ()
    template: str = ""
    fixed: str = ""
    values: dict[str, str] = Field(default_factory=dict)
    strict: bool = False

    def names(self) -> tuple[str, ...]:
        """Name the columns that it asks for."""
        return (*self.columns, *_BRACED.findall(self.template))


class Condition(Model):
    """Holds where a column has one of some values."""

    column: str
    values: tuple[str, ...]


class Sides(Model):
    """Columns that name the two sides of an event.

    Attributes
    ----------
    a, b
        Their names; the first column that is there and not empty.
    one_sided
        When the first acted on the second.
    a_kind, b_kind
        Columns that say what kind of side each is.
    kinds
        What these say: ``group``, ``state``, ``civilians`` or ``unknown`` for each value.
    """

    a: tuple[str, ...]
    b: tuple[str, ...] = ()
    one_sided: bool | tuple[Condition, ...] = False
    a_kind: tuple[str, ...] = ()
    b_kind: tuple[str, ...] = ()
    kinds: dict[str, Literal["group", "state", "civilians", "unknown"]] = Field(
        default_factory=dict
    )

    def names(self) -> tuple[str, ...]:
        """Name the columns that it asks for."""
        asked = () if isinstance(self.one_sided, bool) else self.one_sided
        return (*self.a, *self.b, *self.a_kind, *self.b_kind, *(each.column for each in asked))


class ItemColumn(Model):
    """A column of the amounts of one item: ``Heroin (kg)``."""

    column: str
    item: str
    unit: str = ""
