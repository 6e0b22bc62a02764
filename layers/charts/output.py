"""Charts as files: PNG and SVG with their title, filters, doubts and credits."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

ChartFormat = Literal["png", "svg"]

WIDTH_PX: Final = 900
PNG_SCALE: Final = 2
_LINE: Final = 120
_INK: Final = "#23211F"
_SOFT: Final = "#67625A"
_PAPER: Final = "#FFFFFF"
_FONT: Final = "Open Sans, Noto Sans, DejaVu Sans, Helvetica, Arial, sans-serif"


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What a chart's file says around it.

    Attributes
    ----------
    title
        What the chart counts.
    words
        The filters in words, and how many records of how many.
    notes
        Doubts, licence, version: a line each.
    """

    title: str
    words: str
    notes: tuple[str, ...] = ()


def chart_bytes(spec: Mapping[str, Any], format_: ChartFormat, heading: Heading) -> bytes:
    """Draw a chart as a file, with nothing from the network.

    Parameters
    ----------
    spec
        A Vega-Lite specification that holds its data.
    format_
        ``png`` (at twice the screen's density) or ``svg``.
    heading
        What it says around the chart.

    Returns
    -------
    bytes
    """
    import vl_convert

    whole = framed(spec, heading)
    if format_ == "png":
        png: bytes = vl_convert.vegalite_to_png(whole, scale=PNG_SCALE, allowed_base_urls=[])
        return png
    svg: str = vl_convert.vegalite_to_svg(whole, allowed_base_urls=[])
    return svg.encode()


def framed(spec: Mapping[str, Any], heading: Heading) -> dict[str, Any]:
    """Put a chart on white paper, its heading above and its notes below.

    Parameters
    ----------
    spec, heading
        As for :func:`chart_bytes`.
    """
    inner = {
        key: value
        for key, value in spec.items()
        if key not in ("config", "$schema", "data", "datasets")
    }
    inner = _wide(inner)
    notes = [line for note in heading.notes for line in textwrap.wrap(note, _LINE)]
    foot = {
        "data": {"values": [{}]},
        "mark": {"type": "text", "align": "left", "baseline": "top", "lineHeight": 14},
        "encoding": {
            "text": {"value": notes or [""]},
            "x": {"value": 0},
            "y": {"value": 4},
            "color": {"value": _SOFT},
            "size": {"value": 11},
        },
        "width": WIDTH_PX,
        "height": 14 * max(len(notes), 1),
    }
    whole: dict[str, Any] = {
        "$schema": spec.get("$schema", "https://vega.github.io/schema/vega-lite/v6.json"),
        "title": {
            "text": textwrap.wrap(heading.title, 90),
            "subtitle": textwrap.wrap(heading.words, _LINE),
            "anchor": "start",
            "fontSize": 18,
            "subtitleFontSize": 12,
            "subtitleColor": _SOFT,
            "offset": 14,
        },
        "vconcat": [inner, foot],
        "resolve": {"scale": {"color": "independent"}},
        "background": _PAPER,
        "padding": 24,
        "config": _config(spec.get("config", {})),
    }
    if "data" in spec:
        inner["data"] = spec["data"]
    whole["datasets"] = {name: _rows(rows) for name, rows in spec.get("datasets", {}).items()}
    return whole


def _rows(rows: Any) -> Any:
    """Write a frame as Vega reads it; rows that are lists already stay."""
    if not hasattr(rows, "to_json"):
        return rows
    return json.loads(rows.to_json(orient="records", date_format="iso"))


def _wide(inner: dict[str, Any]) -> dict[str, Any]:
    """Give a chart that fills its container a width of its own."""
    return inner | {"width": WIDTH_PX} if inner.get("width") == "container" else inner


def _config(own: Mapping[str, Any]) -> dict[str, Any]:
    ink = {"labelColor": _INK, "titleColor": _INK}
    return {
        **own,
        "font": _FONT,
        "axis": {**own.get("axis", {}), **ink},
        "legend": {**own.get("legend", {}), **ink},
        "title": {"color": _INK},
    }
