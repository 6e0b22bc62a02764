"""Online backgrounds to choose from; the built-in ground needs none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import xyzservices
from xyzservices import providers


@dataclass(frozen=True, kw_only=True)
class TileChoice:
    """An online background: its id in the address bar, its name, its provider."""

    id: str
    name: str
    provider: xyzservices.TileProvider

    def as_dict(self) -> dict[str, Any]:
        """Give what the page needs to fetch the tiles.

        The attribution is the provider's plain text, as the page may write it
        as markup.
        """
        return {
            "url": self.provider.build_url(fill_subdomain=False),
            "attribution": self.provider["attribution"],
            "max_zoom": self.provider.get("max_zoom", 18),
            "subdomains": self.provider.get("subdomains", "abc"),
        }


TILES: Final = (
    TileChoice(id="osm", name="OpenStreetMap", provider=providers.OpenStreetMap.Mapnik),
    TileChoice(id="terrain", name="OpenTopoMap", provider=providers.OpenTopoMap),
    TileChoice(id="imagery", name="Esri satellite imagery", provider=providers.Esri.WorldImagery),
)
"""The choices, besides none."""


def get_tiles(tiles_id: str) -> TileChoice | None:
    """Find an online background.

    Returns
    -------
    TileChoice or None
        ``None`` for an empty id: the built-in ground alone.

    Raises
    ------
    KeyError
        If there is no such choice.
    """
    if not tiles_id:
        return None
    known = {choice.id: choice for choice in TILES}
    if tiles_id not in known:
        msg = f"no online map {tiles_id!r}; there are {', '.join(known)}"
        raise KeyError(msg)
    return known[tiles_id]
