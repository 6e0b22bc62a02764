"""nginx in front of the app, as docs/nginx.conf has it, for tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.app_server import ROOT

NGINX: Final = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
MISSING_NGINX: Final = "there is no nginx here: apt install nginx-light to test docs/nginx.conf"
LOGIN: Final = ("reader", "made-up")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _configure(folder: Path, app: str, port: int) -> Path:
    """Fill in the example's capitals."""
    (folder / "passwords").write_text("{}:{{PLAIN}}{}\n".format(*LOGIN))
    (folder / "mime.types").write_text("types { text/html html; }")
    (folder / "temp").mkdir()
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", "/CN=localhost", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"),
        ],
        check=True,
        capture_output=True,
    )
    text = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
    for name, value in {
        "ATLAS_ADDRESS": app.removeprefix("http://"),
        "LISTEN_ADDRESS": f"127.0.0.1:{port}",
        "SERVER_NAME": "localhost",
        "CERTIFICATE_KEY": folder / "key.pem",
        "CERTIFICATE": folder / "cert.pem",
        "PASSWORD_FILE": folder / "passwords",
        "MIME_TYPES": folder / "mime.types",
        "TEMP_FOLDER": folder / "temp",
        "PID_FILE": folder / "pid",
        "LOG_FILE": folder / "error.log",
    }.items():
        assert name in text, name
        text = text.replace(name, str(value))
    path = folder / "nginx.conf"
    path.write_text(text)
    return path


@contextmanager
def serve_nginx(folder: Path, app: str) -> Iterator[str]:
    """Run nginx in front of an app until the block ends; gives its address."""
    folder.mkdir()
    port = _free_port()
    config = _configure(folder, app, port)
    # As root it would become a user who cannot read the test's folder.
    user = "user root;" if os.geteuid() == 0 else ""
    command = [str(NGINX), "-c", str(config), "-g", f"daemon off; {user}"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, server.communicate()[1]
            time.sleep(0.05)
        yield f"https://localhost:{port}"
    finally:
        server.terminate()
        server.communicate()
