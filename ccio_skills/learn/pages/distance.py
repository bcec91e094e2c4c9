"""The distance to a role: in words, as a picture, and the three cheapest steps."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.learn import charts, queries
from ccio_skills.learn.rules import distance as distances
from ccio_skills.learn.rules import towards as rules
from ccio_skills.learn.rules.cheapest import why
from ccio_skills.learn.rules.journey import Record
from ccio_skills.ui import Visit, glyphs
from ccio_skills.vocabulary import Slug


def draw(visit: Visit, record: Record, *, profile: Slug) -> None:
    """Show how much of what a role asks for is met, and what that rests on."""
    ui.heading("Distance to the role")
    acted = {(one.skill, one.step) for one in queries.actions_done(visit.db, visit.person.id)}
    found = rules.look(record, library=visit.library, profile=profile, acted=acted)
    ui.write(
        '<p>{said}</p><p class="cc-mute">{honest}</p>',
        said=rules.sentence(found.distance, library=visit.library),
        honest=distances.HONEST,
    )
    if found.distance.whole.unrated == found.distance.whole.asked:
        ui.link(visit, "rate", "Rate my skills", key="distance_rate")
        return
    st.html(f'<div class="cc">{glyphs.resting()}</div>')
    ui.draw(charts.distance_figure(found.distance, library=visit.library), key="distance")
    ui.note(rules.HOW)
    _steps(visit, found)


def _steps(visit: Visit, found: rules.Towards) -> None:
    if not found.steps:
        return
    ui.heading(
        "The three cheapest steps" if len(found.steps) == 3 else "The cheapest steps", level=3
    )
    left = found.distance.whole.left
    with st.container(key="lnk_cheapest", gap=None):
        for step in found.steps:
            if step.modules:
                module = visit.library.module[step.modules[-1]]
                params = {"module": module.slug}
                st.page_link(visit.link("module"), label=module.title, query_params=params)
            ui.write(
                '<div class="cc-stage"><b>{action}</b><p class="cc-meta"><span>{minutes}</span></p>'
                '<p class="cc-mute">{why}</p></div>',
                action=step.action.title if step.action else "",
                minutes=wording.count(step.minutes, "minute"),
                why=why(step, library=visit.library, left=left),
            )
    ui.note(rules.together(found.steps, left=left))
