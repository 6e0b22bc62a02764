"""A quantity with its unit, as filters name it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geo.errors import QuantityError

COUNT: Final = "count"
_SHAPE: Final = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\s*([A-Za-z]{0,12})")


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """How much of what is measured: ``count`` for single things."""

    amount: float
    unit: str

    @property
    def text(self) -> str:
        """Write it as :func:`parse_quantity` reads it: ``100 kg``, ``20``."""
        unit = "" if self.unit == COUNT else f" {self.unit}"
        return f"{self.amount:.12g}{unit}"


def parse_quantity(text: str) -> Quantity:
    """Read a quantity.

    Parameters
    ----------
    text
        A number above 0 and a unit, such as ``100 kg``; no unit counts things.

    Returns
    -------
    Quantity
        The unit in small letters; whether the data has it is not looked at.

    Raises
    ------
    QuantityError
        If the text has another form.
    """
    match = _SHAPE.fullmatch(text.strip())
    if match is None or float(match[1]) <= 0:
        msg = f"{text[:60]!r} is not a quantity; write a number and a unit, such as '100 kg'."
        raise QuantityError(msg)
    return Quantity(amount=float(match[1]), unit=match[2].lower() or COUNT)
