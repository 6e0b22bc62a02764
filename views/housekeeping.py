"""What a server does for itself once in a while: sessions that are over take their data along."""

from __future__ import annotations

import gc
import threading
import time
from typing import Final

import streamlit as st
from streamlit import runtime

EVERY_S: Final = 60.0


@st.cache_resource(show_spinner=False)
def keep_house() -> threading.Thread:
    """Start the housekeeping of this server; once is enough."""
    thread = threading.Thread(target=_keep, name="housekeeping", daemon=True)
    thread.start()
    return thread


def _keep() -> None:
    while True:
        time.sleep(EVERY_S)
        tidy()


def tidy() -> None:
    """Let go of sessions that are over, then of all that nothing holds any more.

    What a visitor brought goes with its session: its files are removed as soon as
    the collector finds that nothing holds them. Streamlit itself forgets a session
    that has ended only when somebody asks for its sessions.
    """
    if runtime.exists():
        runtime.get_instance().stats_mgr.get_stats()
    gc.unfreeze()
    spare_the_collector()


def spare_the_collector() -> None:
    """Keep what lives as long as the server out of the collector's way.

    Streamlit has all objects looked through for garbage after every run of the
    page. Those of the data are so many that this took longer than the page.
    """
    gc.collect()
    gc.freeze()
