"""One question, many views: every count of the desk is that of the command line."""

from __future__ import annotations

import base64
import io
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from geo.compare import compare
from geo.counting import count_facets
from geo.crosstab import cross
from geo.facets import FACETS
from geo.filters import REPEATABLE, Filters, to_query
from geo.hotspots import find_hot_spots
from geo.select import filter_records
from geo.timeline import count_over_time
from geo.vocabulary import Vocabulary, make_vocabulary, resolve_filters
from layers.pagefilter import page_filter
from tests.snapshot_case import built_in_records

if TYPE_CHECKING:
    from tests.conftest import Run

DATES = (None, None, "2018-05-31", "2021-08", "2023")


def some_filters(dice: random.Random, vocabulary: Vocabulary) -> Filters:
    """Set two or three conditions at random, of any kind."""
    chosen: dict[str, Any] = {}
    for name in dice.sample(sorted(vocabulary.terms), dice.randint(1, 2)):
        values = dice.sample(vocabulary.values(name), 1)
        chosen[name] = tuple(values) if name in REPEATABLE else values[0]
    chosen["date_from"] = dice.choice(DATES)
    chosen["within_km"] = dice.choice([None, 20.0, 150.0])
    chosen["area"] = dice.choice([None, None, "box:69,33,73,36", "circle:71.09,34.13,60"])
    chosen["at_least"] = dice.choice([None, None, None, "10 kg"])
    return resolve_filters(Filters(**chosen), vocabulary)[0]


@pytest.mark.parametrize("seed", range(10))
def test_every_view_counts_what_the_command_line_lists(run: Run, seed: int) -> None:
    records = built_in_records()
    vocabulary = make_vocabulary(records.joined, records.items, records.seeds)
    dice = random.Random(seed)  # noqa: S311 - the same filters every time
    filters = some_filters(dice, vocabulary)
    options = [
        f"--{word}={value}" for word, values in to_query(filters).items() for value in values
    ]
    done = run("records", *options)
    assert done.returncode == 0, done.stderr
    listed = pd.read_csv(io.StringIO(done.stdout), dtype=str)["id"].tolist()
    selection = filter_records(records, filters)
    mask, count = selection.surely, len(listed)

    assert selection.records["id"].tolist() == listed
    assert selection.count == count
    assert int(selection.unsure.sum()) == len(selection.undecided)
    kinds = count_facets(records, filters)["kind"]
    if not filters.kind:
        assert sum(kinds.counts.values()) == kinds.total == count
    for facet in dice.sample(sorted(FACETS), 3):
        assert cross(records, mask, facet, "kind").total == count
    for by in ("year", "month"):
        timeline = count_over_time(records, mask, by, "group")
        assert timeline.counts.to_numpy().sum() + timeline.too_coarse == count
    spots = find_hot_spots(records, mask, 4)
    assert spots.counted + spots.too_coarse + spots.no_place == count
    versus = some_filters(dice, vocabulary)
    both = compare(records, filters, versus, "province")
    assert (both.a.count, both.b.count) == (count, filter_records(records, versus).count)
    # The rows that the page is sent are those listed, too.
    told = page_filter(filters, mask, records.seeds.crossings)
    if "rows" in told:
        bits = np.frombuffer(base64.b64decode(told["rows"]), dtype=np.uint8)
        sent = np.unpackbits(bits, count=len(mask), bitorder="little").astype(bool)
        assert sent.tolist() == mask.tolist()
