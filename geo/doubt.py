"""Why it cannot be told of a record whether it matches, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.conditions import answers
from geo.dates import show_date

if TYPE_CHECKING:
    import pandas as pd

    from geo.filters import Filters
    from geo.recordset import Codes, RecordSet

_PLACES: Final = {
    "near": "the distance to the crossing",
    "routes": "the distance to the route",
    "borders": "the distance to the border",
    "area": "the drawn area",
}


def doubts(records: RecordSet, filters: Filters, rows: Codes) -> list[str]:
    """Say why each of some undecided records may match and may not.

    Parameters
    ----------
    records
        The joined records.
    filters
        Resolved filters.
    rows
        Positions of records that the filters leave undecided.

    Returns
    -------
    list of str
        A sentence for each of ``rows``; empty for a record that is decided.
    """
    told: list[list[str]] = [[] for _ in rows]
    part = records.joined.iloc[rows]
    for condition, answer in answers(records, filters).items():
        open_ones = (answer.maybe & ~answer.surely)[rows].nonzero()[0]
        for at in open_ones.tolist():
            told[at].append(_why(condition, part.iloc[at], filters))
    sentences = ["; ".join(each) for each in told]
    return [f"{text[0].upper()}{text[1:]}." if text else "" for text in sentences]


def _why(condition: str, record: pd.Series, filters: Filters) -> str:
    if condition == "dates":
        return f"dated only {show_date(record['date'])}"
    if condition == "at_least":
        return f"the source does not say whether it was {filters.at_least} or more"
    what = _PLACES.get(condition, "the place asked for")
    if condition == "borders" and filters.within_km is None:
        what = "which border is nearest"
    if record["precision"] == "province":
        return f"known to the province only, too coarse for {what}"
    return f"known to about {record['radius_km']:.0f} km, too coarse for {what}"
