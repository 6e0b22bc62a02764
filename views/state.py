"""One truth for widgets and address bar.

The session's widgets are the truth once the page is open; the address follows
them. An address that changes by itself (a link, Back, Forward) is read anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.dates import parse_period
from geo.errors import DateError
from geo.filters import REPEATABLE, WORDS, Filters
from geo.vocabulary import resolve_filters
from layers.data import DrawOptions
from layers.snapshot import LOOK_WORDS
from views import datasets
from views.choices import BROUGHT, Choices, Query, read_query, write_query
from views.history import remember
from views.labels import meant
from views.options import OPTION_KEYS, take_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from views.data import Atlas

WIDGETS: Final = {name: f"filter-{word}" for word, name in WORDS.items() if name != "year"}
"""Field of the filters: key of its widget."""

OPTIONS: Final = {name: f"option-{word}" for word, name in LOOK_WORDS.items()}
LAYER_KEY: Final = "layer-{}"
"""Key of the toggle of a layer, by its id."""

YEARS: Final = "filter-years"
TILES: Final = "option-tiles"
RECORD: Final = "record"
VERSUS: Final = "versus"
NOTES: Final = "notes"
NONCE: Final = "focus-nonce"
EPOCH: Final = "address-epoch"
HEARD: Final = "map-heard"
"""Set where the map itself has told something, whatever became of it."""

_ADDRESS: Final = "address-seen"
_SETTLED: Final = "choices-settled"
_LAYERS: Final = "layers-known"

EVERY_KIND: Final = "all"
EITHER: Final = "either"
EVERY: Final = {"kind": EVERY_KIND, "province_as": EITHER}
"""Field of the filters: what its widget says where no condition is set."""

_TEXTS: Final = ("date_from", "date_to", "text", "at_least", "area")


def settle(atlas: Atlas) -> tuple[Choices, list[str]]:
    """Bring widgets and address into step, before any widget is made.

    Returns
    -------
    choices : Choices
        What the page is to show, with resolved filters.
    faults : list of str
        What is wrong with what was typed into the sidebar.
    """
    state = st.session_state
    address: Query = {word: st.query_params.get_all(word) for word in st.query_params}
    heard = state.pop(HEARD, False)
    if _SETTLED not in state:
        _open_address(address, atlas)
    elif address != state[_ADDRESS] and not heard and take(atlas) == state[_SETTLED]:
        # No widget has changed and the map has told nothing, so the visitor went to another
        # address. (Else this is the old address of a page that has not heard of ours yet.)
        _open_address(address, atlas)
    chosen = take(atlas)
    filters, faults = resolve_filters(chosen.filters, atlas.vocabulary)
    resolved = replace(chosen, filters=filters)
    kept = datasets.kept_tokens()
    if chosen != state[_SETTLED] or kept != address.get(BROUGHT, []):
        query = write_query(resolved, atlas.layers)
        if kept:
            # So that the link opens what is kept on the server too.
            query[BROUGHT] = kept
        if query != address:
            st.query_params.from_dict(query)
        state[_ADDRESS] = query
        before = _with_new_layers(state[_SETTLED], chosen, atlas)
        if chosen != before:
            remember(before, chosen)
        state[_SETTLED] = chosen
    _keep_options(chosen.views)
    return resolved, faults


def _with_new_layers(before: Choices, now: Choices, atlas: Atlas) -> Choices:
    """Give earlier choices the layers that are on now and that there were not yet then."""
    ids = {layer.id for layer in atlas.layers}
    known = st.session_state.get(_LAYERS, ids)
    st.session_state[_LAYERS] = ids
    kept = [each for each in before.layers if each in ids]
    return replace(before, layers=(*kept, *(each for each in now.layers if each not in known)))


def _keep_options(views: Mapping[str, str]) -> None:
    """Keep what widgets of tabs say that are not open: Streamlit would forget it."""
    for word, key in OPTION_KEYS.items():
        st.session_state[key] = views[word]


def _open_address(address: Query, atlas: Atlas) -> None:
    choices, complaints = read_query(
        address, atlas.vocabulary, atlas.records.row_of.index, atlas.layers
    )
    put(choices, atlas)
    state = st.session_state
    state[NOTES] = [*datasets.complaints(), *complaints]
    state[NONCE] = state.get(NONCE, 0) + 1
    state[EPOCH] = state.get(EPOCH, 0) + 1
    state[_ADDRESS] = address
    state[_SETTLED] = take(atlas)


def put(choices: Choices, atlas: Atlas) -> None:
    """Set all widgets; only before they are made, or in a callback."""
    state = st.session_state
    put_filters(choices.filters, atlas)
    put_versus(choices.versus)
    for layer in atlas.layers:
        state[LAYER_KEY.format(layer.id)] = layer.id in choices.layers
    for name, key in OPTIONS.items():
        state[key] = getattr(choices.options, name)
    for word, value in choices.views.items():
        put_option(word, value)
    state[TILES] = choices.tiles
    state[RECORD] = choices.record


def put_filters(filters: Filters, atlas: Atlas) -> None:
    """Set the widgets of the filters."""
    state = st.session_state
    if filters.year:
        filters = replace(filters, date_from=filters.year, date_to=filters.year)
    for name, key in WIDGETS.items():
        value = getattr(filters, name)
        if name in EVERY:
            state[key] = value or EVERY[name]
        elif name in REPEATABLE:
            state[key] = list(value)
        elif name in _TEXTS:
            state[key] = value or ""
        else:
            state[key] = value
    follow_dates(atlas)


def put_versus(versus: Filters | None) -> None:
    """Set the second filter; ``None`` ends a comparison."""
    st.session_state[VERSUS] = versus


def put_option(word: str, value: str) -> None:
    """Set an option of a view (:mod:`views.options`)."""
    st.session_state[OPTION_KEYS[word]] = value


def take(atlas: Atlas) -> Choices:
    """Read what the widgets say; dates may be anything that was typed."""
    state = st.session_state
    on = tuple(
        # Records that were brought since have a layer that nobody has switched off.
        layer.id
        for layer in atlas.layers
        if state.setdefault(LAYER_KEY.format(layer.id), layer.on_by_default)
    )
    known = state[RECORD] and state[RECORD] in atlas.records.row_of.index
    return Choices(
        filters=_take_filters(atlas),
        layers=on,
        tiles=state[TILES] or "",
        options=DrawOptions(**{name: state[key] for name, key in OPTIONS.items()}),
        record=state[RECORD] if known else "",
        versus=state[VERSUS],
        views={word: take_option(state, word) for word in OPTION_KEYS},  # type: ignore[arg-type]
    )


def _take_filters(atlas: Atlas) -> Filters:
    state = st.session_state
    values: dict[str, Any] = {}
    for name, key in WIDGETS.items():
        value = state[key]
        labels = atlas.labels.get(name, {})
        if name in REPEATABLE:
            values[name] = tuple(dict.fromkeys(meant(each, labels) for each in value or ()))
        elif isinstance(value, str):
            values[name] = meant(value.strip(), labels) or None
        else:
            values[name] = value
    for name, every in EVERY.items():
        if values[name] == every:
            values[name] = None
    if not values["provinces"]:
        values["province_as"] = None
    # The widget cannot refuse 0, which no filter means.
    measured = values["near"] or values["borders"] or values["routes"]
    if not (values["within_km"] and measured):
        values["within_km"] = None
    # Both dates the same year reads better as that year.
    if values["date_from"] == values["date_to"] and _is_year(values["date_from"]):
        values |= {"year": values["date_from"], "date_from": None, "date_to": None}
    return Filters(**values)


def _is_year(text: str | None) -> bool:
    return text is not None and len(text) == 4 and text.isdigit()


def choose_record(record_id: str, *, go: bool = True) -> None:
    """Look at a record (or, with an empty id, at none) from the next run on.

    Parameters
    ----------
    record_id
        The record's id.
    go
        Whether the map goes there; not for one that was chosen on the map.
    """
    st.session_state[RECORD] = record_id
    if go:
        st.session_state[NONCE] = st.session_state.get(NONCE, 0) + 1


def follow_years(atlas: Atlas) -> None:
    """Write the dates that the slider of years means."""
    first, last = st.session_state[YEARS]
    lowest, highest = atlas.years
    st.session_state[WIDGETS["date_from"]] = "" if first == lowest else str(first)
    st.session_state[WIDGETS["date_to"]] = "" if last == highest else str(last)


def follow_dates(atlas: Atlas) -> None:
    """Set the slider of years by the dates, as near as it goes."""
    lowest, highest = atlas.years
    first = _year_of(st.session_state[WIDGETS["date_from"]], lowest)
    last = _year_of(st.session_state[WIDGETS["date_to"]], highest)
    first, last = (min(max(year, lowest), highest) for year in (first, last))
    st.session_state[YEARS] = (min(first, last), max(first, last))


def _year_of(text: str, otherwise: int) -> int:
    try:
        return parse_period(text).start.year
    except DateError:
        return otherwise
