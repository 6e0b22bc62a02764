"""Colours for how many records lie in one place: hexagons and heat."""

from __future__ import annotations

from typing import Any, Final

from layers.style import GROUND

RAMP: Final = ("#E1C19D", "#D39373", "#BC6761", "#97435A", "#692C51", "#3A1B3C")
"""Few to many: sand, rose, plum.

Made for this map in OKLCH, Ottosson's perceptual colour space: lightness falls in
even steps from 0.83 to 0.28 while the hue turns from 70° to 325° by way of red and
chroma rises to 0.115 and falls again. The order is in the lightness alone, so it
holds in grey and under every kind of colour blindness; the muted reds suit the warm
ground and are none of the colours of groups and goods.
"""


def ramp_json() -> dict[str, Any]:
    """Give the ramp as the page takes it.

    Returns
    -------
    dict
        ``colours``, from few to many, and the colours of the ``paper``
        beneath and of the ``ink`` of numbers, all ``#RRGGBB``.
    """
    return {"colours": list(RAMP), "paper": GROUND["land"], "ink": GROUND["ink"]}
