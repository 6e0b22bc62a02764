"""Columns to bytes and back."""

from __future__ import annotations

import json
import math
import zlib
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from geo.errors import RecordError
from layers.payload import Column, columns_frame, decode_columns, encode_columns

NAN = math.nan
MOST = 2**32 - 2
"""The widest span that leaves room for a missing value."""


def text(*values: Any) -> Column:
    return Column(name="name", type="text", values=pd.Series(values, dtype="object"))


def sets(*values: tuple[str, ...]) -> Column:
    return Column(name="held", type="set", values=pd.Series(values, dtype="object"))


def numbers(*values: float, places: int = 0) -> Column:
    given_values = pd.Series(values, dtype="float64")
    return Column(name="number", type="number", values=given_values, places=places)


def days(*values: str | date | None) -> Column:
    return Column(name="day", type="day", values=pd.Series(values, dtype="datetime64[s]"))


def inside(columns: list[Column]) -> tuple[dict[str, Any], bytes]:
    """Give the header, and the bytes of the columns."""
    plain = zlib.decompress(encode_columns(columns))
    start = 8 + int.from_bytes(plain[4:8], "little")
    return json.loads(plain[8:start]), plain[start:]


def entry(column: Column) -> dict[str, Any]:
    header, _ = inside([column])
    found: dict[str, Any] = header["columns"][0]
    return found


GOLDEN = [
    text("TTP", "", "طالبان"),
    sets((), ("opium", "rifle"), ()),
    numbers(34.1, NAN, -33.9, places=7),
    Column(name="same", type="number", values=pd.Series([5, 5, 5])),
    days("1970-01-02", "1969-12-31", "2024-02-29"),
    Column(name="far", type="number", values=pd.Series([0, 70_000, 4_294_967_295])),
]


def test_a_payload_holds_what_the_page_expects_byte_for_byte() -> None:
    plain = zlib.decompress(encode_columns(GOLDEN))
    header = (
        '{"rows":3,"columns":['
        '{"name":"name","type":"text","width":1,"at":0,"values":["","TTP","طالبان"]},'
        '{"name":"held","type":"set","width":1,"at":8,"values":[[],["opium","rifle"]]},'
        '{"name":"number","type":"number","width":2,"at":16,"low":-339,"places":1,"missing":true},'
        '{"name":"same","type":"number","width":0,"at":24,"low":5,"places":0,"missing":false},'
        '{"name":"day","type":"day","width":2,"at":24,"low":-1,"places":0,"missing":false},'
        '{"name":"far","type":"number","width":4,"at":32,"low":0,"places":0,"missing":false}'
        "]}"
    ).encode()
    padded = header + b" " * (-len(header) % 8)
    assert plain[:4] == b"KAC1"
    assert int.from_bytes(plain[4:8], "little") == len(padded)
    assert plain[8 : 8 + len(padded)] == padded
    assert plain[8 + len(padded) :].hex(" ", 8) == (
        "0100020000000000 0001000000000000 a902000001000000 02000000474d0000 "
        "0000000070110100 ffffffff00000000"
    )


def test_a_payload_reads_back_as_the_same_frame() -> None:
    expected = pd.DataFrame(
        {
            "name": pd.Series(["TTP", "", "طالبان"], dtype="str"),
            "held": pd.Series([(), ("opium", "rifle"), ()], dtype="object"),
            "number": [34.1, NAN, -33.9],
            "same": [5.0, 5.0, 5.0],
            "day": pd.to_datetime(["1970-01-02", "1969-12-31", "2024-02-29"]).as_unit("s"),
            "far": [0.0, 70_000.0, 4_294_967_295.0],
        }
    )
    assert_frame_equal(decode_columns(encode_columns(GOLDEN)), expected, check_exact=True)
    assert_frame_equal(columns_frame(GOLDEN), expected, check_exact=True)


def test_the_same_columns_give_the_same_bytes() -> None:
    again = [
        Column(name=each.name, type=each.type, values=each.values.copy(), places=each.places)
        for each in GOLDEN
    ]
    assert encode_columns(again) == encode_columns(GOLDEN)


@pytest.mark.parametrize(
    ("distinct", "width"), [(1, 0), (2, 1), (256, 1), (257, 2), (65_536, 2), (65_537, 3)]
)
def test_a_column_is_as_wide_as_its_values_need(distinct: int, width: int) -> None:
    columns = [
        text(*(f"{number:06d}" for number in range(distinct))),
        numbers(*range(1000, 1000 + distinct)),
        days(*np.arange(distinct).astype("datetime64[D]").tolist()),
    ]
    header, _ = inside(columns)
    assert [each["width"] for each in header["columns"]] == [width] * 3
    assert_frame_equal(decode_columns(encode_columns(columns)), columns_frame(columns))


def test_few_numbers_far_apart_are_told_once_each() -> None:
    column = numbers(*[0.5, 20.125, NAN, 70_000] * 300, places=3)
    told = entry(column)
    assert (told["width"], told["low"], told["places"], told["missing"]) == (1, 500, 3, True)
    assert told["among"] == [0, 1, 19_626, 69_999_501]
    assert_frame_equal(decode_columns(encode_columns([column])), columns_frame([column]))
    assert "among" not in entry(numbers(*range(1000, 1300), 10**6, *range(1000)))


@pytest.mark.parametrize(
    ("column", "low", "places", "missing"),
    [
        (numbers(1.5, 2.5, places=7), 15, 1, False),
        (numbers(100.0, 200.0, places=3), 100, 0, False),
        (numbers(0.0004, 2.0006, places=3), 0, 3, False),
        (numbers(-0.0015, NAN, places=3), -2, 3, True),
        (numbers(NAN, NAN, places=3), 0, 0, True),
        (numbers(places=3), 0, 0, False),
    ],
)
def test_a_number_has_the_places_it_needs(
    column: Column, low: int, places: int, *, missing: bool
) -> None:
    described = entry(column)
    assert (described["low"], described["places"]) == (low, places)
    assert described["missing"] is missing


def test_no_rows_and_no_columns_are_payloads_too() -> None:
    none = [text(), sets(), numbers(), days()]
    read = decode_columns(encode_columns(none))
    assert (len(read), list(read)) == (0, ["name", "held", "number", "day"])
    assert_frame_equal(read, columns_frame(none))
    assert decode_columns(encode_columns([])).empty


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (numbers(1.0, math.inf), "Column 'number', row 2: inf is too large to be sent"),
        (numbers(-math.inf), "Column 'number', row 1: -inf is too large"),
        (numbers(0, 1e308, places=7), "Column 'number', row 2: 1e+308 is too large"),
        (numbers(0, 1e12), "row 2: 1000000000000.0 is too far from the lowest value"),
        (numbers(0, 2**32 - 1, NAN), "row 2: 4294967295.0 is too far from the lowest value"),
        (text("a", "b\0c"), r"Column 'name', row 2: 'b\x00c' is no text that can be sent"),
        (text("a", "a", "\ud800"), r"row 3: '\ud800' is no text that can be sent"),
        (text("a", None), "row 2: None is missing; an empty text stands for nothing"),
        (text("a", 7), "row 2: 7 is no text"),
        (sets(("a",), ("b", "a")), "Column 'held', row 2: ('b', 'a') is no set of texts"),
        (sets(("a", "a")), "row 1: ('a', 'a') is no set of texts"),
        (sets(("a\0",)), r"row 1: ('a\x00',) is no set of texts"),
    ],
)
def test_what_cannot_be_sent_is_named(column: Column, message: str) -> None:
    with pytest.raises(RecordError) as caught:
        encode_columns([column])
    assert message in str(caught.value)


def test_the_widest_span_of_numbers_just_fits() -> None:
    column = numbers(-180, 180, NAN, places=7)
    assert entry(column)["width"] == 2
    column = numbers(-180.0000001, 180.0000001, NAN, places=7)
    assert entry(column)["width"] == 4
    assert_frame_equal(decode_columns(encode_columns([column])), columns_frame([column]))
    assert entry(numbers(0, MOST, NAN))["width"] == 4


@pytest.mark.parametrize("payload", [b"", b"KAC1", zlib.compress(b"KAC2\0\0\0\0{}")])
def test_other_bytes_are_no_payload(payload: bytes) -> None:
    with pytest.raises(RecordError, match="are no records"):
        decode_columns(payload)


plain_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
some_sets = st.lists(plain_texts, max_size=4).map(lambda each: tuple(sorted(set(each))))


@st.composite
def some_columns(draw: st.DrawFn) -> list[Column]:
    rows = draw(st.integers(0, 12))
    places = draw(st.integers(0, 7))
    low = draw(st.integers(-(2**40), 2**40))
    whole = st.integers(low, low + MOST).map(lambda number: number / 10**places)

    def drawn(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=rows, max_size=rows))

    return [
        text(*drawn(plain_texts)),
        sets(*drawn(some_sets)),
        numbers(*drawn(st.just(NAN) | whole), places=places),
        days(*drawn(st.none() | st.dates())),
    ]


@given(some_columns())
def test_what_is_written_reads_back_equal(columns: list[Column]) -> None:
    read = decode_columns(encode_columns(columns))
    assert_frame_equal(read, columns_frame(columns), check_exact=True)
    for column in columns:
        given_values = column.values.tolist()
        if column.type == "number":
            np.testing.assert_array_equal(read[column.name], given_values)
        elif column.type != "day":
            assert read[column.name].tolist() == given_values


@given(st.lists(st.floats(-1e4, 1e4) | st.just(NAN), max_size=20), st.integers(0, 5))
def test_other_numbers_are_rounded_to_their_places(values: list[float], places: int) -> None:
    read = decode_columns(encode_columns([numbers(*values, places=places)]))["number"]
    np.testing.assert_allclose(read, values, rtol=0, atol=0.5000001 / 10**places)
