"""Records as a layer of any folium map: typed columns, filtered and painted in the page."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from layers.assets import record_script, record_style_sheet, script_json
from layers.details import CHUNK_ROWS

if TYPE_CHECKING:
    Details = str | Sequence[Mapping[str, Any]]


def columns_source(columns: bytes | str) -> dict[str, str]:
    """Say where the page finds columns: in itself (bytes) or at an address (text)."""
    if isinstance(columns, str):
        return {"url": columns}
    return {"data": base64.b64encode(columns).decode("ascii")}


def details_source(details: Details | None) -> dict[str, Any]:
    """Say where the page finds the popups.

    Parameters
    ----------
    details
        Chunks as :func:`layers.details.detail_chunks` gives, to put into the page;
        or what an address starts with, to which the page adds the number of a
        chunk (of ``CHUNK_ROWS`` records) and ``.json``; ``None``: there are none.
    """
    if isinstance(details, str):
        return {"url": details, "size": CHUNK_ROWS}
    chunks = list(details or ())
    return {"chunks": chunks, "size": len(chunks[0]["ids"]) if chunks else CHUNK_ROWS}


class _Text(Element):
    """Text put into the page as it is: no template of it is filled in."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class RecordLayer(MacroElement):
    """Records of one kind, painted on one canvas of the map.

    The page gets each column once and filters by itself: ``layer.setFilter`` of
    the page's ``khyber.recordsOf(map, name)`` takes a filter as
    :func:`layers.pagefilter.page_filter` gives it.

    Parameters
    ----------
    columns
        A payload of :func:`layers.payload.encode_columns` to put into the page,
        or its address.
    style
        As :func:`layers.recordstyle.record_style` gives.
    name
        What the page calls the layer; one a map.
    filter
        What to show at first; empty: all.
    details
        The popups (:func:`details_source`).
    areas
        Outlines of provinces (:func:`layers.ground.draw_areas`) or their
        address; over them records known only to a province are shown. Without
        them, such records are not.
    scripts
        Whether to put the layer's own scripts and styles into the page. False
        where the page loads them itself, as in the atlas, and in ``st_folium``,
        which runs no script of a page's head.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            new khyber.RecordLayer({{ this.options_json }}).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        columns: bytes | str,
        *,
        style: Mapping[str, Any],
        name: str = "records",
        filter: Mapping[str, Any] | None = None,  # noqa: A002 - the field's own word
        details: Details | None = None,
        areas: Mapping[str, Any] | str | None = None,
        scripts: bool = True,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "RecordLayer"
        self.scripts = scripts
        self.options_json = script_json(
            {
                "id": name,
                "columns": columns_source(columns),
                "details": details_source(details),
                "style": style,
                "filter": filter or {},
                "areas": {"url": areas} if isinstance(areas, str) else {"data": areas or {}},
            }
        )

    def render(self, **kwargs: Any) -> Any:
        """Put the layer, and once a page its scripts, into the page."""
        figure = self.get_root()
        if self.scripts and isinstance(figure, Figure):
            # By name: a second layer of the page replaces them by the same.
            style, script = record_style_sheet(), record_script()
            figure.header.add_child(_Text(f"<style>{style}</style>"), name="khyber_style")
            figure.header.add_child(_Text(f"<script>{script}</script>"), name="khyber_script")
        return super().render(**kwargs)  # type: ignore[no-untyped-call]


class RecordFilter(MacroElement):
    """A change of a record layer's filter, for ``st_folium(feature_group_to_add=…)``.

    Parameters
    ----------
    name
        The layer's name on its map.
    filter
        As :func:`layers.pagefilter.page_filter` gives.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            khyber.filterRecords({{ this.map_name }}, {{ this.arguments }});
        {% endmacro %}
        """
    )

    def __init__(self, name: str, filter: Mapping[str, Any]) -> None:  # noqa: A002
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "RecordFilter"
        self.arguments = f"{script_json(name)}, {script_json(filter)}"

    @property
    def map_name(self) -> str:
        """Name of the map in the page's script."""
        parent = self._parent
        while parent is not None and not isinstance(parent, folium.Map):
            parent = parent._parent
        if parent is None:
            msg = "add the RecordFilter to a FeatureGroup of a map"
            raise ValueError(msg)
        return str(parent.get_name())
