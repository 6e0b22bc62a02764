"""Imports laid beside the built-in records: one set of records, items and sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from geo.brought import DATASET, Brought
from geo.errors import ImportFileError
from geo.imports.table import unique_names

if TYPE_CHECKING:
    from geo.imports.result import Import
    from geo.seeds import Seeds


def brought_of(found: Import) -> Brought:
    """Describe an import to those who show its records."""
    named = [each for each in found.mappings if each.publisher]
    terms = [f"{each.publisher}: {each.licence}" for each in named if len(found.mappings) > 1]
    terms += [each.licence for each in found.mappings if each not in named or not terms]
    return Brought(
        key=found.key,
        title=found.title,
        publisher="; ".join(dict.fromkeys(each.publisher for each in named)),
        licence=" | ".join(dict.fromkeys(terms)),
        kinds=tuple(sorted(found.joined["kind"].unique())),
        checksums=found.checksums,
    )


def _called(brought: Brought, title: str) -> Brought:
    if title == brought.title:
        return brought
    sums = {
        title if name == brought.title else name: each for name, each in brought.checksums.items()
    }
    return replace(brought, title=title, checksums=sums)


def merge_imports(
    seeds: Seeds, joined: gpd.GeoDataFrame, imports: Sequence[Import]
) -> tuple[Seeds, gpd.GeoDataFrame]:
    """Lay imports beside the built-in records.

    Parameters
    ----------
    seeds, joined
        The built-in data, and its records joined.
    imports
        With keys of their own.

    Returns
    -------
    seeds : Seeds
        With the items and sources of all, and ``brought``.
    joined : geopandas.GeoDataFrame
        All records, the built-in ones first, with ``DATASET``; a fresh index.

    Raises
    ------
    ImportFileError
        If two have one key.
    """
    keys = [*(each.key for each in seeds.brought), *(found.key for found in imports)]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        msg = f"Two files have the key {twice}; rename one of them and import it anew."
        raise ImportFileError(msg)
    own = joined.assign(**{DATASET: ""}).astype({DATASET: "str"})
    parts = [own, *(found.joined for found in imports)]
    together = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=joined.crs)
    sources = [_sources(found.joined) for found in imports]
    brought = [*seeds.brought, *map(brought_of, imports)]
    titles = unique_names([each.title for each in brought])
    extended = replace(
        seeds,
        items=pd.concat([seeds.items, *(found.items for found in imports)], ignore_index=True),
        sources=pd.concat([seeds.sources, *sources], ignore_index=True),
        # Two files of one name are told apart, in manifests too.
        brought=tuple(map(_called, brought, titles)),
    )
    return extended, together


def _sources(joined: gpd.GeoDataFrame) -> pd.DataFrame:
    """List the sources of records as the seeds do: one row a source."""
    main = pd.DataFrame(
        {
            "record_id": joined["id"],
            "rank": "1",
            "name": joined["source_name"],
            "url": joined["source_url"],
            "date": joined["source_date"],
        },
        dtype="str",
    )
    some = joined.loc[joined["other_urls"] != "", ["id", "other_urls"]]
    urls = some["other_urls"].str.split().explode()
    others = pd.DataFrame(
        {
            "record_id": some["id"].reindex(urls.index),
            "rank": (urls.groupby(level=0).cumcount() + 2).astype("str"),
            "name": "",
            "url": urls,
            "date": "",
        },
        dtype="str",
    )
    return pd.concat([main, others], ignore_index=True)
