"""Rates and their ratio, with exact intervals that hold for small counts too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr, bdtrc, betaincinv, gammaincinv

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

LEVEL: Final = 0.95
"""Confidence level of all intervals."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Rates:
    """Rates with their exact (Garwood) Poisson intervals; each of shape (n,)."""

    rate: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Ratios:
    """Ratios of two rates; each of shape (n,).

    Attributes
    ----------
    ratio
        Second rate by the first; infinite where the first is 0, NaN where both are.
    low, high
        Exact conditional interval.
    chance
        Two-sided p-value of a ratio of 1, the interval's own: it is at most
        ``1 - LEVEL`` where the interval leaves out 1.
    """

    ratio: Floats
    low: Floats
    high: Floats
    chance: Floats


def rates(counts: npt.ArrayLike, months: float) -> Rates:
    """Give rates a month.

    Parameters
    ----------
    counts
        Numbers of events, whole and not negative.
    months
        How long was looked, in months; without any (0), nothing is known: NaN.
    """
    number = np.asarray(counts, dtype=float)
    tail = (1 - LEVEL) / 2
    time = months if months > 0 else np.nan
    # The interval of Garwood (1936), by the gamma distribution.
    low = np.where(number > 0, gammaincinv(np.maximum(number, 1), tail), 0.0)
    high = gammaincinv(number + 1, 1 - tail)
    return Rates(rate=number / time, low=low / time, high=high / time)


def ratios(
    first: npt.ArrayLike, second: npt.ArrayLike, first_months: float, second_months: float
) -> Ratios:
    """Compare second rates with first ones.

    Given how many events there are in all, the second's number is binomial: its
    exact interval (Clopper and Pearson) is that of the ratio.

    Parameters
    ----------
    first, second
        Numbers of events, of the same shape.
    first_months, second_months
        How long was looked for each, in months.

    Returns
    -------
    Ratios
        NaN where there are no events, or no time.
    """
    a = np.asarray(first, dtype=float)
    b = np.asarray(second, dtype=float)
    if first_months <= 0 or second_months <= 0:
        nothing = np.full(a.shape, np.nan)
        return Ratios(ratio=nothing, low=nothing, high=nothing, chance=nothing)
    time = first_months / second_months
    tail = (1 - LEVEL) / 2
    low = np.where(b > 0, betaincinv(np.maximum(b, 1), a + 1, tail), 0.0)
    high = np.where(a > 0, betaincinv(b + 1, np.maximum(a, 1), 1 - tail), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = Ratios(
            ratio=b / a * time,
            low=low / (1 - low) * time,
            high=high / (1 - high) * time,
            chance=_chance(b, a + b, second_months / (first_months + second_months)),
        )
    for each in (found.ratio, found.low, found.high, found.chance):
        each[a + b == 0] = np.nan
    return found


def _chance(events: Floats, trials: Floats, likely: float) -> Floats:
    """Double the smaller tail of a binomial: the p-value that goes with its interval."""
    number = trials.astype(np.int64)
    below = bdtr(events, number, likely)
    above = np.where(events > 0, bdtrc(events - 1, number, likely), 1.0)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(below, above)))


def false_discovery(chances: npt.ArrayLike) -> Floats:
    """Adjust p-values for their number (Benjamini and Hochberg 1995).

    Parameters
    ----------
    chances
        p-values; NaN: nothing was tested.

    Returns
    -------
    numpy.ndarray of float, shape (n,)
        Of what is at most 0.05, one in twenty is expected to be a false alarm.
    """
    given = np.asarray(chances, dtype=float)
    adjusted = np.full(given.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(given))
    order = tested[np.argsort(given[tested])[::-1]]
    ranks = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.minimum.accumulate(given[order] * len(order) / ranks), 1.0)
    return adjusted


def dispersion(monthly: npt.ArrayLike) -> float:
    """Tell how much more counts of months vary than chance alone would make them.

    Parameters
    ----------
    monthly
        Number of events in each month, those without any included.

    Returns
    -------
    float
        Variance by mean: about 1 for independent events (Poisson); NaN where it
        cannot be told.
    """
    counts = np.asarray(monthly, dtype=float)
    if len(counts) < 2 or not counts.sum():
        return float("nan")
    return float(counts.var(ddof=1) / counts.mean())


def widened(first: int, second: int, ratio: float, spread: float) -> tuple[float, float]:
    """Widen the interval of a ratio for counts that vary more than chance.

    Parameters
    ----------
    first, second
        Numbers of events, both above 0.
    ratio
        Of their rates.
    spread
        Variance by mean (:func:`dispersion`); below 1 it counts as 1.

    Returns
    -------
    tuple of float
        Quasi-Poisson interval, by the normal approximation of the logarithm.
    """
    usual = 1.959964  # the normal distribution's quantile at 0.975
    reach = usual * float(np.sqrt(max(spread, 1.0) * (1 / first + 1 / second)))
    return ratio * float(np.exp(-reach)), ratio * float(np.exp(reach))
