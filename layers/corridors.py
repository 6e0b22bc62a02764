"""Crossings and routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely

from layers.data import LayerData, LegendEntry, Sign, feature, label, rows_of
from layers.popup import Row, card, row, source_row
from layers.style import COMMODITIES, GROUND, Swatch

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.seeds import Seeds

MAIN_CROSSING: Final = "torkham"
HEADING: Final = "Routes (schematic)"
CROSSING_PX: Final = 10
MAIN_PX: Final = 16


def draw_crossings(seeds: Seeds) -> LayerData:
    """Draw the crossings as diamonds, Torkham larger and always named."""
    features = []
    for crossing in rows_of(seeds.crossings):
        main = crossing.id == MAIN_CROSSING
        sign = Sign(
            shape="diamond",
            colour=GROUND["crossing"],
            fill="full" if main else "open",
            size=MAIN_PX if main else CROSSING_PX,
        )
        named = label(
            crossing.name,
            "crossing-main" if main else "crossing",
            rank=2 if main else 15,
            min_zoom=5 if main else 7,
        )
        features.append(
            feature(
                crossing.geometry,
                draw="sign",
                key=f"crossing:{crossing.id}",
                name=f"Crossing: {crossing.name}",
                main=main,
                sign=sign,
                label=named,
                popup=_crossing_card(crossing),
            )
        )
    legend = (
        LegendEntry(
            label="Torkham",
            sign=Sign(shape="diamond", colour=GROUND["crossing"], size=MAIN_PX),
        ),
        LegendEntry(
            label="Other crossing or pass",
            sign=Sign(
                shape="diamond",
                colour=GROUND["crossing"],
                fill="open",
                size=CROSSING_PX,
            ),
        ),
    )
    return LayerData(features=tuple(features), legend=legend)


def _crossing_card(crossing: Any) -> dict[str, Any]:
    moved = (
        f"{crossing.moved_km:.1f} km from the published coordinate"
        if crossing.moved_km >= 0.05
        else ""
    )
    rows = [
        row("Also called", ", ".join(crossing.alt_names)),
        row("Between", f"{crossing.afghan_province} and {crossing.neighbour_province}"),
        row("Type", crossing.type),
        row("Status", crossing.status),
        row("About", crossing.description),
        row("Placed", crossing.placed_by),
        row("", moved),
        *source_rows(crossing.source_url, crossing.other_urls),
    ]
    return dict(card(crossing.name, "Border crossing", rows))


def source_rows(url: str, others: list[str], name: str = "") -> list[Row]:
    """Write the sources of a crossing or route as rows with links."""
    first = [source_row(name, url, "", first=True)] if url or name else []
    return [*first, *(source_row("", each, "", first=False) for each in others)]


def draw_routes(seeds: Seeds, *, commodity: Swatch) -> LayerData:
    """Draw the routes of one class of commodity as schematic corridors.

    A route of several classes is as many strands side by side, one in each
    class's layer; its ``lane`` is where this one lies.

    Parameters
    ----------
    seeds
        For the routes.
    commodity
        One of :data:`layers.style.COMMODITIES`.
    """
    land = seeds.countries_light
    features = [
        feature(
            route.geometry,
            draw="route",
            key=f"route:{route.id}",
            name=f"Route: {route.name}",
            colour=commodity.colour,
            lane=_lane(route.commodities, commodity),
            arrows=arrow_way(route.direction, route.geometry, land),
            inferred=bool(route.inferred),
            popup=_route_card(route),
        )
        for route in rows_of(seeds.routes)
        if set(route.commodities) & set(commodity.members)
    ]
    if not features:
        return LayerData(features=())
    sign = Sign(shape="line", colour=commodity.colour, size=3)
    order = COMMODITIES.index(commodity)
    label = commodity.name.capitalize()
    legend = [LegendEntry(label=label, heading=HEADING, order=order, sign=sign)]
    if any(each["properties"]["inferred"] for each in features):
        sign = Sign(shape="line", colour=GROUND["ink-soft"], size=3, dashed=True)
        entry = LegendEntry(label="Inferred by the source", heading=HEADING, order=99, sign=sign)
        legend.append(entry)
    return LayerData(
        features=tuple(features),
        legend=tuple(legend),
        note="Schematic: straight between named places, not surveyed roads.",
    )


def _lane(commodities: list[str], commodity: Swatch) -> float:
    """Place a class's strand among those of a route: strands from its middle."""
    carried = [swatch for swatch in COMMODITIES if set(swatch.members) & set(commodities)]
    return carried.index(commodity) - (len(carried) - 1) / 2


def arrow_way(direction: str, line: shapely.LineString, countries: gpd.GeoDataFrame) -> str:
    """Tell which way the arrows of a route point along its line.

    Parameters
    ----------
    direction
        ISO codes joined by ``>`` or ``<>``, such as ``AFG>PAK>sea``.
    line
        The corridor from its first to its last waypoint.
    countries
        To tell whether the line was listed from the far end.

    Returns
    -------
    str
        ``both``, ``back`` (against the order of the line), ``on``, or empty
        text where the source names no direction.
    """
    if "<>" in direction:
        return "both"
    stops = direction.split(">")
    if len(stops) < 2:
        return ""
    ends = [_country_of(shapely.Point(line.coords[at]), countries) for at in (0, -1)]
    places = [stops.index(end) if end in stops else None for end in ends]
    if None not in places and places[0] > places[1]:  # type: ignore[operator]
        return "back"
    return "on"


def _country_of(point: shapely.Point, countries: gpd.GeoDataFrame) -> str:
    inside = countries[countries.intersects(point)]
    return str(inside["iso3"].iloc[0]) if len(inside) else ""


def _route_card(route: Any) -> dict[str, Any]:
    rows = [
        row("Carries", ", ".join(route.commodities)),
        row("Direction", route.direction.replace("<>", " ↔ ").replace(">", " → ")),
        row("Through", " – ".join(route.waypoints)),
        row("About", route.summary),
        row("Inferred", "The source infers this route." if route.inferred else ""),
        row("Drawn", "Schematic between the places named; not a surveyed road."),
        *source_rows(route.source_url, route.other_urls, route.source_name),
    ]
    return dict(card(route.name, "Route", rows))
