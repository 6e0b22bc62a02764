"""Who told of the records of two filters: a change may be one of reporting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from geo.compare import Comparison
    from geo.recordset import RecordSet

UNLIKE: Final = 0.25
"""Share of records from which on sources are said to differ."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SourceMix:
    """Who told of the records of each side.

    Attributes
    ----------
    top
        The most frequent web sites of either: ``source``, ``a``, ``b`` (records),
        ``a_share``, ``b_share`` of each side's records that name a site.
    only
        For each side, the share of those records that come from sites of which the
        other has none.
    differ
        Half the sum of the differences of all shares: 0 alike, 1 wholly apart.
    """

    top: pd.DataFrame
    only: tuple[float, float]
    differ: float

    @property
    def is_unlike(self) -> bool:
        """Whether sources differ so much that a change may be one of reporting."""
        return max(*self.only, self.differ) >= UNLIKE


def compare_sources(records: RecordSet, comparison: Comparison, most: int = 5) -> SourceMix:
    """Compare the main sources of two sides.

    Parameters
    ----------
    records
        Joined records.
    comparison
        Of the same records.
    most
        How many sites to name of each side.
    """
    facet = records.facet("source")
    a = facet.count(comparison.a.selection.surely)
    b = facet.count(comparison.b.selection.surely)
    a_share, b_share = (each / max(int(each.sum()), 1) for each in (a, b))
    frame = pd.DataFrame(
        {"source": facet.values, "a": a, "b": b, "a_share": a_share, "b_share": b_share}
    )
    leading = {*np.argsort(-a, kind="stable")[:most], *np.argsort(-b, kind="stable")[:most]}
    top = frame.iloc[sorted(leading)]
    top = top[(top["a"] > 0) | (top["b"] > 0)]
    has_both = bool(a.sum() and b.sum())
    return SourceMix(
        top=top.sort_values(["a", "b"], ascending=False, kind="stable").reset_index(drop=True),
        only=(
            (float(a_share[b == 0].sum()), float(b_share[a == 0].sum())) if has_both else (0.0, 0.0)
        ),
        differ=float(np.abs(a_share - b_share).sum() / 2) if has_both else 0.0,
    )
