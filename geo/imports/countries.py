"""Countries: which one a text means, and which one a point lies in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pycountry

from geo.places import NOWHERE, locate

if TYPE_CHECKING:
    from geo.seeds import Seeds


class Countries:
    """The countries of the atlas, asked by name and by place.

    Parameters
    ----------
    seeds
        Their names and outlines.
    """

    def __init__(self, seeds: Seeds) -> None:
        self._names = {name.casefold(): code for code, name in seeds.country_names.items()}
        self._units = seeds.countries.rename(columns={"iso3": "unit"})

    def code(self, text: str) -> str:
        """Give the ISO 3166-1 alpha-3 code that a text means; empty: none.

        Parameters
        ----------
        text
            A name, a code of two or three letters or digits.
        """
        plain = " ".join(text.split()).casefold()
        return self._names.get(plain) or _standard(plain)

    def at(self, points: gpd.GeoSeries) -> npt.NDArray[np.object_]:
        """Find the country of each point; empty text: none of the atlas's.

        Parameters
        ----------
        points
            WGS84.
        """
        held = locate(points, self._units)
        codes = np.append(self._units["unit"].to_numpy(dtype=object), "")
        return codes[np.where(held == NOWHERE, len(self._units), held)]


@lru_cache(maxsize=10_000)
def _standard(plain: str) -> str:
    if not plain or len(plain) > 80:
        return ""
    wanted = plain.zfill(3) if plain.isascii() and plain.isdigit() else plain
    try:
        return str(pycountry.countries.lookup(wanted).alpha_3)
    except LookupError:
        return ""
