"""The tabs below the map: what each is called and shows."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from views.options import TABS

if TYPE_CHECKING:
    from geo.select import Selection
    from views.choices import Choices
    from views.data import Atlas

TAB_NAMES: Final = {tab: tab.capitalize() for tab in TABS}
"""Id in the address: name on the page."""


def show_tab(tab: str, atlas: Atlas, choices: Choices, selection: Selection) -> None:
    """Show what a tab holds.

    Its module is loaded when it is first opened: charts and statistics take a
    while to start, which the map need not wait for.

    Parameters
    ----------
    tab
        Id of the tab; ``views.<tab>`` has ``show_<tab>``.
    atlas, choices, selection
        What the page shows.
    """
    module = import_module(f"views.{tab}")
    getattr(module, f"show_{tab}")(atlas, choices, selection)
