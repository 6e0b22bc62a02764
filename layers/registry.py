"""The registry of layers. A new layer is one function and one entry here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import numpy.typing as npt

from geo.brought import DATASET
from layers.corridors import draw_crossings, draw_routes
from layers.data import LayerData
from layers.ground import (
    draw_basemap,
    draw_borders,
    draw_disputed,
    draw_provinces,
    draw_unit,
    draw_wakhan,
)
from layers.style import COMMODITIES, Swatch

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.brought import Brought
    from geo.seeds import Seeds

Draw = Callable[["Seeds"], LayerData]

GROUND_GROUP: Final = "Ground"
BORDERS_GROUP: Final = "Borders and provinces"
WAYS_GROUP: Final = "Crossings and routes"
RECORDS_GROUP: Final = "Records"
BROUGHT_GROUP: Final = "Records brought here"
LAYER_GROUPS: Final = (GROUND_GROUP, BORDERS_GROUP, WAYS_GROUP, RECORDS_GROUP, BROUGHT_GROUP)

OSM: Final = "OpenStreetMap contributors"
NATURAL_EARTH: Final = f"Natural Earth 10m; outline: {OSM}"
REPORTS: Final = "Published reports, named in each record"
PLACED_REPORTS: Final = f"Published reports, named in each; placed by {OSM} and GeoNames"
ODBL: Final = "ODbL 1.0"
FACTS: Final = "CC BY 4.0"
_MAY_BE_EMPTY: Final = frozenset({"kind", "dataset"})


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A layer of the map.

    Attributes
    ----------
    id, name, group
        ``group`` is one of ``LAYER_GROUPS``.
    source, licence
        Where the data is from and under which terms; never empty.
    draw
        Makes the layer of the seeds; ``None`` for one of records, which the page
        draws (:mod:`layers.recordlayer`).
    on_by_default
        Whether a first visit shows it.
    kind
        The kind of record that it shows; empty: none.
    dataset
        Key of the set of records that was brought; empty: the built-in ones.

    Raises
    ------
    ValueError
        If a text is empty, the group unknown, or it is both drawn and of records.
    """

    id: str
    name: str
    group: str
    source: str
    licence: str
    draw: Draw | None = None
    on_by_default: bool = True
    kind: Literal["", "seizure", "incident"] = ""
    dataset: str = ""

    def __post_init__(self) -> None:
        """Refuse an incomplete entry, naming all that is missing."""
        texts = [each.name for each in fields(self) if each.type == "str"]
        missing = [name for name in texts if name not in _MAY_BE_EMPTY]
        missing = [name for name in missing if not getattr(self, name).strip()]
        if missing:
            msg = f"layer {self.id or '(no id)'} lacks {', '.join(missing)}"
            raise ValueError(msg)
        if self.group not in LAYER_GROUPS:
            msg = f"layer {self.id} is in group {self.group!r}; use one of {LAYER_GROUPS}"
            raise ValueError(msg)
        if bool(self.kind) == bool(self.draw):
            msg = f"layer {self.id} needs either a way to draw it or a kind of record"
            raise ValueError(msg)

    @property
    def of_records(self) -> bool:
        """Whether it shows records."""
        return bool(self.kind)

    def of(self, records: gpd.GeoDataFrame) -> npt.NDArray[np.bool_]:
        """Tell which joined records it shows."""
        mine = (records["kind"] == self.kind).to_numpy(dtype=bool)
        dataset = records.get(DATASET, "")
        return np.asarray(mine & (dataset == self.dataset), dtype=bool)

    def count(self, seeds: Seeds) -> int:
        """Count what the built-in data holds for it: features, or records."""
        if self.draw is None:
            return int((seeds.records["kind"] == self.kind).sum())
        return len(self.draw(seeds).features)


def _routes(commodity: Swatch) -> Layer:
    return Layer(
        id=f"routes-{commodity.members[0]}",
        name=f"Routes: {commodity.name}",
        group=WAYS_GROUP,
        source=PLACED_REPORTS,
        licence=ODBL,
        draw=partial(draw_routes, commodity=commodity),
        on_by_default=False,
    )


_province = partial(
    Layer,
    group=BORDERS_GROUP,
    source=NATURAL_EARTH,
    licence=ODBL,
)

LAYERS: Final = (
    Layer(
        id="basemap",
        name="Land, countries and towns",
        group=GROUND_GROUP,
        source=f"{OSM}; towns: GeoNames",
        licence=f"{ODBL}; CC BY 4.0",
        draw=draw_basemap,
    ),
    Layer(
        id="borders",
        name="Borders of Afghanistan",
        group=BORDERS_GROUP,
        source=OSM,
        licence=ODBL,
        draw=draw_borders,
    ),
    Layer(
        id="disputed",
        name="Other lines in dispute",
        group=BORDERS_GROUP,
        source=f"{OSM}; Natural Earth 10m",
        licence=ODBL,
        draw=draw_disputed,
    ),
    _province(id="provinces", name="Provinces", draw=draw_provinces),
    _province(
        id="nangarhar",
        name="Nangarhar",
        draw=partial(draw_unit, unit="AF-NAN", role="highlight", text="Nangarhar"),
        on_by_default=False,
    ),
    _province(
        id="khyber-pakhtunkhwa",
        name="Khyber Pakhtunkhwa",
        draw=partial(draw_unit, unit="PK-KP", role="highlight", text="Khyber Pakhtunkhwa"),
        on_by_default=False,
    ),
    _province(
        id="fata",
        name="FATA, as it was until 31 May 2018",
        draw=partial(draw_unit, unit="PK-TA", role="fata", text="FATA, until 31 May 2018"),
        on_by_default=False,
    ),
    _province(
        id="wakhan",
        name="Wakhan Corridor",
        draw=draw_wakhan,
        on_by_default=False,
    ),
    Layer(
        id="crossings",
        name="Crossings",
        group=WAYS_GROUP,
        source=PLACED_REPORTS,
        licence=ODBL,
        draw=draw_crossings,
    ),
    *(_routes(commodity) for commodity in COMMODITIES),
    Layer(
        id="seizures",
        name="Seizures",
        group=RECORDS_GROUP,
        source=REPORTS,
        licence=FACTS,
        kind="seizure",
    ),
    Layer(
        id="incidents",
        name="Incidents",
        group=RECORDS_GROUP,
        source=REPORTS,
        licence=FACTS,
        kind="incident",
    ),
)
"""All layers, in the order of the controls and the legend."""


def known_layers(seeds: Seeds) -> tuple[Layer, ...]:
    """Give all layers, those of records that were brought after the others.

    Parameters
    ----------
    seeds
        The data, with what was brought beside it.
    """
    return (*LAYERS, *(layer for each in seeds.brought for layer in _brought_layers(each)))


def _brought_layers(brought: Brought) -> Iterator[Layer]:
    for layer in LAYERS:
        if layer.kind in brought.kinds:
            yield replace(
                layer,
                id=f"{brought.key}-{layer.id}",
                name=f"{layer.name}: {brought.title}",
                group=BROUGHT_GROUP,
                source=brought.publisher or brought.title,
                licence=brought.licence or "not stated",
                dataset=brought.key,
            )


def get_layer(layer_id: str) -> Layer:
    """Find a layer by id.

    Raises
    ------
    KeyError
        If there is none, naming those there are.
    """
    for layer in LAYERS:
        if layer.id == layer_id:
            return layer
    msg = f"no layer {layer_id!r}; there are {', '.join(each.id for each in LAYERS)}"
    raise KeyError(msg)


def default_layers(layers: Iterable[Layer] = LAYERS) -> tuple[str, ...]:
    """Ids of the layers a first visit shows, of those that there are."""
    return tuple(layer.id for layer in layers if layer.on_by_default)
