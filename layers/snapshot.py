"""A snapshot: the records, layers and view that a file shows, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.counts import plural
from geo.describe import describe_filters
from geo.filters import Filters, to_query
from geo.notes import program_version
from geo.select import filter_records
from geo.snapshots.fingerprints import digest_of, encode_fingerprints, take_fingerprints
from geo.snapshots.manifest import Manifest, data_checksums, time_made
from layers.data import DrawOptions
from layers.measures import MEASURES
from layers.registry import LAYERS, default_layers

if TYPE_CHECKING:
    import pandas as pd

    from geo.recordset import RecordSet
    from geo.seeds import Seeds
    from geo.select import Selection
    from geo.snapshots.manifest import Extent

Size = Literal["a4", "a3", "16:9"]
SIZES: Final[tuple[Size, ...]] = ("a4", "a3", "16:9")
LONGEST_TITLE: Final = 200
LOOK_WORDS: Final = {
    "size-seizures": "seizure_measure",
    "size-incidents": "incident_measure",
    "colour-seizures": "seizure_colour",
    "show": "show_as",
}
"""Word in the address bar or a manifest: field of the options for drawing."""

LOOKS: Final = {
    "seizure_measure": ("records", *(each.id for each in MEASURES if each.kind == "seizure")),
    "incident_measure": ("records", *(each.id for each in MEASURES if each.kind == "incident")),
    "seizure_colour": ("group", "goods"),
    "show_as": ("signs", "hexagons", "heat"),
}
"""Field of the options for drawing: its values, the usual one first."""

DATA_FORMATS: Final = ("csv", "xlsx", "geojson", "gpkg", "parquet", "kml")
SHEET_FORMATS: Final = ("png", "svg", "pdf")
FORMATS: Final = ("html", *SHEET_FORMATS, "pptx", *DATA_FORMATS)
"""Suffixes of snapshots."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The paper of a printed sheet.

    Attributes
    ----------
    size
        "16:9" is a slide of 13⅓ by 7½ inches.
    landscape
        Lying, or standing.
    dpi
        Dots an inch of a PNG.
    """

    size: Size = "a4"
    landscape: bool = True
    dpi: int = 200


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a file is asked to show, apart from the records.

    Attributes
    ----------
    format
        One of ``FORMATS``.
    title
        Any text; empty: the filters in words.
    layer_ids
        Layers that are on, in the order of the registry.
    options
        How records are drawn.
    extent
        West, south, east and north in degrees; ``None``: Afghanistan and the
        lands at its borders.
    sheet
        The paper, for formats that have one.
    """

    format: str
    title: str = ""
    layer_ids: tuple[str, ...] = field(default_factory=default_layers)
    options: DrawOptions = field(default_factory=DrawOptions)
    extent: Extent | None = None
    sheet: Sheet = field(default_factory=Sheet)


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """What a file shows.

    Attributes
    ----------
    seeds, selection, filters
        The data, what the filters keep of it, and the resolved filters.
    title
        Never empty.
    layer_ids, options, extent, sheet
        As in :class:`Request`.
    manifest
        What the file says of itself.
    """

    seeds: Seeds
    selection: Selection
    filters: Filters
    title: str
    layer_ids: tuple[str, ...]
    options: DrawOptions = field(default_factory=DrawOptions)
    extent: Extent | None = None
    sheet: Sheet = field(default_factory=Sheet)
    manifest: Manifest

    @property
    def items(self) -> pd.DataFrame:
        """Items seized."""
        return self.seeds.items

    @property
    def words(self) -> str:
        """The filters in words."""
        return filters_in_words(self.filters, self.selection, self.seeds)


def filters_in_words(filters: Filters, selection: Selection, seeds: Seeds) -> str:
    """Say what filters keep: ``All 1 123 records``, or a sentence."""
    if filters == Filters():
        return f"All {plural(selection.total, 'record')}"
    return describe_filters(filters, seeds.country_names, seeds.route_names)


def take_snapshot(
    request: Request,
    *,
    seeds: Seeds,
    filters: Filters,
    selection: Selection,
    checksums: Mapping[str, str] | None = None,
) -> Snapshot:
    """Fix what a file is to show, and write its manifest.

    Parameters
    ----------
    request
        What is asked for.
    seeds, filters, selection
        The data, the resolved filters, and what they keep of it.
    checksums
        SHA-256 of the files of data by name; by default those of the seeds.

    Returns
    -------
    Snapshot
    """
    if request.format == "pptx":
        request = replace(request, sheet=replace(request.sheet, size="16:9", landscape=True))
    words = filters_in_words(filters, selection, seeds)
    title = _cut(" ".join(request.title.split())) or words
    prints = take_fingerprints(selection.records, seeds.items)
    manifest = Manifest(
        version=program_version(),
        made=time_made(),
        title=title,
        format=request.format,
        data=checksums or _checksums(seeds),
        filters=to_query(filters),
        shown=len(selection.records),
        total=selection.total,
        undecided=len(selection.undecided),
        digest=digest_of(prints),
        **_view_of(request, encode_fingerprints(prints)),
    )
    return Snapshot(
        seeds=seeds,
        selection=selection,
        filters=filters,
        title=title,
        layer_ids=request.layer_ids,
        options=request.options,
        extent=request.extent,
        sheet=request.sheet,
        manifest=manifest,
    )


def _checksums(seeds: Seeds) -> dict[str, str]:
    found = data_checksums(seeds.package, seeds.checksum)
    for brought in seeds.brought:
        found |= brought.checksums
    return found


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


def _view_of(request: Request, prints: str) -> dict[str, Any]:
    """Give the part of a manifest that tells of a picture; a file of data has none."""
    if request.format in DATA_FORMATS:
        return {}
    sheet = asdict(request.sheet) if request.format != "html" else {}
    return {
        "layers": request.layer_ids,
        "look": look_of(request.options),
        "extent": request.extent,
        "sheet": sheet,
        "prints": prints,
    }


def look_of(options: DrawOptions) -> dict[str, str]:
    """Write how records are drawn, in the address bar's words: only what is not as usual."""
    usual = DrawOptions()
    return {
        word: str(getattr(options, name))
        for word, name in LOOK_WORDS.items()
        if getattr(options, name) != getattr(usual, name)
    }


def request_of(manifest: Manifest, format_: str) -> Request:
    """Ask for what an earlier snapshot showed, in another format.

    Parameters
    ----------
    manifest
        Of the earlier snapshot; its layers and look are taken where they are
        known, for it may be of another version or have been altered.
    format_
        One of ``FORMATS``.

    Returns
    -------
    Request
        A file of data has no picture: it gives one as usual.
    """
    looks = {LOOK_WORDS[word]: each for word, each in manifest.look.items() if word in LOOK_WORDS}
    known = tuple(layer.id for layer in LAYERS if layer.id in manifest.layers)
    return Request(
        format=format_,
        title=manifest.title,
        layer_ids=known or default_layers(),
        options=replace(DrawOptions(), **{name: _known(name, looks[name]) for name in looks}),
        extent=manifest.extent,
    )


def _known(name: str, value: str) -> Any:
    """Give a look if there is such a one, else the usual."""
    return value if value in LOOKS[name] else getattr(DrawOptions(), name)


def each_value(
    by: Literal["group", "year"], *, records: RecordSet, filters: Filters
) -> list[tuple[str, Filters, Selection]]:
    """Narrow filters to each group or year that their records have.

    Parameters
    ----------
    by
        What to split by.
    records
        All joined records.
    filters
        Resolved filters.

    Returns
    -------
    list of tuple
        The value, the filters narrowed to it, and what they keep; groups by
        name, years in order. Records that name no group are in none, those
        whose date may lie in two years are undecided in both.
    """

    def keep(narrowed: Filters) -> Selection:
        return filter_records(records, narrowed)

    found = keep(filters).records
    if by == "group":
        values = sorted({str(group) for group in found["group"] if group}, key=str.casefold)
        ways = [(value, replace(filters, groups=(value,))) for value in values]
    else:
        dates = [*found["date_start"], *found["date_end"]]
        years = sorted({f"{date.year:04}" for date in dates})
        ways = [(year, replace(filters, year=year)) for year in years]
    kept = [(value, narrowed, keep(narrowed)) for value, narrowed in ways]
    return [each for each in kept if len(each[2].records)]
