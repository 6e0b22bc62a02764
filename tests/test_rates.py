"""Rates and ratios: intervals against printed tables and another implementation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.rates import LEVEL, dispersion, false_discovery, rates, ratios, widened

COUNT = st.integers(0, 4000)
MONTHS = st.floats(0.5, 300)


def test_small_counts_have_the_printed_poisson_intervals() -> None:
    # Exact 95 % limits of a Poisson mean, as printed in tables (0: only an upper one).
    found = rates([0, 1, 5, 10], 1)
    assert found.rate.tolist() == [0, 1, 5, 10]
    assert found.low.round(4).tolist() == [0, 0.0253, 1.6235, 4.7954]
    assert found.high.round(4).tolist() == [3.6889, 5.5716, 11.6683, 18.3904]


def test_a_rate_is_a_month() -> None:
    found = rates([10], 20)
    assert (found.rate[0], found.high[0].round(5)) == (0.5, 0.91952)


def test_without_time_nothing_is_known() -> None:
    assert np.isnan(rates([3], 0).rate).all()
    assert np.isnan(ratios([3], [4], 0, 12).ratio).all()


def test_a_ratio_and_its_exact_interval() -> None:
    # 10 events, then 20, in equal times: Clopper-Pearson of 20 in 30 is 0.4719 to 0.8271.
    found = ratios([10], [20], 12, 12)
    assert found.ratio[0] == 2
    assert (found.low[0].round(3), found.high[0].round(3)) == (0.894, 4.785)
    assert found.chance[0].round(4) == 0.0987


def test_none_before_and_none_at_all() -> None:
    found = ratios([0, 4, 0], [6, 0, 0], 12, 24)
    assert found.ratio.tolist()[:2] == [np.inf, 0]
    assert (found.high[0], found.low[1]) == (np.inf, 0)
    assert found.low[0].round(3) == 0.589
    assert np.isnan([found.ratio[2], found.low[2], found.high[2], found.chance[2]]).all()


@settings(max_examples=40, deadline=None)
@given(a=COUNT, b=COUNT, first=MONTHS, second=MONTHS)
def test_intervals_are_those_of_the_exact_binomial_test(
    a: int, b: int, first: float, second: float
) -> None:
    from scipy.stats import binomtest

    if not a + b:
        return
    found = ratios([a], [b], first, second)
    exact = binomtest(b, a + b).proportion_ci(LEVEL, method="exact")
    for ours, theirs in ((found.low[0], exact.low), (found.high[0], exact.high)):
        odds = theirs / (1 - theirs) if theirs < 1 else np.inf
        assert ours == pytest.approx(odds * first / second, rel=1e-6)
    assert found.low[0] <= found.ratio[0] <= found.high[0]
    # The p-value is the interval's own.
    outside = found.low[0] > 1 or found.high[0] < 1
    if abs(found.chance[0] - 0.05) > 1e-9:
        assert outside == (found.chance[0] < 0.05)


@settings(max_examples=30, deadline=None)
@given(chances=st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_adjustment_is_benjamini_and_hochbergs(chances: list[float]) -> None:
    from scipy.stats import false_discovery_control

    assert false_discovery(chances) == pytest.approx(false_discovery_control(chances))


def test_what_was_not_tested_counts_for_nothing() -> None:
    adjusted = false_discovery([0.01, np.nan, 0.04])
    assert adjusted[[0, 2]].round(3).tolist() == [0.02, 0.04]
    assert np.isnan(adjusted[1])


def test_clusters_vary_more_than_chance_and_widen_the_interval() -> None:
    assert dispersion([2, 2, 2, 2]) == 0
    assert dispersion([0, 8, 0, 0]) == 8
    assert np.isnan(dispersion([0, 0, 0]))
    plain, wide = widened(20, 40, 2.0, 0.5), widened(20, 40, 2.0, 4.0)
    assert [round(each, 2) for each in (*plain, *wide)] == [1.17, 3.42, 0.68, 5.85]
