"""What a layer hands to the page: features, legend, and the options it was drawn by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypedDict

import pandas as pd
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

Shape = Literal["square", "circle", "diamond"]
Fill = Literal["full", "open", "half"]


class Sign(TypedDict, total=False):
    """A symbol; the page draws signs of the map and of the legend alike.

    ``shape`` and ``colour`` are always there. ``fill`` tells who acted: "full"
    the group did, "open" it was struck, "half" both at one place. ``size`` is
    the side or diameter in CSS pixels; ``count`` is printed inside if above 1;
    ``soft`` blurs the edge; ``hollow`` marks a record without a value for the
    measure; ``shares`` divides the ring of a counted sign, a colour and a
    fraction each; ``of`` is the shape of the records that a ring or an area
    stands for.
    """

    shape: str
    colour: str
    fill: str
    size: float
    count: int
    soft: bool
    hollow: bool
    dashed: bool
    shares: list[tuple[str, float]]
    of: str


@dataclass(frozen=True, kw_only=True)
class LegendEntry:
    """One line of the legend: a sign and what it stands for.

    Attributes
    ----------
    label, sign
        What the line says and shows.
    heading
        Its section; empty: that of the layer's group. Lines of two layers with
        one heading and label become one line with both signs.
    order
        Place in the section, lowest first.
    """

    label: str
    sign: Sign
    heading: str = ""
    order: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Give the entry as plain data for the page."""
        return {
            "label": self.label,
            "sign": self.sign,
            "heading": self.heading,
            "order": self.order,
        }


@dataclass(frozen=True, kw_only=True)
class DrawOptions:
    """How records are drawn.

    Attributes
    ----------
    seizure_measure, incident_measure
        Ids from :mod:`layers.measures`; "records" draws all alike.
    seizure_colour
        "group" or "goods".
    show_as
        "signs", "hexagons" (how many records in each) or "heat" (how densely).
    """

    seizure_measure: str = "records"
    incident_measure: str = "records"
    seizure_colour: Literal["group", "goods"] = "group"
    show_as: Literal["signs", "hexagons", "heat"] = "signs"


@dataclass(frozen=True, kw_only=True)
class LayerData:
    """A drawn layer.

    Attributes
    ----------
    features
        GeoJSON features (WGS84); properties hold only what the page needs.
    legend
        Entries in order.
    note
        A sentence the legend shows under the layer's name.
    """

    features: tuple[dict[str, Any], ...]
    legend: tuple[LegendEntry, ...] = ()
    note: str = ""

    def as_geojson(self, *, name: str) -> dict[str, Any]:
        """Give the layer as one FeatureCollection with its legend as a member."""
        return {
            "type": "FeatureCollection",
            "name": name,
            "note": self.note,
            "legend": [entry.as_dict() for entry in self.legend],
            "features": list(self.features),
        }


def feature(geometry: BaseGeometry | None, **properties: Any) -> dict[str, Any]:
    """Build a GeoJSON feature; coordinates are rounded to 5 decimals (about 1 m)."""
    shape = None
    if geometry is not None:
        rounded = shapely.transform(geometry, lambda xy: xy.round(5))
        shape = mapping(rounded)
    return {"type": "Feature", "geometry": shape, "properties": properties}


def label(
    text: str,
    style: str,
    *,
    rank: float,
    min_zoom: int = 0,
    max_zoom: int = 24,
    at: tuple[float, float] | None = None,
    note: str = "",
) -> dict[str, Any]:
    """Describe a label of the map.

    Parameters
    ----------
    text
        What it says.
    style
        ``country``, ``town``, ``province``, ``crossing``, ``line`` or ``area``.
    rank
        The lower, the sooner placed when room is short.
    min_zoom, max_zoom
        Zoom levels between which it may show.
    at
        Latitude and longitude; ``None`` takes the feature's own place.
    note
        A second, smaller line.
    """
    described: dict[str, Any] = {
        "text": text,
        "style": style,
        "rank": rank,
        "min_zoom": min_zoom,
        "max_zoom": max_zoom,
    }
    if at is not None:
        described["at"] = [round(at[0], 5), round(at[1], 5)]
    if note:
        described["note"] = note
    return described


def rows_of(frame: pd.DataFrame) -> Any:
    """Give the rows of a frame as named tuples, missing text as empty text."""
    plain = pd.DataFrame(frame)
    texts = plain.select_dtypes(["str", "object"]).columns.difference(["geometry"])
    filled = plain.assign(**{name: plain[name].fillna("") for name in texts})
    return filled.itertuples(index=False)
