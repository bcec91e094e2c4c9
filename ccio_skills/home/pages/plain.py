"""Pages of plain text from the content library: about, privacy, help."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui
from ccio_skills.ui import Visit


def about(visit: Visit) -> None:
    """Show what this is, and what it is not."""
    _show(visit, "about")


def privacy(visit: Visit) -> None:
    """Show where answers are kept and who can read them."""
    _show(visit, "privacy")


def help_page(visit: Visit) -> None:
    """Show answers to common questions."""
    _show(visit, "help")


def _show(visit: Visit, slug: str) -> None:
    page = visit.library.page[slug]
    lede, _, rest = page.body.strip().partition("\n\n")
    with ui.page(visit, page.title, " ".join(lede.split())), st.container(key="prose"):
        st.markdown(rest)
        if slug == "privacy":
            ui.note(f"The answers of this installation lie in: {visit.place.store}")
