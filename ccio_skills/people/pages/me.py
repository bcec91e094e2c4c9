"""About me: the role and time I gave, where my answers lie, export and erase."""

from __future__ import annotations

from ccio_skills import ui
from ccio_skills.ui import Visit


def show(visit: Visit) -> None:
    """Show what is kept about me."""
    with ui.page(visit, "About me", "Soon."):
        pass
