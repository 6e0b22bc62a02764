"""What the second map beside the first shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.view import Versus
from views.data import page_filters, select

if TYPE_CHECKING:
    from views.choices import Choices
    from views.data import Atlas


def twin_view(atlas: Atlas, choices: Choices) -> Versus | None:
    """Give the second map its filters; ``None``: there is one map."""
    mode = choices.views["twin"]
    if choices.versus is None or mode == "off":
        return None
    selection = select(atlas, choices.versus)
    return Versus(mode=mode, filters=page_filters(atlas, choices.versus, selection))
