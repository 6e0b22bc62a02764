"""The ramp of hexagons and heat: order by lightness, apart from all classes' colours."""

from __future__ import annotations

import itertools
import re

import pytest

from layers.ramp import RAMP, ramp_json
from layers.style import GROUND, OKABE_ITO

# Machado, Oliveira and Fernandes 2009, complete loss of one kind of cone (linear RGB).
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear_rgb(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lightness(rgb: list[float]) -> float:
    """CIE L*, 0 to 100."""
    luminance = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
    return float(116 * luminance ** (1 / 3) - 16)


@pytest.mark.parametrize("kind", BLINDNESS)
def test_more_is_darker_by_clear_steps_for_every_eye(kind: str) -> None:
    seen = [
        lightness(
            [
                max(0.0, sum(by * part for by, part in zip(row, linear_rgb(colour), strict=True)))
                for row in BLINDNESS[kind]
            ]
        )
        for colour in RAMP
    ]
    assert all(before - after > 8 for before, after in itertools.pairwise(seen))


def test_the_lightest_stands_off_the_land() -> None:
    land = lightness(linear_rgb(GROUND["land"]))
    assert land - lightness(linear_rgb(RAMP[0])) > 12


def test_no_colour_is_that_of_a_class() -> None:
    for mine, other in itertools.product(RAMP, OKABE_ITO):
        pairs = zip((1, 3, 5), (1, 3, 5), strict=True)
        apart = sum(abs(int(mine[a : a + 2], 16) - int(other[b : b + 2], 16)) for a, b in pairs)
        assert apart > 60, (mine, other)


def test_the_page_gets_the_ramp_with_its_ground() -> None:
    sent = ramp_json()
    assert sent["colours"] == list(RAMP)
    assert sent["paper"] == "#FBF8F1"
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in [*sent["colours"], sent["ink"]])
