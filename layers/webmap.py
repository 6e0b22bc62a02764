"""The folium side of the map: an unchanging base, and a group that says what is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import folium
from branca.element import MacroElement
from folium.template import Template

from layers.assets import script_json
from layers.view import View, view_data

if TYPE_CHECKING:
    from layers.assets import Assets

CENTRE: Final = (33.9, 67.5)
"""Latitude and longitude that the map opens at; the page then fits it to its size."""

ZOOM: Final = 6
MAP_OPTIONS: Final[dict[str, Any]] = {
    "min_zoom": 4,
    "max_zoom": 14,
    "zoom_snap": 0.5,
    "wheel_px_per_zoom_level": 100,
    "max_bounds": [[11, 38], [53, 96]],
    "max_bounds_viscosity": 0.6,
    "keyboard": True,
    # A popup that fades away is still there for whoever listens to the page.
    "fade_animation": False,
}


def base_map(assets: Assets) -> folium.Map:
    """Make the base map, the same at every call.

    streamlit-folium starts the map anew when the base map's script changes, so
    nothing here depends on what is shown. The object must not be reused:
    streamlit-folium alters it.

    Parameters
    ----------
    assets
        Addresses of Leaflet and of the map's own script and style.

    Returns
    -------
    folium.Map
        Without tiles or anything from a content network.
    """
    base = folium.Map(
        location=CENTRE, zoom_start=ZOOM, tiles=None, control_scale=False, **MAP_OPTIONS
    )
    # On the instance: the lists of the class belong to all maps of the process.
    base.default_js = [(f"khyber_js_{n}", url) for n, url in enumerate(assets.js)]
    base.default_css = [(f"khyber_css_{n}", url) for n, url in enumerate(assets.css)]
    return base


class _Show(MacroElement):
    """One call of the page's ``khyber.show`` on the map."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            khyber.show({{ this._parent._parent.get_name() }}, {{ this.view }});
        {% endmacro %}
        """
    )

    def __init__(self, view: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "KhyberShow"
        self.view = view


def view_group(view: View) -> folium.FeatureGroup:
    """Make the group for ``st_folium(feature_group_to_add=…)``.

    What it shows hangs on the map itself, not on this group, which
    streamlit-folium removes at each change: so only what differs is redrawn.

    Parameters
    ----------
    view
        What to show.
    """
    group = folium.FeatureGroup(name="Khyber Atlas", control=False)
    group.add_child(_Show(script_json(view_data(view))))
    return group
