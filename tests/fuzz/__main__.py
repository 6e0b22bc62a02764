"""Fuzz each target for some seconds, and print what was reached and found.

Needs atheris, which ``make fuzz`` installs: it has no wheel for every system and is therefore
not among the tools of ``make test``.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench._timing import markdown
from tests.app_server import ROOT

MISSING: Final = "atheris is not installed; run make fuzz"
PROGRESS: Final = re.compile(r"#(\d+)\s+(\w+)\s+cov: (\d+) ft: (\d+)")
FAULTS: Final = ("crash-", "timeout-", "oom-")
NAMES: Final = ("tables", "values", "query", "places")


def main() -> None:
    """Fuzz all targets, or be the process of one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--target", choices=NAMES)
    options, rest = parser.parse_known_args()
    if importlib.util.find_spec("atheris") is None:
        raise SystemExit(MISSING)
    if options.target:
        _fuzz(options.target, rest)
        return
    rows = [_run(name, options.seconds) for name in NAMES]
    print(markdown(("target", "runs", "edges: first", "last", "features", "faults"), rows))


def _fuzz(name: str, arguments: list[str]) -> None:
    import atheris

    with atheris.instrument_imports(include=["geo", "views.choices", "csv", "json"]):
        from tests.fuzz.targets import TARGETS
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


def _run(name: str, seconds: int) -> tuple[str, ...]:
    from tests.fuzz.targets import corpus

    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(corpus(name)):
            (Path(folder) / f"seed-{number}").write_bytes(content)
        command = [
            *(sys.executable, "-m", "tests.fuzz", "--target", name, folder),
            *(f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=4000"),
            f"-artifact_prefix={folder}/",
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        found = [each for each in Path(folder).iterdir() if each.name.startswith(FAULTS)]
        for each in found:
            print(f"{name}: {each.name}: {each.read_bytes()[:300]!r}\n{done.stdout[-1500:]}")
    steps = PROGRESS.findall(done.stderr)
    if not steps:
        return (name, "0", "", "", "", done.stderr[-300:])
    first, last = steps[0], steps[-1]
    return (name, last[0], first[2], last[2], last[3], str(len(found)))


if __name__ == "__main__":
    main()
