"""Pushing squares apart that overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from layers.sheet.projection import Numbers

LEAST: Final = 0.05
"""Points of overlap that do not matter."""


def push_apart(
    middles: Numbers, half: Numbers, others: Numbers, others_half: Numbers, share: float
) -> Numbers:
    """Give the ways by which some squares leave others that they overlap: the shorter side."""
    away = middles[:, None, :] - others[None, :, :]
    over = half[:, None] + others_half[None, :] - np.abs(away).max(axis=2)
    if others is middles:
        np.fill_diagonal(over, 0)
    over = np.clip(over, 0, None) * (over > LEAST)
    across = np.abs(away).argmax(axis=2)
    sign = np.sign(np.take_along_axis(away, across[..., None], axis=2)[..., 0])
    # Of two at one place one goes left, the other right.
    order = np.sign(np.arange(len(middles))[:, None] - np.arange(len(others))[None, :] + 0.5)
    step = over * share * np.where(sign == 0, order, sign)
    push = np.zeros_like(middles)
    for axis in (0, 1):
        push[:, axis] = np.where(across == axis, step, 0).sum(axis=1)
    return push
