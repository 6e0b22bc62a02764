"""How the page is to draw records of one kind: shape, colours, sizes, legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from layers.legend import cap_note, record_entries
from layers.measures import FULL_PX, LARGEST_PX, SMALLEST_PX, Measure, get_measure
from layers.ramp import ramp_json
from layers.style import GOODS, GROUPS, OTHER_GOODS, OTHER_GROUPS, STACK_PX, Swatch

if TYPE_CHECKING:
    from layers.data import DrawOptions

KINDS: Final = {
    "seizure": {"singular": "seizure", "plural": "seizures", "shape": "square"},
    "incident": {"singular": "incident", "plural": "incidents", "shape": "circle"},
}
"""What a kind of record is called and the shape of its signs."""

TARGET_ROLES: Final = ("target",)
"""Roles of a group that was struck: its signs are open."""


def record_style(kind: str, options: DrawOptions) -> dict[str, Any]:
    """Describe the signs of one kind of record to the page.

    Parameters
    ----------
    kind
        ``seizure`` or ``incident``.
    options
        Measure and colouring.

    Returns
    -------
    dict
        The kind's names and ``shape``; ``colour``: the column that it tells, its
        classes, and which of them takes in all other values; ``open``: the values
        of a column for which a sign is not filled; ``measure``: what the area of a
        sign tells and its scale, or ``None``; ``steps``: pairs of a count and the
        size of the signs that stand for as many records or more; ``legend`` and
        ``cap`` (:mod:`layers.legend`); ``ramp``: the colours of hexagons and heat. All
        sizes in CSS pixels. It does not depend on data.

    Raises
    ------
    ValueError
        If there is no such measure for that kind.
    """
    names = KINDS[kind]
    by_goods = kind == "seizure" and options.seizure_colour == "goods"
    measure = get_measure(
        options.seizure_measure if kind == "seizure" else options.incident_measure, kind
    )
    swatches = GOODS if by_goods else GROUPS
    other = OTHER_GOODS if by_goods else OTHER_GROUPS
    heading = "Goods" if by_goods else "Group"
    return {
        "kind": kind,
        **names,
        "colour": {
            "column": "category" if by_goods else "group",
            "heading": heading,
            "classes": [_class(swatch) for swatch in swatches],
            "other": swatches.index(other),
        },
        "open": {"column": "role", "values": list(TARGET_ROLES)},
        "measure": _scale(measure) if measure else None,
        "steps": [list(step) for step in STACK_PX.items()],
        "legend": record_entries(names["shape"], names["singular"], heading, swatches, measure),
        "cap": cap_note(measure),
        "ramp": ramp_json(),
    }


def _class(swatch: Swatch) -> dict[str, Any]:
    return {"name": swatch.name, "colour": swatch.colour, "members": list(swatch.members)}


def _scale(measure: Measure) -> dict[str, Any]:
    return {
        "column": measure.id,
        "name": measure.name,
        "unit": measure.unit,
        "full": measure.full,
        "full_px": FULL_PX,
        "smallest_px": SMALLEST_PX,
        "largest_px": LARGEST_PX,
    }
