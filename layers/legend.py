"""The words and signs of the legend of records; the page shows those that apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from layers.measures import SMALLEST_PX, largest_shown, scale_steps, size_px
from layers.style import SEVERAL, SIGN_PX, STACK_PX

if TYPE_CHECKING:
    from layers.measures import Measure
    from layers.style import Swatch

Entry = dict[str, Any]

NEUTRAL: Final = SEVERAL.colour
THIN: Final = "\u202f"
"""A narrow no-break space, between thousands."""

PRECISIONS: Final = (
    "to about 1 km",
    "to the town, about 5 km",
    "to the district: in this ring",
    "only to the province",
)
"""How well a place is known, by rank: site, town, district, province."""


def record_entries(
    shape: str,
    singular: str,
    heading: str,
    swatches: tuple[Swatch, ...],
    measure: Measure | None,
) -> list[Entry]:
    """Write all that the legend of one kind of record may say.

    Parameters
    ----------
    shape, singular
        The kind's shape of sign, and what one record of it is called.
    heading, swatches
        What colour tells, and its classes in order.
    measure
        What the size tells; ``None``: nothing.

    Returns
    -------
    list of dict
        ``heading``, ``label``, ``order`` (in the section) and ``sign`` as the page's
        legend takes them; and ``when``: what must be on the map for the entry to be
        shown (layers/js/recordlegend.js), ``at``: of which class or rank. Sizes are
        in CSS pixels. ``{missing}`` and ``{shown}`` stand for counts of records.
    """
    one = _entry("any", "Records", singular.capitalize(), _sign(shape))
    return [
        one,
        *_colours(shape, heading, swatches),
        *_roles(shape),
        *_precisions(shape),
        *_numbers(shape, heading),
        *(_sizes(shape, measure) if measure else []),
    ]


def cap_note(measure: Measure | None) -> dict[str, Any] | None:
    """Say from which value on signs grow no more; ``None`` without a measure.

    Returns
    -------
    dict
        ``above``, in the measure's unit, and the ``note`` to show where a sign
        stands for more.
    """
    if measure is None:
        return None
    limit = largest_shown(measure)
    note = f"Signs of more than {_number(limit)} {measure.unit} are drawn no larger."
    return {"above": limit, "note": note}


def _entry(
    when: str, heading: str, label: str, sign: dict[str, Any], *, order: int = 0, at: int = 0
) -> Entry:
    entry = {"when": when, "heading": heading, "label": label, "order": order, "sign": sign}
    return {**entry, "at": at} if when in {"class", "rank"} else entry


def _sign(shape: str, **look: Any) -> dict[str, Any]:
    return {"shape": shape, "colour": NEUTRAL, "size": SIGN_PX, **look}


def _colours(shape: str, heading: str, swatches: tuple[Swatch, ...]) -> list[Entry]:
    classes = [
        _entry("class", heading, each.name, _sign(shape, colour=each.colour), order=at, at=at)
        for at, each in enumerate(swatches)
    ]
    several = {"shape": "ring", "of": shape, "colour": SEVERAL.colour}
    return [*classes, _entry("mixed", heading, SEVERAL.name, several, order=len(swatches))]


def _roles(shape: str) -> list[Entry]:
    heading = "Role"
    both = _sign(shape, size=STACK_PX[2], fill="half", count=2, shares=[[NEUTRAL, 1]])
    return [
        _entry("acted", heading, "The group acted or took part", _sign(shape)),
        _entry("target", heading, "The group was the target", _sign(shape, fill="open"), order=1),
        _entry("both", heading, "Both at one place", both, order=2),
    ]


def _precisions(shape: str) -> list[Entry]:
    signs: tuple[dict[str, Any], ...] = (
        _sign(shape),
        _sign(shape, soft=True),
        {"shape": "ring", "of": shape, "colour": NEUTRAL},
        {"shape": "area", "of": shape, "colour": NEUTRAL},
    )
    return [
        _entry("rank", "Place known", label, sign, order=rank, at=rank)
        for rank, (label, sign) in enumerate(zip(PRECISIONS, signs, strict=True))
    ]


def _numbers(shape: str, heading: str) -> list[Entry]:
    classes = "goods" if heading == "Goods" else "groups"
    label = f"5 records and their {classes}"
    # The page fills in the shares, by the classes that are on the map.
    sign = _sign(shape, size=STACK_PX[2], count=5, shares=[])
    return [_entry("counted", "Too close to tell apart", label, sign)]


def _sizes(shape: str, measure: Measure) -> list[Entry]:
    heading = f"Area: {measure.name.lower()}"
    steps = scale_steps(measure)
    sizes = [
        _entry(
            "any",
            heading,
            f"{_number(value)} {measure.unit}",
            _sign(shape, size=size_px(value, measure)),
            order=order,
        )
        for order, value in enumerate(steps)
    ]
    text = "Not stated, or none of it ({missing} of {shown} records)"
    hollow = _sign(shape, size=SMALLEST_PX, hollow=True)
    return [*sizes, _entry("missing", heading, text, hollow, order=len(steps))]


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", THIN)
