"""The export panel itself: what it asks, makes and tells."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.errors import ExportError
from tests.app_server import ROOT
from views.export_make import Made


def panel(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for word, value in query.items():
        app.query_params[word.replace("_", "-")] = value
    app.query_params["tab"] = "export"
    app.run()
    assert not app.exception
    return app


def choose(app: AppTest, **values: Any) -> AppTest:
    for name, value in values.items():
        app.session_state[f"export-{name}"] = value
    app.run()
    assert not app.exception
    return app


def html_of(app: AppTest) -> str:
    return "\n".join(str(each.proto.body) for each in app.get("html"))


def test_the_panel_asks_only_what_matters_to_the_format() -> None:
    app = panel(kind="seizure", near="Torkham", within_km="10")
    asked = {
        "page": {"Part of the map", "Files"},
        "sheet": {"Format", "Paper", "Orientation", "Part of the map", "Files"},
        "slides": {"Part of the map", "Slides"},
        "data": {"Format", "Files"},
    }
    for kind, labels in asked.items():
        choose(app, kind=kind)
        groups: Any = app.get("button_group")
        shown = {each.label for each in groups if each.key.startswith("export-")}
        assert shown == {"What to make", *labels}
    choose(app, kind="sheet", sheet="png")
    assert "Dots an inch" in {each.label for each in app.selectbox}
    assert app.text_input(key="export-title").placeholder == "Seizures within 10 km of Torkham"
    assert "34 of 1\u202f123 records: Seizures within 10 km of Torkham" in html_of(app)


def test_making_offers_the_file_and_a_change_says_so() -> None:
    app = choose(panel(near="Torkham"), kind="data", title="<b>x</b>")
    app.button(key="export-make").click().run()
    made: Made = app.session_state["export-made"]
    assert made.name == "b-x-b.csv"
    assert made.path.is_file()
    assert "Made: b-x-b.csv (" in html_of(app)
    assert "before your last change" not in html_of(app)
    assert "export-wanted" not in app.session_state
    app.text_input(key="filter-from").set_value("2022").run()
    assert "It was made before your last change." in html_of(app)
    made.path.unlink()
    app.run()
    assert "cleared away to make room" in html_of(app)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ExportError("No <b>room</b>."), "No &lt;b&gt;room&lt;/b&gt;."),
        (MemoryError(), "choose fewer dots an inch"),
        (RuntimeError("/home/secret"), "could not be made, and nothing was written"),
    ],
    ids=repr,
)
def test_what_goes_wrong_is_told_kindly(
    monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def fail(*_: Any) -> None:
        raise error

    app = choose(panel(near="Torkham"), kind="data")
    monkeypatch.setattr("views.export.make_file", fail)
    app.button(key="export-make").click().run()
    assert not app.exception
    assert told in html_of(app)
    assert 'role="alert"' in html_of(app)
    assert "secret" not in html_of(app)
    assert "export-made" not in app.session_state
    monkeypatch.undo()
    app.button(key="export-make").click().run()
    assert 'role="alert"' not in html_of(app)
    assert "Made: " in html_of(app)


def test_what_the_panel_was_told_outlasts_another_tab() -> None:
    app = choose(panel(near="Torkham"), kind="sheet", title="Mine", size="a3")
    app.session_state["view-tab"] = "about"
    app.run()
    app.session_state["view-tab"] = "export"
    app.run()
    assert app.text_input(key="export-title").value == "Mine"
    assert app.session_state["export-size"] == "a3"


def test_no_record_leaves_nothing_to_export() -> None:
    app = panel(year="1999")
    assert "nothing to export" in html_of(app)
    assert "export-make" not in {each.key for each in app.button}
