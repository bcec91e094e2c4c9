"""The end of a module: key points, sources, reflection, and what to rate again."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.learn import commands, queries
from ccio_skills.library import Module
from ccio_skills.ui import Visit


def draw(visit: Visit, module: Module) -> None:
    """Show what to remember, log the module as finished, and list its sources."""
    ui.bullets("Key points", module.keypoints)
    finished = queries.finished(visit.db, visit.person.id).get(module.slug)
    if finished:
        _finished(visit, module, wording.day(finished))
    else:
        _finish(visit, module)
    ui.sources(visit, module.facts)


def _finish(visit: Visit, module: Module) -> None:
    ui.heading("Finish and reflect")
    ui.note("For you and your appraisal. All of it may stay empty; nobody else sees it.")
    with st.form("finish", border=False):
        minutes = st.number_input("Minutes it took you", 1, 1440, module.minutes, step=5, width=200)
        what = st.text_area("What did you learn, or find missing?", max_chars=2000)
        so_what = st.text_area("So what: what does it mean where you work?", max_chars=2000)
        now_what = st.text_area("Now what: what will you do, and when?", max_chars=2000)
        if st.form_submit_button("Finish this module", type="primary"):
            commands.finish(
                visit.db,
                visit.person.id,
                module,
                minutes=int(minutes),
                reflection=(what.strip(), so_what.strip(), now_what.strip()),
                at=visit.now,
            )
            st.rerun()


def _finished(visit: Visit, module: Module, day: str) -> None:
    names = wording.listed([visit.library.skill[slug].title for slug in module.skills])
    with st.container(key="next"):
        ui.write('<p class="cc-big">Finished on {day}</p>', day=day)
        ui.write(
            "<p>Has it moved your level in {names}? Rate it again while it is fresh.</p>",
            names=names,
        )
        with st.container(horizontal=True):
            if st.button("Rate again", type="primary", key="ending:rate"):
                ui.go(visit, "rate", skills=",".join(module.skills))
            if st.button("Back to my plan", key="ending:plan"):
                ui.go(visit, "plan")
        _paths(visit, module)


def _paths(visit: Visit, module: Module) -> None:
    """Lead back to the paths on which the module stands and which are followed."""
    follows = queries.follows(visit.db, visit.person.id)
    for path in visit.library.path.values():
        if module.slug in path.modules and path.slug in follows and follows[path.slug].is_active:
            label, params = f"Go on with the path {path.title}", {"path": path.slug}
            ui.link(visit, "path", label, key=f"back_{path.slug}", params=params)
