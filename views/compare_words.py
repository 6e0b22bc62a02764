"""A comparison in words and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.compare import is_change, is_lasting
from geo.counts import number, plural
from geo.dates import show_date
from layers.charts.difference import interval_words, ratio_words

if TYPE_CHECKING:
    from geo.compare import Comparison, Side
    from geo.source_mix import SourceMix

UNLIKE_TIMES: Final = 2.0
"""How much longer than the other one side is looked at, from which on it is said."""

CLUSTERED: Final = 1.5
"""Variance by mean of monthly counts from which on events are said to come in clusters."""


def period_words(side: Side) -> str:
    """Say how many records, over which months, and how many could not be told."""
    are = "is" if side.undecided == 1 else "are"
    undecided = ""
    if side.undecided:
        undecided = f" {number(side.undecided)} more {are} too coarse to tell."
    if side.start is None or side.end is None:
        return f"{plural(side.count, 'record')}; no day of the data lies in its period.{undecided}"
    days = f"{show_date(side.start.isoformat())} to {show_date(side.end.isoformat())}"
    rate = f"{side.count / side.months:.2f} a month"
    return (
        f"{plural(side.count, 'record')} in {side.months:.1f} months ({days}): {rate}.{undecided}"
    )


def change_words(comparison: Comparison) -> str:
    """Say the change of the rate of all records, with its interval."""
    total = comparison.total
    if np.isnan(total["ratio"]):
        return "There is no rate to compare: a side has no time or neither has a record."
    if np.isinf(total["ratio"]):
        said = "B has records where A has none, so there is no ratio"
    else:
        said = f"The rate of B is {_times(total['ratio'])} that of A"
    if comparison.shared:
        return f"{said}."
    interval = interval_words(total["ratio_low"], total["ratio_high"])
    chance = total["chance"]
    value = "below 0.001" if chance < 0.001 else f"{chance:.3f}"
    return f"{said} (95 % interval {interval}; p {value} for no change)."


def _times(ratio: float) -> str:
    return f"{ratio:.2f} times"


def doubts(comparison: Comparison) -> list[str]:
    """Say what speaks against trusting the change: a sentence each."""
    told = []
    if comparison.shared:
        are = "is" if comparison.shared == 1 else "are"
        told.append(
            f"{plural(comparison.shared, 'record')} {are} in both A and B, which therefore are not "
            "independent: no interval is given for what they share. Make the two apart."
        )
    spreads = [each.spread for each in (comparison.a, comparison.b)]
    if comparison.wider and np.nanmax(spreads) > CLUSTERED:
        low, high = comparison.wider
        told.append(
            f"Records come in clusters: counts of months vary {np.nanmax(spreads):.1f} times as "
            "much as independent events would. Allowing for that, the interval is "
            f"{interval_words(low, high)}; those below are too narrow in the same way."
        )
    months = [each.months for each in (comparison.a, comparison.b)]
    if min(months) > 0 and max(months) > UNLIKE_TIMES * min(months):
        told.append(
            f"A is of {months[0]:.1f} months and B of {months[1]:.1f}. The data begin with their "
            "first record, not with somebody who began to look: with few early records, a longer "
            "time makes a rate lower. Set From so that both are about as long, and see whether "
            "the change stays."
        )
    told.append(
        "These are records, not all that happened: a change may be one of reporting "
        "or of what was entered here."
    )
    return told


def where_notes(comparison: Comparison, by: str) -> tuple[str, ...]:
    """Say what the map shows, what is not on it, and how many comparisons it makes."""
    words = (
        "Strong colours and numbers: the 95 % interval leaves out no change. Pale: it may be "
        "chance. Thick outlines (in the table: “holds”): it also holds when allowing for "
        f"{plural(comparison.tested, 'comparison')} at once (Benjamini and Hochberg)."
    )
    notes = [words] if comparison.tested else []
    for letter, without, unsure in zip("AB", comparison.without, comparison.unsure, strict=True):
        reasons = []
        if unsure:
            reasons.append(f"{number(unsure)} located too coarsely to tell")
        if without:
            reasons.append(f"{number(without)} with no {by}")
        if reasons:
            notes.append(f"Of {letter} not counted by {by}: {', '.join(reasons)}.")
    return tuple(notes)


def comparison_table(comparison: Comparison, by: str) -> pd.DataFrame:
    """Write the rows for people, then what is in none of them, then all.

    Parameters
    ----------
    comparison
        What to write.
    by
        What its rows are by.

    Returns
    -------
    pandas.DataFrame
        Counts of the rows above the last one add up to it.
    """
    rows = comparison.rows
    table = _for_people(rows, by)
    table["Holds"] = np.where(is_lasting(rows), "yes", np.where(is_change(rows), "alone", ""))
    total = _for_people(comparison.total.to_frame().T, by)
    total["Holds"] = ""
    rest = [
        {by.capitalize(): words, "Records of A": counts[0], "Records of B": counts[1]}
        for words, counts in (
            ("Too coarse to tell", comparison.unsure),
            (f"No {by}", comparison.without),
        )
        if any(counts)
    ]
    whole = pd.concat([table, *([pd.DataFrame(rest)] if rest else []), total], ignore_index=True)
    texts = ["B by A", "95 % interval", "Holds"]
    return whole.assign(**{name: whole[name].fillna("") for name in texts})


def _for_people(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    numbers = {
        "A a month": ("a_rate", 3),
        "A from": ("a_low", 3),
        "A to": ("a_high", 3),
        "B a month": ("b_rate", 3),
        "B from": ("b_low", 3),
        "B to": ("b_high", 3),
    }
    return pd.DataFrame(
        {
            by.capitalize(): rows["name"].astype("str"),
            "Records of A": rows["a"].astype(int),
            "Records of B": rows["b"].astype(int),
            "B by A": [ratio_words(each) for each in rows["ratio"]],
            "95 % interval": _intervals(rows),
            **{name: rows[column].astype(float).round(n) for name, (column, n) in numbers.items()},
            "p": rows["chance"].astype(float).round(4),
            "p adjusted": rows["adjusted"].astype(float).round(4),
            "In both": rows["shared"].astype(int),
        }
    )


def _intervals(rows: pd.DataFrame) -> list[str]:
    ends = zip(rows["ratio_low"], rows["ratio_high"], strict=True)
    return [interval_words(low, high) for low, high in ends]


def source_words(mix: SourceMix) -> str:
    """Say whether sources differ so much that a change may be one of reporting."""
    a, b = (percent(share) for share in mix.only)
    told = f"{a} of A come from sites that B has nothing of, and {b} of B likewise"
    if not mix.is_unlike:
        return f"Sources are much alike: {told}."
    return (
        f"Sources differ: {told}; {percent(mix.differ)} would have to change site for the two "
        "to be alike. A change of the rate may be one of who reports."
    )


def percent(share: float) -> str:
    """Write a share as people do: ``12 %``."""
    return f"{share * 100:.0f} %"


def sources_table(mix: SourceMix) -> pd.DataFrame:
    """Write the leading sites of both sides, side by side."""
    return pd.DataFrame(
        {
            "Site": mix.top["source"],
            "Records of A": mix.top["a"],
            "of A": [percent(share) for share in mix.top["a_share"]],
            "Records of B": mix.top["b"],
            "of B": [percent(share) for share in mix.top["b_share"]],
        }
    )
