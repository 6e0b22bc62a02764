"""The process that imports: a job on standard input, lines of progress on standard output.

Foreign files are read here and nowhere else: a file that fills the memory, hangs
or breaks a library of C ends this process and nothing more.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.errors import AtlasError
from geo.imports.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

OUT_OF_MEMORY: Final = (
    "The file needs more memory than an import may take; give it in parts, or as CSV."
)
NO_ROOM: Final = "There is no room on the disk for what the file unpacks to; try again later."
TOO_LARGE: Final = (
    "The file unpacks to a larger one than an import may write; give it in parts, or as CSV."
)
_NO_ROOM: Final = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_SAY_SECONDS: Final = 0.2


def main() -> None:
    """Read the job, do it, say how it ended."""
    job = json.loads(sys.stdin.readline())
    limits = Limits(**job["limits"])
    _confine(limits)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _run(job, limits)
    except AtlasError as error:
        _say({"error": str(error)})
    except MemoryError:
        _say({"error": OUT_OF_MEMORY})
    except Exception as error:  # whatever it is, the app goes on
        if isinstance(error, OSError) and error.errno in (*_NO_ROOM, errno.EFBIG):
            _say({"error": TOO_LARGE if error.errno == errno.EFBIG else NO_ROOM})
            return
        with contextlib.suppress(OSError):
            traceback.print_exc()
        name = type(error).__name__
        _say({"error": f"The file could not be imported ({name}); it may be broken: save it anew."})
    else:
        _say({"done": 1.0, "what": "Done", "complete": True})


def _end_with_parent() -> None:
    """End where the one who started this has ended, whatever goes on."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(1)


def _confine(limits: Limits) -> None:
    """Let the system end this process where it takes too much."""
    try:
        import resource
    except ImportError:  # not on this system: the one who started it watches the time
        return
    for kind, most in (
        (resource.RLIMIT_DATA, limits.memory_bytes),
        (resource.RLIMIT_CPU, 2 * limits.seconds),
        (resource.RLIMIT_FSIZE, limits.unpacked_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hardest = resource.getrlimit(kind)
        known = hardest != resource.RLIM_INFINITY
        resource.setrlimit(kind, (min(most, hardest) if known else most, hardest))


def _run(job: dict[str, Any], limits: Limits) -> None:
    folder = Path(job["folder"])
    work = folder / "work"
    work.mkdir(exist_ok=True)
    if job["peek"]:
        from geo.imports.peek import peek_file, save_glances

        save_glances(peek_file(Path(job["path"]), work, job["name"], limits), folder)
        return
    import geopandas as gpd

    from geo.imports.bundle import save_import
    from geo.imports.mapping import parse_mapping
    from geo.imports.run import Plan, import_file
    from geo.seeds import load_seeds

    mapping = parse_mapping(job["mapping"], "mapping") if job.get("mapping") else None
    others = gpd.read_parquet(job["others"]) if job.get("others") else None
    plan = Plan(
        path=Path(job["path"]),
        name=job["name"],
        folder=work,
        preset=job["preset"],
        mapping=mapping,
        choices=job["choices"],
        others=others,
        limits=limits,
    )
    found = import_file(plan, load_seeds(Path(job["seeds"])), _progress())
    save_import(found, folder)


def _progress() -> Callable[[float, str], None]:
    last = 0.0

    def progress(done: float, what: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _SAY_SECONDS:
            last = now
            _say({"done": done, "what": what})

    return progress


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
