"""The data behind the page, read and joined once for everybody."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import SeedError
from geo.imports.merge import merge_imports
from geo.joins import join_records
from geo.recordset import RecordSet
from geo.seeds import SEEDS, load_seeds
from geo.select import Selection, filter_records
from geo.vocabulary import Vocabulary, make_vocabulary
from layers.assets import data_files, page_files, record_files
from layers.pagefilter import page_filter
from layers.registry import known_layers
from views.assets import FROM_MAP, OwnFiles, are_served, serve_files
from views.housekeeping import keep_house, spare_the_collector
from views.labels import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from geo.filters import Filters
    from geo.imports.result import Import
    from geo.recordset import Mask
    from geo.seeds import Seeds
    from layers.registry import Layer

SEEDS_VARIABLE: Final = "KHYBER_ATLAS_SEEDS"
"""Environment variable that names another folder of data than ``seeds/``."""

OWN_ATLAS: Final = "own-atlas"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Atlas:
    """All that pages share; read-only.

    Attributes
    ----------
    seeds, joined, vocabulary
        The data, its joined records, and the values that filters may take.
    records
        The joined records, ready to be asked.
    of_layer
        Which of the joined records each layer shows, by its id.
    layers
        All layers, those of records that were brought too.
    version
        Names the state of the data, for what is worked out once and kept.
    names
        Country names by ISO 3166-1 alpha-3 code.
    years
        First and last year that a record may lie in.
    labels
        For each field of the filters, its values by the words that its widget has.
    folder, files
        Where the map's files are served from, and their names.
    ground
        The built-in data alone: the same for everybody, so that what is worked out of it
        may be kept for everybody.
    own
        The files of records that one visitor brought.
    """

    seeds: Seeds
    joined: gpd.GeoDataFrame
    records: RecordSet
    of_layer: dict[str, Mask]
    layers: tuple[Layer, ...]
    version: str
    vocabulary: Vocabulary
    names: dict[str, str]
    years: tuple[int, int]
    labels: dict[str, dict[str, str]]
    folder: Path
    files: tuple[str, ...]
    ground: Seeds
    own: OwnFiles | None = None

    @property
    def data_url(self) -> str:
        """Address of the served folder, as the map's frame sees it."""
        return f"{FROM_MAP}/{self.folder.name}"

    @property
    def brought_urls(self) -> dict[Layer, str]:
        """Address of the folder of each layer of records that were brought."""
        if self.own is None:
            return {}
        base = f"{FROM_MAP}/{self.own.address}"
        return {layer: base for layer in self.layers if layer.dataset}


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


def load_atlas(imports: Sequence[Import] = ()) -> Atlas:
    """Give the data, reading it on the first call and whenever it has changed.

    Parameters
    ----------
    imports
        What this visitor has brought, to lie beside the built-in records.

    Raises
    ------
    AtlasError
        If the data cannot be read or the map's files cannot be written.
    """
    folder = seeds_folder()
    keep_house()
    try:
        descriptor = (folder / "datapackage.json").read_bytes()
    except OSError as error:
        msg = f"datapackage.json cannot be read ({error.strerror}); restore seeds/."
        raise SeedError(msg) from error
    atlas = _load(str(folder), hashlib.sha256(descriptor).hexdigest())
    if not imports:
        st.session_state.pop(OWN_ATLAS, None)
        return atlas
    return _with_own(atlas, imports)


@st.cache_resource(
    max_entries=2,
    show_spinner="Reading borders and records…",
    validate=lambda atlas: are_served(atlas.folder, atlas.files),
)
def _load(folder: str, checksum: str) -> Atlas:
    try:
        seeds = load_seeds(Path(folder))
        joined = join_records(seeds.records, seeds)
        files = {**page_files(), **data_files(seeds, joined)}
        atlas = _atlas(seeds, joined, checksum, serve_files(files), tuple(files))
    except (KeyError, TypeError, AttributeError) as error:
        msg = (
            f"The data in {Path(folder).name}/ is not laid out as it should be "
            f"({error}); `python cli.py check` says where."
        )
        raise SeedError(msg) from error
    spare_the_collector()
    return atlas


def _atlas(
    seeds: Seeds, joined: gpd.GeoDataFrame, version: str, folder: Path, files: tuple[str, ...]
) -> Atlas:
    vocabulary = make_vocabulary(joined, seeds.items, seeds)
    layers = known_layers(seeds)
    return Atlas(
        seeds=seeds,
        joined=joined,
        records=RecordSet(joined, seeds.items, seeds),
        of_layer={layer.id: layer.of(joined) for layer in layers if layer.of_records},
        layers=layers,
        version=version,
        vocabulary=vocabulary,
        labels={
            name: {words_of(name, value, seeds): value for value in vocabulary.values(name)}
            for name in vocabulary.terms
        },
        names=seeds.country_names,
        years=(joined["date_start"].min().year, joined["date_end"].max().year),
        folder=folder,
        files=files,
        ground=seeds,
    )


def _with_own(atlas: Atlas, imports: Sequence[Import]) -> Atlas:
    """Lay a visitor's own records beside the others: made once a change of them."""
    wanted = (atlas, *imports)
    kept: tuple[tuple[object, ...], Atlas] | None = st.session_state.get(OWN_ATLAS)
    if (
        kept is None
        or len(kept[0]) != len(wanted)
        or any(one is not other for one, other in zip(kept[0], wanted, strict=True))
    ):
        with st.spinner("Laying your records beside the others…"):
            kept = (wanted, _merged(atlas, imports))
        st.session_state[OWN_ATLAS] = kept
    return kept[1]


def _merged(atlas: Atlas, imports: Sequence[Import]) -> Atlas:
    seeds, joined = merge_imports(atlas.seeds, atlas.joined, imports)
    # Never the name of anybody else's: what is kept by it is not to be shared.
    version = f"{atlas.version}+{secrets.token_hex(16)}"
    merged = _atlas(seeds, joined, version, atlas.folder, atlas.files)
    files: dict[str, str | bytes] = {}
    for layer in merged.layers:
        if layer.dataset:
            files |= record_files(layer, seeds, joined)
    return replace(merged, ground=atlas.ground, own=OwnFiles(files))


def select(atlas: Atlas, filters: Filters) -> Selection:
    """Keep the records that match resolved filters."""
    return filter_records(atlas.records, filters)


def page_filters(atlas: Atlas, filters: Filters, selection: Selection) -> dict[str, dict[str, Any]]:
    """Write resolved filters for the page, by the id of each layer of records."""
    return {
        layer.id: page_filter(
            filters, selection.surely[atlas.of_layer[layer.id]], atlas.seeds.crossings
        )
        for layer in atlas.layers
        if layer.of_records
    }
