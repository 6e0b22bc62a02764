"""Widgets that choose values of a facet: each shows how many records it would give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.filters import REPEATABLE
from views import state
from views.labels import meant, plain_label, with_count, words_of

if TYPE_CHECKING:
    from geo.counting import FacetCounts
    from views.data import Atlas

ANY: Final = "Any"
_SHOWN: Final = "labels-shown"
LONG: Final = 40
"""From so many values on, those that would give no record are left out."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Chooser:
    """Makes the widgets of a run.

    Attributes
    ----------
    atlas
        The data, for the values to choose from.
    counts
        By field of the filters, what its values would give.
    """

    atlas: Atlas
    counts: Mapping[str, FacetCounts]

    def many(self, label: str, name: str, **kwargs: Any) -> None:
        """Show a choice of any number of values."""
        labels = self._labels(name, self._chosen(name))
        kwargs.setdefault("placeholder", ANY)
        st.multiselect(
            label, list(labels), key=state.WIDGETS[name], format_func=_named(labels), **kwargs
        )

    def one(self, label: str, name: str, values: Iterable[str] = (), **kwargs: Any) -> None:
        """Show a choice of one value or none; ``values`` in an order of their own."""
        labels = self._labels(name, self._chosen(name), values)
        kwargs.setdefault("placeholder", ANY)
        st.selectbox(
            label,
            list(labels),
            index=None,
            key=state.WIDGETS[name],
            format_func=_named(labels),
            **kwargs,
        )

    def few(self, label: str, name: str, words: Mapping[str, str], **kwargs: Any) -> None:
        """Show a choice of one of few values, the first of which sets no condition."""
        counts = self.counts[name].counts if name in self.counts else {}
        every = state.EVERY[name]
        total = self.counts[name].total if name in self.counts else None
        labels = {
            value: plain_label(
                with_count(text, total if value == every else counts.get(value, 0))
                if total is not None
                else text
            )
            for value, text in words.items()
        }
        st.segmented_control(
            label,
            list(labels),
            key=state.WIDGETS[name],
            format_func=_named(labels),
            required=True,
            width="stretch",
            **kwargs,
        )

    def _chosen(self, name: str) -> list[str]:
        """Read what is chosen, by value, whatever label the browser told it with."""
        key = state.WIDGETS[name]
        given = st.session_state[key]
        values = self.atlas.labels[name]
        listed = [given] if isinstance(given, str) else list(given or ())
        return list(dict.fromkeys(meant(each, values) for each in listed))

    def _labels(self, name: str, chosen: list[str], order: Iterable[str] = ()) -> dict[str, str]:
        counts = self.counts[name].counts
        values = list(order) or self.atlas.vocabulary.values(name)
        if len(values) >= LONG:
            values = [each for each in values if counts.get(each) or each in chosen]
        words = {each: words_of(name, each, self.atlas.seeds) for each in values}
        if not order:
            words = dict(sorted(words.items(), key=lambda pair: pair[1].casefold()))
        labels = {each: with_count(text, counts.get(each, 0)) for each, text in words.items()}
        self._put(name, chosen, labels)
        return labels

    def _put(self, name: str, chosen: list[str], labels: dict[str, str]) -> None:
        """Tell the browser the new labels of what it has chosen, once they differ."""
        shown = st.session_state.setdefault(_SHOWN, {})
        now = [labels.get(each, each) for each in chosen]
        if shown.get(name, now) != now or self._is_by_label(name, chosen):
            many = name in REPEATABLE
            one = chosen[0] if chosen else None
            st.session_state[state.WIDGETS[name]] = chosen if many else one
        shown[name] = now

    def _is_by_label(self, name: str, chosen: list[str]) -> bool:
        given = st.session_state[state.WIDGETS[name]]
        listed = [given] if isinstance(given, str) else list(given or ())
        return listed != chosen


def _named(labels: Mapping[str, str]) -> Any:
    return lambda value: labels.get(value, value)
