"""Home: the one next step."""

from __future__ import annotations

from ccio_skills import ui
from ccio_skills.home.pages import welcome
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Visit


def show(visit: Visit) -> None:
    """Show the next step, or the two questions of the first visit."""
    me = people_queries.settings(visit.db, visit.person.id)
    if me is None:
        welcome.show(visit)
        return
    with ui.page(visit, "Your next step", "Soon."):
        pass
