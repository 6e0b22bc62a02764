"""The documents are true: every field, filter, layer and command they name exists."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.filters import WORDS
from geo.joins import JOINED_COLUMNS
from geo.records import RECORD_COLUMNS
from layers.assets import RECORD_SCRIPTS
from tests.conftest import Run

ROOT = Path(__file__).resolve().parent.parent
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in DOCS}
COMMAND = re.compile(r"^\s*(?:\$ )?(?:\.venv/bin/)?python (cli\.py .*)$", re.MULTILINE)
COMMANDS = {name: shown for name, text in TEXTS.items() if (shown := COMMAND.findall(text))}
CHECK = "cli.py check"
"""Takes seconds, and test_cli.py runs just that."""

EXAMPLES = re.findall(r"```python\n(.*?)```", TEXTS["recordlayer.md"], re.DOTALL)
SHOWN = re.compile(r"`make ([a-z]+)|^\s*make ([a-z]+)(?=\s*(?:#|$|[A-Z]+=))", re.MULTILINE)
TARGETS = sorted({a or b for text in TEXTS.values() for a, b in SHOWN.findall(text)})


def test_every_field_and_filter_is_defined_for_the_analyst() -> None:
    text = TEXTS["fields.md"]
    named = set(re.findall(r"`([a-z0-9_-]+)`", text))
    assert named >= {*RECORD_COLUMNS, *JOINED_COLUMNS, "items"}
    assert named >= set(WORDS)


def test_the_readme_shows_commands() -> None:
    assert len(COMMANDS["README.md"]) >= 3
    assert CHECK in COMMANDS["README.md"]
    assert {"run", "test"} <= set(TARGETS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shown_works(
    name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order of the document and in one folder: one may read what another wrote."""
    monkeypatch.chdir(tmp_path)
    for command in COMMANDS[name]:
        if command != CHECK:
            words = shlex.split(command.split(" | ", maxsplit=1)[0], comments=True)
            done = run(*words[1:])
            assert done.returncode == 0, f"{command}: {done.stderr}"


def test_the_example_of_the_record_layer_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(EXAMPLES[0], "recordlayer.md", "exec"), {})  # noqa: S102 - our own document
    page = (tmp_path / "incidents.html").read_text(encoding="utf-8")
    assert "new khyber.RecordLayer(" in page
    assert '"id":"incidents"' in page


def test_the_example_of_st_folium_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = AppTest.from_string(EXAMPLES[1], default_timeout=120).run()
    assert not app.exception
    assert (tmp_path / "static" / "incidents.bin").is_file()
    before = _sent(app)
    assert "new khyber.RecordLayer(" in before["script"]
    app.selectbox[0].select("ISKP").run()
    after = _sent(app)
    # A change sends the filter: the map, its layer and the data stay as they are.
    assert after["script"] == before["script"]
    assert '["ISKP"]' in after["feature_group"]
    assert len(after["feature_group"]) < 1000


def _sent(app: AppTest) -> dict[str, Any]:
    (component,) = app.get("component_instance")
    arguments: dict[str, Any] = json.loads(component.proto.json_args)
    return arguments


def test_every_script_is_told_of() -> None:
    for name in RECORD_SCRIPTS:
        assert f"`{name}.js`" in TEXTS["recordlayer.md"], name


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_shown_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_local_link_leads_somewhere(name: str) -> None:
    folder = next(path.parent for path in DOCS if path.name == name)
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", TEXTS[name]):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (folder / target).exists(), target
