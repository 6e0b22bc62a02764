"""Visitors of a Streamlit app, many in one process: its own protocol, and no browser."""

from __future__ import annotations

import asyncio
import random
import re
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

TOO_LONG_S: Final = 30.0
THINK_S: Final = (4.0, 12.0)
"""Seconds, at least and at most, that a visitor looks at an answer."""

COMPONENT: Final = "/component/streamlit_folium.st_folium/index.html"
MAP_FILES: Final = (
    *("leaflet.js", "leaflet.css", "khyber.js", "khyber.css", "areas.json", "basemap.json"),
    *("borders.json", "provinces.json", "crossings.json", "seizures.bin", "incidents.bin"),
)
_STATIC: Final = re.compile(rb"app/static/([0-9a-f]{16})")
_COUNT: Final = re.compile(rb"([0-9\xe2\x80\xaf]+) of ([0-9\xe2\x80\xaf]+) records")


@dataclass
class Log:
    """What the visitors met.

    Attributes
    ----------
    first, changes
        Seconds of each first page and of each change of filter.
    errors
        A line for each thing that went wrong.
    counts
        Numbers of records that the answers told of.
    """

    first: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    counts: set[str] = field(default_factory=set)


async def visit(
    url: str,
    queries: Sequence[str],
    ends_at: float,
    seed: int,
    log: Log,
    *,
    wait: float,
    think: tuple[float, float],
) -> None:
    """Visit an app: open it, then choose another filter every few seconds.

    Parameters
    ----------
    url
        The app's address.
    queries
        Filters as query strings, to choose among.
    ends_at
        When to leave, by ``time.monotonic``.
    seed
        Of the choices and pauses.
    log
        Told of every answer and every error.
    wait
        Seconds before coming: not all come at once.
    think
        Seconds, at least and at most, between an answer and the next question.
    """
    chance = random.Random(seed)  # noqa: S311 - the same visits at every run
    await asyncio.sleep(wait)
    stream = f"ws{url.removeprefix('http')}/_stcore/stream"
    protocols = [Subprotocol("streamlit")]
    try:
        async with connect(stream, subprotocols=protocols, max_size=None, proxy=None) as way:
            seconds, page = await _rerun(way, "", log)
            log.first.append(seconds)
            await asyncio.to_thread(_fetch, url, page, log)
            while time.monotonic() < ends_at:
                await asyncio.sleep(chance.uniform(*think))
                seconds, _ = await _rerun(way, chance.choice(queries), log)
                log.changes.append(seconds)
    except (OSError, TimeoutError, WebSocketException) as error:
        log.errors.append(f"{type(error).__name__}: {error}")


async def _rerun(way: ClientConnection, query: str, log: Log) -> tuple[float, bytes]:
    """Ask for the page under some filters; give the seconds and all that came."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    begun = time.perf_counter()
    await way.send(asked.SerializeToString())
    came = bytearray()
    async with asyncio.timeout(TOO_LONG_S):
        while True:
            data = await way.recv()
            if isinstance(data, str):
                continue
            came += data
            told = ForwardMsg.FromString(data)
            if told.delta.new_element.HasField("exception"):
                log.errors.append(f"exception: {told.delta.new_element.exception.message[:200]}")
            if told.HasField("script_finished"):
                break
    if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
        log.errors.append(f"the script ended with status {told.script_finished}")
    if found := _COUNT.search(came):
        log.counts.add(found[0].decode("utf-8", "replace"))
    return time.perf_counter() - begun, bytes(came)


def _fetch(url: str, page: bytes, log: Log) -> None:
    """Fetch what a browser would beside the page."""
    version = _STATIC.search(page)
    own = [f"/app/static/{version[1].decode()}/{name}" for name in MAP_FILES] if version else []
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for path in ("/", COMPONENT, *own):
        try:
            with opener.open(f"{url}{path}", timeout=TOO_LONG_S) as answer:
                answer.read()
        except (urllib.error.URLError, OSError) as error:
            log.errors.append(f"{path}: {error}")


async def crowd(
    url: str,
    queries: Sequence[str],
    users: int,
    seconds: float,
    think: tuple[float, float] = THINK_S,
) -> Log:
    """Let many visit at once; they come over the first tenth of the time."""
    log = Log()
    ends_at = time.monotonic() + seconds
    comings = [seconds / 10 * number / max(users, 1) for number in range(users)]
    visits = (
        visit(url, queries, ends_at, number, log, wait=wait, think=think)
        for number, wait in enumerate(comings)
    )
    await asyncio.gather(*visits)
    return log
