"""The imports of this session: what each has, kept or removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from geo.counts import number
from geo.errors import AtlasError
from geo.imports.table import unique_names
from views import datasets
from views.imports_words import kind_counts, layer_names
from views.labels import plain_label
from views.state import WIDGETS
from views.words import say, tagged

if TYPE_CHECKING:
    from geo.imports.result import Import
    from views.imports_work import Work

CHOSEN: Final = "imports-chosen"
SELECT_PX: Final = 420
HEADINGS: Final = ("File", "Records", "Rejected rows", "Seizures", "Incidents", "Kept")
WHO_SEES: Final = (
    "Whoever has this link sees these records; nobody else does. They stay on the server when "
    "this session ends, until {} takes them off."
)
STUCK: Final = "It could not be taken off the server"
LATER: Final = "try again later"
OFF: Final = "Taken off the server: “{}”; its link opens nothing any more."


def show_imports_list(imports: tuple[Import, ...], work: Work) -> Import:
    """Show the session's imports.

    Parameters
    ----------
    imports
        One at least.
    work
        The session's.

    Returns
    -------
    Import
        The one that is looked at.
    """
    st.subheader("In this session", anchor=False)
    st.html(imports_table(imports, {each.key: bool(_token(each)) for each in imports}))
    by_key = {each.key: each for each in imports}
    if work.shown not in by_key:
        work.shown = imports[-1].key
    # As geo.imports.merge names them.
    titles = dict(zip(by_key, unique_names([each.title for each in imports]), strict=True))
    if len(imports) > 1:
        st.session_state[CHOSEN] = work.shown
        st.selectbox(
            "Look at",
            list(by_key),
            format_func=titles.__getitem__,
            key=CHOSEN,
            on_change=_choose,
            args=(work,),
            width=SELECT_PX,
        )
    found = by_key[work.shown]
    _show_layers(found)
    _show_keeping(found, titles[found.key], work)
    return found


def imports_table(imports: tuple[Import, ...], kept: dict[str, bool]) -> str:
    """Write the imports as an HTML table; titles are anyone's text."""
    lines = []
    for each in imports:
        counted = kind_counts(each)
        cells = (len(each.joined), each.counts.rejected, counted["seizure"], counted["incident"])
        numbers = "".join(f'<td class="ka-number">{number(cell)}</td>' for cell in cells)
        words = "on this server" if kept[each.key] else "in this session"
        lines.append(
            f"<tr>{tagged(each.title, tag='th', css='ka-import-title')}{numbers}"
            f"{tagged(words, tag='td')}</tr>"
        )
    heads = "".join(tagged(name, tag="th") for name in HEADINGS)
    return (
        '<div class="ka-scroll" tabindex="0" role="region" aria-label="Imports of this session">'
        f'<table class="ka-table ka-imports"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _token(found: Import) -> str:
    return datasets.kept_token(found.key) if datasets.can_keep() else ""


def _show_layers(found: Import) -> None:
    names = " and ".join(f"“{name}”" for name in layer_names(found))
    if names:
        say(f"On the map as {names}, under Map layers.", css="ka-hint")
    else:
        say("No row became a record, so there is nothing on the map.", css="ka-hint")


def _show_keeping(found: Import, title: str, work: Work) -> None:
    """Show the ways to see an import alone, to keep it and to be rid of it."""
    token = _token(found)
    with st.container(horizontal=True, key="imports-keeping"):
        st.button(
            "Remove from the map",
            on_click=_remove,
            args=(found.key, work),
            help=plain_label(f"Takes {found.title} off the map and out of this session."),
            key="imports-remove",
        )
        if len(found.joined):
            st.button("Show only its records", on_click=_show_only, args=(title,))
        if not datasets.can_keep():
            return
        if token and datasets.may_forget(found.key):
            st.button("Take off the server", on_click=_forget, args=(found.key, work))
        if not token:
            st.button("Keep on this server", on_click=_keep, args=(found.key, work))
    if token:
        say("The link to it:", css="ka-hint")
        st.code(import_link(token, st.context.url or ""), language=None, wrap_lines=True)
        who = "this session or the operator" if datasets.may_forget(found.key) else "the operator"
        say(WHO_SEES.format(who), css="ka-hint")


def import_link(token: str, address: str) -> str:
    """Write the address under which a kept import is seen.

    Parameters
    ----------
    token
        What :func:`views.datasets.keep_import` gave.
    address
        Where the app is; what follows a question mark is left out.
    """
    query = urlencode({"import": token})
    return f"{address.partition('?')[0].partition('#')[0]}?{query}"


def _choose(work: Work) -> None:
    work.shown = st.session_state[CHOSEN]


def show_kept_off_map(work: Work) -> None:
    """Show what this session keeps on the server though it is not on the map."""
    off_map = datasets.kept_off_map()
    if not off_map:
        return
    st.subheader("Kept on this server, not on the map", anchor=False)
    for at, (token, title) in enumerate(off_map.items()):
        say(f"“{title}”: {import_link(token, st.context.url or '')}", css="ka-hint")
        with st.container(horizontal=True, key=f"imports-off-map-{at}"):
            again, off = f"imports-again-{at}", f"imports-off-{at}"
            st.button("Put it on the map", on_click=_put_back, args=(token, title, work), key=again)
            st.button("Take it off the server", on_click=_drop, args=(token, title, work), key=off)


def _show_only(title: str) -> None:
    st.session_state[WIDGETS["files"]] = [title]


def _remove(key: str, work: Work) -> None:
    title = _title(key)
    kept = datasets.may_forget(key)
    datasets.remove_import(key)
    work.kept.pop(key, None)
    where = " It is still kept on this server." if kept else ""
    work.faults, work.done = [], [f"Removed from the map: “{title}”.{where}"]


def _keep(key: str, work: Work) -> None:
    try:
        datasets.keep_import(key)
    except (AtlasError, OSError) as error:
        # The message of the system may name folders of this server.
        _fail(work, "It could not be kept", error, "the server has no room for it")
    else:
        work.faults, work.done = [], [f"Kept on this server: “{_title(key)}”; its link is below."]


def _forget(key: str, work: Work) -> None:
    try:
        datasets.forget_kept(key)
    except (AtlasError, OSError) as error:
        _fail(work, STUCK, error, LATER)
    else:
        work.faults, work.done = [], [OFF.format(_title(key)) + " It stays in this session."]


def _put_back(token: str, title: str, work: Work) -> None:
    datasets.put_back(token)
    work.faults, work.done = [], [f"On the map again: “{title}”."]


def _drop(token: str, title: str, work: Work) -> None:
    try:
        datasets.forget_token(token)
    except (AtlasError, OSError) as error:
        _fail(work, STUCK, error, LATER)
    else:
        work.faults, work.done = [], [OFF.format(title)]


def _title(key: str) -> str:
    return next((each.title for each in datasets.own_imports() if each.key == key), "")


def _fail(work: Work, what: str, error: Exception, otherwise: str) -> None:
    told = str(error) if isinstance(error, AtlasError) else otherwise
    work.done, work.faults = [], [f"{what}: {told}.".replace("..", ".")]
