"""Start the app as a person would, on a free port, for tests and benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
START_TIMEOUT_S: Final = 120
STOP_TIMEOUT_S: Final = 10

# Nothing listens on port 9, so whatever honours a proxy reaches this machine only.
NOWHERE: Final = "http://127.0.0.1:9"
OFFLINE: Final[dict[str, str]] = {
    **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), NOWHERE),
    **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), NOWHERE),
    "NO_PROXY": "localhost,127.0.0.1",
    "no_proxy": "localhost,127.0.0.1",
}


@contextmanager
def serve_app(
    script: Path = ROOT / "app.py",
    *,
    environment: Mapping[str, str] | None = None,
    timeout_s: float = START_TIMEOUT_S,
) -> Iterator[str]:
    """Run a Streamlit script, without the internet, until the block ends.

    Parameters
    ----------
    script
        The script; its own `.streamlit/config.toml` does not count, the project's does.
    environment
        Variables to set beside those of this process.
    timeout_s
        Seconds to wait for the server to answer.

    Yields
    ------
    str
        The address, such as `http://localhost:43121`, with no slash at the end.

    Raises
    ------
    RuntimeError
        If the server ends or does not answer in time; the message has its log.
    """
    port = _free_port()
    url = f"http://localhost:{port}"
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(script)),
        *("--server.port", str(port)),
        *("--server.headless", "true"),
        *("--server.fileWatcherType", "none"),
    ]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **OFFLINE, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            problem = _wait_until_healthy(server, url, timeout_s)
            if problem:
                log.seek(0)
                raise RuntimeError(f"{script.name} {problem}. Its log:\n{log.read()}")
            yield url
        finally:
            _stop(server)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_healthy(server: subprocess.Popen[bytes], url: str, timeout_s: float) -> str:
    """Return nothing once the server answers, else what went wrong."""
    # Without the proxies of this process: the address is this machine's.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if server.poll() is not None:
            return f"ended with exit code {server.returncode}"
        try:
            with opener.open(f"{url}/_stcore/health", timeout=2):
                return ""
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return f"did not answer within {timeout_s:.0f} s"


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
