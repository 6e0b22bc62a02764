"""The page: a map that opens from disk in any browser, with no network at all."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from layers.assets import page_files, saved_files, script_json
from layers.page_data import early_blocks, late_blocks, page_view
from layers.page_text import block, foot, head, plain, stage, tag

if TYPE_CHECKING:
    from layers.snapshot import Snapshot


def page_html(snapshot: Snapshot) -> str:
    """Write a snapshot as a page.

    Parameters
    ----------
    snapshot
        What to show; all layers are in the page, those of the snapshot are on.

    Returns
    -------
    str
        HTML that refers to no other file, the same for the same snapshot. Its
        Content-Security-Policy lets only the scripts and styles written here
        work, by their checksums.
    """
    files = page_files() | saved_files()
    styles = [files[f"{name}.css"] for name in ("leaflet", "khyber", "page")]
    scripts = [files[f"{name}.js"] for name in ("leaflet", "khyber", "page")]
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(map(_checksum, scripts))}",
            f"style-src {' '.join(map(_checksum, styles))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    view = script_json(page_view(snapshot))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f'<meta name="generator" content="Khyber Atlas {plain(snapshot.manifest.version)}">',
            tag("title", snapshot.title),
            *(f"<style>{text}</style>" for text in styles),
            '</head><body class="kp">',
            head(snapshot),
            stage(),
            foot(snapshot),
            f'<script type="application/json" id="view">{view}</script>',
            *(block(name, data) for name, data in early_blocks(snapshot)),
            *(f"<script>{script}</script>" for script in scripts),
            # Read once somebody asks for them: the map need not wait until they are here.
            *(block(name, data) for name, data in late_blocks(snapshot)),
            "</body></html>\n",
        ]
    )


def _checksum(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
