"""KML: one placemark a record, for Google Earth and other globes."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape as xml_escape

import pandas as pd
from lxml import etree
from lxml.builder import ElementMaker

from geo.fields import ITEM_COLUMNS, SOURCE_TABLE_COLUMNS
from geo.formats.characters import FORBIDDEN_IN_XML, spell, unspell_table
from geo.formats.dataset import COLUMNS, About, Dataset, nested, plain_rows, restore, unnested

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MANIFEST_NAME: Final = "khyber-manifest"
SPACE: Final = "http://www.opengis.net/kml/2.2"
_LISTS: Final = {"items": ITEM_COLUMNS, "sources": SOURCE_TABLE_COLUMNS}
_TYPES: Final = {"number": "double", "integer": "int", "boolean": "bool"}
# Without a namespace of their own, elements are in that of the root they are written into.
_KML: Final = ElementMaker()

_BALLOON: Final = "$[name]<br>$[description]"
"""What a globe shows of a record: its name and description, which are escaped, and no field."""


def write(path: Path, dataset: Dataset, progress: Callable[[float], None]) -> None:
    """Write KML 2.2.

    Parameters
    ----------
    path, dataset, progress
        See :func:`geo.formats.write_data`. Items and sources stand as JSON in
        two fields; characters that XML cannot hold are spelt out
        (:mod:`geo.formats.characters`).
    """
    lists = {name: nested(getattr(dataset, name)) for name in _LISTS}
    table = pd.DataFrame(dataset.records[list(COLUMNS)])
    done = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{SPACE}">\n<Document>\n')
        for part in _head(dataset.about):
            file.write(etree.tostring(part, encoding="unicode", pretty_print=True))
        for rows in plain_rows(table):
            for row in rows:
                values = dict(zip(COLUMNS, row, strict=True))
                values |= {name: _listed(each.get(values["id"])) for name, each in lists.items()}
                file.write(_placemark(values))
            done += len(rows)
            progress(done / len(table))
        file.write("</Document>\n</kml>\n")


def _listed(rows: list[dict[str, Any]] | None) -> str:
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def _placemark(values: Mapping[str, Any]) -> str:
    name = ", ".join(values[each] for each in ("category", "place") if values[each])
    # An empty number would be read as 0.
    data = "".join(
        f'<SimpleData name="{column}">{_xml(value)}</SimpleData>\n'
        for column, value in values.items()
        if value is not None and value != ""
    )
    located = values["lon"] is not None and values["lat"] is not None
    place = f"{values['lon']!r},{values['lat']!r}" if located else ""
    # Globes show name and description as HTML.
    return (
        f"<Placemark>\n<name>{_xml(escape(name, quote=False))}</name>\n"
        f"<description>{_xml(escape(values['summary'], quote=False))}</description>\n"
        "<styleUrl>#record</styleUrl>\n"
        f'<ExtendedData><SchemaData schemaUrl="#records">\n{data}</SchemaData></ExtendedData>\n'
        + (f"<Point><coordinates>{place}</coordinates></Point>\n" if place else "")
        + "</Placemark>\n"
    )


def _xml(value: Any) -> str:
    """Write a value as XML's text."""
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else repr(value)
    # A lone carriage return would be read as a line feed.
    return xml_escape(spell(value, FORBIDDEN_IN_XML), {"\r": "&#13;"})


def _head(about: About | None) -> list[Any]:
    """Write what stands before the records: words, manifest, style, types of the fields."""
    style = _KML.Style(_KML.BalloonStyle(_KML.text(_BALLOON)), id="record")
    if about is None:
        return [style]
    lines = [*about.lines(), *((each.name, each.description) for each in about.fields)]
    description = "\n".join(escape(f"{label}: {text}", quote=False) for label, text in lines)
    data = [_KML.Data(_KML.value(about.manifest), name=MANIFEST_NAME)] if about.manifest else []
    types = {each.name: each.type for each in about.fields if each.table == "records"}
    fields = [
        _KML.SimpleField(name=name, type=_TYPES.get(types.get(name, ""), "string"))
        for name in (*COLUMNS, *_LISTS)
    ]
    return [
        _KML.name(spell(escape(about.title, quote=False), FORBIDDEN_IN_XML)),
        _KML.description(spell(description, FORBIDDEN_IN_XML)),
        style,
        _KML.ExtendedData(*data),
        _KML.Schema(*fields, name="records", id="records"),
    ]


def read(path: Path) -> Dataset:
    """Read what :func:`write` wrote."""
    rows = []
    with path.open("rb") as file:
        for _, mark in etree.iterparse(file, tag=f"{{{SPACE}}}Placemark", resolve_entities=False):
            fields = mark.iter(f"{{{SPACE}}}SimpleData")
            rows.append({each.get("name"): each.text or "" for each in fields})
            # Those read before would stay in memory, empty.
            mark.clear()
            while mark.getprevious() is not None:
                del mark.getparent()[0]
    table = unspell_table(pd.DataFrame(rows, columns=[*COLUMNS, *_LISTS], dtype="str").fillna(""))
    items, sources = (
        unnested(table["id"], [json.loads(text) if text else None for text in table[name]], columns)
        for name, columns in _LISTS.items()
    )
    return restore(table, items, sources)


def read_manifest(path: Path) -> str | None:
    """Take the manifest's text out of the document's data; ``None``: there is none."""
    tags = [f"{{{SPACE}}}{tag}" for tag in ("Data", "Placemark")]
    with path.open("rb") as file:
        for _, element in etree.iterparse(file, tag=tags, resolve_entities=False):
            if element.tag == tags[1]:
                return None
            if element.get("name") == MANIFEST_NAME:
                text: str | None = element.findtext(f"{{{SPACE}}}value")
                return text
    return None
