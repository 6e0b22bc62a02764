"""Files: whole or not at all, under names that every system takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.files import safe_name, unlike_name, whole_file, write_whole


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Seizures near Torkham, 2022", "Seizures-near-Torkham-2022.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("C:\\Windows\\x", "C-Windows-x.pdf"),
        ("تورخم ۲۰۲۲", "تورخم-۲۰۲۲.pdf"),
        ("", "khyber-atlas.pdf"),
        ("...", "khyber-atlas.pdf"),
        ("CON", "khyber-atlas-CON.pdf"),
        ("com1", "khyber-atlas-com1.pdf"),
        ("a\x00b\nc\u202ed", "a-b-c-d.pdf"),
        ("--rm -rf", "rm--rf.pdf"),
        ("<script>alert(1)</script>", "script-alert-1-script.pdf"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert safe_name(title, "pdf") == name


@given(st.text(max_size=400))
def test_any_title_becomes_a_name_that_every_system_takes(title: str) -> None:
    name = safe_name(title, "geojson")
    assert name.endswith(".geojson")
    assert 0 < len(name.encode()) <= 255
    assert not set(name) & set("<>:\"/\\|?*\0\n\r\t $`'&;%#")
    assert not name.startswith(("-", ".", " "))


def test_names_made_alike_are_told_apart() -> None:
    taken: set[str] = set()
    names = [unlike_name(name, taken) for name in ("TTP.svg", "ttp.svg", "ISKP.svg", "TTP.svg")]
    assert names == ["TTP.svg", "ttp-2.svg", "ISKP.svg", "TTP-3.svg"]


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "map.txt"
    write_whole(path, "old")
    assert path.read_text(encoding="utf-8") == "old"
    assert path.stat().st_mode & 0o777 == 0o644
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")
    with pytest.raises(ZeroDivisionError), whole_file(path) as temporary:
        temporary.write_text(f"half {1 // 0}", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["map.txt"]


def test_a_temporary_file_has_the_suffix_that_libraries_go_by(tmp_path: Path) -> None:
    with whole_file(tmp_path / "a b.gpkg") as temporary:
        assert temporary.suffix == ".gpkg"
        assert temporary.parent.parent == tmp_path


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "none" / "map.txt", "text")
