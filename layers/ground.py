"""The ground: land, towns, borders, provinces and the units of special interest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.places import valid_on
from layers.data import LayerData, LegendEntry, Sign, feature, label, rows_of
from layers.popup import card, row
from layers.style import GROUND

if TYPE_CHECKING:
    from geo.seeds import Seeds

FRAME: Final = (44.0, 15.0, 90.0, 50.0)
"""West, south, east, north of the map in degrees: the edge of the seeds' land."""

NATIONAL: Final = ("AFG", "PAK")
"""Countries whose provinces are drawn."""


def draw_basemap(seeds: Seeds) -> LayerData:
    """Draw sea, land, and the names of countries and towns."""
    sea = feature(shapely.box(*FRAME), draw="ground", role="sea")
    land = [
        feature(
            country.geometry,
            draw="ground",
            role=country.role,
            label=label(
                country.name,
                "country",
                rank=0 if country.role == "afghanistan" else 1,
                max_zoom=8,
                at=(country.label_lat, country.label_lon),
            ),
        )
        for country in rows_of(seeds.countries_light)
    ]
    towns = [
        feature(
            shapely.Point(town.lon, town.lat),
            draw="town",
            label=label(
                town.name,
                "town",
                rank=10 + town.min_zoom - min(town.population, 9e6) / 1e7,
                min_zoom=int(town.min_zoom),
            ),
        )
        for town in rows_of(seeds.towns)
    ]
    return LayerData(features=(sea, *land, *towns))


def draw_borders(seeds: Seeds) -> LayerData:
    """Draw Afghanistan's borders, one line a neighbour, each with its name.

    In full detail: crossings lie on this line, and the page thins it by zoom.
    """
    features = [
        feature(
            border.geometry,
            draw="line",
            role="border",
            name=f"Border with {border.neighbour}: {border.name}",
            label=label(
                _short_name(border.name),
                "line",
                rank=4,
                min_zoom=5,
                note="not recognised by Afghan governments" if border.iso3 == "PAK" else "",
            ),
            popup=_border_card(border),
        )
        for border in rows_of(seeds.borders)
    ]
    entry = LegendEntry(
        label="Border of Afghanistan",
        sign=Sign(shape="line", colour=GROUND["border"], size=2.2),
    )
    return LayerData(
        features=tuple(features),
        legend=(entry,),
        note="A line on the map endorses no claim.",
    )


def _short_name(name: str) -> str:
    """Shorten "Amu Darya (Uzbekistan border)" to what has room on the map."""
    return name.partition("(")[2].rstrip(")") or name


def _border_card(border: Any) -> dict[str, Any]:
    source = border.published_source
    rows = [
        row("Neighbour", border.neighbour),
        row("Length", f"{border.length_km:,.0f} km along the line drawn"),
        row("Published", f"{border.published_km:,.0f} km ({source})"),
        row("Status", border.status),
        row("Note", border.note),
    ]
    return dict(card(border.name, f"Border with {border.neighbour}", rows))


def draw_disputed(seeds: Seeds) -> LayerData:
    """Draw other lines in dispute within the frame, dotted and named."""
    features = [
        feature(
            line.geometry,
            draw="line",
            role="disputed",
            name=line.name,
            label=label(line.name, "line", rank=8, min_zoom=6),
            popup=dict(card(line.name, "Line in dispute", [row("Note", line.note)])),
        )
        for line in rows_of(seeds.disputed)
    ]
    sign = Sign(shape="line", colour=GROUND["disputed"], size=1.6, dashed=True)
    entry = LegendEntry(label="Line in dispute", sign=sign)
    return LayerData(features=tuple(features), legend=(entry,))


def draw_provinces(seeds: Seeds) -> LayerData:
    """Draw the provinces of Afghanistan and the units of Pakistan of today."""
    units = seeds.provinces_light
    today = units[valid_on(units) & units["country"].isin(NATIONAL)]
    features = [
        feature(
            unit.geometry,
            draw="area",
            role="province",
            unit=unit.unit,
            name=unit.name,
            label=_unit_label(unit, "province", rank=30, min_zoom=7),
            popup=unit_card(unit),
        )
        for unit in rows_of(today)
    ]
    entry = LegendEntry(
        label="Province",
        sign=Sign(shape="line", colour=GROUND["province"], size=1),
    )
    return LayerData(features=tuple(features), legend=(entry,))


def draw_wakhan(seeds: Seeds) -> LayerData:
    """Draw the Wakhan Corridor."""
    features = [
        feature(
            area.geometry,
            draw="area",
            role="wakhan",
            name=area.name,
            label=label(area.name, "area", rank=5, min_zoom=6, at=_inner_point(area.geometry)),
            popup=dict(
                card(
                    area.name,
                    "Badakhshan, Afghanistan",
                    [
                        row(
                            "Length",
                            f"{area.length_km:,.0f} km"
                            f" (published: {_km(area.published_length_km)})",
                        ),
                        row(
                            "Mean width",
                            f"{area.mean_width_km:,.0f} km"
                            f" (published: {_km(area.published_width_km)})",
                        ),
                        row("Published in", area.published_source),
                        row("How it was cut", area.rule),
                    ],
                )
            ),
        )
        for area in rows_of(seeds.wakhan)
    ]
    entry = LegendEntry(label="Wakhan Corridor", sign=Sign(shape="area", colour=GROUND["wakhan"]))
    return LayerData(features=tuple(features), legend=(entry,))


def draw_unit(seeds: Seeds, unit: str, *, role: str, text: str) -> LayerData:
    """Draw one unit as a quiet wash.

    Parameters
    ----------
    seeds
        The built-in data.
    unit
        Unit id, such as ``AF-NAN`` or ``PK-TA``.
    role
        Its style on the page: ``highlight`` or ``fata``.
    text
        Its name in the legend.
    """
    units = seeds.provinces_light
    features = [
        feature(
            each.geometry,
            draw="area",
            role=role,
            unit=unit,
            name=text,
            label=_unit_label(each, "area", rank=6, min_zoom=6),
            popup=unit_card(each),
        )
        for each in rows_of(units[units["unit"] == unit])
    ]
    entry = LegendEntry(label=text, sign=Sign(shape="area", colour=GROUND[role]))
    return LayerData(features=tuple(features), legend=(entry,))


def unit_card(unit: Any) -> dict[str, Any]:
    """Write the popup of a province."""
    names = " · ".join(text for text in (unit.name_fa, unit.name_ur) if text)
    since, until = unit.valid_from, unit.valid_to
    valid = " ".join(
        part
        for part in (
            f"from {since}" if since else "",
            f"until {until}" if until else "",
        )
        if part
    )
    rows = [
        row("Other names", names),
        row("ISO 3166-2", unit.iso_3166_2),
        row("Area", f"{unit.area_km2:,.0f} km² as drawn"),
        row("In this form", valid),
        row("Note", unit.note),
    ]
    return dict(card(unit.name, "Province or unit", rows))


def draw_areas(seeds: Seeds) -> dict[str, Any]:
    """Give the light outline of every unit of today, by unit id.

    Records known only to a province are washed over these.
    """
    units = seeds.provinces_light
    return {
        unit.unit: {
            "geometry": feature(unit.geometry)["geometry"],
            "at": [round(unit.label_lat, 5), round(unit.label_lon, 5)],
            "name": unit.name,
        }
        for unit in rows_of(units[valid_on(units)])
    }


def _unit_label(unit: Any, style: str, *, rank: float, min_zoom: int) -> dict[str, Any]:
    at = (unit.label_lat, unit.label_lon)
    return label(unit.name, style, rank=rank, min_zoom=min_zoom, at=at)


def _inner_point(geometry: shapely.Geometry) -> tuple[float, float]:
    inner = shapely.point_on_surface(geometry)
    return inner.y, inner.x


def _km(value: Any) -> str:
    if isinstance(value, int | float):
        return f"{value:,.0f} km"
    text = str(value)
    return text if text.endswith("km") else f"{text} km"
