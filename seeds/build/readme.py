"""The list of files in ``seeds/README.md``, written from the Data Package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from seeds.build.geojson import write_text

README = Path(__file__).resolve().parents[1] / "README.md"
START = "<!-- files: written by `python -m seeds.build package` -->"
END = "<!-- end of files -->"


def write_files(package: dict[str, Any]) -> None:
    """Replace the list of files in the README, between its two marks.

    Raises
    ------
    ValueError
        If a mark is missing.
    """
    text = README.read_text(encoding="utf-8")
    if START not in text or END not in text:
        msg = f"{README.name}: keep the marks {START!r} and {END!r}"
        raise ValueError(msg)
    before, rest = text.split(START, 1)
    after = rest.split(END, 1)[1]
    sections = "\n".join(_section(resource) for resource in package["resources"])
    write_text(README, f"{before}{START}\n\n{sections}\n{END}{after}")


def _section(resource: dict[str, Any]) -> str:
    """One file, as a heading, a sentence and a list."""
    counts = {"rows": "rows", "features": "features", "claims": "claims"}
    size = next(f"{resource[key]} {word}" for key, word in counts.items() if key in resource)
    sources = "; ".join(f"[{s['title']}]({s['path']})" for s in resource["sources"])
    licence = resource["licenses"][0]
    lines = [
        f"### `{resource['path']}`",
        "",
        f"**{resource['title']}.** {resource['description']}",
        "",
        f"- {size}, {resource['bytes']} bytes; CRS: {resource.get('crs', 'none')}",
        f"- Source: {sources}; retrieved {resource['retrieved']}",
        f"- Licence: [{licence['title']}]({licence['path']})",
    ]
    fields = resource.get("schema", {}).get("fields", [])
    if fields:
        lines.append("- Fields: " + ", ".join(f"`{field['name']}`" for field in fields))
    return "\n".join(lines) + "\n"
