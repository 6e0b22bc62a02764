"""The page's script, run without a browser: widgets and address in step, no crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.seeds import SEEDS
from tests.app_server import ROOT
from views.state import HEARD

WAIT_S = 60


def run(**query: str | list[str]) -> AppTest:
    """Run the app on an address, with underscores for hyphens in its words."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=WAIT_S)
    for word, value in query.items():
        app.query_params[word.replace("_", "-")] = value
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> list[str]:
    """Give all that is shown by way of ``st.html``."""
    return [str(each.proto.body) for each in app.get("html")]


def shown(app: AppTest) -> str:
    """Give the line about what is shown, and the count."""
    return next(text for text in texts(app) if 'class="ka-head"' in text)


def words(app: AppTest) -> dict[str, list[str]]:
    given = app.query_params.items()
    return {word: [value] if isinstance(value, str) else list(value) for word, value in given}


@pytest.mark.parametrize(
    "query",
    [
        {"near": "Torkham", "within_km": "99999"},
        {"near": "Torkham", "within_km": "0.001"},
        {"near": "Torkham", "within_km": "1e300"},
        {"precision": "province"},
        {"from": "0001", "to": "9999-12-31"},
        {"from": "2030"},
        {"text": "\x00" * 5000},
        {"group": ["x" * 3000] * 60},
        {"layers": "," * 500},
    ],
    ids=lambda query: "-".join(f"{word}={str(given)[:9]!r}" for word, given in query.items()),
)
def test_no_link_breaks_the_page(query: dict[str, str | list[str]]) -> None:
    assert "of 1\u202f123 records" in shown(run(**query))


def test_a_link_sets_the_widgets_and_is_left_as_it_is() -> None:
    app = run(kind="seizure", year="2022", near="torkham", layers="borders")
    assert app.session_state["filter-kind"] == "seizure"
    assert app.session_state["filter-near"] == "Torkham"
    assert app.session_state["filter-years"] == (2022, 2022)
    assert app.session_state["layer-borders"]
    assert not app.session_state["layer-seizures"]
    assert words(app)["near"] == ["torkham"]


def test_a_widget_writes_the_address() -> None:
    app = run(group="TTP")
    app.text_input(key="filter-from").set_value("2021-08-15").run()
    assert words(app) == {"group": ["TTP"], "from": ["2021-08-15"]}
    assert app.session_state["filter-years"][0] == 2021
    app.slider(key="filter-years").set_range(2010, 2012).run()
    assert words(app) == {"group": ["TTP"], "from": ["2010"], "to": ["2012"]}
    app.button(key="clear-filters").click().run()
    assert words(app) == {}


def test_another_address_is_read_anew_unless_a_widget_has_changed() -> None:
    app = run(kind="seizure")
    app.query_params["kind"] = "incident"
    app.run()
    assert app.session_state["filter-kind"] == "incident"
    # The page had not heard of the address yet when a widget was changed.
    app.query_params["kind"] = "seizure"
    app.text_input(key="filter-text").set_value("bomb").run()
    assert app.session_state["filter-kind"] == "incident"
    assert words(app) == {"kind": ["incident"], "text": ["bomb"]}


def test_what_is_wrong_with_a_typed_date_is_told_and_not_linked() -> None:
    app = run()
    app.text_input(key="filter-from").set_value("<b>May</b>").run()
    faults = [text for text in texts(app) if 'class="ka-fault"' in text]
    assert len(faults) == 1
    assert "&lt;b&gt;May&lt;/b&gt;" in faults[0]
    assert "1\u202f123 of 1\u202f123" in shown(app)
    assert words(app) == {}


def test_a_distance_needs_something_to_measure_from() -> None:
    app = run()
    assert app.number_input(key="filter-within-km").disabled
    app.selectbox(key="filter-near").set_value("Torkham").run()
    assert not app.number_input(key="filter-within-km").disabled
    assert "within 10 km of Torkham" in shown(app)


def test_data_that_is_not_there_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KHYBER_ATLAS_SEEDS", str(tmp_path))
    told = " ".join(texts(run()))
    assert "The atlas cannot be opened." in told
    assert "holds no datapackage.json" in told


def test_data_laid_out_wrongly_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for path in [SEEDS / "datapackage.json", *SEEDS.glob("geometry/*"), *SEEDS.glob("records/*")]:
        copy = tmp_path / path.relative_to(SEEDS)
        copy.parent.mkdir(exist_ok=True)
        copy.symlink_to(path)
    wrong = tmp_path / "geometry" / "borders.geojson"
    wrong.unlink()
    wrong.write_text('{"nothing": 1}', encoding="utf-8")
    monkeypatch.setenv("KHYBER_ATLAS_SEEDS", str(tmp_path))
    assert "The atlas cannot be opened." in " ".join(texts(run()))


def test_an_old_address_is_no_wish_where_the_map_has_just_told_something() -> None:
    """The page may send its next message before it has heard of its new address."""
    app = run(kind="seizure", area="box:60,30,72,36")
    narrowed = shown(app)
    del app.query_params["area"]
    app.session_state[HEARD] = True
    app.run()
    assert shown(app) == narrowed
    # Without that it is the visitor who went back.
    app.run()
    assert shown(app) != narrowed
