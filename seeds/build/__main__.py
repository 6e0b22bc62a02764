"""Rebuild the seeds: `python -m seeds.build` (all) or `python -m seeds.build geometry` (some)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

# In this order: crossings and routes need the geometry, records need the crossings,
# places need the records, and the package lists every file with its checksum, so it
# comes last.
RECIPES = ("geometry", "crossings", "routes", "gazetteer", "records", "places", "package")


def main(names: Sequence[str]) -> int:
    """Run the recipes named, or all of them, in their fixed order."""
    unknown = sorted(set(names) - set(RECIPES))
    if unknown:
        print(f"unknown recipe {', '.join(unknown)}; choose from {', '.join(RECIPES)}")
        return 2
    for recipe in RECIPES:
        if not names or recipe in names:
            importlib.import_module(f"{__package__}.{recipe}").build()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
