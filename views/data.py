"""The data behind the page, read and joined once for everybody."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import SeedError
from geo.joins import join_records
from geo.recordset import RecordSet
from geo.seeds import SEEDS, load_seeds
from geo.select import Selection, filter_records
from geo.vocabulary import KINDS, Vocabulary, make_vocabulary
from layers.assets import data_files, page_files
from layers.pagefilter import page_filter
from layers.registry import LAYERS
from views.assets import FROM_MAP, are_served, serve_files
from views.labels import words_of

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.filters import Filters
    from geo.recordset import Mask
    from geo.seeds import Seeds

SEEDS_VARIABLE: Final = "KHYBER_ATLAS_SEEDS"
"""Environment variable that names another folder of data than ``seeds/``."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Atlas:
    """All that pages share; read-only.

    Attributes
    ----------
    seeds, joined, vocabulary
        The data, its joined records, and the values that filters may take.
    records
        The joined records, ready to be asked.
    of_kind
        Which of the joined records are of each kind.
    names
        Country names by ISO 3166-1 alpha-3 code.
    years
        First and last year that a record may lie in.
    labels
        For each field of the filters, its values by the words that its widget has.
    folder, files
        Where the map's files are served from, and their names.
    """

    seeds: Seeds
    joined: gpd.GeoDataFrame
    records: RecordSet
    of_kind: dict[str, Mask]
    vocabulary: Vocabulary
    names: dict[str, str]
    years: tuple[int, int]
    labels: dict[str, dict[str, str]]
    folder: Path
    files: tuple[str, ...]

    @property
    def data_url(self) -> str:
        """Address of the served folder, as the map's frame sees it."""
        return f"{FROM_MAP}/{self.folder.name}"


def seeds_folder() -> Path:
    """Find the folder of the data.

    Returns
    -------
    pathlib.Path
        ``seeds/``, or what the environment variable names.

    Raises
    ------
    SeedError
        If the variable names no Data Package.
    """
    named = os.environ.get(SEEDS_VARIABLE, "").strip()
    if not named:
        return SEEDS
    folder = Path(named).expanduser()
    if not (folder / "datapackage.json").is_file():
        msg = (
            f"{SEEDS_VARIABLE}={named!r} holds no datapackage.json; "
            "name a folder laid out as seeds/, or unset it."
        )
        raise SeedError(msg)
    return folder


def load_atlas() -> Atlas:
    """Give the data, reading it on the first call and whenever it has changed.

    Raises
    ------
    AtlasError
        If the data cannot be read or the map's files cannot be written.
    """
    folder = seeds_folder()
    try:
        descriptor = (folder / "datapackage.json").read_bytes()
    except OSError as error:
        msg = f"datapackage.json cannot be read ({error.strerror}); restore seeds/."
        raise SeedError(msg) from error
    return _load(str(folder), hashlib.sha256(descriptor).hexdigest())


@st.cache_resource(
    max_entries=2,
    show_spinner="Reading borders and records…",
    validate=lambda atlas: are_served(atlas.folder, atlas.files),
)
def _load(folder: str, checksum: str) -> Atlas:  # noqa: ARG001 - the key
    try:
        seeds = load_seeds(Path(folder))
        joined = join_records(seeds.records, seeds)
        files = {**page_files(), **data_files(seeds, joined)}
        first, last = joined["date_start"].min().year, joined["date_end"].max().year
    except (KeyError, TypeError, AttributeError) as error:
        msg = (
            f"The data in {Path(folder).name}/ is not laid out as it should be "
            f"({error}); `python cli.py check` says where."
        )
        raise SeedError(msg) from error
    vocabulary = make_vocabulary(joined, seeds.items, seeds)
    return Atlas(
        seeds=seeds,
        joined=joined,
        records=RecordSet(joined, seeds.items, seeds),
        of_kind={kind: (joined["kind"] == kind).to_numpy(dtype=bool) for kind in KINDS},
        vocabulary=vocabulary,
        labels={
            name: {words_of(name, value, seeds): value for value in vocabulary.values(name)}
            for name in vocabulary.terms
        },
        names=seeds.country_names,
        years=(first, last),
        folder=serve_files(files),
        files=tuple(files),
    )


def select(atlas: Atlas, filters: Filters) -> Selection:
    """Keep the records that match resolved filters."""
    return filter_records(atlas.records, filters)


def page_filters(atlas: Atlas, filters: Filters, selection: Selection) -> dict[str, dict[str, Any]]:
    """Write resolved filters for the page, by the id of each layer of records."""
    return {
        layer.id: page_filter(
            filters, selection.surely[atlas.of_kind[layer.kind]], atlas.seeds.crossings
        )
        for layer in LAYERS
        if layer.kind
    }
