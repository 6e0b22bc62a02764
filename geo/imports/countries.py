"""Countries: which one a text means, and which one a point lies in."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pycountry

from geo.imports.folding import fold, key
from geo.places import NOWHERE, locate
from geo.seeds import SEEDS

if TYPE_CHECKING:
    from geo.seeds import Seeds

NAMES: Final = SEEDS / "imports" / "countries.csv"
"""Names that ISO 3166 has not: in other languages, and as sources write them."""

_IN_BRACKETS: Final = re.compile(r"\([^)]*\)")


class Countries:
    """The countries of the atlas, asked by name and by place.

    Parameters
    ----------
    seeds
        Their names and outlines.

    Attributes
    ----------
    outlined
        Codes of those whose outlines it has.
    """

    def __init__(self, seeds: Seeds) -> None:
        own = {key(fold(name)): code for code, name in seeds.country_names.items()}
        self._names = _names() | own
        self._units = seeds.countries.rename(columns={"iso3": "unit"})
        self.outlined = frozenset(self._units["unit"])

    def code(self, text: str) -> str:
        """Give the ISO 3166-1 alpha-3 code that a text means; empty: none.

        Parameters
        ----------
        text
            A name, a code of two or three letters or digits; what stands in
            brackets behind a name, as a former one, does not matter.
        """
        for part in (text, _IN_BRACKETS.sub(" ", text)):
            plain = " ".join(part.split()).casefold()
            if code := self._names.get(key(fold(plain)), "") or _standard(plain):
                return code
        return ""

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


@cache
def _names() -> dict[str, str]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        return {key(fold(row["name"])): row["iso3"] for row in csv.DictReader(file)}


@lru_cache(maxsize=10_000)
def _standard(plain: str) -> str:
    if not plain or len(plain) > 80:
        return ""
    wanted = plain.zfill(3) if plain.isascii() and plain.isdigit() else plain
    try:
        return str(pycountry.countries.lookup(wanted).alpha_3)
    except LookupError:
        return ""
