"""The opening of a path: for whom it is, what one can do afterwards, how it maps to a role."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui
from ccio_skills.library import Path
from ccio_skills.ui import Visit


def draw(visit: Visit, path: Path, *, is_open: bool) -> None:
    """Show what a path is for; folded up for those who know."""
    with st.expander("About this path", expanded=is_open, key="path_about"):
        ui.write(
            '<p class="cc-mid" role="heading" aria-level="2">For whom</p><p>{words}</p>',
            words=path.for_whom,
        )
        ui.bullets("What you will be able to do", path.outcomes)
        ui.prose(path.opening, path.facts)
