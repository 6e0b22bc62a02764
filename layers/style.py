"""The one style of the map: colours, signs and their sizes.

Colours of records are the Okabe-Ito set, which holds up under the common kinds
of colour blindness; no meaning is carried by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

BLACK: Final = "#000000"
ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
GREY: Final = "#8C8C8C"
DARK: Final = "#4A4A4A"

OKABE_ITO: Final = (BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILLION, PURPLE)


@dataclass(frozen=True, kw_only=True)
class Swatch:
    """A class of records or lines: its name in the legend, its colour, its members."""

    name: str
    colour: str
    members: tuple[str, ...] = ()


UNATTRIBUTED: Final = Swatch(name="Unattributed", colour=GREY, members=("Unattributed", ""))
OTHER_GROUPS: Final = Swatch(
    name="Al-Qaeda and other groups",
    colour=BLACK,
    members=("al-Qaeda", "IMU", "ETIM/TIP", "Jamaat Ansarullah", "Other"),
)
SEVERAL: Final = Swatch(name="Several at one place", colour=DARK)

GROUPS: Final = (
    Swatch(name="ISKP", colour=VERMILLION, members=("ISKP",)),
    Swatch(name="TTP", colour=BLUE, members=("TTP",)),
    Swatch(
        name="TTP factions and allies",
        colour=SKY,
        members=(
            "Pakistani Taliban (unspecified)",
            "Jamaat-ul-Ahrar",
            "Hafiz Gul Bahadur Group",
            "Jundullah (TTP faction)",
            "Tehreek-e-Jihad Pakistan",
            "Tehreek-e-Taliban Islami",
            "Lashkar-e-Islam",
        ),
    ),
    Swatch(name="Afghan Taliban", colour=GREEN, members=("Afghan Taliban",)),
    Swatch(name="Haqqani Network", colour=YELLOW, members=("Haqqani Network",)),
    Swatch(
        name="Other Pakistani groups",
        colour=PURPLE,
        members=(
            "Lashkar-e-Jhangvi",
            "Lashkar-e-Jhangvi al-Alami",
            "Lal Masjid militants",
            "Ittehadul Mujahideen-i-Khurasan",
            "BLA",
        ),
    ),
    Swatch(name="NRF and AFF", colour=ORANGE, members=("NRF", "AFF")),
    OTHER_GROUPS,
    UNATTRIBUTED,
)
"""Armed groups in the order of the legend."""

OTHER_GOODS: Final = Swatch(name="Other goods", colour=GREY, members=("other",))

GOODS: Final = (
    Swatch(name="Firearms", colour=BLUE, members=("firearms",)),
    Swatch(name="Ammunition", colour=SKY, members=("ammunition",)),
    Swatch(name="Explosives", colour=VERMILLION, members=("explosives",)),
    Swatch(name="Optics and equipment", colour=PURPLE, members=("optics and equipment",)),
    Swatch(
        name="Drugs",
        colour=GREEN,
        members=("opium", "heroin", "methamphetamine", "hashish", "mixed drugs"),
    ),
    Swatch(name="Precursors", colour=YELLOW, members=("precursors",)),
    Swatch(name="Cash or gold", colour=ORANGE, members=("cash or gold",)),
    OTHER_GOODS,
)
"""Classes of seized goods in the order of the legend, by the record's category."""

COMMODITIES: Final = (
    Swatch(name="arms", colour=BLUE, members=("arms",)),
    Swatch(
        name="opiates and other drugs",
        colour=GREEN,
        members=("opiates", "methamphetamine", "hashish", "drugs"),
    ),
    Swatch(name="precursors", colour=ORANGE, members=("precursors",)),
    Swatch(name="people", colour=PURPLE, members=("people",)),
    Swatch(name="trade", colour=GREY, members=("trade",)),
)
"""Commodities of routes in the order of the legend."""

GROUND: Final = {
    "paper": "#F4F2EC",
    "sea": "#DCE6EA",
    "land": "#FBF8F1",
    "land-neighbour": "#EFECE4",
    "land-other": "#E8E5DD",
    "coast": "#B9B6AC",
    "border": "#2E2A27",
    "province": "#A9A398",
    "disputed": "#6B645C",
    "wakhan": "#8A5A2B",
    "highlight": "#B08A3C",
    "fata": "#7A6A9A",
    "ink": "#23211F",
    "ink-soft": "#67625A",
    "crossing": "#23211F",
}
"""Colours of the ground; the page reads them as CSS variables."""

SIGN_PX: Final = 11
"""Side or diameter of the sign of one record, in CSS pixels."""

STACK_PX: Final = {1: SIGN_PX, 2: 18, 10: 22, 100: 27, 1000: 33, 10_000: 40}
"""Size of a sign that carries a count: the row of the largest key not above it."""


def css_variables() -> str:
    """Write the colours of the ground as CSS variables of the map."""
    lines = "".join(f"  --{name}: {value};\n" for name, value in GROUND.items())
    return f":root {{\n{lines}}}\n"
