"""The example of docs/nginx.conf works: a login, TLS, headers, limits, and the app behind it."""

from __future__ import annotations

import base64
import os
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from typing import Final

import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.app_server import ROOT, serve_app

NGINX: Final = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
LOGINS: Final = "reader:{PLAIN}made-up\n"
LOGIN: Final = {"Authorization": "Basic " + base64.b64encode(b"reader:made-up").decode()}

pytestmark = pytest.mark.skipif(
    NGINX is None, reason="there is no nginx here: apt install nginx-light to test docs/nginx.conf"
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configure(folder: Path, app: str, port: int) -> Path:
    """Fill in the example's capitals."""
    (folder / "passwords").write_text(LOGINS)
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


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    script = folder / "app.py"
    script.write_text("import streamlit as st\nst.title('Behind nginx')\n")
    with serve_app(script) as url:
        port = free_port()
        config = configure(folder, url, port)
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


def ask(url: str, headers: dict[str, str], data: bytes | None = None) -> HTTPResponse:
    handlers = (
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPSHandler(context=untrusting()),
    )
    request = urllib.request.Request(url, data, headers)
    answer: HTTPResponse = urllib.request.build_opener(*handlers).open(request, timeout=20)
    return answer


def untrusting() -> ssl.SSLContext:
    """Make a context that takes the test's own certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def test_nothing_is_given_out_without_a_password(address: str) -> None:
    for path in ("/", "/_stcore/health", "/app/static/x", "/_stcore/upload_file/x"):
        with pytest.raises(urllib.error.HTTPError, match="401") as caught:
            ask(f"{address}{path}", {})
        caught.value.close()


def test_page_and_headers_come_with_it(address: str) -> None:
    with ask(f"{address}/", LOGIN) as answer:
        assert b"streamlit" in answer.read().lower()
        told = answer.headers
    assert "default-src 'self'" in told["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in told["Content-Security-Policy"]
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "no-referrer"
    assert told["Strict-Transport-Security"] == "max-age=31536000"
    assert "geolocation=()" in told["Permissions-Policy"]
    assert "nginx/" not in told["Server"]


def test_the_websocket_works_through_it(address: str) -> None:
    from streamlit.proto.BackMsg_pb2 import BackMsg

    stream = f"wss{address.removeprefix('https')}/_stcore/stream"
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    with connect(
        stream,
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=LOGIN,
        ssl=untrusting(),
        proxy=None,
    ) as way:
        way.send(asked.SerializeToString())
        came = b""
        while b"Behind nginx" not in came:
            part = way.recv(timeout=20)
            came += part if isinstance(part, bytes) else part.encode()


def test_too_large_an_upload_is_refused(address: str) -> None:
    headers = {**LOGIN, "Content-Length": str(311 * 1024 * 1024)}
    with pytest.raises(urllib.error.HTTPError, match="413") as caught:
        ask(f"{address}/_stcore/upload_file/x", headers, b"x")
    caught.value.close()
