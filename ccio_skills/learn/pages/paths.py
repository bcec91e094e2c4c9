"""All learning paths: the one that fits first, and which of them one follows."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.assess import queries as assess_queries
from ccio_skills.learn import queries
from ccio_skills.learn.rules import fitting, journey
from ccio_skills.learn.rules.journey import Record, State
from ccio_skills.library import Path
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Visit


def show(visit: Visit) -> None:
    """Show every path, those that fit the person's role or aim first."""
    me = people_queries.settings(visit.db, visit.person.id)
    ratings = assess_queries.current_ratings(visit.db, visit.person.id)
    record = queries.record(visit.db, visit.person.id, ratings)
    follows = queries.follows(visit.db, visit.person.id)
    groups = fitting.sort_out(visit.library, role=me.profile if me else None)
    with ui.page(visit, "Learning paths", _lede(visit, follows)):
        if not visit.library.path:
            ui.note("No path is written yet: look for modules in the library.")
        for title, paths in groups:
            ui.heading(title)
            for first in range(0, len(paths), 2):
                columns = st.columns(2)
                for column, path in zip(columns, paths[first : first + 2], strict=False):
                    with column:
                        _card(visit, path, record, follows.get(path.slug))
        ui.link(visit, "library", "Look for single modules", key="paths_library")


def _lede(visit: Visit, follows: dict[str, queries.Follow]) -> str:
    active = sum(one.is_active for slug, one in follows.items() if slug in visit.library.path)
    count = wording.count(len(visit.library.path), "way", "ways")
    you = f"You follow {active or 'none'} of them; you may follow several."
    return f"{count} through the modules, each with a task to show at the end. {you}"


def _card(visit: Visit, path: Path, record: Record, follow: queries.Follow | None) -> None:
    walked = journey.walk(path, record, library=visit.library)
    minutes, left = sum(one.minutes for one in walked.stages), walked.minutes_left
    facts = [
        wording.hours(minutes),
        f"{walked.count(State.DONE)} of {wording.count(len(walked.stages), 'module')} done",
        f"leads to {visit.library.profile[path.profile].title}",
    ]
    if 0 < left < minutes:
        facts.insert(1, f"{wording.hours(left)} left for you")
    with st.container(key=f"mod_path_{path.slug}", gap="small"):
        if follow:
            ui.write('<p class="cc-eyebrow">{state}</p>', state=_state(follow))
        ui.link(visit, "path", path.title, key=f"path_{path.slug}", params={"path": path.slug})
        ui.write("<p><b>For whom:</b> {for_whom}</p>", for_whom=path.for_whom)
        ui.meta(*facts)


def _state(follow: queries.Follow) -> str:
    if follow.left_at:
        return f"Left on {wording.day(follow.left_at)}"
    if follow.paused_at:
        return f"Paused since {wording.day(follow.paused_at)}"
    return f"You follow it since {wording.day(follow.started_at)}"
