"""The app: run it with ``make run`` or ``streamlit run app.py``."""

from __future__ import annotations

from views.page import show_page

show_page()
