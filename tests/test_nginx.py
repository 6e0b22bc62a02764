"""The example of docs/nginx.conf works: a login, TLS, headers, limits, and the app behind it."""

from __future__ import annotations

import base64
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from typing import Final

import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.app_server import serve_app
from tests.nginx_server import LOGIN, MISSING_NGINX, NGINX, serve_nginx

HEADERS: Final = {"Authorization": f"Basic {base64.b64encode(':'.join(LOGIN).encode()).decode()}"}

pytestmark = pytest.mark.skipif(NGINX is None, reason=MISSING_NGINX)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("nginx")
    script = folder / "app.py"
    script.write_text("import streamlit as st\nst.title('Behind nginx')\n")
    with serve_app(script) as url, serve_nginx(folder / "server", url) as address:
        yield address


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
    with ask(f"{address}/", HEADERS) as answer:
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
        additional_headers=HEADERS,
        ssl=untrusting(),
        proxy=None,
    ) as way:
        way.send(asked.SerializeToString())
        came = b""
        while b"Behind nginx" not in came:
            part = way.recv(timeout=20)
            came += part if isinstance(part, bytes) else part.encode()


def test_too_large_an_upload_is_refused(address: str) -> None:
    headers = {**HEADERS, "Content-Length": str(311 * 1024 * 1024)}
    with pytest.raises(urllib.error.HTTPError, match="413") as caught:
        ask(f"{address}/_stcore/upload_file/x", headers, b"x")
    caught.value.close()


def test_too_many_uploads_at_once_are_refused(address: str) -> None:
    codes: list[int] = []
    for _ in range(60):
        with pytest.raises(urllib.error.HTTPError) as caught:
            ask(f"{address}/_stcore/upload_file/no-session/no-file", HEADERS, b"x")
        codes.append(caught.value.code)
        caught.value.close()
    assert 429 in codes
    assert set(codes[:40]).isdisjoint({429})  # twenty files at a time, twice, are no flood
    with ask(f"{address}/", HEADERS) as answer:
        assert answer.status == 200
