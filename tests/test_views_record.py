"""A record's page: where it stands among those kept, and what is said when it is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geo.filters import Filters
from geo.select import filter_records
from tests.snapshot_case import built_in_records
from tests.test_views_page import run, texts
from views.record import NO_RECORD, field_text, record_link


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.True_, "yes"),
        (False, "no"),
        (pd.NA, ""),
        (None, ""),
        (float("nan"), ""),
        (34.5, "34.5000"),
        (7, "7"),
        ("", ""),
        ("<b>", "<b>"),
    ],
)
def test_a_value_is_written_as_text(value: object, text: str) -> None:
    assert field_text(value) == text


def test_the_address_of_a_page_holds_nothing_else() -> None:
    link = record_link("s-1&x=#<", "http://localhost:1/a?kind=seizure#9/3/4")
    assert link == "http://localhost:1/a?tab=record&record=s-1%26x%3D%23%3C"
    assert record_link("a~1", "http://x/", "t") == "http://x/?tab=record&record=a~1&import=t"


def told(app: AppTest) -> str:
    return " ".join(texts(app))


def test_the_page_tells_where_its_record_stands() -> None:
    assert NO_RECORD in told(run(tab="record"))
    app = run(tab="record", kind="incident", record="s-201407-miran-shah")
    assert "The filters do not keep this record." in told(app)
    assert 'aria-label="The record"' in told(app)
    assert app.button(key="record-next").disabled
    app.button(key="reset").click().run()
    assert "records that the filters keep, in the table" in told(app)
    assert not app.button(key="record-next").disabled


def test_of_an_undecided_record_the_page_and_the_table_say_why() -> None:
    of = built_in_records()
    selection = filter_records(of, Filters(near="Torkham", kind="seizure"))
    record = str(selection.undecided["id"].iloc[0])
    app = run(tab="record", kind="seizure", near="Torkham", record=record)
    assert "It cannot be told whether the filters keep this record." in told(app)
    assert "too coarse for the distance to the crossing." in told(app)
    app = run(kind="seizure", near="Torkham")
    app.selectbox(key="table-list").set_value("unsure").run()
    rows = app.dataframe[0].value
    assert len(rows) == int(selection.unsure.sum())
    assert rows["why"].str.contains("too coarse|Dated only").all()
    assert not app.exception


def test_a_record_chosen_elsewhere_is_brought_into_sight_in_the_table() -> None:
    app = run(record="s-200501-birjand")
    assert app.dataframe[0].value["place"].tolist()[3:] == ["Birjand"]
    assert "Rows 1\u202f120 to 1\u202f123 of 1\u202f123." in told(app)
    app.button(key="table-earlier").click().run()
    assert "Rows 870 to 1\u202f119 of 1\u202f123." in told(app)
