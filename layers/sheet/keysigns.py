"""The signs of the legend, drawn as on the map."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from layers.sheet.ink import Ink, colour
from layers.sheet.routes import draw_strand
from layers.sheet.signs import LARGE, Look, draw_diamond, draw_number, draw_sign

BADGE: Final = 11.0
SWATCH: Final = {"line": (26.0, 0.0), "area": (20.0, 14.0), "ring": (20.0, 20.0)}
"""Width and height of signs of the legend in CSS pixels, where they are not their size."""


def key_size(sign: dict[str, Any], px: float) -> tuple[float, float]:
    """Give width and height of a sign in points; px is the points of a CSS pixel."""
    if sign["shape"] in SWATCH:
        wide, high = SWATCH[sign["shape"]]
        return wide * px, max(high, sign.get("size", 0)) * px
    size = sign["size"] + (5 if sign.get("soft") else 2.4)
    return size * px, size * px


def draw_key_sign(ink: Ink, sign: dict[str, Any], x: float, y: float, px: float) -> None:
    """Draw a sign of the legend (:class:`layers.data.Sign`)."""
    own, name = sign["colour"], sign["shape"]
    if name == "line":
        _key_line(ink, sign, x, y, px)
    elif name in {"area", "ring"}:
        _key_area(ink, sign, x, y, px)
    elif name == "diamond":
        full = sign.get("fill", "full") == "full"
        draw_diamond(ink, x, y, sign["size"] * px / 2, full=full, px=px)
    elif name == "hexagon":
        ink.shape("hexagon", x, y, sign["size"] * px / 2, face=colour(own))
    else:
        _key_record(ink, sign, x, y, px)


def _key_line(ink: Ink, sign: dict[str, Any], x: float, y: float, px: float) -> None:
    half = SWATCH["line"][0] * px / 2
    ends = np.array([(x - half, y), (x + half, y)])
    dashed = bool(sign.get("dashed"))
    if dashed and sign["size"] <= 2:
        for at in np.arange(x - half, x + half, 4.2 * px):
            ink.shape("circle", float(at), y, sign["size"] * px / 2, face=colour(sign["colour"]))
    elif sign["size"] > 2.5:
        draw_strand(ink, ends, sign["colour"], px, dashed=dashed)
    else:
        ink.line(ends, edge=colour(sign["colour"]), width=sign["size"] * px)


def _key_area(ink: Ink, sign: dict[str, Any], x: float, y: float, px: float) -> None:
    own = colour(sign["colour"])
    if sign["shape"] == "ring":
        ink.shape(
            "circle",
            x,
            y,
            9.5 * px,
            face=colour(sign["colour"], 0.08),
            edge=own,
            width=0.8 * px,
            dash=(3 * px, 2 * px),
        )
    else:
        wide, high = 10 * px, 7 * px
        points = [(x - wide, y - high), (x + wide, y - high), (x + wide, y + high)]
        points += [(x - wide, y + high), (x - wide, y - high)]
        ink.line(points, face=colour(sign["colour"], 0.2), edge=own, width=0.8 * px)
    if sign.get("of"):
        badge = Look(way="badge", shape=sign["of"], colour=sign["colour"], size=BADGE * px)
        draw_sign(ink, badge, x, y, px)


def _key_record(ink: Ink, sign: dict[str, Any], x: float, y: float, px: float) -> None:
    shares = tuple((str(own), float(part)) for own, part in sign.get("shares", ()))
    look = Look(
        way="ring" if shares else "one",
        shape=sign["shape"],
        colour=sign["colour"],
        size=sign["size"] * px,
        shares=shares,
        open=sign.get("fill") == "open",
        both=sign.get("fill") == "half",
        soft=bool(sign.get("soft")),
        hollow=bool(sign.get("hollow")),
    )
    draw_sign(ink, look, x, y, px)
    if sign.get("count", 0) > 1 and sign["size"] <= LARGE:
        ink.flush()
        draw_number(ink, look, x, y, str(sign["count"]), px)
