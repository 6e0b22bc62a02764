"""The rules of the folders: who may know whom, and how large a file may grow."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
MAX_LINES: Final = 300
OWN: Final = frozenset(
    {"geo", "layers", "views", "app", "commands", "cli", "seeds", "tests", "bench"}
)
DRAWING: Final = frozenset({"folium", "branca", "matplotlib", "streamlit_folium"})
PAGES: Final = frozenset({"streamlit", "streamlit_folium"})

# For each folder or file: those of our own that it may import, and the libraries that it may not.
MAY_IMPORT: Final[dict[str, frozenset[str]]] = {
    "geo": frozenset({"geo"}),
    "layers": frozenset({"geo", "layers"}),
    "views": frozenset({"geo", "layers", "views"}),
    "app": frozenset({"geo", "layers", "views"}),
    "commands": frozenset({"geo", "layers", "commands"}),
    "cli": frozenset({"geo", "layers", "commands"}),
    "seeds": frozenset({"seeds"}),
    "bench": OWN - {"app", "cli", "commands"},
    "docs": frozenset({"tests"}),
    "tests": OWN,
}
MAY_NOT_IMPORT: Final[dict[str, frozenset[str]]] = {
    "geo": DRAWING | PAGES,
    "layers": PAGES,
    "commands": PAGES,
    "cli": PAGES,
    "seeds": DRAWING | PAGES,
}

# Hosts that serve other people's scripts and styles.
REMOTE_CODE: Final = re.compile(
    r"cdn\.|unpkg\.com|jsdelivr|cdnjs|bootstrapcdn|googleapis\.com|gstatic\.com"
    r"|<(?:script|link)\b[^>]*https?:"
    r"|\bimport\b[^;\n]*[\"']https?:",
    re.IGNORECASE,
)
VENDORED: Final = re.compile(
    r"(^|/)(vendor|vendored|third_party|node_modules|bower_components)/|\.min\.(js|css)$"
)


@cache
def kept_files() -> tuple[Path, ...]:
    """Files that belong to the project: known to git, or new and not ignored."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in done.stdout.split("\0") if name)
    return tuple(sorted(path for path in set(paths) if path.is_file()))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def part_of(path: Path) -> str:
    """Return the folder of a file, or its own name where it lies at the top."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def modules(*parts: str) -> list[Path]:
    return [path for path in kept_files() if path.suffix == ".py" and part_of(path) in parts]


def imports_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give line and top-level package of every import, those inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.partition(".")[0]


def undocumented(tree: ast.Module) -> Iterator[str]:
    """Give the public functions, classes and methods without a docstring."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (
                f"{node.name}.{item.name}"
                for item in node.body
                if isinstance(item, ast.FunctionDef)
                and not item.name.startswith("_")
                and not ast.get_docstring(item)
            )


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_imports_go_one_way(part: str) -> None:
    found = [
        f"{name_of(path)}:{line} imports {package}"
        for path in modules(part)
        for line, package in imports_of(parse(path))
        if package in OWN - MAY_IMPORT[part] or package in MAY_NOT_IMPORT.get(part, ())
    ]
    assert not found, "\n".join(found)


def test_every_module_has_its_place() -> None:
    strays = [
        name_of(p) for p in kept_files() if p.suffix == ".py" and part_of(p) not in MAY_IMPORT
    ]
    assert not strays, f"no rule says what these may import: {', '.join(strays)}"


def test_no_import_is_relative() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules(*MAY_IMPORT)
        for node in ast.walk(parse(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not found, "\n".join(found)


def test_modules_stay_short() -> None:
    long = [
        f"{name_of(path)}: {count} lines, {MAX_LINES} at most"
        for path in kept_files()
        if path.suffix in {".py", ".js"} and part_of(path) != "tests"
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    ]
    assert not long, "\n".join(long)


def test_public_functions_are_documented() -> None:
    found = [
        f"{name_of(path)}: {name}"
        for path in modules("geo", "layers")
        for name in undocumented(parse(path))
    ]
    assert not found, "\n".join(found)


def test_pages_fetch_no_code_from_elsewhere() -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in kept_files()
        if part_of(path) in {"layers", "views", "app"}
        and path.suffix in {".py", ".js", ".css", ".html"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if REMOTE_CODE.search(line)
    ]
    assert not found, "\n".join(found)


def test_nothing_is_vendored() -> None:
    found = [name_of(path) for path in kept_files() if VENDORED.search(name_of(path))]
    assert not found, f"take these from a package instead: {', '.join(found)}"


def test_the_rules_see_what_they_forbid() -> None:
    source = "import streamlit.components as st\ndef f():\n    from layers.style import BLUE\n"
    assert list(imports_of(ast.parse(source))) == [(1, "streamlit"), (3, "layers")]
    assert list(undocumented(ast.parse("def f(): ...\ndef _g(): ...\n"))) == ["f"]
    assert REMOTE_CODE.search('<script src="https://example.org/a.js">')
    assert not REMOTE_CODE.search('"http://www.w3.org/2000/svg"')
    assert VENDORED.search("layers/js/leaflet.min.js")
