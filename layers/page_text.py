"""The page's words: its head, the places of the map and tables, and what it is made from."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from geo.counts import count_phrase, period_phrase, undecided_phrase
from geo.dates import show_date
from geo.notes import BOUNDARY_NOTE, CAVEAT, LICENCE
from layers.popup import safe_href
from layers.registry import known_layers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layers.snapshot import Snapshot

# Control characters and halves of characters cannot stand in a file of HTML.
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CHECKSUM_SHOWN: Final = 16
_LONG_TITLE: Final = 80
"""Letters from which on it is set smaller on paper."""


def plain(text: str) -> str:
    """Write text as HTML that shows exactly this text."""
    return escape(_UNWRITABLE.sub("\ufffd", text))


def tag(name: str, text: str, **attributes: str) -> str:
    """Write an element that holds a text; ``class_`` is its class."""
    given = "".join(
        f' {key.rstrip("_")}="{plain(value)}"' for key, value in attributes.items() if value
    )
    return f"<{name}{given}>{plain(text)}</{name}>"


def link(text: str, address: str) -> str:
    """Write a link if the address is an http(s) one, else the text alone."""
    href = safe_href(address)
    if not href:
        return plain(text)
    return tag("a", text, href=href, target="_blank", rel="noopener noreferrer")


def block(name: str, data: str) -> str:
    """Write packed data as a part of the page that no browser runs or shows."""
    return f'<script type="text/plain" id="{name}">{data}</script>'


def head(snapshot: Snapshot) -> str:
    """Write the title, what is shown, and the way to the page's parts."""
    period = period_phrase(snapshot.selection.records)
    words = snapshot.words if snapshot.words != snapshot.title else ""
    what = "".join(tag("span", text, dir="auto") for text in (words, period) if text)
    rest = undecided_phrase(snapshot.selection)
    long = len(snapshot.title) > _LONG_TITLE
    return f"""<a class="kp-skip" href="#records">Skip to the table of records</a>
<header class="kp-head">
<div class="kp-name">
<p class="kp-brand">Khyber Atlas<span>{plain(_day(snapshot))}</span></p>
{tag("h1", snapshot.title, dir="auto", class_="kp-long" if long else "")}
<p class="kp-what">{what}</p>
</div>
<div class="kp-sum">
<p class="kp-total"><strong>{plain(count_phrase(snapshot.selection))}</strong></p>
{tag("p", rest, class_="kp-rest") if rest else ""}
<nav aria-label="Parts of this page"><a href="#map">Map</a><a href="#records">Records</a>\
<a href="#sources">Sources</a><a href="#about">About</a></nav>
</div>
</header>"""


def stage() -> str:
    """Write the places that the scripts fill: controls, map, table and sources."""
    return f"""<noscript><p class="kp-alone">The map and the tables of this page are drawn by its \
own scripts, which your browser does not run. Nothing is loaded from the internet.</p></noscript>
<main>
<section class="kp-stage" id="map" aria-label="Map">
<details class="kp-controls" id="controls"><summary>Filters and layers</summary>\
<div class="kp-panel" id="panel"></div></details>
<div class="kp-board">
<div class="kp-line"><p id="shown"></p>\
<button type="button" id="clear" hidden>Clear filters</button></div>
<p class="kp-unseen" id="told" role="status" aria-live="polite"></p>
<div class="kp-frame"><div id="map_div"></div></div>
<div class="kp-key" id="print-legend"></div>
{tag("p", f"{CAVEAT} {BOUNDARY_NOTE}", class_="kp-foot")}
</div>
</section>
<section class="kp-part" id="records" aria-labelledby="records-head">
<h2 id="records-head" tabindex="-1">Records</h2>
<div id="table"></div>
</section>
<section class="kp-part" id="sources" aria-labelledby="sources-head">
<h2 id="sources-head">Sources</h2>
<div id="publishers"></div>
"""


def foot(snapshot: Snapshot) -> str:
    """Write the layers' credits, and what the snapshot says of itself."""
    return f"""<h3>The layers of the map</h3>
<div class="kp-wide"><table class="kp-plain"><thead><tr><th scope="col">Layer</th>\
<th scope="col">Source</th><th scope="col">Licence</th></tr></thead>
<tbody>{"".join(_credits(snapshot))}</tbody></table></div>
<p class="kp-terms">{_licences(snapshot)}</p>
</section>
<section class="kp-part" id="about" aria-labelledby="about-head">
<h2 id="about-head">About this snapshot</h2>
<div class="kp-columns">
<div>{tag("p", CAVEAT)}{tag("p", BOUNDARY_NOTE)}
<p>This page is one file. It asks nothing of the internet; only the links to sources lead there.</p>
<h3>Is it what it says?</h3>
<p>The file carries what it was made from. With the atlas, this tells whether it is as it was \
written, and whether the data has changed since:</p>
<pre>python cli.py verify FILE</pre></div>
<dl class="kp-facts">{"".join(_facts(snapshot))}</dl>
</div>
</section>
</main>"""


def _credits(snapshot: Snapshot) -> Iterable[str]:
    for layer in known_layers(snapshot.seeds):
        cells = "".join(tag("td", text) for text in (layer.source, layer.licence))
        yield f"<tr>{tag('th', layer.name, scope='row')}{cells}</tr>"


def _licences(snapshot: Snapshot) -> str:
    """Name the terms of the data with links, and of joined records."""
    terms = {
        str(each["path"]): str(each.get("title", each["name"]))
        for resource in snapshot.seeds.package.get("resources", [])
        for each in resource.get("licenses", [])
        if each.get("path")
    }
    links = " · ".join(link(title, path) for path, title in terms.items())
    return f"{plain(LICENCE)}. {links}".strip()


def _facts(snapshot: Snapshot) -> Iterable[str]:
    manifest = snapshot.manifest
    yield _fact("Made", f"{_day(snapshot)}, {manifest.made[11:16]} UTC")
    yield _fact("Program", f"Khyber Atlas {manifest.version}")
    yield _fact(
        "Records", f"{count_phrase(snapshot.selection)}.", undecided_phrase(snapshot.selection)
    )
    yield _fact("Filters", *(_queries(manifest.filters) or ["none"]))
    names = {layer.id: layer.name for layer in known_layers(snapshot.seeds)}
    yield _fact("Layers on", ", ".join(names[each] for each in manifest.layers) or "none")
    if manifest.extent is not None:
        yield _fact("Extent", _extent(manifest.extent))
    yield _fact("Records’ checksum", manifest.digest)
    lines = "".join(
        f"<tr>{tag('th', name, scope='row')}"
        f"{tag('td', digest[:_CHECKSUM_SHOWN], title=digest)}</tr>"
        for name, digest in manifest.data.items()
    )
    yield (
        "<dt>Data</dt><dd><details><summary>SHA-256 of each file, the first 16 digits</summary>"
        f"<table>{lines}</table></details></dd>"
    )


def _fact(name: str, *texts: str) -> str:
    lines = "".join(tag("dd", text, dir="auto") for text in texts if text)
    return tag("dt", name) + lines


def _queries(filters: Mapping[str, Iterable[str]]) -> list[str]:
    return [f"{word}: {value}" for word, values in filters.items() for value in values]


def _extent(extent: tuple[float, float, float, float]) -> str:
    west, south, east, north = extent
    return f"{west:g}° to {east:g}° east, {south:g}° to {north:g}° north"


def _day(snapshot: Snapshot) -> str:
    return show_date(snapshot.manifest.made[:10])
