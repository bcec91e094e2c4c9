"""The distance to a role, on the progress page: any role, the person's own first."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui
from ccio_skills.assess import queries as assess_queries
from ccio_skills.learn import charts
from ccio_skills.learn import queries as learn_queries
from ccio_skills.learn.rules import cheapest, towards
from ccio_skills.learn.rules import distance as distances
from ccio_skills.people import queries as people_queries
from ccio_skills.ui import Visit, glyphs


def draw(visit: Visit, done: tuple[learn_queries.Completion, ...]) -> None:
    """Show how much of what a role asks for is met, on what it rests, and what is cheapest."""
    me = people_queries.settings(visit.db, visit.person.id)
    ratings = assess_queries.current_ratings(visit.db, visit.person.id)
    ui.heading("Distance to the role")
    roles = list(visit.library.profile)
    own = roles.index(me.profile) if me and me.profile in roles else 0
    role = st.selectbox(
        "Role",
        roles,
        index=own,
        format_func=lambda slug: visit.library.profile[slug].title,
        key="progress:role",
    )
    record = learn_queries.record(visit.db, visit.person.id, ratings, done=done)
    acted = {(one.skill, one.step) for one in learn_queries.actions_done(visit.db, visit.person.id)}
    found = towards.look(record, library=visit.library, profile=role, acted=acted)
    ui.write("<p>{said}</p>", said=towards.sentence(found.distance, library=visit.library))
    ui.note(distances.HONEST)
    st.html(f'<div class="cc">{glyphs.resting()}</div>')
    ui.draw(charts.distance_figure(found.distance, library=visit.library), key="distance")
    ui.note(towards.HOW)
    _steps(visit, found)


def _steps(visit: Visit, found: towards.Towards) -> None:
    if not found.steps:
        return
    left = found.distance.whole.left
    ui.heading("What would shorten it most cheaply", level=3)
    ui.rows(
        (
            f"{step.minutes} min",
            step.action.title if step.action else visit.library.module[step.modules[-1]].title,
            cheapest.why(step, library=visit.library, left=left),
        )
        for step in found.steps
    )
    ui.note(towards.together(found.steps, left=left))
    with st.container(horizontal=True, key="lnk_towards"):
        for step in found.steps:
            if step.modules:
                module = visit.library.module[step.modules[-1]]
                params = {"module": module.slug}
                st.page_link(visit.link("module"), label=f"Open {module.code}", query_params=params)
