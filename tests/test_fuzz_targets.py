"""The targets of the fuzzing hold on their corpus, and on whatever bytes come."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, corpus


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_on_its_corpus(name: str) -> None:
    for content in corpus(name):
        TARGETS[name](content)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=25)
@given(st.binary(max_size=400))
def test_a_target_holds_on_any_bytes(name: str, data: bytes) -> None:
    TARGETS[name](data)
