"""The legend of records: who or what, what the fill says, what the size says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.data import LegendEntry, Sign
from layers.measures import Measure, largest_shown, scale_steps, size_px
from layers.style import GOODS, GROUPS, SEVERAL, SIGN_PX, STACK_PX

if TYPE_CHECKING:
    import pandas as pd

NEUTRAL: Final = SEVERAL.colour


def record_legend(
    rows: pd.DataFrame,
    kind: str,
    shape: str,
    measure: Measure | None,
    *,
    by_goods: bool,
) -> list[LegendEntry]:
    """Explain the signs of one record layer, naming only what is drawn.

    Parameters
    ----------
    rows
        Prepared records with ``class_name``, ``fill``, ``precision``, ``spot``,
        ``colour`` and ``value``.
    kind, shape
        Kind of record, and the shape of its signs.
    measure
        What the size says; ``None``: nothing.
    by_goods
        Whether colour tells goods rather than groups.

    Returns
    -------
    list of LegendEntry
        Empty if nothing is drawn.
    """
    if rows.empty:
        return []
    kinds = LegendEntry(
        label=kind.capitalize(),
        heading="Records",
        sign=Sign(shape=shape, colour=NEUTRAL, size=SIGN_PX),
    )
    return [
        kinds,
        *_colours(rows, shape, by_goods=by_goods),
        *_fills(rows, shape),
        *_precisions(rows, shape),
        *_sizes(rows, shape, measure),
    ]


def cap_note(rows: pd.DataFrame, measure: Measure | None) -> str:
    """Say that the largest signs are not to scale, if any is not."""
    if measure is None or rows.empty:
        return ""
    limit = largest_shown(measure)
    largest = rows.groupby("spot")["value"].sum().max()
    if largest <= limit:
        return ""
    return f"Signs of more than {limit:,.0f} {measure.unit} are drawn no larger."


def _colours(rows: pd.DataFrame, shape: str, *, by_goods: bool) -> list[LegendEntry]:
    present = set(rows["class_name"])
    heading = "Goods" if by_goods else "Group"
    entries = [
        LegendEntry(
            label=swatch.name,
            heading=heading,
            order=order,
            sign=Sign(shape=shape, colour=swatch.colour, size=SIGN_PX),
        )
        for order, swatch in enumerate(GOODS if by_goods else GROUPS)
        if swatch.name in present
    ]
    if (rows.groupby("spot")["colour"].nunique() > 1).any():
        sign = Sign(shape=shape, colour=SEVERAL.colour, size=SIGN_PX + 2, several=True)
        entries.append(LegendEntry(label=SEVERAL.name, heading=heading, order=99, sign=sign))
    return entries


def _fills(rows: pd.DataFrame, shape: str) -> list[LegendEntry]:
    if "open" not in set(rows["fill"]):
        return []
    size = SIGN_PX + 1
    words = {
        "full": "The group acted or took part",
        "open": "The group was the target",
    }
    entries = [
        LegendEntry(
            label=text,
            heading="Role",
            sign=Sign(shape=shape, colour=NEUTRAL, fill=fill, size=size),
        )
        for fill, text in words.items()
    ]
    if (rows.groupby("spot")["fill"].nunique() > 1).any():
        sign = Sign(shape=shape, colour=NEUTRAL, fill="half", size=size)
        entries.append(LegendEntry(label="Both at one place", heading="Role", sign=sign))
    return entries


def _precisions(rows: pd.DataFrame, shape: str) -> list[LegendEntry]:
    precisions = set(rows["precision"])
    heading = "Place known"
    signs = {
        "site": ("to about 1 km", Sign(shape=shape, colour=NEUTRAL, size=SIGN_PX)),
        "town": (
            "to the town, about 5 km",
            Sign(shape=shape, colour=NEUTRAL, size=SIGN_PX, soft=True),
        ),
        "district": (
            "to the district: in this ring",
            Sign(shape="ring", colour=NEUTRAL),
        ),
        "province": (
            "only to the province",
            Sign(shape="area", colour=NEUTRAL),
        ),
    }
    return [
        LegendEntry(label=text, heading=heading, order=order, sign=sign)
        for order, (precision, (text, sign)) in enumerate(signs.items())
        if precision in precisions
    ]


def _sizes(rows: pd.DataFrame, shape: str, measure: Measure | None) -> list[LegendEntry]:
    if measure is None:
        if not rows["spot"].duplicated().any():
            return []
        sign = Sign(shape=shape, colour=NEUTRAL, size=STACK_PX[2], count=5)
        return [LegendEntry(label="5 records at one place", heading="Number", sign=sign)]
    heading = f"Area: {measure.name.lower()}"
    entries = [
        LegendEntry(
            label=f"{value:,.0f} {measure.unit}",
            heading=heading,
            sign=Sign(shape=shape, colour=NEUTRAL, size=size_px(value, measure)),
        )
        for value in scale_steps(measure)
    ]
    without = int(rows["value"].isna().sum())
    if without:
        sign = Sign(shape=shape, colour=NEUTRAL, size=size_px(float("nan"), measure), hollow=True)
        text = f"Not stated, or none of it ({without:,} of {len(rows):,} records)"
        entries.append(LegendEntry(label=text, heading=heading, sign=sign))
    return entries
